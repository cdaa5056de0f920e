import { known, NONE_KNOWN } from './stable-ids.js';

const first = known(NONE_KNOWN, ['T1', 'T2', 'T3']);
const [one, two, three] = first.ids;

describe('what tells definitions apart on the screen', () => {
  it('goes along when they move', () => {
    expect(known(first, ['T3', 'T1', 'T2']).ids).toEqual([three, one, two]);
  });

  it('stays when a key is written anew where it stands', () => {
    expect(known(first, ['T1', 'gold', 'T3']).ids).toEqual([one, two, three]);
  });

  it('is new for a new one, and is never given again', () => {
    const without = known(first, ['T1', 'T3']);
    expect(without.ids).toEqual([one, three]);
    const added = known(without, ['T1', 'T2', 'T3']);
    expect(added.ids[1]).not.toBe(two);
    expect(new Set(added.ids).size).toBe(3);
  });

  it('is one each, even where two have the same key', () => {
    expect(new Set(known(first, ['T1', 'T1', 'T3']).ids).size).toBe(3);
  });
});
