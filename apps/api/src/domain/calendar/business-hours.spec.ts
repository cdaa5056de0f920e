import { businessHoursAfter } from './business-hours.js';

const after = (instant: string, hours: number, zone = 'Europe/Berlin') =>
  new Date(businessHoursAfter(Date.parse(instant), hours, zone)).toISOString();

describe('business hours', () => {
  it('run from nine to five in the workspace’s time zone', () => {
    expect(after('2026-04-15T08:00:00Z', 4)).toBe('2026-04-15T12:00:00.000Z');
    expect(after('2026-04-15T01:00:00Z', 4)).toBe('2026-04-15T11:00:00.000Z');
    expect(after('2026-04-15T08:00:00Z', 4, 'America/New_York')).toBe('2026-04-15T17:00:00.000Z');
  });

  it('go on the next working day', () => {
    expect(after('2026-04-15T13:00:00Z', 4)).toBe('2026-04-16T09:00:00.000Z');
    expect(after('2026-04-17T14:00:00Z', 4)).toBe('2026-04-20T10:00:00.000Z');
    expect(after('2026-04-18T10:00:00Z', 8)).toBe('2026-04-20T15:00:00.000Z');
  });

  it('keep to the clock on the wall when that is moved', () => {
    expect(after('2026-03-27T15:00:00Z', 8)).toBe('2026-03-30T14:00:00.000Z');
  });
});
