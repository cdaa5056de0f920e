import { aBody } from '../profile.factory.js';
import { bodyOf, missingIn, problemAt, problemsIn, problemsWithin } from './profile-draft.js';

describe('a profile being written', () => {
  it('is whole where it says what a published one says', () => {
    expect(bodyOf(aBody())).toEqual(aBody());
    expect(missingIn(aBody())).toEqual({});
  });

  it('is no profile while a number, a name or a condition is missing, and says where', () => {
    const [first, ...groups] = aBody().groups;
    const [limit] = aBody().limits;
    if (!first || !limit) throw new Error('a group and a cap were asked for');
    const unfinished = {
      ...aBody(),
      bands: { watchFrom: 31, healthyFrom: null },
      groups: [
        { ...first, label: ' ', measures: first.measures.map((each) => ({ ...each, weight: null })) },
        ...groups,
      ],
      limits: [{ ...limit, rule: null }],
    };
    expect(bodyOf(unfinished)).toBeNull();
    expect(missingIn(unfinished)).toEqual({
      'groups.0.label': 'Enter a name',
      'groups.0.measures.0.weight': 'Enter a number',
      'groups.0.measures.1.weight': 'Enter a number',
      'limits.0.rule': 'Say on which accounts it holds',
      'bands.healthyFrom': 'Enter a number',
    });
  });

  it('asks for the ends of bands but the last, and for their scores', () => {
    const [first] = aBody().groups;
    if (!first) throw new Error('a group was asked for');
    const normalizer = {
      kind: 'bands' as const,
      bands: [
        { from: null, to: null, score: 0 },
        { from: null, to: null, score: null },
      ],
    };
    const groups = [{ ...first, measures: [{ signal: 'usage.events', weight: 1, normalizer }] }];
    expect(missingIn({ ...aBody(), groups })).toEqual({
      'groups.0.measures.0.normalizer.bands.0.to': 'Enter a number',
      'groups.0.measures.0.normalizer.bands.1.score': 'Enter a number',
    });
  });

  it('asks for a measure where a group has none', () => {
    const empty = { ...aBody(), groups: aBody().groups.map((group) => ({ ...group, measures: [] })) };
    expect(missingIn(empty)['groups.0.measures']).toBe('Add a measure, or remove the group');
  });
});

it('says what is missing once, whatever the server says of the same place', () => {
  const draft = { ...aBody(), minCoverage: null };
  const said = [
    { path: 'minCoverage', message: 'Invalid input' },
    { path: 'limits.0.rule.rules.1.field', message: 'There is no such signal' },
  ];
  const problems = problemsIn(draft, said);
  expect(problems).toEqual([{ path: 'minCoverage', message: 'Enter a number' }, said[1]]);
  expect(problemAt(problems, 'limits.0')).toBe('There is no such signal');
  expect(problemsWithin(problems, 'limits.0.rule')).toEqual([
    { path: 'rules.1.field', message: 'There is no such signal' },
  ]);
});
