import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Tx } from '../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../domain/calendar/day.js';
import { type QuietPeriod, quietPeriodOn } from '../domain/calendar/quiet.js';
import { type CompiledSignals, compileSignals } from '../domain/signals/compute.js';
import type { SignalContext } from '../domain/signals/context.js';
import type { SourceKey } from '../domain/signals/facts.js';
import { isComputeConnected } from '../domain/signals/inputs.js';
import { factNeeds } from '../domain/signals/needs.js';
import { cadenceDaysByTier } from '../domain/tiers/tier.js';
import { Clock } from '../platform/clock.js';
import { QuietPeriodsReader } from '../records/workspace/quiet-periods.reader.js';
import { type WorkspaceNow, WorkspaceReader } from '../records/workspace/workspace.reader.js';
import { type Model, ModelService } from './model/model.service.js';
import { withWorkspaceWindows } from './signals/definitions.js';
import { FactsOfWalk } from './signals/facts/facts-of-walk.js';
import type { FactsToLoad } from './signals/facts/facts-to-load.js';
import { type KeepingFacts, keepingFacts } from './signals/facts/kept-facts.js';
import { SourcesRepository } from './signals/sources.repository.js';
import { DELIVERY_DAYS_BACK, signalContext, type WorkspaceSources } from './signals/workspace-sources.js';

/** The work table of a run: the state of today, or the one that walks through past days. */
export type StateTable = 'account_state' | 'account_rebuild';

/** What a run reads once, whatever its days: the published model, the workspace, what its sources have delivered. */
export interface RunBase {
  workspace: WorkspaceNow;
  model: Model;
  sources: WorkspaceSources;
  quietPeriods: readonly QuietPeriod[];
}

/** One day of a run, the same for all its batches. */
export interface DayRun {
  asOf: Day;
  iso: IsoDay;
  table: StateTable;
  /** An earlier day than today: account fields are read from their history. */
  past: boolean;
  /** The day has ended: its own facts count for changes as well. */
  isComplete: boolean;
  model: Model;
  context: SignalContext;
  compiled: CompiledSignals;
  /** Signals whose inputs this workspace has ever delivered by the day. */
  connected: ReadonlySet<string>;
  /** The workspace's quiet period that holds the day; null on an ordinary day. */
  quietPeriod: QuietPeriod | null;
  wanted: FactsToLoad;
  /** Keeps facts from day to day, where days are computed one after the other; null for a day on its own. */
  walk: FactsOfWalk | null;
  /** How facts are kept for runs of later days; null where none are kept. */
  keeping: KeepingFacts | null;
  /** Written as the time of computation. */
  at: Date;
}

/** Prepares runs. */
@Injectable()
export class DayRuns {
  constructor(
    private readonly models: ModelService,
    private readonly workspaces: WorkspaceReader,
    private readonly quietPeriods: QuietPeriodsReader,
    private readonly sources: SourcesRepository,
    private readonly clock: Clock,
  ) {}

  async base(tx: Tx): Promise<RunBase> {
    const workspace = await this.workspaces.workspace(tx);
    const features = await this.sources.features(tx);
    const first = await this.sources.firstFactDays(tx);
    const events =
      (await this.sources.firstLedgerDay(tx, 'usage_contact_month')) ??
      (await this.sources.firstLedgerDay(tx, 'usage_event_month'));
    return {
      workspace,
      model: await this.models.model(tx),
      quietPeriods: await this.quietPeriods.all(tx),
      sources: {
        sources: await this.sources.sources(tx),
        deliveries: await this.sources.deliveries(
          tx,
          isoOf(addDays(workspace.today, -DELIVERY_DAYS_BACK)),
          isoOf(workspace.today),
        ),
        first,
        events,
        features: await this.sources.firstLedgerDay(tx, 'usage_feature_month'),
        metrics: await this.sources.metrics(tx),
        attributes: await this.sources.accountAttributes(tx),
        trackedFeatures: features.tracked,
        untrackedFeatures: features.untracked,
        rates: await this.sources.rates(tx),
      },
    };
  }

  /** Versions of the set of stages whose stages the run would have found as well. */
  stageVersionsAlike(tx: Tx, { model }: DayRun): Promise<number[]> {
    return this.models.stageVersionsAlike(tx, model);
  }

  /** The days of a walk through past ones, up to its last: asked for in their order, for one batch. */
  walk(base: RunBase, last: Day): (day: Day) => DayRun {
    const how = { table: 'account_rebuild', isComplete: true } as const;
    const walk = new FactsOfWalk(last, (day) => this.day(base, day, how).wanted);
    return (day) => this.day(base, day, { ...how, walk });
  }

  day(base: RunBase, asOf: Day, how: { table: StateTable; isComplete: boolean; walk?: FactsOfWalk }): DayRun {
    const { workspace, model, sources } = base;
    const cadenceDays = cadenceDaysByTier(model.tiers.body);
    const settings = { cadenceDays, currency: workspace.currency };
    const context = signalContext(sources, workspace.settings, settings, asOf, how.isComplete);
    const definitions = withWorkspaceWindows(model.signals, workspace.settings);
    const seenOnly = (Object.keys(context.sources) as SourceKey[]).filter(
      (key) => context.sources[key]?.covers === 'seen',
    );
    const wanted: FactsToLoad = {
      asOf,
      past: asOf < workspace.today,
      timeZone: workspace.timeZone,
      currency: workspace.currency,
      rates: sources.rates,
      needs: factNeeds(definitions, context),
      untrackedFeatures: sources.untrackedFeatures,
      through: asOf,
      seenOnly: new Set(seenOnly),
    };
    return {
      asOf,
      iso: isoOf(asOf),
      table: how.table,
      past: asOf < workspace.today,
      isComplete: how.isComplete,
      model,
      context,
      compiled: compileSignals(definitions, context),
      connected: new Set(
        definitions.flatMap(({ key, compute }) => (isComputeConnected(compute, context) ? [key] : [])),
      ),
      quietPeriod: quietPeriodOn(base.quietPeriods, asOf),
      wanted,
      walk: how.walk ?? null,
      keeping: how.table === 'account_state' ? keepingFacts(wanted, definitions, context) : null,
      at: this.clock.now(),
    };
  }
}
