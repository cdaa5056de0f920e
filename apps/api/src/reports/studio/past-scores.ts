import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { StudioConfig } from '@steward/shared/health-studio';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day } from '../../domain/calendar/day.js';
import { normalize } from '../../domain/health/normalize.js';
import type { ConvertAt, LedgerSubscription } from '../../domain/revenue/ledger.js';
import { moneyOfDays } from '../../domain/revenue/money-rates.js';
import { type Observations, ObservationsBuilder } from '../../domain/studio/observations.js';
import { downgradeWithin, firstWithin } from '../../domain/studio/outcomes.js';
import { scorerOf } from '../../domain/studio/standing.js';
import type { Scope } from '../../platform/auth/scope.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { realsOf, smallIntsOf } from '../../stages/state/state-row.js';
import { HistoryRepository, type PastRow } from './history.repository.js';
import type { TriedModel } from './tried-model.js';

export interface PastAsked {
  base: RunBase;
  tried: TriedModel;
  scope: Scope;
  config: StudioConfig;
  days: readonly Day[];
}

export interface PastScores {
  observations: Observations;
  /** By month-end: the signals whose inputs had been delivered by then. */
  connected: ReadonlySet<string>[];
}

/** What came after a day, by account. */
type OutcomeOf = (accountId: string, day: Day) => Day | null;

/** Accounts that are scored in one go; then others get their turn. */
const AT_A_TIME = 5_000;

/** Scores month-ends in history with what was known then, and finds what came after. */
@Injectable()
export class PastScoring {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: HistoryRepository,
    private readonly dayRuns: DayRuns,
  ) {}

  /** @param onDay told after each month-end; what it throws ends the work */
  async score(asked: PastAsked, onDay: (done: number) => Promise<void>): Promise<PastScores> {
    const { base, tried, config, days } = asked;
    const numbers = new Map<string, number>();
    const draft = tried.after.profiles[tried.draft]!;
    const measures = draft.compiled.groups.flatMap((group) => group.measures);
    const builder = new ObservationsBuilder(days, measures.length);
    const connected: ReadonlySet<string>[] = [];
    const outcomes = await this.outcomes(asked);
    for (const [month, day] of days.entries()) {
      const run = this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
      connected.push(run.connected);
      const outcomeOf = await outcomes(day);
      const about = { isConnected: (signal: string) => run.connected.has(signal), isQuiet: run.quietPeriod !== null };
      const score = scorerOf(tried.after, about);
      const rows = await this.rowsOf(asked, day);
      for (let from = 0; from < rows.length; from += AT_A_TIME) {
        for (const row of rows.slice(from, from + AT_A_TIME)) {
          const values = realsOf(row.values);
          const scored = score(values, smallIntsOf(row.holding));
          const own = scored.profile === tried.draft;
          if (config.accounts === 'own' && !own) continue;
          const { band, coverage, limits } = scored;
          builder.add({
            account: numberOf(numbers, row.id),
            month,
            score: scored.score,
            band,
            coverage,
            outcomeDay: outcomeOf(row.id, day),
            own,
            limits: own ? limits : [],
            points: measures.map(({ slot, normalizer }) => {
              const value = slot < 0 ? null : (values[slot] ?? null);
              return value === null ? null : normalize(normalizer, value);
            }),
          });
        }
        await setImmediate();
      }
      await onDay(month + 1);
    }
    return { observations: builder.done(), connected };
  }

  private rowsOf({ base, tried, scope }: PastAsked, day: Day): Promise<PastRow[]> {
    const { rules, signals } = tried;
    const asking = { rules, signals, catalogue: base.model.catalogue, scope, day };
    return this.unitOfWork.run((tx) => this.repository.liveOn(tx, asking));
  }

  private async outcomes({ base, config, days }: PastAsked): Promise<(day: Day) => Promise<OutcomeOf>> {
    const { horizonDays, outcome } = config;
    const first = days[0];
    const last = days.at(-1);
    if (first === undefined || last === undefined) return async () => () => null;
    if (outcome === 'churn') {
      const churned = await this.unitOfWork.run((tx) =>
        this.repository.churnDays(tx, first, addDays(last, horizonDays)),
      );
      const daysOf = new Map<string, Day[]>();
      for (const { id, day } of churned) daysOf.set(id, [...(daysOf.get(id) ?? []), day]);
      return async () => (id, day) => firstWithin(daysOf.get(id) ?? [], day, horizonDays);
    }
    const convert: ConvertAt = moneyOfDays(base.sources.rates, base.workspace.currency);
    const rows = await this.unitOfWork.run((tx) => this.repository.subscriptions(tx));
    const subscriptions = new Map<string, LedgerSubscription[]>();
    for (const { accountId, ...row } of rows) {
      const known = subscriptions.get(accountId);
      if (known) known.push(row);
      else subscriptions.set(accountId, [row]);
    }
    return async (of) => {
      const [before, after] = await this.unitOfWork.run(async (tx) => [
        await this.repository.mrrOn(tx, of),
        await this.repository.mrrOn(tx, addDays(of, horizonDays)),
      ]);
      return (id, day) => {
        const known = subscriptions.get(id);
        if (known) return downgradeWithin(known, convert, { day, horizonDays });
        const [start, end] = [before!.get(id) ?? 0, after!.get(id) ?? 0];
        return end < start ? addDays(day, horizonDays) : null;
      };
    };
  }
}

function numberOf(numbers: Map<string, number>, id: string): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
}
