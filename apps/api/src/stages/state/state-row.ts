import type { Band } from '@steward/shared/common';
import type { Day } from '../../domain/calendar/day.js';
import {
  type AccountState,
  FIRST_OPENING,
  type Opening,
  openDay,
  type ScoredClose,
} from '../../domain/memory/memory.js';

/** A state as it is stored. Arrays stay text until somebody asks for them: most are never looked into. */
export interface StateRow {
  account_id: string;
  as_of: number;
  status: string;
  csm_user_id: string | null;
  am_user_id: string | null;
  arr_minor: number | null;
  mrr_minor: number | null;
  seats: number | null;
  customer_since: number | null;
  renewal_date: number | null;
  usage_covered: boolean;
  signals: string;
  null_reasons: string;
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
  closed_signals: string | null;
  closed_caps: string | null;
  closed_status: string | null;
  last_scored_version_id: number | null;
  last_scored_signals: string | null;
  last_scored_caps: string | null;
  score_ring: string;
  model_change_ring: string;
  raw_tier_ring: string;
}

function elementsOf(text: string): string[] {
  return text.length <= 2 ? [] : text.slice(1, -1).split(',');
}

/** `{1.5,NULL}` → values, as 32-bit floats. */
export function realsOf(text: string): (number | null)[] {
  return elementsOf(text).map((each) => (each === 'NULL' ? null : Math.fround(Number(each))));
}

/** Scores and points have two decimals: their text is exact, a 32-bit float of it is not. */
function decimalsOf(text: string): (number | null)[] {
  return elementsOf(text).map((each) => (each === 'NULL' ? null : Number(each)));
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
const pointsOf = remembered((text): readonly number[] => decimalsOf(text).map((points) => points ?? 0));
/** Tier keys have letters, digits, dashes and underscores only; one that reads NULL is quoted. */
const keysOf = remembered((text): readonly (string | null)[] =>
  elementsOf(text).map((each) => (each === 'NULL' ? null : each.replaceAll('"', ''))),
);

/** Values as an array in SQL's text form. */
export function sqlArray(values: readonly (number | string | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/** What the row says that its day started from. Signals of the close are read when another profile asks for them only. */
function storedOpening(row: StateRow): Opening {
  return {
    score: row.closed_score,
    band: row.closed_band as Band | null,
    bandSince: row.closed_band_since as Day | null,
    tier: row.closed_tier,
    tierSince: row.closed_tier_since as Day | null,
    stage: row.closed_stage,
    stageSince: row.closed_stage_since as Day | null,
    healthVersionId: row.closed_health_version_id,
    get signals() {
      return row.closed_signals === null ? null : realsOf(row.closed_signals);
    },
    limits: row.closed_caps === null ? [] : smallIntsOf(row.closed_caps),
    status: row.closed_status,
    get lastScored() {
      return lastScored(row);
    },
    scoreRing: decimalsOf(row.score_ring),
    modelChangeRing: pointsOf(row.model_change_ring),
    rawTierRing: keysOf(row.raw_tier_ring),
  };
}

function lastScored(row: StateRow): ScoredClose | null {
  const { last_scored_version_id: healthVersionId, last_scored_signals: signals, last_scored_caps: caps } = row;
  if (healthVersionId === null || signals === null || caps === null) return null;
  return { healthVersionId, signals: realsOf(signals), limits: smallIntsOf(caps) };
}

/** The stored state for the domain. */
export function stateOf(row: StateRow): AccountState {
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
      signals: realsOf(row.signals),
      limits: smallIntsOf(row.caps),
      status: row.status,
      modelChange: row.model_change,
    },
  };
}

export function openingOf(row: StateRow | null, day: Day): Opening {
  if (row === null) return FIRST_OPENING;
  // Run again: the same as `openDay` says, without reading what the earlier run of the day found.
  return row.as_of === day ? storedOpening(row) : openDay(stateOf(row), day);
}
