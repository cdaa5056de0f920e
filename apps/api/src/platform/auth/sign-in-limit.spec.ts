import fc from 'fast-check';
import { FAILURES_PER_EMAIL, secondsToWait, subjectsOf, WINDOW_MS } from './sign-in-limit.js';

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

  it('counts an address however it is spelt, and the place it comes from', () => {
    expect(subjectsOf(' Ana@Example.com', '10.0.0.1').map((subject) => subject.key)).toEqual([
      'email:ana@example.com',
      'ip:10.0.0.1',
    ]);
    expect(subjectsOf('ana@example.com', null)).toHaveLength(1);
  });
});
