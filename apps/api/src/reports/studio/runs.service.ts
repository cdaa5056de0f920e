import { Injectable } from '@nestjs/common';
import type {
  BacktestResult,
  OrderStudioRun,
  StudioHistory,
  StudioRun,
  StudioRunList,
  SuggestedWeights,
} from '@steward/shared/health-studio';
import { v7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf } from '../../domain/calendar/day.js';
import { lastDayOf, monthOf } from '../../domain/calendar/month.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesOfNew } from '../../platform/audit/changes.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, NotFound } from '../../platform/errors/app-error.js';
import { log } from '../../platform/logging/log.js';
import { EffectRepository } from './effect.repository.js';
import { HistoryRepository } from './history.repository.js';
import { RunsRepository, type StoredRun } from './runs.repository.js';
import { StudioBase } from './studio-base.js';
import { triedModel } from './tried-model.js';

export type Person = Extract<Principal, { kind: 'user' }>;

const MOST_DAYS_BACK = 40 * 31;

/** Whether a trial can be made, before it is ordered. */
@Injectable()
export class TrialCheck {
  constructor(
    private readonly bases: StudioBase,
    private readonly profiles: EffectRepository,
    private readonly history: HistoryRepository,
  ) {}

  /** Refuses what the job could not do; answers what the profile is called. */
  async nameOf(tx: Tx, { scope }: Person, { profile }: OrderStudioRun): Promise<string> {
    const base = await this.bases.base(tx);
    const unused = profile.profileId === null ? null : await this.profiles.profile(tx, profile.profileId);
    const tried = triedModel(base.model, profile, unused);
    const { rules, signals } = tried;
    this.history.refuseNotKnownThen({
      rules,
      signals,
      catalogue: base.model.catalogue,
      scope,
      day: base.workspace.today,
    });
    return tried.draftName;
  }

  async today(tx: Tx) {
    return (await this.bases.base(tx)).workspace.today;
  }
}

/** What runs tell the rest of the product: the audit log and the queue. */
@Injectable()
export class RunsDesk {
  constructor(
    private readonly audit: AuditLog,
    private readonly queues: Queues,
    private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  record(tx: Tx, person: Person, action: string, id: string, about: Record<string, unknown>): Promise<void> {
    const subject = { kind: 'backtest', id };
    return this.audit.record(tx, { actor: actorOf(person), action, subject, changes: changesOfNew(about) });
  }

  async hint(runId: string): Promise<void> {
    try {
      await this.queues.enqueue('run-studio', { runId }, { once: runId });
    } catch (error) {
      log.warn({ err: error, runId }, 'the queue does not take the trial; the sweep will find it');
    }
  }
}

/** Trials on history: ordered here, done by a job. Seen by who ordered them, and by those who see all accounts. */
@Injectable()
export class RunsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RunsRepository,
    private readonly trials: TrialCheck,
    private readonly history: HistoryRepository,
    private readonly desk: RunsDesk,
  ) {}

  async order(person: Person, order: OrderStudioRun): Promise<StudioRun> {
    const id = v7();
    const ordered = await this.unitOfWork.run(async (tx) => {
      const profileName = await this.trials.nameOf(tx, person, order);
      await this.repository.lock(tx);
      if (await this.repository.isBusy(tx)) {
        throw new Conflict('STUDIO_BUSY', 'Another trial on history is under way. Wait for it, or cancel it.');
      }
      const by = { id: person.user.id, name: person.user.fullName };
      await this.repository.add(tx, { ...order, id, profileName, by, at: this.desk.now() });
      await this.desk.record(tx, person, 'studio.run_ordered', id, { kind: order.kind, ...order.config, profileName });
      return this.shown(tx, await this.own(tx, person, id));
    });
    await this.desk.hint(id);
    return ordered;
  }

  list(person: Person): Promise<StudioRunList> {
    return this.unitOfWork.run(async (tx) => {
      const runs = await this.repository.newest(tx, seesAll(person) ? null : person.user.id);
      return { runs: runs.map(outline) };
    });
  }

  get(person: Person, id: string): Promise<StudioRun> {
    return this.unitOfWork.run(async (tx) => this.shown(tx, await this.own(tx, person, id)));
  }

  async cancel(person: Person, id: string): Promise<StudioRun> {
    return this.unitOfWork.run(async (tx) => {
      await this.own(tx, person, id);
      if (!(await this.repository.cancel(tx, id, this.desk.now()))) {
        throw new Conflict('RUN_ENDED', 'It has ended already.');
      }
      await this.desk.record(tx, person, 'studio.run_cancelled', id, {});
      return this.shown(tx, await this.own(tx, person, id));
    });
  }

  known(person: Person): Promise<StudioHistory> {
    return this.unitOfWork.run(async (tx) => {
      const today = await this.trials.today(tx);
      const from = addDays(today, -MOST_DAYS_BACK);
      const months = await this.history.monthEndsWithSnapshots(tx, from, today);
      const churned = await this.history.churnedByMonth(tx, person.scope, from, today);
      return {
        today: isoOf(today),
        months: months.map((day) => ({ day: isoOf(day), churned: churned.get(monthOf(day)) ?? 0 })),
        churned: [...churned].reduce((sum, [month, accounts]) => (lastDayOf(month) >= from ? sum + accounts : sum), 0),
        busy: await this.repository.isBusy(tx),
      };
    });
  }

  private async own(tx: Tx, person: Person, id: string): Promise<StoredRun> {
    const run = await this.repository.find(tx, id);
    if (run === null || (run.byUserId !== person.user.id && !seesAll(person))) throw new NotFound('trial');
    return run;
  }

  private async shown(tx: Tx, run: StoredRun): Promise<StudioRun> {
    const result = run.state === 'done' ? await this.repository.result(tx, run.id) : null;
    return {
      ...outline(run),
      backtest: run.kind === 'backtest' ? (result as BacktestResult | null) : null,
      weights: run.kind === 'weights' ? (result as SuggestedWeights | null) : null,
    };
  }
}

/** Figures are over the accounts of who ordered them: others see them where they see all accounts anyway. */
function seesAll({ scope }: Person): boolean {
  return scope.kind === 'all';
}

function outline(run: StoredRun): StudioRunList['runs'][number] {
  const { id, kind, state, profile, profileName, config, problem, done, steps, step } = run;
  return {
    id,
    kind,
    state,
    profile,
    profileName,
    config,
    problem,
    progress: { done, of: steps, step },
    orderedBy: run.byName,
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}
