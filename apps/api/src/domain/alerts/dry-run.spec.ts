import { addDays, dayOf } from '../calendar/day.js';
import { againstChurns, PastFirings } from './dry-run.js';

const first = dayOf(2026, 1, 1);
/** A sign a day: + the rule holds, - it does not, c the clear rule holds. */
const fired = (signs: string, coolDownDays = 0, ownClear = false) => {
  const past = new PastFirings(coolDownDays);
  [...signs].forEach((sign, place) => {
    const one = (holds: boolean) => new Set(holds ? ['a'] : []);
    past.day(addDays(first, place), one(sign === '+'), ownClear ? one(sign === 'c') : null);
  });
  return past.firings.map(({ day }) => day - first);
};

describe('what a rule would have fired in the past', () => {
  it('is no firing where it held on the first day', () => {
    expect(fired('+++')).toEqual([]);
    expect(fired('-+++')).toEqual([1]);
  });

  it('is one firing as long as the alert lives, which one clear day does not end', () => {
    expect(fired('-++-++')).toEqual([1]);
    expect(fired('-+--+')).toEqual([1, 4]);
  });

  it('waits for the cool-down since the end', () => {
    expect(fired('-+--++++', 3)).toEqual([1, 6]);
  });

  it('ends by the rule’s own clear rule where it has one', () => {
    expect(fired('-+---+', 0, true)).toEqual([1]);
    expect(fired('-+cc-+', 0, true)).toEqual([1, 5]);
  });
});

describe('firings against churns', () => {
  const day = dayOf(2026, 1, 10);

  it('count those on accounts that churned within 90 days after', () => {
    const firings = ['soon', 'soon', 'late', 'before', 'stays'].map((accountId) => ({ accountId, day }));
    const churnedOn = new Map([
      ['soon', addDays(day, 90)],
      ['late', addDays(day, 91)],
      ['before', day],
    ]);
    expect(againstChurns(firings, churnedOn)).toEqual({ accounts: 4, beforeChurn: 2, churnedWithAlert: 1 });
  });
});
