import { plainArray, textArray } from '../../db/array-literals.js';
import { daysArray, uuidArray } from '../../db/binary-arrays.js';
import type { Day } from '../../domain/calendar/day.js';
import type { HealthColumns } from './health-columns.js';

/** A column of computed state that is written from a list: its name, its type, and the key of `Row` that holds its value. */
export type Column<Row> = readonly [name: string, type: string, key: keyof Row, cast?: string];

/** What is written of a day's health, by whichever stage. */
export const HEALTH_COLUMNS: readonly Column<HealthColumns>[] = [
  ['health_version_id', 'int', 'healthVersionId'],
  ['score', 'numeric', 'score'],
  ['band', 'text', 'band'],
  ['band_since', 'date', 'bandSince'],
  ['coverage', 'real', 'coverage'],
  // Arrays of arrays must be of one length: these travel as text.
  ['caps', 'text', 'caps', 'smallint[]'],
  ['model_change', 'numeric', 'modelChange'],
  ['health_change', 'numeric', 'healthChange'],
  ['trend', 'text', 'trend'],
];

/** Parameters from that number on, one for each of the columns. */
export function parametersOf<Row>(columns: readonly Column<Row>[], first: number): string[] {
  return columns.map(([, type], index) => `$${index + first}::${type}[]`);
}

/** The columns of `u`, as they are written. */
export function writtenOf<Row>(columns: readonly Column<Row>[]): { name: string; value: string }[] {
  return columns.map(([name, , , cast]) => ({ name, value: cast ? `u.${name}::${cast}` : `u.${name}` }));
}

/** The values of these parameters. */
export function listsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): (Buffer | string)[] {
  return columns.map(([, type, key]) =>
    listOf(
      type,
      rows.map((row) => row[key]),
    ),
  );
}

function listOf(type: string, values: readonly unknown[]): Buffer | string {
  if (type === 'uuid') return uuidArray(values as (string | null)[]);
  if (type === 'date') return daysArray(values as (Day | null)[]);
  return type === 'text' ? textArray(values as (string | null)[]) : plainArray(values as (string | number | boolean)[]);
}
