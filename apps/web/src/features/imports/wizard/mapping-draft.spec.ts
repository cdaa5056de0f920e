import type { ColumnMapping, ColumnProfile, ColumnSuggestion } from '@steward/shared/imports';
import { importMappingSchema } from '@steward/shared/imports';
import { draftOf, needsDay, problemsOf, targetOf, unknownValues, withTarget } from './mapping-draft.js';

const aProfile = (some: Partial<ColumnProfile>): ColumnProfile => ({
  name: 'column',
  type: 'text',
  samples: [],
  values: null,
  dateFormat: null,
  dateFormatAmbiguous: false,
  decimal: null,
  ...some,
});
const suggestion = (mapping: ColumnMapping, confidence = 0.9): ColumnSuggestion => ({ mapping, confidence });

describe('what is matched by itself', () => {
  it('gives a field to the surer of two columns that want it', () => {
    const draft = draftOf('account', [
      suggestion({ column: 'Customer', field: 'name' }, 0.6),
      suggestion({ column: 'Account Name', field: 'name' }, 0.95),
    ]);
    expect(draft.columns).toEqual([
      { column: 'Customer', ignore: true },
      { column: 'Account Name', field: 'name' },
    ]);
  });

  it('is a mapping that the contract takes', () => {
    const draft = draftOf('account', [
      suggestion({ column: 'CRM id', field: 'account' }),
      suggestion({ column: 'Colour', attribute: 'colour' }),
    ]);
    expect(importMappingSchema.safeParse(draft).success).toBe(true);
    expect(problemsOf(draft, [])).toEqual([]);
  });
});

describe('a new destination', () => {
  it('drops what only made sense for the old one', () => {
    const status: ColumnMapping = { column: 'Status', field: 'status', valueMap: { Retained: 'customer' } };
    expect(withTarget(status, 'field:industry')).toEqual({ column: 'Status', field: 'industry' });
    expect(withTarget(status, 'ignore')).toEqual({ column: 'Status', ignore: true });
  });

  it('takes the column’s name for a metric or an attribute', () => {
    const column: ColumnMapping = { column: 'API calls', ignore: true };
    expect(withTarget(column, 'metric')).toMatchObject({ metric: 'API calls' });
    expect(targetOf(withTarget(column, 'attribute'))).toBe('attribute');
  });
});

describe('what must be settled first', () => {
  it('a needed field without a column', () => {
    const draft = draftOf('account', [suggestion({ column: 'Name', field: 'name' })]);
    expect(problemsOf(draft, [])).toEqual([{ column: null, text: 'No column goes to Account id' }]);
  });

  it('dates that read both ways', () => {
    const draft = draftOf('ticket', [
      suggestion({ column: 'Account', field: 'account' }),
      suggestion({ column: 'Opened', field: 'opened' }),
    ]);
    const profiles = [aProfile({ name: 'Opened', type: 'date', dateFormatAmbiguous: true })];
    expect(problemsOf(draft, profiles).map((problem) => problem.column)).toContain('Opened');
    const settled = { ...draft, columns: draft.columns.map((column) => ({ ...column, dateFormat: 'dmy' as const })) };
    expect(problemsOf(settled, profiles).map((problem) => problem.column)).not.toContain('Opened');
  });

  it('the day of a file whose facts need one', () => {
    const draft = draftOf('survey', [suggestion({ column: 'Account', field: 'account' })]);
    expect(needsDay(draft)).toBe(true);
    expect(problemsOf(draft, []).some((problem) => problem.text.includes('as of'))).toBe(true);
    expect(problemsOf({ ...draft, dated: '2026-04-14' }, []).some((problem) => problem.text.includes('as of'))).toBe(
      false,
    );
    expect(needsDay(draftOf('account', []))).toBe(false);
  });

  it('the kind of survey together with the day, where the scores do not tell it', () => {
    const draft = draftOf('survey', [
      suggestion({ column: 'Account', field: 'account' }),
      suggestion({ column: 'Score', field: 'score' }),
    ]);
    const texts = (some: Partial<typeof draft> = {}) => problemsOf({ ...draft, ...some }, []).map(({ text }) => text);
    expect(texts()).toEqual([expect.stringContaining('NPS or CSAT'), expect.stringContaining('as of')]);
    expect(texts({ constants: { kind: 'nps' }, dated: '2026-04-14' })).toEqual([]);
    expect(texts({ columns: [{ column: 'NPS', field: 'npsScore' }] })).not.toContainEqual(
      expect.stringContaining('NPS or CSAT'),
    );
  });

  it('answers without a score', () => {
    const draft = { ...draftOf('survey', [suggestion({ column: 'Account', field: 'account' })]), dated: '2026-04-14' };
    expect(problemsOf(draft, [])).toEqual([{ column: null, text: 'No column goes to a score' }]);
  });

  it('metrics without a single value', () => {
    const draft = draftOf('metric', [
      suggestion({ column: 'Account', field: 'account' }),
      suggestion({ column: 'Month', field: 'day' }),
    ]);
    expect(problemsOf(draft, []).map((problem) => problem.text)).toEqual(['No column goes to a metric']);
  });
});

describe('values of a field with members', () => {
  const column: ColumnMapping = { column: 'Status', field: 'status' };

  it('are known by value, label or alias, without case and punctuation', () => {
    const profile = aProfile({
      name: 'Status',
      values: ['customer', 'In-Opportunity Pipeline', 'CANCELLED', 'Ghosted'].map((value) => ({ value, count: 1 })),
    });
    expect(unknownValues('account', column, profile)).toEqual(['Ghosted']);
  });

  it('fall back on the samples when there are too many to list', () => {
    expect(unknownValues('account', column, aProfile({ samples: ['Ghosted', ''] }))).toEqual(['Ghosted']);
    expect(unknownValues('account', { column: 'x', field: 'name' }, aProfile({ samples: ['Acme'] }))).toEqual([]);
  });
});
