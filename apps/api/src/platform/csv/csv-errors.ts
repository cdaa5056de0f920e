/** Why a whole file cannot be read. */
export type CsvFileErrorCode =
  | 'EMPTY_FILE'
  | 'NO_HEADER'
  | 'NOT_TEXT'
  | 'UNSUPPORTED_ENCODING'
  | 'TOO_MANY_COLUMNS'
  | 'HEADER_UNREADABLE'
  | 'TOO_MANY_BAD_QUOTES';

export class CsvFileError extends Error {
  constructor(
    readonly code: CsvFileErrorCode,
    message: string,
    readonly line: number | null = null,
  ) {
    super(message);
    this.name = 'CsvFileError';
  }
}

/** Why one row cannot be read, while the rows after it can. */
export type CsvRowProblemCode = 'RAGGED_ROW' | 'RECORD_TOO_LONG' | 'BAD_QUOTE' | 'NUL_CHARACTER';

export interface CsvRowProblem {
  code: CsvRowProblemCode;
  /** Column concerned, null when the row as a whole is. */
  column: string | null;
  value: string;
  message: string;
}
