import type { IsoDay } from '@steward/shared/common';
import type { FactField } from '@steward/shared/fact-fields';
import type { ColumnMapping, DateOrder, DecimalSign } from '@steward/shared/imports';
import type { Coerced } from './coerced.js';
import type { AccountRef, ContactRef, Money } from './fact-rows.js';
import { coerceDay, coerceMoment, type Moment } from './moments.js';
import { coerceCurrency, coerceMoney } from './money.js';
import { coerceInteger, coerceNumber } from './numbers.js';
import { coerceEmail, coerceList, coerceText, coerceTimeZone } from './texts.js';
import { coerceBoolean, coerceOption, type OptionTable, plainWord } from './words.js';

/** One thing wrong with one row: where, what stood there, and why it cannot be taken. */
export interface RowProblem {
  column: string | null;
  value: string | null;
  code: string;
  reason: string;
}

/** What a file's rows are read with, besides their mapping. */
export interface MappingContext {
  timeZone: string;
  /** Of amounts that name none. */
  currency: string;
  /** The workspace day on which the file arrived: the as-of day where the mapping gives none. */
  receivedOn: IsoDay;
}

/** Where a field's text comes from: a column, or the same text in every row. */
export interface FieldSource {
  field: FactField;
  /** Null: a fixed value. */
  index: number | null;
  column: string;
  constant: string;
  entry: ColumnMapping | null;
  valueMap: ReadonlyMap<string, string | null> | null;
  options: OptionTable | null;
}

export interface ReaderSettings {
  sources: ReadonlyMap<string, readonly FieldSource[]>;
  accountVia: AccountRef['via'];
  context: MappingContext;
  currency: string;
}

/** Reads the fields of one row as their types and collects what is wrong with them. */
export class RowReader {
  readonly problems: RowProblem[] = [];

  constructor(
    private readonly settings: ReaderSettings,
    private readonly cells: readonly string[],
  ) {}

  has(key: string): boolean {
    return this.settings.sources.has(key);
  }

  account(): AccountRef | null {
    const id = this.required('account', (text) => coerceText(text, 200));
    return id === null ? null : { via: this.settings.accountVia, id };
  }

  text(key: string): string | null {
    return this.read(key, (text, source) => coerceText(text, source.field.maxLength));
  }

  requiredText(key: string): string | null {
    return this.required(key, (text, source) => coerceText(text, source.field.maxLength));
  }

  email(key: string): string | null {
    return this.read(key, (text) => coerceEmail(text));
  }

  list(key: string): string[] | null {
    return this.read(key, (text) => coerceList(text));
  }

  boolean(key: string): boolean | null {
    return this.read(key, (text) => coerceBoolean(text));
  }

  option<T extends string>(key: string): T | null {
    return this.read(key, (text, source) => coerceOption(text, source.options ?? new Map())) as T | null;
  }

  timeZone(key: string): string | null {
    return this.read(key, (text) => coerceTimeZone(text));
  }

  number(key: string): number | null {
    return this.read(key, (text, source) => coerceNumber(text, decimalOf(source), source.field));
  }

  integer(key: string): number | null {
    return this.read(key, (text, source) => coerceInteger(text, decimalOf(source), source.field));
  }

  /** The currency of amounts that name none. */
  get usualCurrency(): string {
    return this.settings.currency;
  }

  currencyCode(): string | null {
    return this.read('currency', (text) => coerceCurrency(text, this.settings.currency));
  }

  /** The row's currency, else the usual one. */
  currency(): string {
    return this.currencyCode() ?? this.usualCurrency;
  }

  money(key: string, currency: string): Money | null {
    return this.read(key, (text, source) => coerceMoney(text, currency, decimalOf(source), source.field));
  }

  requiredMoney(key: string, currency: string): Money | null {
    return this.required(key, (text, source) => coerceMoney(text, currency, decimalOf(source), source.field));
  }

  day(key: string): IsoDay | null {
    return this.read(key, (text, source) => coerceDay(text, this.dates(source)));
  }

  moment(key: string, edge: 'first' | 'last' = 'first'): Moment | null {
    return this.read(key, (text, source) => coerceMoment(text, this.dates(source), edge));
  }

  /** The person the fact is about; null when the row names nobody. */
  contact(idKey = 'contactId', emailKey = 'contactEmail'): ContactRef | null {
    const externalId = this.text(idKey);
    const email = this.email(emailKey);
    return externalId === null && email === null ? null : { externalId, email, name: null };
  }

  /** Reads each column of a field to which several may go. */
  numbers(
    key: string,
    scale: (source: FieldSource) => { min: number; max: number },
  ): Array<{ value: number; source: FieldSource }> {
    const found: Array<{ value: number; source: FieldSource }> = [];
    for (const source of this.settings.sources.get(key) ?? []) {
      const value = this.take(source, (text) => coerceNumber(text, decimalOf(source), scale(source)));
      if (value !== null) found.push({ value, source });
    }
    return found;
  }

  /** Reads one column with a reader of its own: metrics and attributes. */
  take<T>(source: FieldSource, coerce: (text: string, source: FieldSource) => Coerced<T | null>): T | null {
    const text = this.textOf(source);
    const result = coerce(text, source);
    if (result.ok) return result.value;
    this.problems.push({ column: source.column, value: text, code: result.code, reason: result.message });
    return null;
  }

  dates(source: FieldSource): { order: DateOrder | null; timeZone: string } {
    return { order: source.entry?.dateFormat ?? null, timeZone: this.settings.context.timeZone };
  }

  /** Refuses the row for what a field is or lacks. */
  refuse(key: string, code: string, reason: string): null {
    const source = this.settings.sources.get(key)?.[0];
    const value = source === undefined ? null : this.textOf(source);
    this.problems.push({ column: source?.column ?? null, value, code, reason });
    return null;
  }

  private read<T>(key: string, coerce: (text: string, source: FieldSource) => Coerced<T | null>): T | null {
    const source = this.settings.sources.get(key)?.[0];
    return source === undefined ? null : this.take(source, coerce);
  }

  private required<T>(key: string, coerce: (text: string, source: FieldSource) => Coerced<T | null>): T | null {
    const before = this.problems.length;
    const value = this.read(key, coerce);
    if (value !== null || this.problems.length > before) return value;
    const label = this.settings.sources.get(key)?.[0]?.field.label ?? key;
    return this.refuse(key, 'MISSING_VALUE', `${label} is missing.`);
  }

  private textOf(source: FieldSource): string {
    const text = source.index === null ? source.constant : (this.cells[source.index] ?? '');
    if (source.valueMap === null) return text;
    const trimmed = text.trim();
    const key = source.valueMap.has(trimmed) ? trimmed : plainWord(trimmed);
    const mapped = source.valueMap.get(key);
    return mapped === undefined ? text : (mapped ?? '');
  }
}

export function decimalOf(source: FieldSource): DecimalSign | null {
  return source.entry?.decimal ?? null;
}
