import fc from 'fast-check';
import { isoOf } from '../calendar/day.js';
import { nextDue, type Rhythm } from './schedule.js';

const rhythm = (over: Partial<Rhythm> = {}): Rhythm => ({
  frequency: 'daily',
  weekday: null,
  monthDay: null,
  hour: 8,
  ...over,
});
const next = (of: Rhythm, after: string, timeZone = 'Europe/Berlin') => {
  const { day, atMs } = nextDue(of, Date.parse(after), timeZone);
  return [isoOf(day), new Date(atMs).toISOString()];
};

it('comes at the hour of the workspace, today if it is still to come', () => {
  expect(next(rhythm(), '2026-04-15T05:59:00Z')).toEqual(['2026-04-15', '2026-04-15T06:00:00.000Z']);
  expect(next(rhythm(), '2026-04-15T06:00:00Z')).toEqual(['2026-04-16', '2026-04-16T06:00:00.000Z']);
});

it('keeps the hour when the clocks change', () => {
  expect(next(rhythm(), '2026-03-28T12:00:00Z')[1]).toBe('2026-03-29T06:00:00.000Z');
  expect(next(rhythm(), '2026-10-24T12:00:00Z')[1]).toBe('2026-10-25T07:00:00.000Z');
});

it('comes on its weekday', () => {
  const mondays = rhythm({ frequency: 'weekly', weekday: 1 });
  expect(next(mondays, '2026-04-15T12:00:00Z')[0]).toBe('2026-04-20');
  expect(next(mondays, '2026-04-20T12:00:00Z')[0]).toBe('2026-04-27');
});

it('comes on its day of the month, in shorter months on the last', () => {
  const ends = rhythm({ frequency: 'monthly', monthDay: 31 });
  expect(next(ends, '2026-01-31T12:00:00Z')[0]).toBe('2026-02-28');
  expect(next(ends, '2026-02-28T12:00:00Z')[0]).toBe('2026-03-31');
  expect(next(rhythm({ frequency: 'monthly', monthDay: 1 }), '2026-04-15T12:00:00Z')[0]).toBe('2026-05-01');
});

it('always lies ahead, and is never skipped', () => {
  const rhythms = fc.record({
    frequency: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    monthDay: fc.integer({ min: 1, max: 31 }),
    hour: fc.integer({ min: 0, max: 23 }),
  });
  const instants = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2027-12-31') });
  fc.assert(
    fc.property(rhythms, instants, fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'), (of, at, zone) => {
      const { atMs } = nextDue(of, at, zone);
      expect(atMs).toBeGreaterThan(at);
      expect(atMs - at).toBeLessThan(32.1 * 86_400_000);
      expect(nextDue(of, atMs - 1, zone).atMs).toBe(atMs);
    }),
  );
});
