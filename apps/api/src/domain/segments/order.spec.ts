import type { Rule } from '@steward/shared/rules';
import fc from 'fast-check';
import { circleThrough, type Dependent, dependentsOf, inLevels, inParts, weightOf } from './order.js';

const uses = (id: string, ...used: string[]): Dependent => ({ id, uses: used });
const idsOf = (levels: Dependent[][]) => levels.map((level) => level.map(({ id }) => id));

describe('the order of segments', () => {
  it('puts a segment after those that its rule reads', () => {
    const segments = [uses('both', 'vip', 'late'), uses('vip'), uses('late', 'unpaid'), uses('unpaid')];
    expect(idsOf(inLevels(segments))).toEqual([['vip', 'unpaid'], ['late'], ['both']]);
  });

  it('leaves out what goes in a circle and what rests on it', () => {
    expect(idsOf(inLevels([uses('a', 'b'), uses('b', 'a'), uses('c', 'a'), uses('d')]))).toEqual([['d']]);
  });

  it('names the way round', () => {
    const segments = [uses('a', 'b'), uses('b', 'x', 'c'), uses('c', 'a'), uses('x')];
    expect(circleThrough('a', segments)).toEqual(['a', 'b', 'c', 'a']);
    expect(circleThrough('x', segments)).toBeNull();
    expect(circleThrough('self', [uses('self', 'self')])).toEqual(['self', 'self']);
  });

  it('weighs a count of events as several conditions, and one of their properties as many', () => {
    const count = { kind: 'eventCount', event: null, op: 'gte', count: 1, inLastDays: 28 } as const;
    const filtered = { ...count, where: [{ property: 'plan', op: 'eq', value: 'pro' }] } as const;
    const isLarge = { kind: 'compare', field: 'account.arr', op: 'gte', value: 1 } as const;
    expect(weightOf({ kind: 'all', rules: [] })).toBe(1);
    expect(weightOf({ kind: 'all', rules: [isLarge, { kind: 'not', rule: isLarge }] })).toBe(2);
    expect(weightOf({ kind: 'all', rules: [isLarge, count] })).toBe(6);
    expect(weightOf({ kind: 'any', rules: [isLarge, count, filtered] })).toBe(106);
  });

  it('takes a level in parts that a statement can hold, and loses nobody', () => {
    const isLarge = { kind: 'compare', field: 'account.arr', op: 'gte', value: 1 } as const;
    const rules = (conditions: number) => ({ rule: { kind: 'any', rules: Array(conditions).fill(isLarge) } as Rule });
    expect(inParts([rules(3), rules(2), rules(1), rules(9), rules(5)], 5).map((part) => part.length)).toEqual([
      2, 1, 1, 1,
    ]);
    // A rule without conditions is asked for, too.
    expect(inParts([rules(0), rules(0), rules(0)], 2).map((part) => part.length)).toEqual([2, 1]);
    expect(inParts([], 5)).toEqual([]);
  });

  it('finds all that rests on a segment', () => {
    const segments = [uses('a'), uses('b', 'a'), uses('c', 'b'), uses('d')];
    expect(dependentsOf('a', segments).sort()).toEqual(['b', 'c']);
  });

  it('places every segment once, after all it uses, exactly where none is in a circle', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const graphs = fc.tuple(...names.map((id) => fc.subarray(names).map((used) => uses(id, ...used))));
    fc.assert(
      fc.property(graphs, (segments) => {
        const order = inLevels(segments).flat();
        const placed = order.map(({ id }) => id);
        expect(new Set(placed).size).toBe(placed.length);
        for (const [place, { uses: used }] of order.entries()) {
          expect(used.every((id) => placed.indexOf(id) < place && placed.includes(id))).toBe(true);
        }
        const isCircular = segments.some(({ id }) => circleThrough(id, segments) !== null);
        expect(order.length === segments.length).toBe(!isCircular);
      }),
    );
  });
});
