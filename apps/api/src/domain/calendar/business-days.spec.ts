import fc from 'fast-check';
import { addBusinessDays, isWorkday } from './business-days.js';
import { type Day, dayFromNumber, isoOf, toDay } from './day.js';

const after = (iso: string, days: number) => isoOf(addBusinessDays(toDay(iso), days));

describe('business days', () => {
  // 2026-11-20 is a Friday.
  it.each([
    ['2026-11-20', 1, '2026-11-23', 'Friday + 1 is Monday'],
    ['2026-11-20', 5, '2026-11-27', 'five are a week'],
    ['2026-11-21', 1, '2026-11-23', 'from Saturday the first is Monday'],
    ['2026-11-21', 0, '2026-11-23', 'a weekend moves on to Monday'],
    ['2026-11-20', 0, '2026-11-20', 'a business day stays'],
    ['2026-11-23', -1, '2026-11-20', 'Monday − 1 is Friday'],
    ['2026-11-22', -1, '2026-11-20', 'Sunday − 1 is Friday'],
    ['2027-02-26', 1, '2027-03-01', 'over the end of a month'],
    ['2028-02-28', 1, '2028-02-29', 'onto a leap day'],
    ['2028-02-28', 2, '2028-03-01', 'over a leap day'],
    ['2026-03-27', 1, '2026-03-30', 'over the change to summer time'],
    ['2026-12-31', 1, '2027-01-01', 'a public holiday counts'],
    ['2026-11-20', 23, '2026-12-23', 'weeks at once'],
  ])('%s %i is %s: %s', (from, days, to) => {
    expect(after(from, days)).toBe(to);
  });

  it('counts one by one what it jumps over in weeks', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), fc.integer({ min: -400, max: 400 }), (from, days) => {
        let at = from;
        for (let left = Math.abs(days); left > 0; ) {
          at += Math.sign(days);
          if (isWorkday(at as Day)) left -= 1;
        }
        while (days === 0 && !isWorkday(at as Day)) at += 1;
        expect(addBusinessDays(dayFromNumber(from), days)).toBe(at);
      }),
    );
  });
});
