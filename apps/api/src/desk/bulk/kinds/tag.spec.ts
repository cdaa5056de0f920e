import { retagged, untagged } from './tag.js';

describe('tags of many accounts', () => {
  it('adds behind the rest, once, and takes away', () => {
    expect(retagged(['a', 'b'], ['c', 'a'], ['b'])).toEqual(['a', 'c']);
  });

  it('goes back to the tags of before, in their order', () => {
    expect(untagged(['b', 'c'], ['a', 'b'], ['b', 'c'])).toEqual(['a', 'b']);
  });

  it('leaves alone what others tagged since', () => {
    expect(untagged(['b', 'c', 'new'], ['b'], ['b', 'c'])).toEqual(['b', 'new']);
    expect(untagged(['c'], ['b'], ['b', 'c'])).toEqual([]);
  });

  it('does not take back what somebody has taken back already', () => {
    expect(untagged(['b'], ['b'], ['b', 'c'])).toBeNull();
    expect(untagged(['a', 'x'], ['a'], [])).toBeNull();
  });
});
