/** Failed attempts to sign in that are let through in a window, for one e-mail address and for one IP address. */
export const FAILURES_PER_EMAIL = 8;
export const FAILURES_PER_IP = 40;
export const WINDOW_MS = 15 * 60_000;

export interface Attempts {
  windowStartedAt: Date;
  /** Attempts in the window so far, the present one included. */
  failures: number;
}

export interface Subject {
  key: string;
  limit: number;
}

/** What attempts are counted by: so many for an address, however it is spelt, and more for a shared IP address. */
export function subjectsOf(email: string, ip: string | null): Subject[] {
  const subjects = [{ key: `email:${email.trim().toLowerCase()}`, limit: FAILURES_PER_EMAIL }];
  if (ip !== null) subjects.push({ key: `ip:${ip}`, limit: FAILURES_PER_IP });
  return subjects.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** How long to wait before the next attempt, in whole seconds (at least 1); 0 when this one is within the limit. */
export function secondsToWait(attempts: Attempts, limit: number, now: Date): number {
  if (attempts.failures <= limit) return 0;
  const endsAt = attempts.windowStartedAt.getTime() + WINDOW_MS;
  return Math.max(1, Math.ceil((endsAt - now.getTime()) / 1000));
}
