import fc from 'fast-check';
import { apiKeyOf, isSecretOf, newApiKey, prefixOf } from './api-key-token.js';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('an API key', () => {
  it('is found by its prefix and proved by its whole text', () => {
    const key = newApiKey();
    expect(prefixOf(key.secret)).toBe(key.prefix);
    expect(isSecretOf(key.secret, key.hash)).toBe(true);
    expect(isSecretOf(`${key.secret.slice(0, -1)}${key.secret.endsWith('A') ? 'B' : 'A'}`, key.hash)).toBe(false);
    expect(isSecretOf(newApiKey().secret, key.hash)).toBe(false);
  });

  it.each([
    '',
    'sk_',
    'sk_abc_def',
    `sk_${'a'.repeat(12)}_${'x'.repeat(42)}`,
    `sk_${'z'.repeat(12)}_${'x'.repeat(43)}`,
  ])('is not %p', (text) => {
    expect(prefixOf(text)).toBeNull();
  });

  it('comes as a bearer token, or as the user name that Segment sends', () => {
    expect(apiKeyOf('Bearer sk_x')).toBe('sk_x');
    expect(apiKeyOf('bearer   sk_x')).toBe('sk_x');
    expect(apiKeyOf(basic('sk_x:'))).toBe('sk_x');
    expect(apiKeyOf(basic('sk_x:ignored'))).toBe('sk_x');
    expect(apiKeyOf(basic('sk_x'))).toBe('sk_x');
  });

  it.each(['', 'Bearer', 'Basic', basic(':password'), 'Digest abc', 'sk_x'])('does not come as %p', (header) => {
    expect(apiKeyOf(header)).toBeNull();
  });

  it('never makes reading a header fail', () => {
    fc.assert(fc.property(fc.string(), (text) => apiKeyOf(text) !== '' && prefixOf(text) !== ''));
  });
});
