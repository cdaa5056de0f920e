import { Injectable } from '@nestjs/common';
import { nullReasonNumbers } from '@steward/shared/signals';
import { plainArray } from '../../db/array-literals.js';
import type { Tx } from '../../db/unit-of-work.js';
import { type HealthRules, healthRules } from '../../domain/health/asked-rules.js';
import { modelChange, type ScoreMakings } from '../../domain/health/change.js';
import { isScored, profileFor } from '../../domain/health/scope.js';
import { limitsOfDay, scoreOf } from '../../domain/health/score.js';
import { comparableRing, healthChangeOver, trendOfRing } from '../../domain/memory/health-memory.js';
import { scoredBefore, scoredVersionBefore, sinceOf } from '../../domain/memory/memory.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { ModelService, type ScoringProfile } from '../model/model.service.js';
import { StageRulesRepository } from '../state/stage-rules.repository.js';
import { StateRepository } from '../state/state.repository.js';
import { withSignals } from '../state/state-row.js';
import { type HealthColumns, HealthRepository } from './health.repository.js';

/** `health.change` looks this many days back. */
const CHANGE_DAYS = 30;

/** Profile and cap rules → score, band, trend. Live accounts only; a churned one keeps its last score. */
@Injectable()
export class HealthStage {
  constructor(
    private readonly rules: StageRulesRepository,
    private readonly repository: HealthRepository,
    private readonly states: StateRepository,
    private readonly models: ModelService,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[]): Promise<void> {
    const asked = healthRules(day.model.profiles);
    const holding = await this.rules.holding(tx, batch, day, 'health', asked.rules);
    const earlier = runs.flatMap(({ opening }) => scoredVersionBefore(opening) ?? []);
    await this.models.compileVersions(tx, day.model, earlier);
    await this.readEarlierSignals(tx, day, runs, (run) => profileOf(day, asked, holding(run.id)).versionId);
    const changed: HealthColumns[] = [];
    for (const run of runs) {
      const found = healthOf(run, day, asked, holding(run.id));
      if (isSame(run, found)) continue;
      changed.push(found);
      run.written = true;
    }
    await this.repository.write(tx, day.table, changed, day.at);
  }

  /**
   * The facts of then are compared with where another version scores now than did then: few accounts, but for the day
   * of a new one.
   */
  private async readEarlierSignals(
    tx: Tx,
    day: DayRun,
    runs: readonly AccountRun[],
    versionOf: (run: AccountRun) => number,
  ): Promise<void> {
    const moved = runs.filter((run) => {
      const earlier = scoredVersionBefore(run.opening);
      return earlier !== null && isScored(run.status) && earlier !== versionOf(run);
    });
    if (moved.length === 0) return;
    const ids = moved.map(({ id }) => id);
    const found = await this.states.earlierSignals(tx, day.table, ids);
    const signals = new Map(found.map((row) => [row.account_id, row]));
    for (const run of moved) {
      const row = signals.get(run.id);
      if (row) run.opening = withSignals(run.opening, row);
    }
  }
}

/** The profile that scores an account today, by the rules that hold. */
function profileOf(day: DayRun, asked: HealthRules, holding: readonly number[]): ScoringProfile {
  const profile = day.model.profiles[placeOfProfile(asked, holding)];
  if (!profile) throw new Error('There is always a default health profile');
  return profile;
}

function placeOfProfile(asked: HealthRules, holding: readonly number[]): number {
  return profileFor(asked.scopes.map((rule) => holding.includes(rule)));
}

function healthOf(run: AccountRun, day: DayRun, asked: HealthRules, holding: readonly number[]): HealthColumns {
  const { opening } = run;
  const scored = isScored(run.status) ? scoredToday(run, day, asked, holding) : kept(run);
  const ring = comparableRing(opening, scored.score, scored.modelChange);
  const healthChange = healthChangeOver(ring, CHANGE_DAYS);
  return {
    accountId: run.id,
    ...scored,
    bandSince: sinceOf<string>(opening.band, opening.bandSince, scored.band, day.asOf),
    healthChange,
    trend: trendOfRing(ring),
    healthChangeReason: healthChange === null ? nullReasonNumbers.no_score : 0,
  };
}

type Scored = Pick<HealthColumns, 'healthVersionId' | 'score' | 'band' | 'coverage' | 'caps' | 'modelChange'>;

/** A churned account keeps its last score; who was never live has none. */
function kept({ status, opening }: AccountRun): Scored {
  if (status !== 'churned') {
    return { healthVersionId: null, score: null, band: null, coverage: null, caps: '{}', modelChange: 0 };
  }
  return {
    healthVersionId: opening.healthVersionId,
    score: opening.score,
    band: opening.band,
    coverage: null,
    caps: plainArray(opening.limits),
    modelChange: 0,
  };
}

function scoredToday(run: AccountRun, day: DayRun, asked: HealthRules, holding: readonly number[]): Scored {
  const profile = profileOf(day, asked, holding);
  const holds = (asked.limits[placeOfProfile(asked, holding)] ?? []).map((rule) => holding.includes(rule));
  const limits = limitsOfDay(profile.body, holds, day.quietPeriod !== null);
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
function modelPart({ opening }: AccountRun, day: DayRun, versionId: number, today: ScoreMakings): number {
  const earlier = scoredVersionBefore(opening);
  if (earlier === null || earlier === versionId) return 0;
  const profile = day.model.compiledVersions.get(earlier);
  const before = scoredBefore(opening);
  if (!profile || !before) return 0;
  return modelChange({ profile, values: before.signals, limits: before.limits }, today);
}

function isSame({ row }: AccountRun, found: HealthColumns): boolean {
  if (row === null) return false;
  return (
    row.health_version_id === found.healthVersionId &&
    row.score === found.score &&
    row.band === found.band &&
    row.band_since === found.bandSince &&
    sameReal(row.coverage, found.coverage) &&
    row.caps === found.caps &&
    row.model_change === found.modelChange &&
    row.health_change === found.healthChange &&
    row.trend === found.trend
  );
}

function sameReal(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.fround(a) === b;
}
