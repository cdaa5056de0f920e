import type { DateOrder, DecimalSign } from '@steward/shared/imports';
import { isBlank } from './blanks.js';
import { numericParts, orderOf } from './dates.js';

/** What a whole column says about how its values are written. Both readers below stream: a few numbers of state. */

export interface DateOrderResult {
  /** Null: no date of the column needs one, or it cannot be told. */
  order: DateOrder | null;
  /** Someone has to say: dates that can be read both ways and none that settles it, or some that say the opposite. */
  ambiguous: boolean;
  /** Some dates can only have the day first, others only the month. */
  contradicts: boolean;
  /** Dates that can be read both ways. */
  examples: string[];
}

const MAX_EXAMPLES = 5;

/** Finds out from a whole column whether dates in numbers have the day or the month first. */
export class DateOrderFinder {
  private dayFirst = 0;
  private monthFirst = 0;
  private open = 0;
  private readonly examples: string[] = [];

  add(value: string): void {
    const parts = numericParts(value);
    if (parts === null || parts.first === parts.second) return;
    const order = orderOf(parts.first, parts.second, parts.separator);
    if (order === 'dmy') this.dayFirst += 1;
    else if (order === 'mdy') this.monthFirst += 1;
    else {
      this.open += 1;
      if (this.examples.length < MAX_EXAMPLES) this.examples.push(value.trim());
    }
  }

  result(): DateOrderResult {
    const bothProven = this.dayFirst > 0 && this.monthFirst > 0;
    if (this.open > 0 && (bothProven || this.dayFirst + this.monthFirst === 0)) {
      return { order: null, ambiguous: true, contradicts: bothProven, examples: [...this.examples] };
    }
    const order = bothProven || this.dayFirst + this.monthFirst === 0 ? null : this.dayFirst > 0 ? 'dmy' : 'mdy';
    return { order, ambiguous: false, contradicts: bothProven, examples: [] };
  }
}

export interface DecimalSignResult {
  /** Null: every number stands for itself (a lone comma before three digits groups, a lone point does not). */
  decimal: DecimalSign | null;
  /** Numbers that only one of the signs can explain were found for both. */
  mixed: boolean;
  /** Numbers such as 1.200 that both signs explain, and none that settles it. */
  ambiguous: boolean;
}

/** Finds out from a whole column whether its decimals stand behind a point or a comma. */
export class DecimalSignFinder {
  private points = 0;
  private commas = 0;
  private open = false;

  add(value: string): void {
    const body = /[\d.,]*\d/.exec(value)?.[0] ?? '';
    const lastComma = body.lastIndexOf(',');
    const lastPoint = body.lastIndexOf('.');
    if (lastComma === -1 && lastPoint === -1) return;
    if (lastComma !== -1 && lastPoint !== -1) {
      if (lastComma > lastPoint) this.commas += 1;
      else this.points += 1;
      return;
    }
    const sign = lastComma === -1 ? '.' : ',';
    const last = Math.max(lastComma, lastPoint);
    const repeated = body.indexOf(sign) !== last;
    // Nobody groups thousands behind a zero, so 0.125 is plain and 1.125 is not.
    const proof = repeated ? opposite(sign) : /^[1-9]\d{0,2}[.,]\d{3}$/.test(body) ? null : sign;
    if (proof === '.') this.points += 1;
    else if (proof === ',') this.commas += 1;
    else this.open = true;
  }

  result(): DecimalSignResult {
    const mixed = this.points > 0 && this.commas > 0;
    if (mixed || this.points + this.commas === 0) return { decimal: null, mixed, ambiguous: this.open && !mixed };
    return { decimal: this.points > 0 ? '.' : ',', mixed: false, ambiguous: false };
  }
}

const opposite = (sign: DecimalSign): DecimalSign => (sign === '.' ? ',' : '.');

/** Counts a column's values and keeps the different ones while they are few, for showing and for mapping them. */
export class DistinctValues {
  private readonly counts = new Map<string, number>();
  private overflown = false;

  constructor(private readonly max = 50) {}

  add(value: string): void {
    const trimmed = value.trim();
    if (isBlank(trimmed, 'text')) return;
    const count = this.counts.get(trimmed);
    if (count !== undefined) this.counts.set(trimmed, count + 1);
    else if (this.counts.size < this.max) this.counts.set(trimmed, 1);
    else this.overflown = true;
  }

  /** Most frequent first; null when there are more than are kept. */
  result(): Array<{ value: string; count: number }> | null {
    if (this.overflown) return null;
    return [...this.counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  }
}
