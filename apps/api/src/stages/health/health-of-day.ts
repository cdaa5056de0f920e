import { plainArray } from '../../db/array-literals.js';
import { modelChange, type ScoreMakings } from '../../domain/health/change.js';
import { isScored } from '../../domain/health/scope.js';
import { scoreOf } from '../../domain/health/score.js';
import { comparableRing, healthChangeOver, trendOfRing } from '../../domain/memory/health-memory.js';
import { scoredBefore, scoredVersionBefore, sinceOf } from '../../domain/memory/memory.js';
import type { AccountRun, ForetellsHealth } from '../account-run.js';
import type { DayRun } from '../day-run.js';
import type { ScoringProfile } from '../model/model.service.js';
import type { HealthColumns } from '../state/health-columns.js';

/** `health.change` looks this many days back. */
const CHANGE_DAYS = 30;

/** By what an account is scored on a day: what the rules of the health stage decide. */
export interface ScoredBy {
  profile: ScoringProfile;
  /** Positions of the caps and floors in force, as `limitsOfDay` tells them. */
  limits: readonly number[];
}

type Run = Pick<AccountRun, 'opening' | 'status' | 'values'>;
type Scored = Pick<HealthColumns, 'healthVersionId' | 'score' | 'band' | 'coverage' | 'caps' | 'modelChange'>;

const NOT_SCORED: Scored = {
  healthVersionId: null,
  score: null,
  band: null,
  coverage: null,
  caps: '{}',
  modelChange: 0,
};

/** What the health columns of an account's day hold. An account that is not scored is not asked by what. */
export function healthOfDay(run: Run, day: DayRun, by: ScoredBy): HealthColumns {
  return remembered(run, day, isScored(run.status) ? scoredToday(run, day, by) : kept(run));
}

/**
 * The same before the rules of the day are asked: nearly always the profile and the limits of the day before score an
 * account again, so that the health stage need not write what has been written with the signals.
 */
export const foretoldHealth: ForetellsHealth = (run, day) => {
  const { healthVersionId, limits } = run.opening;
  const profile = day.model.profiles.find(({ versionId }) => versionId === healthVersionId);
  if (!isScored(run.status)) return remembered(run, day, kept(run));
  return remembered(run, day, profile ? scoredToday(run, day, { profile, limits }) : NOT_SCORED);
};

function remembered({ opening }: Run, day: DayRun, scored: Scored): HealthColumns {
  const ring = comparableRing(opening, scored.score, scored.modelChange);
  return {
    ...scored,
    bandSince: sinceOf<string>(opening.band, opening.bandSince, scored.band, day.asOf),
    healthChange: healthChangeOver(ring, CHANGE_DAYS),
    trend: trendOfRing(ring),
  };
}

/** A churned account keeps its last score; who was never live has none. */
function kept({ status, opening }: Run): Scored {
  if (status !== 'churned') return NOT_SCORED;
  const { healthVersionId, score, band, limits } = opening;
  return { ...NOT_SCORED, healthVersionId, score, band, caps: plainArray(limits) };
}

function scoredToday(run: Run, day: DayRun, { profile, limits }: ScoredBy): Scored {
  const isConnected = (signal: string) => day.connected.has(signal);
  const { score, band, coverage } = scoreOf(profile.compiled, run.values, isConnected, limits);
  return {
    healthVersionId: profile.versionId,
    score,
    band,
    coverage: coverage === null ? null : Math.fround(coverage),
    caps: plainArray(limits),
    modelChange:
      score === null
        ? 0
        : modelPart(run, day, profile.versionId, { profile: profile.compiled, values: run.values, limits }),
  };
}

/** What another profile version than the one that made the last score makes of the facts of then. */
function modelPart({ opening }: Run, day: DayRun, versionId: number, today: ScoreMakings): number {
  const earlier = scoredVersionBefore(opening);
  if (earlier === null || earlier === versionId) return 0;
  const profile = day.model.compiledVersions.get(earlier);
  const before = scoredBefore(opening);
  if (!profile || !before) return 0;
  return modelChange({ profile, values: before.signals, limits: before.limits }, today);
}
