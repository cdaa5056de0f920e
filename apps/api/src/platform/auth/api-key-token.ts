import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `sk_<12 hex digits, the prefix by which it is found>_<256 random bits>` */
const API_KEY = /^sk_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

export interface NewApiKey {
  secret: string;
  prefix: string;
  hash: Buffer;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function newApiKey(): NewApiKey {
  const prefix = randomBytes(6).toString('hex');
  const secret = `sk_${prefix}_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix, hash: hashOf(secret) };
}

/** The part of a key by which its row is found; null for a text that cannot be a key. */
export function prefixOf(secret: string): string | null {
  return API_KEY.exec(secret)?.[1] ?? null;
}

export function isSecretOf(secret: string, storedHash: Buffer): boolean {
  const hash = hashOf(secret);
  return hash.length === storedHash.length && timingSafeEqual(hash, storedHash);
}

/**
 * The key of an Authorization header: `Bearer <key>`, or `Basic` with the key as user name, as Segment's libraries send
 * their write key. Null when the header is of another kind.
 */
export function apiKeyOf(authorization: string): string | null {
  const [scheme = '', credentials = ''] = authorization.trim().split(/\s+/, 2);
  if (/^bearer$/i.test(scheme)) return credentials || null;
  if (!/^basic$/i.test(scheme)) return null;
  const userName = Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0];
  return userName || null;
}
