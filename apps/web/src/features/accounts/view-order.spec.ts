import { moved } from './view-order.js';

describe('moving a tab', () => {
  it('puts it in its new place, the others around it in their order', () => {
    expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
  });

  it('ends at the ends, and leaves all where one is not among them', () => {
    expect(moved(['a', 'b'], 'a', 9)).toEqual(['b', 'a']);
    expect(moved(['a', 'b'], 'b', -1)).toEqual(['b', 'a']);
    expect(moved(['a', 'b'], 'z', 0)).toEqual(['a', 'b']);
  });
});
