import type { Band } from '@steward/shared/common';
import type { Day } from '../../domain/calendar/day.js';
import { type AccountState, FIRST_OPENING, type Opening, openDay, RING_DAYS } from '../../domain/memory/memory.js';
import type { HealthColumns } from './health-columns.js';

/**
 * A state as it is stored. Arrays stay text until somebody asks for them: most are never looked into. Columns marked so
 * are read of a day that is run again only, to see what changes; of an earlier day they are null.
 */
export interface StateRow {
  account_id: string;
  as_of: number;
  status: string;
  arr_minor: number | null;
  renewal_date: number | null;
  /** Day run again only, down to the signals' null reasons. */
  csm_user_id: string | null;
  am_user_id: string | null;
  mrr_minor: number | null;
  seats: number | null;
  customer_since: number | null;
  usage_covered: boolean | null;
  signals: string | null;
  null_reasons: string | null;
  tier: string | null;
  raw_tier: string | null;
  tier_since: number | null;
  health_version_id: number | null;
  score: number | null;
  band: string | null;
  band_since: number | null;
  coverage: number | null;
  caps: string;
  model_change: number;
  health_change: number | null;
  trend: string | null;
  stage: string | null;
  stage_since: number | null;
  tier_version: number | null;
  stage_version: number | null;
  closed_score: number | null;
  closed_band: string | null;
  closed_band_since: number | null;
  closed_tier: string | null;
  closed_tier_since: number | null;
  closed_stage: string | null;
  closed_stage_since: number | null;
  closed_health_version_id: number | null;
  closed_caps: string | null;
  closed_status: string | null;
  last_scored_version_id: number | null;
  last_scored_caps: string | null;
  score_ring: string;
  /** Null: no change on any of the days; of one number: that change on each of them. */
  model_change_ring: string | null;
  /** Of one key: that tier on all of the days. */
  raw_tier_ring: string;
}

/** The signals of a day's opening, where another profile version is to compare with them. */
export interface EarlierSignals {
  account_id: string;
  closed_signals: string | null;
  last_scored_signals: string | null;
}

function elementsOf(text: string): string[] {
  return text.length <= 2 ? [] : text.slice(1, -1).split(',');
}

const [COMMA, MINUS, POINT, ZERO, END] = [44, 45, 46, 48, 125];
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/**
 * `{1.5,NULL}` → values. Reads digits itself: thirty scores of each account are read every night. Fifteen digits over a
 * power of ten are exact and their division is rounded once, so that the result is what Number() makes of the text.
 */
export function decimalsOf(text: string): (number | null)[] {
  const values: (number | null)[] = [];
  for (let at = 1; at < text.length - 1; ) {
    const start = at;
    const isNegative = text.charCodeAt(at) === MINUS;
    if (isNegative) at += 1;
    let digits = 0;
    let read = 0;
    let decimals = -1;
    let code = text.charCodeAt(at);
    for (; code !== COMMA && code !== END; at += 1, code = text.charCodeAt(at)) {
      if (code === POINT) decimals = 0;
      else if (code < ZERO || code > ZERO + 9) read = Number.POSITIVE_INFINITY;
      else {
        digits = digits * 10 + code - ZERO;
        read += 1;
        if (decimals >= 0) decimals += 1;
      }
    }
    if (read <= 15) {
      const value = decimals > 0 ? digits / POWERS[decimals]! : digits;
      values.push(isNegative ? -value : value);
    } else values.push(text.startsWith('NULL', start) ? null : Number(text.slice(start, at)));
    at += 1;
  }
  return values;
}

/** The same as 32-bit floats. */
export function realsOf(text: string): (number | null)[] {
  const values = decimalsOf(text);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (value !== null && value !== undefined) values[index] = Math.fround(value);
  }
  return values;
}

/** Reads texts of which few different ones occur: each is read once. */
function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      if (known.size >= 10_000) known.clear();
      known.set(text, value);
    }
    return value;
  };
}

export const smallIntsOf = remembered((text: string): readonly number[] => elementsOf(text).map(Number));
const onEachDay = <Value>(ring: Value[]): Value[] =>
  ring.length === 1 ? new Array<Value>(RING_DAYS).fill(ring[0] as Value) : ring;
const pointsOf = remembered((text): readonly number[] => onEachDay(decimalsOf(text).map((points) => points ?? 0)));
/** Tier keys have letters, digits, dashes and underscores only; one that reads NULL is quoted. */
const keysOf = remembered((text): readonly (string | null)[] =>
  onEachDay(elementsOf(text).map((each) => (each === 'NULL' ? null : each.replaceAll('"', '')))),
);

const NOT_READ: readonly null[] = [];

function limitsOf(caps: string | null): readonly number[] {
  return caps === null ? [] : smallIntsOf(caps);
}

/** What the row says that its day started from. */
function storedOpening(row: StateRow): Opening {
  const version = row.last_scored_version_id;
  return {
    score: row.closed_score,
    band: row.closed_band as Band | null,
    bandSince: row.closed_band_since as Day | null,
    tier: row.closed_tier,
    tierSince: row.closed_tier_since as Day | null,
    stage: row.closed_stage,
    stageSince: row.closed_stage_since as Day | null,
    healthVersionId: row.closed_health_version_id,
    signals: row.closed_status === null ? null : NOT_READ,
    limits: limitsOf(row.closed_caps),
    status: row.closed_status,
    lastScored:
      version === null ? null : { healthVersionId: version, signals: NOT_READ, limits: limitsOf(row.last_scored_caps) },
    scoreRing: decimalsOf(row.score_ring),
    modelChangeRing: row.model_change_ring === null ? FIRST_OPENING.modelChangeRing : pointsOf(row.model_change_ring),
    rawTierRing: keysOf(row.raw_tier_ring),
  };
}

/** The stored state for the domain. */
function stateOf(row: StateRow): AccountState {
  return {
    day: row.as_of as Day,
    opening: storedOpening(row),
    result: {
      score: row.score,
      band: row.band as Band | null,
      bandSince: row.band_since as Day | null,
      tier: row.tier,
      rawTier: row.raw_tier,
      tierSince: row.tier_since as Day | null,
      stage: row.stage,
      stageSince: row.stage_since as Day | null,
      healthVersionId: row.health_version_id,
      signals: NOT_READ,
      limits: smallIntsOf(row.caps),
      status: row.status,
      modelChange: row.model_change,
    },
  };
}

/** What the row says of its own day's health. */
export function healthOfRow(row: StateRow): HealthColumns {
  return {
    healthVersionId: row.health_version_id,
    score: row.score,
    band: row.band,
    bandSince: row.band_since as Day | null,
    coverage: row.coverage,
    caps: row.caps,
    modelChange: row.model_change,
    healthChange: row.health_change,
    trend: row.trend,
  };
}

/** What the day starts from, but for the signals of then: those are asked for where they are needed (`withSignals`). */
export function openingOf(row: StateRow | null, day: Day): Opening {
  if (row === null) return FIRST_OPENING;
  // Run again: the same as `openDay` says, without reading what the earlier run of the day found.
  return row.as_of === day ? storedOpening(row) : openDay(stateOf(row), day);
}

/** The opening with the signals that its scores were made from. */
export function withSignals(opening: Opening, { closed_signals, last_scored_signals }: EarlierSignals): Opening {
  const { lastScored } = opening;
  return {
    ...opening,
    signals: closed_signals === null ? null : realsOf(closed_signals),
    lastScored:
      lastScored === null || last_scored_signals === null
        ? null
        : { ...lastScored, signals: realsOf(last_scored_signals) },
  };
}
