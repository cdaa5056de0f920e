import { hashPassword, verifyPassword } from './password.js';

describe('a password', () => {
  it('is kept as argon2id with a salt of its own', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it('is told from a wrong one', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword(hash, 'correct horse')).toBe(true);
    expect(await verifyPassword(hash, 'correct horse ')).toBe(false);
  });

  it('is the same however a keyboard composes its letters', async () => {
    expect(await verifyPassword(await hashPassword('Z\u00fcrich 1234'), 'Zu\u0308rich 1234')).toBe(true);
  });

  it('of nobody is never right', async () => {
    expect(await verifyPassword(null, 'the password of nobody')).toBe(false);
  });
});
