import type { Day } from '../../domain/calendar/day.js';
import type { LedgerSubscription } from '../../domain/revenue/ledger.js';

const FIRST_ROOM = 4_096;
const NO_END = -2_147_483_648;
const NO_CURRENCY = -1;

/**
 * Subscriptions of all accounts by column: as objects, those of 100,000 accounts would be most of what a worker holds.
 * They are added account by account.
 */
export class PackedSubscriptions {
  private size = 0;
  private start = new Int32Array(FIRST_ROOM);
  private end = new Int32Array(FIRST_ROOM);
  private mrr = new Float64Array(FIRST_ROOM);
  private currency = new Int16Array(FIRST_ROOM);
  private readonly currencies: string[] = [];
  /** By number of the account: the places of its own, from and up to. */
  private readonly places = new Map<number, { from: number; to: number }>();
  private last = { from: 0, to: 0 };

  add(account: number, { start, end, mrrMinor, currency }: LedgerSubscription): void {
    if (this.size === this.start.length) this.grow();
    const at = this.size;
    this.size += 1;
    if (!this.places.has(account)) {
      this.last = { from: at, to: at };
      this.places.set(account, this.last);
    }
    this.last.to = this.size;
    this.start[at] = start;
    this.end[at] = end ?? NO_END;
    this.mrr[at] = mrrMinor;
    this.currency[at] = currency === null ? NO_CURRENCY : this.numberOf(currency);
  }

  /** Null: the account has none. */
  of(account: number): LedgerSubscription[] | null {
    const places = this.places.get(account);
    if (places === undefined) return null;
    const { from, to } = places;
    return Array.from({ length: to - from }, (_, index) => this.at(from + index));
  }

  private at(at: number): LedgerSubscription {
    const end = this.end[at]!;
    return {
      start: this.start[at] as Day,
      end: end === NO_END ? null : (end as Day),
      mrrMinor: this.mrr[at]!,
      currency: this.currencies[this.currency[at]!] ?? null,
    };
  }

  private numberOf(currency: string): number {
    const known = this.currencies.indexOf(currency);
    return known >= 0 ? known : this.currencies.push(currency) - 1;
  }

  private grow(): void {
    const room = this.start.length * 2;
    const larger = <C extends Int32Array | Float64Array | Int16Array>(column: C): C => {
      const made = new (column.constructor as new (length: number) => C)(room);
      made.set(column);
      return made;
    };
    this.start = larger(this.start);
    this.end = larger(this.end);
    this.mrr = larger(this.mrr);
    this.currency = larger(this.currency);
  }
}
