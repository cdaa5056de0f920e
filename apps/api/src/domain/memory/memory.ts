import type { AccountStatus, Band } from '@steward/shared/common';
import { isLive } from '@steward/shared/lifecycle';
import { addDays, type Day } from '../calendar/day.js';

/** Closed days that the rings keep. */
export const RING_DAYS = 30;

/** What a day's score was made from, for a later day to be compared with. */
export interface ScoredClose {
  healthVersionId: number;
  signals: readonly (number | null)[];
  /** Positions of the caps and floors that were in force. */
  limits: readonly number[];
}

/**
 * What a run of a day takes over from the close of the day before. A run of day D is a function of this, of the facts
 * dated up to D and of the configuration, never of an earlier run of D.
 */
export interface Opening {
  score: number | null;
  band: Band | null;
  bandSince: Day | null;
  tier: string | null;
  tierSince: Day | null;
  stage: string | null;
  stageSince: Day | null;
  healthVersionId: number | null;
  signals: readonly (number | null)[] | null;
  /** Positions of the caps and floors that were in force. */
  limits: readonly number[];
  status: string | null;
  /** The last scored day, where the day before was not one; null where it was, or none ever was. */
  lastScored: ScoredClose | null;
  /** The 30 closed days before the day, oldest first; null where there was no score. */
  scoreRing: readonly (number | null)[];
  /** The model's part of the change into each of these days, in points. */
  modelChangeRing: readonly number[];
  rawTierRing: readonly (string | null)[];
}

/** What a run of a day found, as far as the next day needs it. */
export interface DayResult {
  score: number | null;
  band: Band | null;
  bandSince: Day | null;
  tier: string | null;
  rawTier: string | null;
  tierSince: Day | null;
  stage: string | null;
  stageSince: Day | null;
  healthVersionId: number | null;
  signals: readonly (number | null)[];
  limits: readonly number[];
  status: string;
  modelChange: number;
}

/** The state kept for an account: the day last run, what that run started from, and what it found. */
export interface AccountState {
  day: Day;
  opening: Opening;
  result: DayResult;
}

/** The opening of an account's first day. */
export const FIRST_OPENING: Opening = {
  score: null,
  band: null,
  bandSince: null,
  tier: null,
  tierSince: null,
  stage: null,
  stageSince: null,
  healthVersionId: null,
  signals: null,
  limits: [],
  status: null,
  lastScored: null,
  scoreRing: new Array<null>(RING_DAYS).fill(null),
  modelChangeRing: new Array<number>(RING_DAYS).fill(0),
  rawTierRing: new Array<null>(RING_DAYS).fill(null),
};

/**
 * What a run of `day` starts from. Running the same day again starts from the same place; a later day starts from what
 * the state found, and days that were skipped stand in the rings without a value. A day before the state's is refused:
 * going back means walking forward from an earlier state.
 */
export function openDay(previous: AccountState | null, day: Day): Opening {
  if (previous === null) return FIRST_OPENING;
  if (day < previous.day) throw new RangeError('A day before the state cannot be opened from it');
  if (day === previous.day) return previous.opening;
  const { opening, result } = previous;
  const skipped = day - addDays(previous.day, 1);
  return {
    score: result.score,
    band: result.band,
    bandSince: result.bandSince,
    tier: result.tier,
    tierSince: result.tierSince,
    stage: result.stage,
    stageSince: result.stageSince,
    healthVersionId: result.healthVersionId,
    signals: result.signals,
    limits: result.limits,
    status: result.status,
    lastScored: wasScored(result) ? null : scoredBefore(opening),
    scoreRing: pushed(opening.scoreRing, result.score, null, skipped),
    modelChangeRing: pushed(opening.modelChangeRing, result.modelChange, 0, skipped),
    rawTierRing: pushed(opening.rawTierRing, result.rawTier, null, skipped),
  };
}

/**
 * What the last score before the day was made from: of the day before, or of the last day that was scored before a time
 * without a score (data missing, or churned: then the kept score is no new one). Null: never scored.
 */
export function scoredBefore(opening: Opening): ScoredClose | null {
  if (!wasScored(opening)) return opening.lastScored;
  const { healthVersionId, signals, limits } = opening;
  return healthVersionId === null || signals === null ? null : { healthVersionId, signals, limits };
}

/** The profile version that made the last score before the day. Null: never scored. */
export function scoredVersionBefore(opening: Opening): number | null {
  return wasScored(opening) ? opening.healthVersionId : (opening.lastScored?.healthVersionId ?? null);
}

/** A day has a score of its own: one that a churned account keeps is none. */
function wasScored({ score, status }: { score: number | null; status: string | null }): boolean {
  return score !== null && status !== null && isLive(status as AccountStatus);
}

/** Since when a value has stood: unchanged since the close of the day before, or new on this day. Null value: null. */
export function sinceOf<T>(before: T | null, beforeSince: Day | null, now: T | null, day: Day): Day | null {
  if (now === null) return null;
  return now === before && beforeSince !== null ? beforeSince : day;
}

function pushed<T>(ring: readonly T[], value: T, filler: T, skipped: number): readonly T[] {
  if (skipped === 0 && ring.length === RING_DAYS) {
    // Tiers and changes of the model mostly stand still: then the ring is the same again.
    if (ring.every((each) => each === value)) return ring;
    const next = ring.slice(1);
    next.push(value);
    return next;
  }
  const next = [...ring, value];
  for (let day = 0; day < Math.min(skipped, RING_DAYS); day += 1) next.push(filler);
  while (next.length < RING_DAYS) next.unshift(filler);
  return next.length === RING_DAYS ? next : next.slice(-RING_DAYS);
}
