import { Injectable } from '@nestjs/common';
import type { ScoreChange, ScoreExplanation } from '@steward/shared/health';
import { type NullReason, nullReasonNumbers, type SignalEvidence } from '@steward/shared/signals';
import type { Tx } from '../db/unit-of-work.js';
import type { Day } from '../domain/calendar/day.js';
import { type ScoreMakings, whatChanged } from '../domain/health/change.js';
import { explainScore } from '../domain/health/explain.js';
import type { CompiledProfile } from '../domain/health/profile.js';
import { explainSignal } from '../domain/signals/evidence.js';
import { Clock } from '../platform/clock.js';
import { type DayRun, DayRuns, type RunBase } from './day-run.js';
import { type Model, ModelService } from './model/model.service.js';
import { withWorkspaceWindows } from './signals/definitions.js';
import { FactsLoader } from './signals/facts/facts.loader.js';

/** What is stored of an account's day, as far as its score is made of it. */
export interface StoredDay {
  accountId: string;
  day: Day;
  signals: readonly (number | null)[];
  nullReasons: readonly number[];
  caps: readonly number[];
  healthVersionId: number;
  score: number | null;
  /** The tier at the close of the day before, against whose cadence the touch lag is measured. */
  tierBefore: string | null;
}

const REASONS = new Map<number, NullReason>(
  Object.entries(nullReasonNumbers).map(([reason, number]) => [number, reason as NullReason]),
);

/** What sources have ever delivered is read over all facts, so it serves for a while. */
const BASE_LIVES_MS = 30_000;

/** Why an account has its score, worked out from the stored day; what stands behind each value, from the facts. */
@Injectable()
export class AccountExplanations {
  private known: { base: RunBase; at: number } | null = null;

  constructor(
    private readonly days: DayRuns,
    private readonly models: ModelService,
    private readonly facts: FactsLoader,
    private readonly clock: Clock,
  ) {}

  async explain(tx: Tx, stored: StoredDay): Promise<ScoreExplanation> {
    const explained = await this.explainWith(tx, await this.base(tx, 'may be known'), stored);
    if (explained.score === stored.score) return explained;
    // Something has been connected since: the stored score was made with it.
    return this.explainWith(tx, await this.base(tx, 'fresh'), stored);
  }

  /** What changed from the first to the last of the days; between them both sides of each change of the version. */
  async changes(tx: Tx, days: readonly StoredDay[]): Promise<ScoreChange> {
    const { model } = await this.base(tx, 'may be known');
    const versions = days.map(({ healthVersionId }) => healthVersionId);
    await this.models.compileVersions(tx, model, versions);
    const scored = days.map((stored) => {
      if (stored.score === null) throw new Error(`day ${stored.day} has no score`);
      return { ...makingsOf(model, stored), day: stored.day, score: stored.score };
    });
    return whatChanged(scored);
  }

  private async explainWith(tx: Tx, base: RunBase, stored: StoredDay): Promise<ScoreExplanation> {
    await this.models.compileVersions(tx, base.model, [stored.healthVersionId]);
    const { profile, limits } = makingsOf(base.model, stored);
    return this.explainAs(tx, base, stored, { compiled: profile, limits });
  }

  /** The score that a profile makes of the day's values, published or not. */
  async explainAs(
    tx: Tx,
    base: RunBase,
    stored: Omit<StoredDay, 'healthVersionId'>,
    { compiled, limits }: { compiled: CompiledProfile; limits: readonly number[] },
  ): Promise<ScoreExplanation> {
    const run = this.dayOf(base, stored);
    const numbers = new Map(base.model.signals.map(({ key, number }) => [key, number]));
    const evidence = await this.evidence(tx, base, run, stored);
    return explainScore({
      profile: compiled,
      values: stored.signals,
      isConnected: (signal) => run.connected.has(signal),
      limits,
      nullReasonOf: (signal) => {
        const number = numbers.get(signal);
        const reason = number === undefined ? undefined : stored.nullReasons[number - 1];
        return reason === undefined ? null : (REASONS.get(reason) ?? null);
      },
      evidenceOf: (signal) => evidence.get(signal) ?? null,
      quietPeriod: run.quietPeriod?.name ?? null,
    });
  }

  /** Evidence of what facts say now about the day; where late facts have moved a value, the stored one stands beside it. */
  private async evidence(
    tx: Tx,
    base: RunBase,
    run: DayRun,
    stored: Omit<StoredDay, 'healthVersionId'>,
  ): Promise<Map<string, SignalEvidence>> {
    const [account] = await this.facts.load(tx, { kind: 'list', ids: [stored.accountId] }, run.wanted);
    if (!account) return new Map();
    account.facts.tierBefore = stored.tierBefore;
    const definitions = withWorkspaceWindows(base.model.signals, base.workspace.settings);
    return new Map(
      definitions
        .filter(({ compute }) => compute.source !== 'health')
        .map((definition) => [definition.key, explainSignal(definition, account.facts, run.context)]),
    );
  }

  private dayOf(base: RunBase, { day }: Pick<StoredDay, 'day'>): DayRun {
    return this.days.day(base, day, { table: 'account_state', isComplete: day < base.workspace.today });
  }

  private async base(tx: Tx, how: 'may be known' | 'fresh'): Promise<RunBase> {
    const at = this.clock.now().getTime();
    const usable = how === 'may be known' && this.known !== null && Math.abs(at - this.known.at) < BASE_LIVES_MS;
    if (!usable) this.known = { base: await this.days.base(tx), at };
    return (this.known as { base: RunBase }).base;
  }
}

function makingsOf(model: Model, { healthVersionId, signals, caps }: StoredDay): ScoreMakings {
  const profile = model.compiledVersions.get(healthVersionId);
  if (!profile) throw new Error(`there is no health profile version ${healthVersionId}`);
  return { profile, values: signals, limits: caps };
}
