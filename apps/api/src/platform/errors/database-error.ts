import { types } from 'node:util';
import { AppError, Unavailable } from './app-error.js';

/** What an error of the database driver tells, wherever it is wrapped. */
interface DriverError {
  code: string;
  message: string;
  constraint?: string;
}

const BY_STATE: Readonly<Record<string, { status: number; code: string; message: string }>> = {
  '22003': { status: 400, code: 'OUT_OF_RANGE', message: 'A number is too large.' },
  '22008': { status: 400, code: 'OUT_OF_RANGE', message: 'A date is out of range.' },
  '22021': { status: 400, code: 'INVALID_TEXT', message: 'A text holds a character that cannot be stored (NUL).' },
  '22P05': { status: 400, code: 'INVALID_TEXT', message: 'A text holds a character that cannot be stored.' },
  '22P02': { status: 400, code: 'INVALID_INPUT', message: 'A value has the wrong form.' },
  '23503': { status: 409, code: 'STILL_REFERRED_TO', message: 'What this refers to is gone, or is still referred to.' },
  '23505': { status: 409, code: 'ALREADY_EXISTS', message: 'This exists already.' },
  '23514': { status: 400, code: 'INVALID_INPUT', message: 'A value is not allowed here.' },
};

const TIMED_OUT = '57014';
/** Serialisation failures and deadlocks that went on after all tries. */
const IN_EACH_OTHERS_WAY = new Set(['40001', '40P01']);
const UNAVAILABLE_STATES = new Set(['57P01', '57P02', '57P03', '53300']);
const UNAVAILABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);
const LOST_CONNECTION = /Connection terminated|timeout exceeded when trying to connect/;

/**
 * The error of the product for an error of the database, by SQLSTATE and constraint; null for what nobody outside can
 * act on.
 */
export function fromDatabaseError(error: unknown): AppError | null {
  const driver = driverErrorOf(error);
  if (!driver) return null;
  if (isUnavailable(driver)) {
    return new Unavailable('DATABASE_UNAVAILABLE', 'The database cannot be reached now. Try again shortly.', error);
  }
  if (driver.code === TIMED_OUT) {
    return new Unavailable('TIMED_OUT', 'The database took too long. Try again, or ask for less.', error);
  }
  if (IN_EACH_OTHERS_WAY.has(driver.code)) {
    return new Unavailable('BUSY', 'Others are changing the same data now. Try again shortly.', error);
  }
  const known = BY_STATE[driver.code];
  if (!known) return null;
  const constraint = constraintOf(driver);
  const details = constraint ? [{ path: '', code: constraint, message: known.message }] : [];
  return new AppError(known.status, known.code, known.message, details);
}

function isUnavailable({ code, message }: DriverError): boolean {
  if (code.startsWith('08') || UNAVAILABLE_STATES.has(code) || UNAVAILABLE_CODES.has(code)) return true;
  return LOST_CONNECTION.test(message);
}

/** On Citus the name of a constraint carries the shard's number at its end. */
function constraintOf({ constraint, message }: DriverError): string | null {
  const name = constraint ?? /constraint "([^"]+)"/.exec(message)?.[1];
  return name?.replace(/_\d+$/, '') ?? null;
}

/** Errors of the network come from outside the realm that our code may run in: they are no instances of its `Error`. */
function driverErrorOf(error: unknown): DriverError | null {
  let current = error;
  for (let depth = 0; types.isNativeError(current) && depth < 5; depth++) {
    const { driverError, code, constraint, cause } = current as Error & {
      driverError?: unknown;
      code?: unknown;
      constraint?: string;
    };
    if (types.isNativeError(driverError)) current = driverError;
    else if (typeof code === 'string') return { code, message: current.message, ...(constraint && { constraint }) };
    else if (LOST_CONNECTION.test(current.message)) return { code: '', message: current.message };
    else current = cause;
  }
  return null;
}
