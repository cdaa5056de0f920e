import { NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { AppError, InvalidInput } from './app-error.js';
import { toAppError } from './to-app-error.js';

/** An error as the driver throws it, wrapped as the ORM does. */
function aDatabaseError(code: string, message = 'refused'): Error {
  const driverError = Object.assign(new Error(message), { code });
  return Object.assign(new Error(`QueryFailedError: ${message}`), { driverError });
}

describe('errors as the outside sees them', () => {
  it('keeps what the product said itself', () => {
    const error = new InvalidInput('Seats must not be negative.', [{ path: 'seats', message: 'negative' }]);
    expect(toAppError(error)).toBe(error);
  });

  it('tells a duplicate with the constraint, without the number of its shard', () => {
    const message = 'duplicate key value violates unique constraint "contact_email_key_102046"';
    expect(toAppError(aDatabaseError('23505', message))).toMatchObject({
      status: 409,
      details: [{ code: 'contact_email_key' }],
    });
  });

  it.each([
    ['22021', 'INVALID_TEXT', 400],
    ['22003', 'OUT_OF_RANGE', 400],
    ['57P01', 'DATABASE_UNAVAILABLE', 503],
    ['08006', 'DATABASE_UNAVAILABLE', 503],
    ['ECONNREFUSED', 'DATABASE_UNAVAILABLE', 503],
    ['57014', 'TIMED_OUT', 503],
  ])('maps the state %s to %s', (state, code, status) => {
    expect(toAppError(aDatabaseError(state))).toMatchObject({ code, status });
  });

  it('says nothing about what it does not know', () => {
    const error = toAppError(new TypeError("Cannot read properties of undefined (reading 'secret')"));
    expect(error).toMatchObject({ code: 'INTERNAL', status: 500 });
    expect(error.message).not.toContain('secret');
    expect(toAppError(aDatabaseError('42P01', 'relation "x" does not exist')).code).toBe('INTERNAL');
  });

  it.each([
    [new NotFoundException('Cannot GET /nowhere'), 'ROUTE_NOT_FOUND'],
    [new PayloadTooLargeException(), 'TOO_LARGE'],
    [Object.assign(new Error('bad'), { type: 'entity.parse.failed', status: 400 }), 'INVALID_JSON'],
    [Object.assign(new Error('big'), { type: 'entity.too.large', limit: 2048 }), 'TOO_LARGE'],
    [new URIError('URI malformed'), 'INVALID_INPUT'],
    ['just a text', 'INTERNAL'],
  ])('gives %s the code %s', (thrown, code) => {
    const error = toAppError(thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error.code).toBe(code);
  });
});
