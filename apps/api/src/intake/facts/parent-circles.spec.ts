import { closingCircles } from './parent-circles.js';

describe('closing circles', () => {
  const under = (accountId: string, parent: string | null) => ({ accountId, parent });
  const told = (stored: Record<string, string | null>, ...said: ReturnType<typeof under>[]) =>
    [...closingCircles(new Map(Object.entries(stored)), said)].map(({ accountId, parent }) => `${accountId}→${parent}`);

  it('takes what is said together as it stands in the end, whatever its order', () => {
    expect(told({ b: 'a' }, under('a', 'b'), under('b', null))).toEqual([]);
    expect(told({ b: 'a' }, under('b', null), under('a', 'b'))).toEqual([]);
    expect(told({ b: 'a', c: 'b' }, under('a', 'c'), under('c', null))).toEqual([]);
  });

  it('finds the last said of a circle at fault, and not who repeats what is stored', () => {
    expect(told({}, under('a', 'b'), under('b', 'a'))).toEqual(['b→a']);
    expect(told({ b: 'a' }, under('a', 'b'), under('b', 'a'))).toEqual(['a→b']);
    expect(told({ b: 'a', c: 'b' }, under('x', 'c'), under('a', 'c'), under('d', 'a'))).toEqual(['a→c']);
  });

  it('lets hold what was said or stored before in the place of what is at fault', () => {
    // Without b→c the stored b→a stands again, and a→b closes a circle with it.
    expect(told({ b: 'a' }, under('c', 'b'), under('a', 'b'), under('b', 'c'))).toEqual(['b→c', 'a→b']);
    expect(told({}, under('a', 'b'), under('b', 'a'), under('b', null))).toEqual([]);
    expect(told({}, under('a', 'b'), under('b', 'a'), under('b', 'a'))).toEqual(['b→a', 'b→a']);
  });

  it('comes to an end where a circle is stored that nobody speaks of', () => {
    expect(told({ a: 'b', b: 'a' }, under('c', 'a'), under('a', 'b'))).toEqual([]);
  });
});
