import fc from 'fast-check';
import { addDays, type Day, daysBetween, isoOf, toDay } from './day.js';
import { addMonths, daysInMonth, lastDayOf, monthEnds, monthOf } from './month.js';
import { periodEnd, periodIndex, periodLastDay, periodStart } from './period.js';
import { addBusinessDays, businessDaysBetween, isBusinessDay, weekday } from './week.js';
import { contains, isMoreThanDaysAgo, lastDays, nextDays, shiftedBack, windowOf } from './window.js';
import { dayAt, isTimeZone, lastClosedDay } from './zone.js';

const anyDay = fc.integer({ min: -20_000, max: 60_000 }).map((days) => days as Day);

describe('days', () => {
  it('are whole days since 1970-01-01 and read back as they were written', () => {
    expect(toDay('1970-01-01')).toBe(0);
    expect(toDay('2026-04-15')).toBe(20_558);
    fc.assert(fc.property(anyDay, (day) => toDay(isoOf(day)) === day));
  });

  it.each(['2026-02-29', '2026-13-01', '2026-4-1', '2026-04-15T00:00', ''])('refuse %p', (text) => {
    expect(() => toDay(text)).toThrow(RangeError);
  });

  it('know 29 February of a leap year', () => {
    expect(isoOf(addDays(toDay('2024-02-28'), 1))).toBe('2024-02-29');
  });
});

describe('months', () => {
  it('hold a day to the end of a shorter month', () => {
    expect(isoOf(addMonths(toDay('2026-01-31'), 1))).toBe('2026-02-28');
    expect(isoOf(addMonths(toDay('2024-03-31'), -1))).toBe('2024-02-29');
    expect(isoOf(addMonths(toDay('2026-11-30'), 3))).toBe('2027-02-28');
  });

  it('list their ends inside a span', () => {
    expect(monthEnds(toDay('2026-01-31'), toDay('2026-03-30')).map(isoOf)).toEqual(['2026-01-31', '2026-02-28']);
  });

  it('count down before 1970 as well', () => {
    expect(isoOf(lastDayOf(monthOf(toDay('1969-02-10'))))).toBe('1969-02-28');
  });
});

describe('weeks and business days', () => {
  it('start on Monday', () => {
    expect(weekday(toDay('2026-04-13'))).toBe(1);
    expect(weekday(toDay('1969-12-28'))).toBe(7);
  });

  it('count business days over a weekend: Friday + 1 = Monday', () => {
    expect(isoOf(addBusinessDays(toDay('2026-04-17'), 1))).toBe('2026-04-20');
    expect(isoOf(addBusinessDays(toDay('2026-04-20'), -1))).toBe('2026-04-17');
    expect(isoOf(addBusinessDays(toDay('2026-04-18'), 0))).toBe('2026-04-20');
    expect(businessDaysBetween(toDay('2026-04-17'), toDay('2026-04-24'))).toBe(5);
  });

  it('never end on a weekend, and counting back gives the number again', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, n) => {
        const due = addBusinessDays(day, n);
        expect(isBusinessDay(due)).toBe(true);
        expect(businessDaysBetween(day, due)).toBe(n);
      }),
    );
  });
});

describe('periods', () => {
  it.each([
    ['2026-03', '2026-03-31'],
    ['2024-02', '2024-02-29'],
    ['2026-W07', '2026-02-15'],
    ['2026-W53', '2027-01-03'],
    ['2026-Q1', '2026-03-31'],
    ['2026-03-05', '2026-03-05'],
  ])('%s ends on %s', (text, end) => {
    expect(isoOf(periodLastDay(text) as Day)).toBe(end);
  });

  it.each(['2026-13', '2025-W53', '2026-W00', '2026-02-30', 'March'])('%p is no period', (text) => {
    expect(periodLastDay(text)).toBeNull();
  });

  it('number their days alike from first to last, and the next day with the next number', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('day', 'week', 'month'), (day, period) => {
        const [start, end] = [periodStart(period, day), periodEnd(period, day)];
        expect(start <= day && day <= end).toBe(true);
        expect(periodIndex(period, start)).toBe(periodIndex(period, day));
        expect(periodIndex(period, end)).toBe(periodIndex(period, day));
        expect(periodIndex(period, addDays(end, 1))).toBe(periodIndex(period, day) + 1);
      }),
    );
  });
});

describe('windows', () => {
  it('the last 28 days of 15 April start on 19 March', () => {
    const window = lastDays(toDay('2026-04-15'), 28);
    expect([isoOf(window.from), isoOf(window.to), window.days]).toEqual(['2026-03-19', '2026-04-15', 28]);
  });

  it('more than 30 days ago is before asOf − 30; the next 90 days end on asOf + 90', () => {
    const asOf = toDay('2026-04-15');
    expect(isMoreThanDaysAgo(addDays(asOf, -30), asOf, 30)).toBe(false);
    expect(isMoreThanDaysAgo(addDays(asOf, -31), asOf, 30)).toBe(true);
    expect(isoOf(nextDays(asOf, 90).to)).toBe('2026-07-14');
  });

  it('cut month bitmaps exactly at their days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 120 }), fc.integer({ min: -5, max: 125 }), (from, days, offset) => {
        const window = windowOf(from, addDays(from, days - 1));
        const day = addDays(from, offset);
        const month = monthOf(day);
        const bit = 1 << (day - addDays(lastDayOf(month), 1 - daysInMonth(month)));
        expect(((window.masks[month - window.firstMonth] ?? 0) & bit) !== 0).toBe(contains(window, day));
      }),
    );
  });

  it('shifted back by its own length it ends the day before it starts', () => {
    const window = lastDays(toDay('2026-04-14'), 28);
    expect(daysBetween(shiftedBack(window, 28).to, window.from)).toBe(1);
  });
});

describe('the workspace’s day', () => {
  it('depends on its time zone', () => {
    const instant = Date.UTC(2026, 3, 15, 2, 30);
    expect(isoOf(dayAt(instant, 'America/New_York'))).toBe('2026-04-14');
    expect(isoOf(dayAt(instant, 'Asia/Tokyo'))).toBe('2026-04-15');
    expect(isoOf(lastClosedDay(instant, 'Asia/Tokyo'))).toBe('2026-04-14');
  });

  it('changes once at midnight on the day that clocks change', () => {
    expect(isoOf(dayAt(Date.UTC(2026, 2, 28, 22, 59), 'Europe/Berlin'))).toBe('2026-03-28');
    expect(isoOf(dayAt(Date.UTC(2026, 2, 28, 23, 0), 'Europe/Berlin'))).toBe('2026-03-29');
    expect(isoOf(dayAt(Date.UTC(2026, 2, 29, 22, 0), 'Europe/Berlin'))).toBe('2026-03-30');
  });

  it('refuses a zone that does not exist', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
