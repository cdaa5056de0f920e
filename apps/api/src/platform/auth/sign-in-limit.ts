import { isIPv4, isIPv6 } from 'node:net';

/**
 * Failed attempts to sign in that are let through in a window: from one place, for one e-mail address from one place, and
 * for one e-mail address from all places that its person has never signed in from. A stranger can so use up their own
 * attempts, but not those of the person, who is known by their session or by the place of one.
 */
const FAILURES_PER_PLACE = 40;
const FAILURES_PER_EMAIL_AND_PLACE = 8;
export const FAILURES_PER_EMAIL = 40;
export const WINDOW_MS = 15 * 60_000;

export interface Attempts {
  windowStartedAt: Date;
  /** Attempts in the window so far, the present one included. */
  failures: number;
}

export interface Subject {
  key: string;
  limit: number;
  /** Forgotten once somebody has signed in, so that typing errors do not add up; of others that attempt is taken back. */
  isOfPerson: boolean;
}

/** How the person of an e-mail address is known before the password is looked at. */
export type Known = { as: 'session'; hash: Buffer } | { as: 'place' } | { as: 'stranger' };

/**
 * What an attempt is counted by, in the order of counting. Once one limit is passed the later ones are not counted, so
 * that a place makes at most as many rows in a window as it has attempts, whatever addresses it invents.
 */
export function subjectsOf(email: string, ip: string | null, known: Known): Subject[] {
  if (known.as === 'session') {
    const key = `session:${known.hash.toString('hex')}`;
    return [{ key, limit: FAILURES_PER_EMAIL_AND_PLACE, isOfPerson: true }];
  }
  const place = ip === null ? 'nowhere' : placeOf(ip);
  const address = email.trim().toLowerCase();
  const subjects = [
    { key: `place:${place}`, limit: FAILURES_PER_PLACE, isOfPerson: false },
    { key: `email:${address} from ${place}`, limit: FAILURES_PER_EMAIL_AND_PLACE, isOfPerson: true },
  ];
  if (known.as === 'stranger') subjects.push({ key: `email:${address}`, limit: FAILURES_PER_EMAIL, isOfPerson: true });
  return subjects;
}

/** An IPv4 address as it is; of an IPv6 address the first 64 bits, since whoever has one has all that share them. */
export function placeOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...new Array<string>(Math.max(0, zeros)).fill('0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** How long to wait before the next attempt, in whole seconds (at least 1); 0 when this one is within the limit. */
export function secondsToWait(attempts: Attempts, limit: number, now: Date): number {
  if (attempts.failures <= limit) return 0;
  const endsAt = attempts.windowStartedAt.getTime() + WINDOW_MS;
  return Math.max(1, Math.ceil((endsAt - now.getTime()) / 1000));
}
