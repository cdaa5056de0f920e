import { nullReasonNumbers } from '@steward/shared/signals';
import fc from 'fast-check';
import { cautionsOf, changedOf, distributionOf, examplesOf, histogramOf, type Tried } from './signal-values.js';

const value = (of: number | null, reason: keyof typeof nullReasonNumbers = 'no_data') => ({
  value: of,
  reason: of === null ? nullReasonNumbers[reason] : 0,
});
const tried = (after: (number | null)[], before: (number | null)[] | null = null): Tried[] =>
  after.map((each, n) => ({
    id: `a${n}`,
    arrMinor: n,
    after: value(each),
    before: before === null ? null : value(before[n] ?? null),
  }));

describe('what a signal would say', () => {
  it('tells how values lie and why accounts have none', () => {
    const found = distributionOf([1, 2, 3, 4, 5, null, null].map((each) => value(each)).concat(value(null, 'stale')));
    expect(found).toMatchObject({
      withValue: 5,
      summary: { min: 1, p10: 1.4, median: 3, p90: 4.6, max: 5, isConstant: false },
      without: [
        { reason: 'no_data', text: 'no data in the window', accounts: 2 },
        { reason: 'stale', accounts: 1 },
      ],
    });
    expect(found.summary?.mean).toBeCloseTo(3);
    expect(distributionOf([]).summary).toBeNull();
  });

  it('has a single column where all values are the same, and none without a value', () => {
    expect(histogramOf(tried([7, 7, null]))).toEqual([{ from: 7, to: 7, after: 2, before: null }]);
    expect(histogramOf(tried([null]))).toEqual([]);
  });

  it('every value stands in one column, before and after', () => {
    const values = fc.array(fc.option(fc.float({ min: -1000, max: 1000, noNaN: true }), { nil: null }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, values, (after, before) => {
        const all = tried(after, before);
        const columns = histogramOf(all);
        const sum = (of: 'after' | 'before') => columns.reduce((total, column) => total + (column[of] ?? 0), 0);
        expect(sum('after')).toBe(distributionOf(all.map((each) => each.after)).withValue);
        expect(sum('before')).toBe(distributionOf(all.map((each) => each.before!)).withValue);
      }),
    );
  });

  it('counts as changed what has another value, or none for another reason', () => {
    const same = tried([1, 2, null], [1, 3, null]);
    expect(changedOf(same)).toBe(1);
    same[2]!.before = value(null, 'stale');
    expect(changedOf(same)).toBe(2);
    expect(changedOf(tried([1]))).toBeNull();
    expect(examplesOf(same).filter(({ why }) => why === 'changed')).toMatchObject([
      { id: 'a1', after: { value: 2 }, before: { value: 3 } },
      { id: 'a2', after: { value: null, nullReason: 'no_data' }, before: { nullReason: 'stale' } },
    ]);
  });

  it('warns of a signal that says nothing', () => {
    const cautions = (values: (number | null)[], usedBy: string[] = []) =>
      cautionsOf(distributionOf(values.map((each) => value(each))), {
        accounts: values.length,
        computed: values.length,
        usedBy,
      });
    expect(cautions([])).toEqual(['There are no live accounts to compute it for.']);
    expect(cautions([null])).toEqual(['No account has a value: no data in the window.']);
    expect(cautions([1, 1])).toEqual(['All accounts with a value have the same one: it tells none from another.']);
    expect(cautions([1, 2, null, null, null])).toEqual([
      'Most accounts have no value, mostly because: no data in the window.',
    ]);
    expect(cautions([1, 2], ['segment Big'])).toEqual([
      'It is read by segment Big: they see the new values from today on.',
    ]);
  });
});
