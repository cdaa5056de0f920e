import type { ColumnType } from '@steward/shared/imports';
import { isBlank } from './blanks.js';
import { readDate } from './dates.js';
import { coerceCurrency } from './money.js';
import { readNumber } from './numbers.js';
import { coerceEmail } from './texts.js';
import { coerceBoolean } from './words.js';

/** Share of the values that must read as a type for the column to have it; the rest are what an import would reject. */
const NEEDED_SHARE = 0.9;

/** Of each type the share of a column's values that read as it, in [0, 1]; a value can read as several. */
export type TypeShares = Record<ReadType, number>;
type ReadType = Exclude<ColumnType, 'empty' | 'text'>;

/** Guesses a column's type from its values, as they stream by. */
export class ColumnTypeFinder {
  private values = 0;
  private readonly hits: Record<ReadType, number> = {
    boolean: 0,
    integer: 0,
    number: 0,
    percent: 0,
    money: 0,
    date: 0,
    email: 0,
  };

  add(value: string): void {
    const trimmed = value.trim();
    if (isBlank(trimmed)) return;
    this.values += 1;
    if (coerceBoolean(trimmed).ok) this.hits.boolean += 1;
    const number = readNumber(trimmed);
    if (number !== null) this.addNumber(number);
    const date = readDate(trimmed);
    // A bare number is a number, even where its digits could be a date.
    if (!/^\d+(\.\d+)?$/.test(trimmed) && (date.ok || date.code === 'AMBIGUOUS_DATE')) this.hits.date += 1;
    if (trimmed.includes('@') && coerceEmail(trimmed).ok) this.hits.email += 1;
  }

  private addNumber(number: { digits: string; percent: boolean; unit: string | null }): void {
    if (number.unit !== null) {
      if (coerceCurrency(number.unit).ok) this.hits.money += 1;
      return;
    }
    this.hits.number += 1;
    if (number.percent) this.hits.percent += 1;
    else if (Number.isInteger(Number(number.digits))) this.hits.integer += 1;
  }

  shares(): TypeShares {
    const share = (hits: number) => (this.values === 0 ? 0 : hits / this.values);
    const { boolean, integer, number, percent, money, date, email } = this.hits;
    return {
      boolean: share(boolean),
      integer: share(integer),
      number: share(number),
      percent: share(percent),
      money: share(money + number),
      date: share(date),
      email: share(email),
    };
  }

  result(): ColumnType {
    if (this.values === 0) return 'empty';
    const needed = this.values * NEEDED_SHARE;
    const { boolean, integer, number, percent, money, date, email } = this.hits;
    if (email >= needed) return 'email';
    if (date >= needed) return 'date';
    if (money > 0 && money + number >= needed) return 'money';
    if (percent > 0 && number >= needed) return 'percent';
    // Ones and zeros alone are counted as numbers: a column of small counts is likelier than a flag.
    if (boolean >= needed && integer < needed) return 'boolean';
    if (integer >= needed) return 'integer';
    if (number >= needed) return 'number';
    return 'text';
  }
}
