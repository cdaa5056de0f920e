/** A value read as its declared type, or why it cannot be. A blank reads as `null`, which is no error. */
export type Coerced<T> = { ok: true; value: T } | Refused;

export interface Refused {
  ok: false;
  code: ValueErrorCode;
  message: string;
}

export type ValueErrorCode =
  | 'NUL_CHARACTER'
  | 'TEXT_TOO_LONG'
  | 'BAD_EMAIL'
  | 'BAD_NUMBER'
  | 'BAD_INTEGER'
  | 'NUMBER_OUT_OF_RANGE'
  | 'BAD_MONEY'
  | 'UNKNOWN_CURRENCY'
  | 'BAD_BOOLEAN'
  | 'BAD_DATE'
  | 'AMBIGUOUS_DATE'
  | 'YEAR_OUT_OF_RANGE'
  | 'UNKNOWN_OPTION'
  | 'UNKNOWN_TIME_ZONE';

export const taken = <T>(value: T): Coerced<T> => ({ ok: true, value });

export const refused = (code: ValueErrorCode, message: string): Refused => ({ ok: false, code, message });
