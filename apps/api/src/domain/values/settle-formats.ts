import { factField } from '@steward/shared/fact-kinds';
import type { ColumnMapping, DateOrder, DecimalSign, ImportMapping } from '@steward/shared/imports';
import { DateOrderFinder, type DateOrderResult, DecimalSignFinder, type DecimalSignResult } from './column-styles.js';

/** A column whose dates can be read with the day or the month first: someone has to say. */
export interface FormatQuestion {
  column: string;
  examples: string[];
  choices: DateOrder[];
}

export interface SettledFormats {
  /** The mapping with the date formats and decimal signs that the columns show. */
  mapping: ImportMapping;
  questions: FormatQuestion[];
}

interface Watched {
  index: number;
  entry: ColumnMapping;
  dates: DateOrderFinder | null;
  decimals: DecimalSignFinder | null;
}

/**
 * Walks a whole file before it is imported and settles what its mapping leaves open: the order of day and month, and
 * the decimal sign, of each column that needs one. What the mapping says is never touched. A column of dates that
 * does not tell by itself follows the other date columns of the file where they agree, and one of numbers the others.
 */
export class FormatFinder {
  private readonly watched: Watched[];

  constructor(
    private readonly mapping: ImportMapping,
    headers: readonly string[],
  ) {
    this.watched = mapping.columns.flatMap((entry) => {
      const index = headers.indexOf(entry.column);
      const reads = readsAs(mapping, entry);
      if (index === -1 || reads === null) return [];
      const dates = reads === 'date' && entry.dateFormat === undefined ? new DateOrderFinder() : null;
      const decimals = reads === 'number' && entry.decimal === undefined ? new DecimalSignFinder() : null;
      return dates === null && decimals === null ? [] : [{ index, entry, dates, decimals }];
    });
  }

  /** Whether any column leaves something to find; without one the walk can be spared. */
  get needed(): boolean {
    return this.watched.length > 0;
  }

  add(cells: readonly string[]): void {
    for (const { index, dates, decimals } of this.watched) {
      const cell = cells[index] ?? '';
      dates?.add(cell);
      decimals?.add(cell);
    }
  }

  result(): SettledFormats {
    const dateResults = new Map<ColumnMapping, DateOrderResult>();
    for (const { entry, dates } of this.watched) if (dates !== null) dateResults.set(entry, dates.result());
    const told = new Set([...dateResults.values()].flatMap(({ order }) => (order === null ? [] : [order])));
    const shared = told.size === 1 ? ([...told][0] ?? null) : null;
    const decimals = new Map<ColumnMapping, DecimalSignResult>();
    for (const watched of this.watched)
      if (watched.decimals !== null) decimals.set(watched.entry, watched.decimals.result());
    const signs = new Set(
      [...decimals.values()].flatMap(({ decimal, mixed }) => (mixed ? ['mixed'] : (decimal ?? []))),
    );
    const sharedSign = signs.size === 1 && !signs.has('mixed') ? ([...signs][0] as DecimalSign) : null;
    const questions: FormatQuestion[] = [];
    const columns = this.mapping.columns.map((entry) => {
      const found = dateResults.get(entry);
      const sign = decimals.get(entry);
      const decimal = sign?.decimal ?? (sign?.ambiguous ? sharedSign : null);
      if (decimal !== null) return { ...entry, decimal };
      if (found === undefined) return entry;
      const order = found.order ?? (found.contradicts ? null : shared);
      if (found.ambiguous && order === null) {
        questions.push({ column: entry.column, examples: found.examples, choices: ['dmy', 'mdy'] });
      }
      return order === null || (found.order === null && !found.ambiguous) ? entry : { ...entry, dateFormat: order };
    });
    return { mapping: { ...this.mapping, columns }, questions };
  }
}

const DATE_TYPES = new Set(['day', 'moment']);
const NUMBER_TYPES = new Set(['number', 'integer', 'money', 'percent']);

function readsAs(mapping: ImportMapping, entry: ColumnMapping): 'date' | 'number' | null {
  if (entry.metric !== undefined) return 'number';
  if (entry.attribute !== undefined) return entry.type === 'date' || entry.type === 'number' ? entry.type : null;
  const type = entry.field === undefined ? null : (factField(mapping.kind, entry.field)?.type ?? null);
  if (type === null) return null;
  return DATE_TYPES.has(type) ? 'date' : NUMBER_TYPES.has(type) ? 'number' : null;
}
