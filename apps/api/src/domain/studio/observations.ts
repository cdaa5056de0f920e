import type { Band } from '@steward/shared/common';
import type { Day } from '../calendar/day.js';

/** Bands by their number in the columns. */
export const BAND_ORDER: readonly Band[] = ['at_risk', 'watch', 'healthy', 'unknown'];
export const AT_RISK = 0;

/** No score, no value, no day. */
export const NONE = -1;

/** An account at a month-end, as it is added. */
export interface Observation {
  /** Number of the account, from 0. */
  account: number;
  /** Number of the month-end, from 0. */
  month: number;
  /** 0–100 with two decimals; null: unknown. */
  score: number | null;
  band: Band;
  /** In percent; null: nothing is connected. */
  coverage: number | null;
  /** The day of the outcome within the horizon; null: it did not come. */
  outcomeDay: Day | null;
  /** Whether the profile that is tried scores it, and not another. */
  own: boolean;
  /** Positions of the caps and floors in force, of the profile that is tried. */
  limits: readonly number[];
  /** Of the tried profile's measures: 0–100 as normalised; null: no value. */
  points: readonly (number | null)[];
}

/**
 * Observations by column: a year of month-ends over 100,000 accounts are more than a million. Points and scores are whole
 * hundredths (−1: none).
 */
export interface Observations {
  size: number;
  /** How many different accounts there may be: their numbers lie below. */
  accounts: number;
  days: readonly Day[];
  account: Int32Array;
  month: Int16Array;
  score: Int16Array;
  band: Uint8Array;
  /** In percent; NaN: nothing connected. */
  coverage: Float32Array;
  /** −1: the outcome did not come within the horizon. */
  outcomeDay: Int32Array;
  own: Uint8Array;
  /** Bit n: the cap or floor in position n. */
  limits: Int32Array;
  measures: readonly Int16Array[];
}

const FIRST_ROOM = 1_024;
const GROWTH = 1.5;

/** Takes observations one after the other. */
export class ObservationsBuilder {
  private room = FIRST_ROOM;
  private size = 0;
  private accounts = 0;
  private columns: Columns;

  constructor(
    private readonly days: readonly Day[],
    private readonly measures: number,
  ) {
    this.columns = emptyColumns(this.room, measures);
  }

  add(seen: Observation): void {
    if (this.size === this.room) this.grow();
    const at = this.size;
    const { columns } = this;
    this.size += 1;
    this.accounts = Math.max(this.accounts, seen.account + 1);
    columns.account[at] = seen.account;
    columns.month[at] = seen.month;
    columns.score[at] = seen.score === null ? NONE : Math.round(seen.score * 100);
    columns.band[at] = BAND_ORDER.indexOf(seen.band);
    columns.coverage[at] = seen.coverage ?? Number.NaN;
    columns.outcomeDay[at] = seen.outcomeDay ?? NONE;
    columns.own[at] = seen.own ? 1 : 0;
    let limits = 0;
    for (const limit of seen.limits) if (limit >= 0) limits |= 1 << limit;
    columns.limits[at] = limits;
    for (let measure = 0; measure < this.measures; measure += 1) {
      const points = seen.points[measure] ?? null;
      columns.measures[measure]![at] = points === null ? NONE : Math.round(points * 100);
    }
  }

  done(): Observations {
    const { size, accounts, days } = this;
    const columns = mapColumns(this.columns, <C extends Column>(column: C) => column.subarray(0, size) as C);
    return { ...columns, size, accounts, days };
  }

  /** Column by column, so that no more than one of them is held twice. */
  private grow(): void {
    this.room = Math.ceil(this.room * GROWTH);
    this.columns = mapColumns(this.columns, (column) => {
      const larger = roomLike(column, this.room);
      larger.set(column);
      return larger;
    });
  }
}

type Columns = Omit<Observations, 'size' | 'accounts' | 'days'>;

function emptyColumns(room: number, measures: number): Columns {
  return {
    account: new Int32Array(room),
    month: new Int16Array(room),
    score: new Int16Array(room),
    band: new Uint8Array(room),
    coverage: new Float32Array(room),
    outcomeDay: new Int32Array(room),
    own: new Uint8Array(room),
    limits: new Int32Array(room),
    measures: Array.from({ length: measures }, () => new Int16Array(room)),
  };
}

type Column = Columns['account'] | Columns['month'] | Columns['own'] | Columns['coverage'];

/** Every column made anew by the same step, each of the kind that it was. */
function mapColumns(columns: Columns, step: <C extends Column>(column: C) => C): Columns {
  return {
    account: step(columns.account),
    month: step(columns.month),
    score: step(columns.score),
    band: step(columns.band),
    coverage: step(columns.coverage),
    outcomeDay: step(columns.outcomeDay),
    own: step(columns.own),
    limits: step(columns.limits),
    measures: columns.measures.map(step),
  };
}

function roomLike<C extends Column>(column: C, room: number): C {
  return new (column.constructor as new (length: number) => C)(room);
}

/** The observations that are taken, in their order; numbers of accounts and months stay. */
export function only(of: Observations, takes: (at: number) => boolean): Observations {
  let size = 0;
  const kept = new Int32Array(of.size);
  for (let at = 0; at < of.size; at += 1) if (takes(at)) kept[size++] = at;
  const picked = mapColumns(of, (column) => {
    const some = roomLike(column, size);
    for (let to = 0; to < size; to += 1) some[to] = column[kept[to]!]!;
    return some;
  });
  return { ...picked, size, accounts: of.accounts, days: of.days };
}

/** Whether the outcome came within the horizon. */
export function hasOutcome({ outcomeDay }: Observations, at: number): boolean {
  return outcomeDay[at] !== NONE;
}

/** Different accounts among the observations that are taken. */
export function accountsAmong(of: Observations, takes: (at: number) => boolean): number {
  const seen = new Uint8Array(of.accounts);
  let accounts = 0;
  for (let at = 0; at < of.size; at += 1) {
    const account = of.account[at]!;
    if (seen[account] === 1 || !takes(at)) continue;
    seen[account] = 1;
    accounts += 1;
  }
  return accounts;
}
