import { Injectable } from '@nestjs/common';
import { asked } from '../../db/asked.js';
import type { Tx } from '../../db/unit-of-work.js';
import { renewalDay } from '../../domain/renewals/renewal-day.js';
import { arrMinor, mrrMinor, seatsOf } from '../../domain/revenue/revenue.js';
import { HEALTH_CHANGE_SIGNAL } from '../../domain/signals/built-in.js';
import { computeSignals, type SignalValues, slotOf } from '../../domain/signals/compute.js';
import { isUsageCovered } from '../../domain/signals/coverage.js';
import type { AccountRun, ForetellsHealth } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { type HealthColumns, healthChangeReason } from '../state/health-columns.js';
import type { SignalColumns } from '../state/signal-columns.js';
import { StateRepository } from '../state/state.repository.js';
import { healthOfRow, openingOf, realsOf, type StateRow, smallIntsOf } from '../state/state-row.js';
import { FactsLoader, type LoadedAccount } from './facts/facts.loader.js';
import { KeptFactsLoader } from './facts/kept-facts.loader.js';

const HEALTH_CHANGE_SLOT = slotOf({ number: HEALTH_CHANGE_SIGNAL });

/** The first stage: facts of the batch → signals, written with what the day takes over from the day before. */
@Injectable()
export class SignalsStage {
  constructor(
    private readonly facts: FactsLoader,
    private readonly kept: KeptFactsLoader,
    private readonly states: StateRepository,
  ) {}

  /** `foretell`: what a row that is new or of an earlier day takes as its health at once. */
  async run(tx: Tx, batch: Batch, day: DayRun, foretell: ForetellsHealth): Promise<AccountRun[]> {
    const states = asked(this.states.states(tx, day.table, batch, day.iso));
    const loaded = await this.load(tx, batch, day);
    const before = new Map((await states).map((row) => [row.account_id, row]));
    const inserted: SignalColumns[] = [];
    const rolled: SignalColumns[] = [];
    const foretold: HealthColumns[] = [];
    const changed: SignalColumns[] = [];
    const otherTerms: SignalColumns[] = [];
    const runs: AccountRun[] = [];
    const passedOver: string[] = [];
    for (const account of loaded) {
      const row = before.get(account.id) ?? null;
      // A row of a later day stays: it was closed from this one already.
      if (row !== null && row.as_of > day.asOf) {
        if (day.keeping !== null && !account.areKept) passedOver.push(account.id);
        continue;
      }
      const { run, found } = begun(account, row, day, foretell);
      if (row === null || hasOtherTerms(row, found)) otherTerms.push(found);
      if (row === null) inserted.push(found);
      else if (row.as_of === day.asOf) {
        if (run.written) changed.push(found);
      } else {
        rolled.push(found);
        foretold.push(run.health);
      }
      runs.push(run);
    }
    // What is kept of an account says that it has been computed since.
    await this.kept.forget(tx, passedOver);
    await this.states.writeSignals(tx, day.table, day.iso, { inserted, rolled, foretold, changed, otherTerms }, day.at);
    return runs;
  }

  private load(tx: Tx, batch: Batch, { wanted, walk, keeping }: DayRun): Promise<Iterable<LoadedAccount>> {
    if (walk !== null) return this.facts.loadForWalk(tx, batch, wanted, walk);
    if (keeping !== null) return this.kept.load(tx, batch, wanted, keeping);
    return this.facts.load(tx, batch, wanted);
  }
}

/** An account at the beginning of its day, with what the day's columns hold of it. */
function begun(
  account: LoadedAccount,
  row: StateRow | null,
  day: DayRun,
  foretell: ForetellsHealth,
): { run: AccountRun; found: SignalColumns } {
  const opening = openingOf(row, day.asOf);
  account.facts.tierBefore = opening.tier;
  const { values, nullReasons } = computeSignals(account.facts, day.compiled);
  const { status } = account.facts.account;
  const again = row !== null && row.as_of === day.asOf ? row : null;
  const health = again === null ? foretell({ opening, status, values }, day) : healthOfRow(again);
  values[HEALTH_CHANGE_SLOT] = health.healthChange === null ? null : Math.fround(health.healthChange);
  nullReasons[HEALTH_CHANGE_SLOT] = healthChangeReason(health);
  const found = columnsOf(account, day, { values, nullReasons });
  const run = {
    id: account.id,
    row,
    opening,
    status,
    values,
    tier: null,
    health,
    isHealthForetold: again === null,
    written: again === null || isChanged(again, found),
    factsKept: account.areKept,
  };
  return { run, found };
}

/**
 * What the columns hold. Subscriptions that are each within bounds can add up to more; a batch must not fail with all its
 * accounts for one such sum, so it stays at the most.
 */
const MOST_MINOR = Number.MAX_SAFE_INTEGER;
const MOST_SEATS = 2 ** 31 - 1;

function atMost(most: number, value: number | null): number | null {
  return value === null ? null : Math.min(value, most);
}

function columnsOf(
  { id, facts, owners }: LoadedAccount,
  day: DayRun,
  { values, nullReasons }: SignalValues,
): SignalColumns {
  const { account, subscriptions } = facts;
  return {
    accountId: id,
    status: account.status,
    csm: owners.csm,
    am: owners.am,
    arrMinor: atMost(MOST_MINOR, arrMinor(subscriptions, account.arrMinor, day.asOf)),
    mrrMinor: atMost(MOST_MINOR, mrrMinor(subscriptions, account.arrMinor, day.asOf)),
    seats: atMost(MOST_SEATS, seatsOf(subscriptions, account.seats, day.asOf)),
    customerSince: account.customerSince,
    renewalDate: renewalDay(subscriptions, account, day.asOf),
    usageCovered: isUsageCovered(day.context, facts),
    values,
    nullReasons,
  };
}

function hasOtherTerms(row: StateRow, now: SignalColumns): boolean {
  return row.arr_minor !== now.arrMinor || row.renewal_date !== now.renewalDate;
}

function isChanged(row: StateRow, now: SignalColumns): boolean {
  return (
    hasOtherTerms(row, now) ||
    row.status !== now.status ||
    row.csm_user_id !== now.csm ||
    row.am_user_id !== now.am ||
    row.mrr_minor !== now.mrrMinor ||
    row.seats !== now.seats ||
    row.customer_since !== now.customerSince ||
    row.usage_covered !== now.usageCovered ||
    !isSame(smallIntsOf(row.null_reasons ?? '{}'), now.nullReasons) ||
    !isSame(realsOf(row.signals ?? '{}'), now.values)
  );
}

function isSame(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  // −0 and 0 are one value here as in SQL.
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
