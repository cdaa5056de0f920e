import { TypeORMError } from 'typeorm';
import { AppError } from '../platform/errors/app-error.js';
import { sqlState } from './unit-of-work.js';

/** What in the data broke a computation. */
export interface DataFault {
  /** SQLSTATE, or the name of the error where our own code threw it. */
  code: string;
  message: string;
}

/** Data exception, integrity constraint violation. */
const OF_DATA = /^2[23]/;

/**
 * Whether an error that a computation threw lies in the data that it was given: the database refused a value, or our own
 * code could not cope with one. Null for all else: a lost connection, a missing table, a refusal.
 */
export function dataFault(error: unknown): DataFault | null {
  if (!(error instanceof Error) || error instanceof AppError) return null;
  const { message, name } = error;
  const state = sqlState(error);
  if (state !== undefined) return OF_DATA.test(state) ? { code: state, message } : null;
  return error instanceof TypeORMError ? null : { code: name, message };
}
