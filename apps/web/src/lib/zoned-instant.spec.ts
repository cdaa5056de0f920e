import { dayAndTimeOf, instantOf } from './zoned-instant.js';

const BERLIN = 'Europe/Berlin';

it('is the moment at which the zone’s clocks show it, in summer and in winter', () => {
  expect(instantOf('2026-07-01', '09:30', BERLIN)).toBe('2026-07-01T07:30:00.000Z');
  expect(instantOf('2026-01-01', '09:30', BERLIN)).toBe('2026-01-01T08:30:00.000Z');
  expect(instantOf('2026-07-01', '09:30', 'Asia/Kathmandu')).toBe('2026-07-01T03:45:00.000Z');
});

it('takes the first of a time that comes twice, and moves one that never comes on by the leap', () => {
  expect(instantOf('2026-10-25', '02:30', BERLIN)).toBe('2026-10-25T00:30:00.000Z');
  expect(instantOf('2026-03-29', '02:30', BERLIN)).toBe('2026-03-29T01:30:00.000Z');
  expect(dayAndTimeOf('2026-03-29T01:30:00.000Z', BERLIN)).toEqual({ day: '2026-03-29', time: '03:30' });
});

it('reads back what it wrote', () => {
  for (const zone of [BERLIN, 'America/New_York', 'Pacific/Auckland', 'UTC']) {
    expect(dayAndTimeOf(instantOf('2026-11-22', '23:59', zone), zone)).toEqual({ day: '2026-11-22', time: '23:59' });
  }
});
