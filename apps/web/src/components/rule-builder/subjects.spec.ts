import type { CatalogueField } from '@steward/shared/catalogue';
import { fieldsFor, type ModelRulePurpose } from './model-fields.js';
import { findSubjects, rowsSubject, subjectsOf } from './subjects.js';

const field = (key: string, stage: CatalogueField['stage']): CatalogueField => ({
  key,
  label: key,
  group: '',
  type: 'boolean',
  unit: null,
  description: '',
  stage,
  history: 'snapshot',
  options: null,
  sortable: false,
  tracked: false,
});

const catalogue = [field('source.usage.covered', 'signals'), field('goals.onboarding_open', 'goals')];

test.each<[ModelRulePurpose, boolean]>([
  ['tier', false],
  ['profileScope', false],
  ['cap', false],
  ['stage', true],
])('a %s is offered goals only where it may read them: %s', (purpose, offered) => {
  const subjects = subjectsOf(fieldsFor(catalogue, purpose), { ofRows: false, withSegments: false });
  const values = subjects.map(({ value }) => value);
  expect(values.includes(rowsSubject('goal'))).toBe(offered);
  expect(values).not.toContain(rowsSubject('childAccount'));
  expect(values).toContain(rowsSubject('deal'));
});

test('segments, alerts and filters are offered child accounts, found by their name', () => {
  const subjects = subjectsOf(catalogue, { ofRows: false });
  expect(findSubjects(subjects, 'child')).toMatchObject([
    { value: rowsSubject('childAccount'), label: 'Its child accounts', topic: 'Events and rows' },
  ]);
  expect(findSubjects(subjects, 'child as of the day before')).toMatchObject([
    { description: expect.stringMatching(/a filter as they are now, all else as of the day before$/) },
  ]);
});
