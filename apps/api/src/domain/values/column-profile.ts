import type { ColumnProfile } from '@steward/shared/imports';
import { DateOrderFinder, DecimalSignFinder, DistinctValues } from './column-styles.js';
import { ColumnTypeFinder } from './column-types.js';
import type { SeenColumn } from './header-match.js';

/** From this share of dates or numbers on, a column's way of writing them matters, whatever else it holds. */
const WORTH_A_FORMAT = 0.5;

/** Watches the rows of a file go by and tells of each column what it holds and how that is written. */
export class ColumnProfiler {
  private readonly columns: ReadonlyArray<{
    name: string;
    types: ColumnTypeFinder;
    dates: DateOrderFinder;
    decimals: DecimalSignFinder;
    values: DistinctValues;
    samples: Set<string>;
  }>;

  constructor(
    headers: readonly string[],
    private readonly maxSamples = 5,
  ) {
    this.columns = headers.map((name) => ({
      name,
      types: new ColumnTypeFinder(),
      dates: new DateOrderFinder(),
      decimals: new DecimalSignFinder(),
      values: new DistinctValues(),
      samples: new Set<string>(),
    }));
  }

  add(cells: readonly string[]): void {
    for (const [index, column] of this.columns.entries()) {
      const cell = cells[index]?.trim() ?? '';
      if (cell === '') continue;
      column.types.add(cell);
      column.dates.add(cell);
      column.decimals.add(cell);
      column.values.add(cell);
      if (column.samples.size < this.maxSamples) column.samples.add(cell);
    }
  }

  /** The columns as the matcher of headers needs them. */
  seen(): SeenColumn[] {
    return this.columns.map(({ name, types }) => ({ name, type: types.result(), shares: types.shares() }));
  }

  result(): ColumnProfile[] {
    return this.columns.map(({ name, types, dates, decimals, values, samples }) => {
      const type = types.result();
      const { order, ambiguous } = dates.result();
      const shares = types.shares();
      const isDate = shares.date >= WORTH_A_FORMAT;
      const isNumber = type !== 'date' && shares.money >= WORTH_A_FORMAT;
      return {
        name,
        type,
        samples: [...samples],
        values: values.result(),
        dateFormat: isDate ? order : null,
        dateFormatAmbiguous: isDate && ambiguous,
        decimal: isNumber ? decimals.result().decimal : null,
      };
    });
  }
}
