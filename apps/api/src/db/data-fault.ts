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
const OF_DATA = /^2[23][0-9A-Z]{3}$/;

/**
 * True for what the values of a statement are to blame for: PostgreSQL cannot take one, or it breaks a rule of its table.
 * All else would fail for any values.
 */
export function isDataError(error: unknown): boolean {
  return OF_DATA.test(sqlState(error) ?? '');
}

/**
 * What of the data that a computation was given broke it: the database refused a value, or our own code could not cope
 * with one. Null for all else: a lost connection, a missing table, a refusal.
 */
export function dataFault(error: unknown): DataFault | null {
  if (!(error instanceof Error) || error instanceof AppError) return null;
  const { message, name } = error;
  const state = sqlState(error);
  if (state !== undefined) return isDataError(error) ? { code: state, message } : null;
  return error instanceof TypeORMError ? null : { code: name, message };
}
