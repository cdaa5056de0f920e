import { createHash, randomBytes } from 'node:crypto';
import type { CookieOptions } from 'express';

export const SESSION_COOKIE = 'steward_session';

const HOUR_MS = 3_600_000;
/** A session ends after this long without a request… */
export const IDLE_MS = 12 * HOUR_MS;
/** …and this long after signing in, whatever happens. */
export const ABSOLUTE_MS = 14 * 24 * HOUR_MS;
/** A session's last use is written at most this often. */
export const TOUCH_EVERY_MS = 60_000;

/** 256 random bits. The browser keeps it; the database only ever sees its hash. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** When a session ends that was made at `createdAt` and used at `seenAt`. */
export function sessionExpiry(createdAt: Date, seenAt: Date): Date {
  return new Date(Math.min(seenAt.getTime() + IDLE_MS, createdAt.getTime() + ABSOLUTE_MS));
}

/**
 * Scripts cannot read it, other sites' requests do not carry it (but for following a link here), and over TLS it never
 * travels in the clear. It lives as long as a session can; the server decides when it ends.
 */
export function sessionCookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: ABSOLUTE_MS };
}

/** The session token of a Cookie header: the first of that name, or null. */
export function sessionTokenOf(cookieHeader: string | undefined): string | null {
  for (const part of cookieHeader?.split(';') ?? []) {
    const [name, value] = part.split('=', 2);
    if (name?.trim() === SESSION_COOKIE && value?.trim()) return value.trim();
  }
  return null;
}
