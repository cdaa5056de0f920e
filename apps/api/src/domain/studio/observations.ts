import type { Band } from '@steward/shared/common';
import type { Day } from '../calendar/day.js';

/** Bands by their number in the columns. */
export const BAND_ORDER: readonly Band[] = ['at_risk', 'watch', 'healthy', 'unknown'];
export const AT_RISK = 0;

/** No score, no value, no outcome. */
export const NONE = -1;
/** Points and scores are whole hundredths from 0 to 10,000, so that each has a place of its own. */
export const PLACES = 10_001;

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
  /** Positions of the caps and floors in force, of the profile that is tried. */
  limits: readonly number[];
  /** Of the tried profile's measures: 0–100 as normalised; null: no value. */
  points: readonly (number | null)[];
}

/**
 * Observations by column, month-end after month-end: three years over 100,000 accounts are more than three million. Points,
 * scores and coverage are whole hundredths (−1: none).
 */
export interface Observations extends Columns {
  size: number;
  /** How many different accounts there may be: their numbers lie below. */
  accounts: number;
  days: readonly Day[];
  /** By month-end: the place of its first observation; and last of all the size. */
  starts: readonly number[];
}

interface Columns {
  account: Int32Array;
  month: Uint8Array;
  score: Int16Array;
  band: Uint8Array;
  coverage: Int16Array;
  /** Days from the month-end to the outcome; −1: it did not come within the horizon. */
  outcomeAfter: Int16Array;
  /** Bit n: the cap or floor in position n. */
  limits: Int32Array;
  measures: readonly Int16Array[];
}

/** Takes observations one after the other, month by month. */
export interface ObservationSink {
  /** Begins a month-end, or begins it again: what it had is forgotten. */
  beginMonth: (month: number) => void;
  add: (seen: Observation) => void;
}

const FIRST_ROOM = 1_024;
const GROWTH = 1.5;
/** Months are about as large as those before them. */
const SPARE = 1.1;

/** Holds all that it takes. */
export class ObservationsBuilder implements ObservationSink {
  private room = FIRST_ROOM;
  private size = 0;
  private accounts = 0;
  private columns: Columns;
  /** By month-end that was begun: where. */
  private readonly begun: number[] = [];

  constructor(
    private readonly days: readonly Day[],
    private readonly measures: number,
  ) {
    this.columns = emptyColumns(this.room, measures);
  }

  beginMonth(month: number): void {
    if (month < this.begun.length - 1) throw new RangeError('Observations come month by month');
    if (month === this.begun.length - 1) this.size = this.begun[month]!;
    while (this.begun.length <= month) this.begun.push(this.size);
  }

  add(seen: Observation): void {
    if (seen.month !== this.begun.length - 1) this.beginMonth(seen.month);
    if (this.size === this.room) this.grow();
    const at = this.size;
    const { columns } = this;
    this.size += 1;
    this.accounts = Math.max(this.accounts, seen.account + 1);
    columns.account[at] = seen.account;
    columns.month[at] = seen.month;
    columns.score[at] = hundredths(seen.score);
    columns.band[at] = BAND_ORDER.indexOf(seen.band);
    columns.coverage[at] = hundredths(seen.coverage);
    columns.outcomeAfter[at] = seen.outcomeDay === null ? NONE : seen.outcomeDay - this.days[seen.month]!;
    let limits = 0;
    for (const limit of seen.limits) if (limit >= 0) limits |= 1 << limit;
    columns.limits[at] = limits;
    for (let measure = 0; measure < this.measures; measure += 1) {
      columns.measures[measure]![at] = hundredths(seen.points[measure] ?? null);
    }
  }

  done(): Observations {
    const { size, accounts, days } = this;
    const starts = Array.from({ length: days.length + 1 }, (_, month) => this.begun[month] ?? size);
    return { ...between(this.columns, 0, size), size, accounts, days, starts };
  }

  /** Column by column, so that no more than one of them is held twice; room that is not used yet costs no memory. */
  private grow(): void {
    const months = this.begun.length - 1;
    const likely = months === 0 ? 0 : (this.begun[months]! / months) * this.days.length * SPARE;
    this.room = Math.ceil(Math.max(this.room * GROWTH, likely));
    this.columns = mapColumns(this.columns, (column) => {
      const larger = new (column.constructor as new (length: number) => typeof column)(this.room);
      larger.set(column);
      return larger;
    });
  }
}

function hundredths(value: number | null): number {
  return value === null ? NONE : Math.round(value * 100);
}

function emptyColumns(room: number, measures: number): Columns {
  return {
    account: new Int32Array(room),
    month: new Uint8Array(room),
    score: new Int16Array(room),
    band: new Uint8Array(room),
    coverage: new Int16Array(room),
    outcomeAfter: new Int16Array(room),
    limits: new Int32Array(room),
    measures: Array.from({ length: measures }, () => new Int16Array(room)),
  };
}

/** Every column made anew by the same step, each of the kind that it was. */
function mapColumns(columns: Columns, step: <C extends Int32Array | Int16Array | Uint8Array>(column: C) => C): Columns {
  return {
    account: step(columns.account),
    month: step(columns.month),
    score: step(columns.score),
    band: step(columns.band),
    coverage: step(columns.coverage),
    outcomeAfter: step(columns.outcomeAfter),
    limits: step(columns.limits),
    measures: columns.measures.map(step),
  };
}

/** Each column, in an order that is always the same. */
export function eachColumn(of: Columns, step: (column: Int32Array | Int16Array | Uint8Array) => void): void {
  mapColumns(of, (column) => {
    step(column);
    return column;
  });
}

/** Room for the observations of one month-end, as `monthsBetween` would give them; what they are is to be filled in. */
export function roomOfMonth(
  month: number,
  { size, measures, accounts, days }: { size: number; measures: number; accounts: number; days: readonly Day[] },
): Observations {
  const starts = Array.from({ length: days.length + 1 }, (_, at) => (at <= month ? 0 : size));
  return { ...emptyColumns(size, measures), size, accounts, days, starts };
}

function between(columns: Columns, from: number, to: number): Columns {
  return mapColumns(columns, <C extends Int32Array | Int16Array | Uint8Array>(c: C) => c.subarray(from, to) as C);
}

/** The month-ends from `first` up to and without `end`, as they lie: nothing is copied, numbers of accounts and months stay. */
export function monthsBetween(of: Observations, first: number, end: number): Observations {
  const [from, to] = [of.starts[first]!, of.starts[end]!];
  const starts = of.starts.map((start) => Math.min(Math.max(start, from), to) - from);
  return { ...between(of, from, to), size: to - from, accounts: of.accounts, days: of.days, starts };
}

/** The month-ends with observations, oldest first. */
export function seenMonths({ days, starts }: Observations): number[] {
  return days.flatMap((_, month) => (starts[month + 1]! > starts[month]! ? [month] : []));
}

/** Whether the outcome came within the horizon. */
export function hasOutcome({ outcomeAfter }: Observations, at: number): boolean {
  return outcomeAfter[at] !== NONE;
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

/** How many observations are taken. */
export function countOf(of: Observations, takes: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < of.size; at += 1) if (takes(at)) count += 1;
  return count;
}
