import { PreparedNames } from './prepared-names.js';

describe('names of prepared statements', () => {
  it('stay the same while their text is among those used last', () => {
    const names = new PreparedNames(2);
    const a = names.nameOf('a');
    const b = names.nameOf('b');
    expect(names.nameOf('a')).toBe(a);
    names.nameOf('c');
    expect([names.isLive(a), names.isLive(b)]).toEqual([true, false]);
  });

  it('are never given again to a text that made room', () => {
    const names = new PreparedNames(1);
    const first = names.nameOf('a');
    names.nameOf('b');
    const second = names.nameOf('a');
    expect(second).not.toBe(first);
    expect([names.isLive(first), names.isLive(second)]).toEqual([false, true]);
  });
});
