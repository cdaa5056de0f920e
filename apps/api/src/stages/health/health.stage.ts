import { Injectable } from '@nestjs/common';
import { plainArray } from '../../db/array-literals.js';
import type { Tx } from '../../db/unit-of-work.js';
import { type HealthRules, healthRules } from '../../domain/health/asked-rules.js';
import { isScored, profileFor } from '../../domain/health/scope.js';
import { limitsOfDay } from '../../domain/health/score.js';
import { scoredVersionBefore } from '../../domain/memory/memory.js';
import type { AccountRun, ForetellsHealth } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { ModelService, type ScoringProfile } from '../model/model.service.js';
import { type HealthColumns, isSameHealth } from '../state/health-columns.js';
import { StageRulesRepository } from '../state/stage-rules.repository.js';
import { StateRepository } from '../state/state.repository.js';
import { withSignals } from '../state/state-row.js';
import { type HealthOfAccount, HealthRepository } from './health.repository.js';
import { foretoldHealth, healthOfDay, type ScoredBy } from './health-of-day.js';

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
    const earlier = runs.flatMap(scoredVersionOf);
    await this.models.compileVersions(tx, day.model, earlier);
    await this.readEarlierSignals(tx, day, runs, (run) => profileOf(day, asked, holding(run.id)).versionId);
    const changed: HealthOfAccount[] = [];
    for (const run of runs) {
      const found = healthOf(run, day, scoredBy(day, asked, holding(run.id)));
      if (isSameHealth(run.health, found)) continue;
      changed.push({ accountId: run.id, ...found });
      run.written = true;
    }
    await this.repository.write(tx, day.table, changed, day.at);
  }

  /** See `foretoldHealth`. */
  readonly foretold: ForetellsHealth = foretoldHealth;

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

const scoredVersionOf = ({ opening }: AccountRun) => scoredVersionBefore(opening) ?? [];

/** The profile that scores an account today, by the rules that hold. */
function profileOf(day: DayRun, asked: HealthRules, holding: readonly number[]): ScoringProfile {
  const profile = day.model.profiles[placeOfProfile(asked, holding)];
  if (!profile) throw new Error('There is always a default health profile');
  return profile;
}

function placeOfProfile(asked: HealthRules, holding: readonly number[]): number {
  return profileFor(asked.scopes.map((rule) => holding.includes(rule)));
}

/** By what the rules that hold score an account today. */
function scoredBy(day: DayRun, asked: HealthRules, holding: readonly number[]): ScoredBy {
  const profile = profileOf(day, asked, holding);
  const holds = (asked.limits[placeOfProfile(asked, holding)] ?? []).map((rule) => holding.includes(rule));
  return { profile, limits: limitsOfDay(profile.body, holds, day.quietPeriod !== null) };
}

function healthOf(run: AccountRun, day: DayRun, by: ScoredBy): HealthColumns {
  return run.isHealthForetold && isAsForetold(run, by) ? run.health : healthOfDay(run, day, by);
}

/** Nothing is left to work out: the rules decide as was foretold, and the model has no part in the change. */
function isAsForetold(run: AccountRun, { profile: { versionId }, limits }: ScoredBy): boolean {
  if (!isScored(run.status)) return true;
  const before = scoredVersionBefore(run.opening);
  return (
    run.health.healthVersionId === versionId &&
    run.health.caps === plainArray(limits) &&
    (before === null || before === versionId)
  );
}
