import { AppError, Conflict } from '../../platform/errors/app-error.js';
import { thrown, told } from './run-thread-messages.js';

describe('what went wrong in a thread', () => {
  const travelled = (error: unknown) => thrown(structuredClone(told(error)));

  it('is a refusal with its code on the other side as well', () => {
    const refusal = new Conflict('BACKFILL_RUNNING', 'A backfill has to end first.');
    const { name, message, stack } = refusal;
    const arrived = travelled(refusal);
    expect(arrived).toBeInstanceOf(AppError);
    expect(arrived).toMatchObject({ name, message, stack, status: 409, code: 'BACKFILL_RUNNING' });
  });

  it('keeps the code of the database', () => {
    const ended = Object.assign(new Error('terminated'), { driverError: { code: '57P01', client: () => {} } });
    expect(travelled(ended)).toMatchObject({ message: 'terminated', code: '57P01' });
    expect(travelled(ended)).not.toBeInstanceOf(AppError);
  });

  it('is an error, whatever was thrown', () => {
    expect(travelled('no reason')).toMatchObject({ name: 'Error', message: 'no reason' });
  });
});
