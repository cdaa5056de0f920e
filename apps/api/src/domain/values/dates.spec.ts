import type { DateOrder } from '@steward/shared/imports';
import fc from 'fast-check';
import { dayFromNumber, isoOf } from '../calendar/day.js';
import { readDate } from './dates.js';
import { coerceDay, coerceMoment } from './moments.js';
import { instantAt } from './wall-clock.js';

const day = (text: string, order: DateOrder | null = null, timeZone = 'UTC') => {
  const read = coerceDay(text, { order, timeZone });
  return read.ok ? read.value : read.code;
};
const moment = (text: string, timeZone: string, order: DateOrder | null = null) => {
  const read = coerceMoment(text, { order, timeZone });
  return read.ok ? read.value && [read.value.day, read.value.at] : read.code;
};

describe('days', () => {
  it.each([
    ['2026-03-05', null, '2026-03-05'],
    ['2026-3-5', null, '2026-03-05'],
    ['2026/03/05', null, '2026-03-05'],
    ['20260305', null, '2026-03-05'],
    ['27-07-2023', null, '2023-07-27'],
    ['07/27/2023', null, '2023-07-27'],
    ['05-03-2026', 'dmy', '2026-03-05'],
    ['03/05/2026', 'mdy', '2026-03-05'],
    ['5.3.2026', null, '2026-03-05'],
    ['05/03/26', 'dmy', '2026-03-05'],
    ['05/03/85', 'dmy', '1985-03-05'],
    ['5 March 2026', null, '2026-03-05'],
    ['March 5th, 2026', null, '2026-03-05'],
    ['05-Mar-2026', null, '2026-03-05'],
    ['5. März 2026', null, '2026-03-05'],
    ['Thu, 05 Mar 2026 10:00:00 GMT', null, '2026-03-05'],
    ['2026-03', null, '2026-03-01'],
    ['03/2026', null, '2026-03-01'],
    ['Mar 2026', null, '2026-03-01'],
    ['2026-W10', null, '2026-03-02'],
    ['28-07-2023 03:00', null, '2023-07-28'],
    ['2023-07-28 3:00', null, '2023-07-28'],
    ['5/19/2006 0:00:00', null, '2006-05-19'],
    ['2024-02-29', null, '2024-02-29'],
    ['45292', null, '2024-01-01'],
    ['45292.75', null, '2024-01-01'],
    ['#N/A', null, null],
    ['', null, null],
  ] as const)('reads %j with %s as %s', (text, order, expected) => {
    expect(day(text, order)).toBe(expected);
  });

  it.each([
    ['05/03/2026', null, 'AMBIGUOUS_DATE'],
    ['27-07-2023', 'mdy', 'BAD_DATE'],
    ['31.02.2026', null, 'BAD_DATE'],
    ['2023-02-29', null, 'BAD_DATE'],
    ['2026-13-01', null, 'BAD_DATE'],
    ['2026-00-10', null, 'BAD_DATE'],
    ['2026-03-05 25:00', null, 'BAD_DATE'],
    ['0000-00-00', null, 'YEAR_OUT_OF_RANGE'],
    ['0000-01-01', null, 'YEAR_OUT_OF_RANGE'],
    ['9999-12-31', null, 'YEAR_OUT_OF_RANGE'],
    ['31/12/9999', 'dmy', 'YEAR_OUT_OF_RANGE'],
    ['1899-12-31', null, 'YEAR_OUT_OF_RANGE'],
    ['12026-01-01', null, 'BAD_DATE'],
    ['soon', null, 'BAD_DATE'],
    ['12345', null, 'BAD_DATE'],
    ['2026', null, 'BAD_DATE'],
    ['1'.repeat(100), null, 'BAD_DATE'],
  ] as const)('refuses %j with %s: %s', (text, order, code) => {
    expect(day(text, order)).toBe(code);
  });

  it('takes midnight UTC for a day, and any other time for the day in the workspace', () => {
    expect(day('2026-03-01T00:00:00Z', null, 'America/New_York')).toBe('2026-03-01');
    expect(day('2026-03-01T02:00:00Z', null, 'America/New_York')).toBe('2026-02-28');
    expect(day('2026-03-01T23:30:00-05:00', null, 'Europe/Vienna')).toBe('2026-03-02');
  });

  it('reads back every day in each order of its parts', () => {
    const days = fc.integer({ min: -25567, max: 84370 }).map((number) => isoOf(dayFromNumber(number)));
    fc.assert(
      fc.property(days, fc.constantFrom('-', '/', '.'), (iso, separator) => {
        const [year = '', month = '', dayOfMonth = ''] = iso.split('-');
        expect(day(iso)).toBe(iso);
        expect(day([dayOfMonth, month, year].join(separator), 'dmy')).toBe(iso);
        expect(day([month, dayOfMonth, year].join(separator), 'mdy')).toBe(iso);
      }),
    );
  });
});

describe('moments', () => {
  it.each([
    ['2026-03-01T10:00:00Z', 'Europe/Vienna', ['2026-03-01', '2026-03-01T10:00:00.000Z']],
    ['2026-03-01 10:00', 'Europe/Vienna', ['2026-03-01', '2026-03-01T09:00:00.000Z']],
    ['2026-07-01 10:00', 'Europe/Vienna', ['2026-07-01', '2026-07-01T08:00:00.000Z']],
    ['2026-07-01 10:00 pm', 'UTC', ['2026-07-01', '2026-07-01T22:00:00.000Z']],
    ['2026-07-01T10:00:00.123456+0530', 'UTC', ['2026-07-01', '2026-07-01T04:30:00.123Z']],
    ['1690416000', 'UTC', ['2023-07-27', null]],
    ['1690416001', 'UTC', ['2023-07-27', '2023-07-27T00:00:01.000Z']],
    ['1690416001000', 'UTC', ['2023-07-27', '2023-07-27T00:00:01.000Z']],
    ['27-07-2023', 'Europe/Vienna', ['2023-07-27', null]],
  ])('reads %j in %s as %j', (text, timeZone, expected) => {
    expect(moment(text, timeZone)).toEqual(expected);
  });

  it('finds the instant of a wall clock time on days when clocks change', () => {
    const at = (iso: string, hours: number, zone: string) =>
      new Date(instantAt(dayFromNumber(Date.parse(iso) / 86_400_000), hours * 3_600_000, zone)).toISOString();
    expect(at('2026-03-29', 1, 'Europe/Vienna')).toBe('2026-03-29T00:00:00.000Z');
    expect(at('2026-03-29', 3, 'Europe/Vienna')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('2026-03-29', 2.5, 'Europe/Vienna')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-10-25', 2.5, 'Europe/Vienna')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25', 4, 'Europe/Vienna')).toBe('2026-10-25T03:00:00.000Z');
    expect(at('2026-01-01', 0, 'Pacific/Kiritimati')).toBe('2025-12-31T10:00:00.000Z');
  });
});

it('a date of the other order says so', () => {
  expect(readDate('12/25/2026', 'dmy')).toMatchObject({ message: '"12/25/2026" is not a date with the day first.' });
  expect(readDate('31/02/2026', 'dmy')).toMatchObject({ message: '"31/02/2026" is not a date.' });
});
