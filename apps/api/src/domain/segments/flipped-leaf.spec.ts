import { all, any, field, not } from '../rule-builders.js';
import { flippedLeaf, holdsWith } from './flipped-leaf.js';

const isLive = field('account.status', 'eq', 'customer');
const isRisky = field('health.band', 'eq', 'at_risk');
const isLarge = field('account.arr', 'gte', 50_000);
const rule = all(isLive, any(isRisky, not(isLarge)));

describe('a rule over the results of its conditions', () => {
  it.each([
    [[true, true, true], true],
    [[true, false, true], false],
    [[true, false, false], true],
    [[false, true, false], false],
  ])('%j → %s', (leaves, holds) => {
    expect(holdsWith(rule, leaves)).toBe(holds);
  });

  it('counts for at least n of', () => {
    const two = { kind: 'atLeast' as const, n: 2, rules: [isLive, isRisky, isLarge] };
    expect(holdsWith(two, [true, false, true])).toBe(true);
    expect(holdsWith(two, [true, false, false])).toBe(false);
  });
});

describe('the condition that turned a rule', () => {
  it('is the one that has changed', () => {
    expect(flippedLeaf(rule, [true, false, true], [true, true, true])).toBe(1);
  });

  it('is, of several that have changed, the first that decides', () => {
    expect(flippedLeaf(rule, [true, true, true], [false, true, false])).toBe(0);
    expect(flippedLeaf(all(isLive, any(isRisky, isLarge)), [false, false, false], [true, true, true])).toBe(0);
  });

  it('is nobody’s where the rule says what it said', () => {
    expect(flippedLeaf(rule, [true, true, true], [true, true, false])).toBeNull();
  });

  it('is told without the day before only where one alone decides', () => {
    expect(flippedLeaf(all(isLive, isRisky), null, [true, false])).toBe(1);
    expect(flippedLeaf(all(isLive, isRisky), null, [true, true])).toBeNull();
  });
});
