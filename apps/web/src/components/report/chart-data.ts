import type { Door } from './door.js';
import type { SeriesLook } from './series-look.js';

/** What a chart shows, and from which its table, its file and its summary are made. */

export interface ChartCell {
  /** Null: not known, or nothing to divide by. Never drawn as 0. */
  value: number | null;
  /** What the value is made of: "12 of 40 accounts". */
  note?: string;
  /** Why there is no value. */
  why?: string;
  /** Opens what stands behind the value; null where nothing can be opened. */
  door?: Door | null;
}

export interface ChartColumn {
  key: string;
  /** On the axis. */
  label: string;
  /** In the tooltip and the table. */
  title: string;
}

export interface ChartSeries {
  key: string;
  label: string;
  look: SeriesLook;
  /** One a column. */
  cells: readonly ChartCell[];
  /** The same in the period that is compared with, one a column. */
  before?: readonly ChartCell[];
}

export interface ChartData {
  /** What a column is: Month, Owner. */
  of: string;
  columns: readonly ChartColumn[];
  series: readonly ChartSeries[];
  /** The months that `before` of the series is of, in words; absent where nothing is compared. */
  before?: string;
  format: ValueFormat;
}

export interface ValueFormat {
  /** Exact, for people. */
  text: (value: number) => string;
  /** As short as an axis wants it. */
  short: (value: number) => string;
  /** For a file: a plain number. */
  plain: (value: number) => number;
  /** Behind a column's name in a file: %, EUR. */
  unit?: string;
  /** A difference of two values; without it `text` with a sign. */
  change?: (difference: number) => string;
}

export const NO_CELL: ChartCell = { value: null };

export const cellAt = (series: ChartSeries, column: number): ChartCell => series.cells[column] ?? NO_CELL;

/** True where no series knows any value. */
export const isBlank = ({ series }: Pick<ChartData, 'series'>): boolean =>
  series.every(({ cells }) => cells.every(({ value }) => value === null));
