import { Injectable } from '@nestjs/common';
import type { BacktestResult, SuggestedWeights } from '@steward/shared/health-studio';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day } from '../../domain/calendar/day.js';
import { backtestOf, type TriedMeasure } from '../../domain/studio/backtest.js';
import { testableMonths } from '../../domain/studio/month-ends.js';
import { ObservationsBuilder } from '../../domain/studio/observations.js';
import { suggestWeights } from '../../domain/studio/suggest.js';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { AppError } from '../../platform/errors/app-error.js';
import { log } from '../../platform/logging/log.js';
import type { RunBase } from '../../stages/day-run.js';
import { EffectRepository } from './effect.repository.js';
import { HistoryRepository } from './history.repository.js';
import { inTurns } from './in-turns.js';
import { PastScoring, triedMeasures } from './past-scores.js';
import { RunsRepository, type StoredRun } from './runs.repository.js';
import { StudioBase } from './studio-base.js';
import { type TriedModel, triedModel } from './tried-model.js';

/** Month-ends, where none are asked for: weights take all that a fit can use. */
const USUAL_MONTHS = { backtest: 12, weights: 36 } as const;
/** No history is older. */
const MOST_DAYS_BACK = 40 * 31;
const MOST_ATTEMPTS = 3;
const TELL_EACH_MS = 2_000;
const BROKE_OFF = 'It broke off several times. The log has more.';

/** The work is not ours any more: somebody else has taken it up, it was cancelled, or this process stops. */
class Stopped extends Error {
  constructor(readonly why: 'cancelled' | 'taken' | 'stopping') {
    super(why);
  }
}

/** What a run tries: the profile as it was ordered, among the others as they are now, for whoever ordered it. */
@Injectable()
export class TrialOfRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bases: StudioBase,
    private readonly profiles: EffectRepository,
    private readonly authenticator: Authenticator,
  ) {}

  of({ profile, byUserId }: StoredRun): Promise<{ base: RunBase; tried: TriedModel; scope: Scope }> {
    return this.unitOfWork.run(async (tx) => {
      const person = await this.authenticator.workingFor(tx, byUserId);
      if (person === null || !permissionsOf(person.user.role).includes('studio:use')) {
        throw new AppError(403, 'NOT_ALLOWED', 'Whoever ordered this may not do it any more.');
      }
      const base = await this.bases.base(tx, 'fresh');
      const unused = profile.profileId === null ? null : await this.profiles.profile(tx, profile.profileId);
      return { base, tried: triedModel(base.model, profile, unused), scope: person.scope };
    });
  }
}

function measuresOf(
  { model }: RunBase,
  { after, draft }: TriedModel,
  connected: readonly ReadonlySet<string>[],
): TriedMeasure[] {
  const labels = new Map(model.signals.map(({ key, label }) => [key, label]));
  return after.profiles[draft]!.compiled.groups.flatMap((group) =>
    group.measures.map(({ signal, share }) => ({
      signal,
      label: labels.get(signal) ?? signal,
      group: group.key,
      share: share * 100,
      connected: connected.length === 0 || connected.some((known) => known.has(signal)),
    })),
  );
}

/**
 * Tries profiles on history. A run is worked from its beginning by whoever takes it up: what it finds follows from the
 * snapshots alone, so that one that was killed comes out the same.
 */
@Injectable()
export class HistoryWorker {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RunsRepository,
    private readonly history: HistoryRepository,
    private readonly trial: TrialOfRun,
    private readonly past: PastScoring,
    private readonly clock: Clock,
  ) {}

  async work(id: string, signal?: AbortSignal): Promise<void> {
    const run = await this.unitOfWork.run((tx) => this.runs.take(tx, id, this.clock.now()));
    if (run === null) return;
    try {
      if (run.state === 'cancelling') throw new Stopped('cancelled');
      if (run.attempt > MOST_ATTEMPTS) return await this.end(run, { state: 'failed', problem: BROKE_OFF });
      const result = await this.resultOf(run, signal);
      await this.end(run, { state: 'done', result });
    } catch (error) {
      await this.broken(run, error);
    }
  }

  private async broken(run: StoredRun, error: unknown): Promise<void> {
    if (error instanceof Stopped) {
      if (error.why === 'cancelled') await this.end(run, { state: 'cancelled' });
      if (error.why === 'stopping') await this.unitOfWork.run((tx) => this.runs.leave(tx, run));
      return;
    }
    // What the caller could have been told beforehand is told now; it would not get better.
    if (error instanceof AppError) return this.end(run, { state: 'failed', problem: error.message });
    log.error({ err: error, run: run.id }, 'a trial on history broke off');
    if (run.attempt >= MOST_ATTEMPTS) return this.end(run, { state: 'failed', problem: BROKE_OFF });
    await this.unitOfWork.run((tx) => this.runs.release(tx, run));
    throw error;
  }

  private async end(
    run: StoredRun,
    ended: { state: 'done' | 'cancelled' | 'failed'; result?: unknown; problem?: string },
  ): Promise<void> {
    await this.unitOfWork.run((tx) => this.runs.end(tx, run, { ...ended, at: this.clock.now() }));
  }

  private async resultOf(run: StoredRun, signal?: AbortSignal): Promise<BacktestResult | SuggestedWeights> {
    const { base, tried, scope } = await this.trial.of(run);
    const { days, leftOut } = await this.months(run, base);
    const steps = days.length + 1;
    const tell = async (done: number, step: string) => {
      if (signal?.aborted) throw new Stopped('stopping');
      const at = this.clock.now();
      const state = await this.unitOfWork.run((tx) => this.runs.beat(tx, run, { done, steps, step, at }));
      if (state === null) throw new Stopped('taken');
      if (state === 'cancelling') throw new Stopped('cancelled');
    };
    await tell(0, 'scoring');
    const config = run.kind === 'weights' ? { ...run.config, accounts: 'own' as const } : run.config;
    const asked = { base, tried, scope, config, days };
    const scoring = (done: number) => tell(done, 'scoring');
    const calculating = () => tell(days.length, 'calculating');
    const { outcome, horizonDays } = run.config;
    const onPause = this.everySoOften(calculating);
    const count = triedMeasures(tried).length;
    if (run.kind === 'backtest') {
      const into = new ObservationsBuilder(days, count);
      const connected = await this.past.score({ ...asked, into }, scoring);
      await calculating();
      const measures = measuresOf(base, tried, connected);
      return inTurns(backtestOf(into.done(), { outcome, horizonDays, measures, leftOut }), onPause);
    }
    const into = this.past.spill(run.id, days, count);
    try {
      const connected = await this.past.score({ ...asked, into }, scoring);
      await calculating();
      const { body } = tried.after.profiles[tried.draft]!;
      const measures = measuresOf(base, tried, connected);
      return await inTurns(suggestWeights(into.done(), { body, measures, connected, outcome, horizonDays }), onPause);
    } finally {
      into.close();
    }
  }

  /** A calculation may take long: whoever waits hears that it goes on, and it ends where it is cancelled. */
  private everySoOften(tell: () => Promise<void>): () => Promise<void> {
    let toldAt = performance.now();
    return async () => {
      if (performance.now() - toldAt < TELL_EACH_MS) return;
      await tell();
      toldAt = performance.now();
    };
  }

  private async months({ kind, config }: StoredRun, { workspace: { today } }: RunBase) {
    const from = addDays(today, -MOST_DAYS_BACK);
    const known = await this.unitOfWork.run((tx) => this.history.monthEndsWithSnapshots(tx, from, today));
    const asked = { ...config, usual: USUAL_MONTHS[kind] };
    return testableMonths(asked, { today, withSnapshots: new Set<Day>(known) });
  }
}
