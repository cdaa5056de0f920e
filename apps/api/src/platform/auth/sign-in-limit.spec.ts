import fc from 'fast-check';
import { FAILURES_PER_EMAIL, placeOf, secondsToWait, subjectsOf, WINDOW_MS } from './sign-in-limit.js';

const start = new Date('2026-04-15T09:00:00Z');
const at = (ms: number) => new Date(start.getTime() + ms);

describe('the limit of attempts to sign in', () => {
  it('lets attempts through up to the limit', () => {
    const attempts = { windowStartedAt: start, failures: FAILURES_PER_EMAIL };
    expect(secondsToWait(attempts, FAILURES_PER_EMAIL, at(1000))).toBe(0);
    expect(secondsToWait({ ...attempts, failures: FAILURES_PER_EMAIL + 1 }, FAILURES_PER_EMAIL, at(1000))).toBe(899);
  });

  it('asks to wait for at least a second and never beyond the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: WINDOW_MS }), fc.integer({ min: 1, max: 1000 }), (ms, beyond) => {
        const wait = secondsToWait({ windowStartedAt: start, failures: 8 + beyond }, 8, at(ms));
        expect(wait).toBeGreaterThanOrEqual(1);
        expect(at(ms).getTime() + wait * 1000).toBeGreaterThanOrEqual(start.getTime() + WINDOW_MS);
        expect(wait).toBeLessThanOrEqual(WINDOW_MS / 1000);
      }),
    );
  });

  it('counts an address however it is spelt, by the place it comes from, and over all places', () => {
    const keys = (ip: string | null) => subjectsOf(' Ana@Example.com', ip, { as: 'stranger' }).map(({ key }) => key);
    expect(keys('10.0.0.1')).toEqual([
      'place:10.0.0.1',
      'email:ana@example.com from 10.0.0.1',
      'email:ana@example.com',
    ]);
    expect(keys(null)[0]).toBe('place:nowhere');
  });

  it('does not count what strangers do elsewhere against somebody who is known', () => {
    const at = subjectsOf('ana@example.com', '10.0.0.1', { as: 'place' });
    expect(at.map(({ key }) => key)).toEqual(['place:10.0.0.1', 'email:ana@example.com from 10.0.0.1']);
    const hash = Buffer.from('00ff', 'hex');
    const within = subjectsOf('ana@example.com', '10.0.0.1', { as: 'session', hash });
    expect(within.map(({ key }) => key)).toEqual(['session:00ff']);
  });

  it('takes for one place what belongs to one connection', () => {
    expect(placeOf('10.0.0.1')).toBe('10.0.0.1');
    expect(placeOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(placeOf('2001:db8:0:1:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:0:1::/64');
    expect(placeOf('2001:0DB8::1:0:0:0:2')).toBe('2001:db8:0:1::/64');
    expect(placeOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
    expect(placeOf('::1')).toBe('0:0:0:0::/64');
  });
});
