import { loggedError } from './logged-error.js';

/** As the ORM throws it: the driver's error with the statement and its values, and once more inside. */
function aDatabaseError(): Error {
  const ofDriver = { code: '23505', constraint: 'app_user_email_key', detail: 'Key (lower(email))=(ana@example.com)' };
  const driverError = Object.assign(new Error('duplicate key'), ofDriver);
  const parameters = ['ana@example.com', '$argon2id$v=19$secret'];
  return Object.assign(new Error('duplicate key', { cause: driverError }), ofDriver, {
    query: 'UPDATE steward.app_user SET password_hash = $2',
    parameters,
    driverError,
  });
}

describe('an error in the log', () => {
  it('says what it was and where', () => {
    expect(loggedError(aDatabaseError())).toMatchObject({
      type: 'Error',
      message: expect.stringContaining('duplicate key'),
      stack: expect.stringContaining('logged-error.spec'),
      code: '23505',
      constraint: 'app_user_email_key',
    });
  });

  it('does not carry the values of a statement', () => {
    const line = JSON.stringify(loggedError(new Error('the job failed', { cause: aDatabaseError() })));
    expect(line).toContain('duplicate key');
    for (const logged of [line, JSON.stringify(loggedError(aDatabaseError()))]) {
      expect(logged).not.toMatch(/argon2id|ana@example|password_hash/);
    }
  });

  it('that is no error stays what it is', () => {
    expect(loggedError('just a text')).toBe('just a text');
  });
});
