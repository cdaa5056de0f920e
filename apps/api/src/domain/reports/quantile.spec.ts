import fc from 'fast-check';
import { type Counted, median, quantile } from './quantile.js';

const each = (...values: number[]): Counted[] => values.map((value) => ({ value, count: 1 }));

describe('the median', () => {
  it('is the one in the middle, of an even number the mean of the two in the middle', () => {
    expect(median(each(9, 1, 4))).toBe(4);
    expect(median(each(1, 4, 10, 3))).toBe(3.5);
  });

  it('is not known of nothing', () => {
    expect(median([])).toBeNull();
    expect(median([{ value: 3, count: 0 }])).toBeNull();
  });
});

describe('the 90th percentile', () => {
  it('lies between two neighbours in proportion', () => {
    expect(quantile(each(...Array.from({ length: 11 }, (_, day) => day)), 0.9)).toBe(9);
    expect(quantile(each(0, 10), 0.9)).toBe(9);
    expect(quantile(each(7), 0.9)).toBe(7);
  });
});

const values = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 });
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

it('is the same whether equal values are counted or listed, in any order', () => {
  fc.assert(
    fc.property(values, share, (days, p) => {
      const counts = new Map<number, number>();
      for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
      const counted = [...counts].map(([value, count]) => ({ value, count })).reverse();
      expect(quantile(counted, p)).toBeCloseTo(quantile(each(...days), p) ?? Number.NaN, 9);
    }),
  );
});

it('never lies outside its values, and rises with p', () => {
  fc.assert(
    fc.property(values, share, share, (days, p, q) => {
      const low = quantile(each(...days), Math.min(p, q)) ?? Number.NaN;
      const high = quantile(each(...days), Math.max(p, q)) ?? Number.NaN;
      expect(low).toBeGreaterThanOrEqual(Math.min(...days));
      expect(high).toBeLessThanOrEqual(Math.max(...days));
      expect(high).toBeGreaterThanOrEqual(low);
    }),
  );
});
