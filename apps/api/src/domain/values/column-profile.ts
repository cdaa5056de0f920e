import type { ColumnProfile } from '@steward/shared/imports';
import { DateOrderFinder, DecimalSignFinder, DistinctValues } from './column-styles.js';
import { ColumnTypeFinder } from './column-types.js';

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

  result(): ColumnProfile[] {
    return this.columns.map(({ name, types, dates, decimals, values, samples }) => {
      const type = types.result();
      const { order, ambiguous } = dates.result();
      const isDate = type === 'date';
      const isNumber = type === 'number' || type === 'money' || type === 'percent' || type === 'integer';
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
