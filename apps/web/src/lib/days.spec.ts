import { addDays, ago, daysBetween, formatDay, formatInstant, isIsoDay, parseDay, relativeDay } from './days.js';

it('knows a day from other text', () => {
  expect(isIsoDay('2026-04-15')).toBe(true);
  expect(isIsoDay('2026-02-30')).toBe(false);
  expect(isIsoDay('2026-4-5')).toBe(false);
  expect(isIsoDay(undefined)).toBe(false);
});

it('counts over month ends, leap days and changes of the clock', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-04-15', '2026-03-15')).toBe(-31);
});

it('says how far a day lies from the day of the screen', () => {
  expect(relativeDay('2026-04-15', '2026-04-15')).toBe('today');
  expect(relativeDay('2026-05-08', '2026-04-15')).toBe('in 23 d');
  expect(relativeDay('2026-04-10', '2026-04-15')).toBe('5 d ago');
  expect(relativeDay('2027-06-15', '2026-04-15')).toBe('in 14 mo');
});

it('writes days without a time zone and moments with one', () => {
  expect(formatDay('2026-04-15')).toBe('15 Apr 2026');
  expect(formatDay('2025-09-05')).toBe('5 Sep 2025');
  expect(formatDay(null)).toBe('–');
  expect(formatInstant('2026-04-15T22:30:00Z', 'Asia/Tokyo')).toMatch(/^16 Apr 2026, 07:30 (GMT\+9|JST)$/);
});

it('says how old something is', () => {
  const now = Date.parse('2026-04-15T12:00:00Z');
  expect(ago('2026-04-15T11:59:50Z', now)).toBe('just now');
  expect(ago('2026-04-15T11:40:00Z', now)).toBe('20 min ago');
  expect(ago('2026-04-12T12:00:00Z', now)).toBe('3 d ago');
});

it.each([
  ['2026-04-15', '2026-04-15'],
  ['15 Apr 2026', '2026-04-15'],
  [' 5 september 2026 ', '2026-09-05'],
  ['31 Apr 2026', null],
  ['04/05/2026', null],
  ['Apr 2026', null],
  ['', null],
])('reads a typed day only where it can mean one thing: “%s”', (text, day) => {
  expect(parseDay(text)).toBe(day);
});

it('reads every day as it is written', () => {
  for (let day = '2024-01-01'; day < '2025-03-05'; day = addDays(day, 1)) expect(parseDay(formatDay(day))).toBe(day);
});
