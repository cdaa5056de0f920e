import fc from 'fast-check';
import {
  ABSOLUTE_MS,
  hashOfToken,
  IDLE_MS,
  newSessionToken,
  SESSION_COOKIE,
  sessionCookieOptions,
  sessionExpiry,
  sessionTokenOf,
} from './session-token.js';

describe('the session cookie', () => {
  it('is found among others', () => {
    expect(sessionTokenOf(`theme=dark; ${SESSION_COOKIE}=abc; x=y`)).toBe('abc');
  });

  it.each([undefined, '', 'theme=dark', `${SESSION_COOKIE}`, `${SESSION_COOKIE}=`, `not_${SESSION_COOKIE}=abc`])(
    'is absent from %p',
    (header) => {
      expect(sessionTokenOf(header)).toBeNull();
    },
  );

  it('never makes reading fail, whatever a browser sends', () => {
    fc.assert(fc.property(fc.string(), (header) => sessionTokenOf(header) !== ''));
  });

  it('is out of reach of scripts, and over TLS never sent in the clear', () => {
    expect(sessionCookieOptions(true)).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: true, path: '/' });
    expect(sessionCookieOptions(false).secure).toBe(false);
  });
});

describe('a session token', () => {
  it('has 256 random bits, and its hash does not hold it', () => {
    const tokens = new Set(Array.from({ length: 100 }, newSessionToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) {
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(hashOfToken(token)).toHaveLength(32);
      expect(hashOfToken(token).toString('base64url')).not.toBe(token);
    }
  });
});

describe('the end of a session', () => {
  const made = new Date('2026-04-01T00:00:00Z');
  const after = (ms: number) => new Date(made.getTime() + ms);

  it('moves with every use', () => {
    expect(sessionExpiry(made, made)).toEqual(after(IDLE_MS));
    expect(sessionExpiry(made, after(3_600_000))).toEqual(after(3_600_000 + IDLE_MS));
  });

  it('is never later than the longest a session may last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ABSOLUTE_MS * 2 }), (ms) => {
        expect(sessionExpiry(made, after(ms)).getTime()).toBeLessThanOrEqual(after(ABSOLUTE_MS).getTime());
      }),
    );
  });
});
