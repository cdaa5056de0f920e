import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { StudioConfig } from '@steward/shared/health-studio';
import { UnitOfWork } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import { normalize } from '../../domain/health/normalize.js';
import type { Observation, ObservationSink } from '../../domain/studio/observations.js';
import { scorerOf } from '../../domain/studio/standing.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Config } from '../../platform/config/config.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { realsOf, smallIntsOf } from '../../stages/state/state-row.js';
import { HistoryRepository, type PastRow } from './history.repository.js';
import { AccountNumbers, PastOutcomes } from './past-outcomes.js';
import { SpilledMonths } from './spilled-months.js';
import type { TriedModel } from './tried-model.js';

export interface PastAsked {
  base: RunBase;
  tried: TriedModel;
  scope: Scope;
  config: StudioConfig;
  days: readonly Day[];
  /** Takes what is observed. */
  into: ObservationSink;
}

/** Accounts that are scored in one go; then others get their turn. */
const AT_A_TIME = 500;

/** Scores month-ends in history with what was known then, and finds what came after. */
@Injectable()
export class PastScoring {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: HistoryRepository,
    private readonly outcomes: PastOutcomes,
    private readonly dayRuns: DayRuns,
    private readonly config: Config,
  ) {}

  /** Where more is observed than is held. */
  spill(name: string, days: readonly Day[], measures: number): SpilledMonths {
    return new SpilledMonths(join(this.config.files.folder, 'trials'), name, days, measures);
  }

  /**
   * Answers, by month-end, the signals whose inputs had been delivered by then.
   * @param onDay told after each month-end; what it throws ends the work
   */
  async score(asked: PastAsked, onDay: (done: number) => Promise<void>): Promise<ReadonlySet<string>[]> {
    const { base, tried, scope, config, days, into } = asked;
    const { rules, signals } = tried;
    const measures = triedMeasures(tried);
    const connected: ReadonlySet<string>[] = [];
    const numbers = new AccountNumbers();
    const outcomes = await this.outcomes.of({ base, config, days, numbers });
    for (const [month, day] of days.entries()) {
      const run = this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
      connected.push(run.connected);
      const outcomeOf = await outcomes(day);
      const about = { isConnected: (signal: string) => run.connected.has(signal), isQuiet: run.quietPeriod !== null };
      const seen = this.observer(asked, scorerOf(tried.after, about), measures);
      const asking = { rules, signals, catalogue: base.model.catalogue, scope, day };
      await this.unitOfWork.run(async (tx) => {
        into.beginMonth(month);
        for await (const page of this.repository.liveOn(tx, asking)) {
          for (const [index, row] of page.entries()) {
            const observed = seen(row);
            if (observed !== null) {
              const account = numbers.of(row.id);
              into.add({ ...observed, account, month, outcomeDay: outcomeOf(account) });
            }
            if (index % AT_A_TIME === AT_A_TIME - 1) await setImmediate();
          }
        }
      });
      await onDay(month + 1);
    }
    return connected;
  }

  /** What is observed of an account; null: the profile that is tried does not score it, and only its own are asked for. */
  private observer(
    { tried, config }: PastAsked,
    score: ReturnType<typeof scorerOf>,
    measures: PastMeasures,
  ): (row: PastRow) => Omit<Observation, 'account' | 'month' | 'outcomeDay'> | null {
    return (row) => {
      const values = realsOf(row.values);
      const { profile, score: points, band, coverage, limits } = score(values, smallIntsOf(row.holding));
      const own = profile === tried.draft;
      if (config.accounts === 'own' && !own) return null;
      return {
        score: points,
        band,
        coverage,
        limits: own ? limits : [],
        points: measures.map(({ slot, normalizer }) => {
          const value = slot < 0 ? null : (values[slot] ?? null);
          return value === null ? null : normalize(normalizer, value);
        }),
      };
    };
  }
}

type PastMeasures =
  readonly TriedModel['after']['profiles'][number]['compiled']['groups'][number]['measures'][number][];

/** Those of the profile that is tried, in its order, as the points of observations are. */
export const triedMeasures = ({ after, draft }: TriedModel): PastMeasures =>
  after.profiles[draft]!.compiled.groups.flatMap((group) => group.measures);
