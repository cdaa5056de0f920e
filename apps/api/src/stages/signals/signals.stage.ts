import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOrNull } from '../../domain/calendar/day.js';
import { arrMinor, mrrMinor, renewalDay, seatsOf } from '../../domain/revenue/revenue.js';
import { HEALTH_CHANGE_SIGNAL } from '../../domain/signals/built-in.js';
import { computeSignals, slotOf } from '../../domain/signals/compute.js';
import { isUsageCovered } from '../../domain/signals/coverage.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { type SignalColumns, StateRepository } from '../state/state.repository.js';
import { openingOf, realsOf, type StateRow, smallIntsOf, sqlArray } from '../state/state-row.js';
import { FactsLoader, type LoadedAccount } from './facts.loader.js';

const HEALTH_CHANGE_SLOT = slotOf({ number: HEALTH_CHANGE_SIGNAL });

/** The first stage: facts of the batch → signals, written with what the day takes over from the day before. */
@Injectable()
export class SignalsStage {
  constructor(
    private readonly facts: FactsLoader,
    private readonly states: StateRepository,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun): Promise<AccountRun[]> {
    const stored = new Map((await this.states.states(tx, day.table, batch)).map((row) => [row.account_id, row]));
    const loaded = await this.facts.load(tx, batch, day.wanted);
    const inserted: SignalColumns[] = [];
    const rolled: SignalColumns[] = [];
    const changed: SignalColumns[] = [];
    const runs: AccountRun[] = [];
    for (const account of loaded) {
      const row = stored.get(account.id) ?? null;
      // A row of a later day stays: it was closed from this one already.
      if (row !== null && row.as_of > day.asOf) continue;
      const opening = openingOf(row, day.asOf);
      account.facts.tierBefore = opening.tier;
      const { values, nullReasons } = computeSignals(account.facts, day.compiled);
      keepHealthChange(row, day, values, nullReasons);
      const columns = columnsOf(account, day, values, nullReasons);
      let written = true;
      if (row === null) inserted.push(columns);
      else if (row.as_of < day.asOf) rolled.push(columns);
      else if (isChanged(row, columns, values, nullReasons)) changed.push(columns);
      else written = false;
      const { status } = account.facts.account;
      runs.push({ id: account.id, facts: account.facts, row, opening, status, values, tier: null, written });
    }
    await this.states.writeSignals(tx, day.table, day.iso, { inserted, rolled, changed }, day.at);
    return runs;
  }
}

/** The score's change is known later; until then a repeated run keeps what it found before, to leave the row alone. */
function keepHealthChange(row: StateRow | null, day: DayRun, values: (number | null)[], nullReasons: number[]): void {
  if (row === null || row.as_of !== day.asOf) return;
  values[HEALTH_CHANGE_SLOT] = row.health_change === null ? null : Math.fround(row.health_change);
  nullReasons[HEALTH_CHANGE_SLOT] = row.health_change === null ? (nullReasons[HEALTH_CHANGE_SLOT] ?? 0) : 0;
}

function columnsOf(
  { id, facts, owners }: LoadedAccount,
  day: DayRun,
  values: readonly (number | null)[],
  nullReasons: readonly number[],
): SignalColumns {
  const { account, subscriptions } = facts;
  return {
    accountId: id,
    status: account.status,
    csm: owners.csm,
    am: owners.am,
    arrMinor: arrMinor(subscriptions, account.arrMinor, day.asOf),
    mrrMinor: mrrMinor(subscriptions, account.arrMinor, day.asOf),
    seats: seatsOf(subscriptions, account.seats, day.asOf),
    customerSince: isoOrNull(account.customerSince),
    renewalDate: isoOrNull(renewalDay(subscriptions, account.renewalDate, day.asOf)),
    usageCovered: isUsageCovered(day.context, facts),
    signals: sqlArray(values),
    nullReasons: sqlArray(nullReasons),
  };
}

const dayText = (day: number | null) => (day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10));

function isChanged(
  row: StateRow,
  now: SignalColumns,
  values: readonly (number | null)[],
  nullReasons: readonly number[],
): boolean {
  return (
    row.status !== now.status ||
    row.csm_user_id !== now.csm ||
    row.am_user_id !== now.am ||
    row.arr_minor !== now.arrMinor ||
    row.mrr_minor !== now.mrrMinor ||
    row.seats !== now.seats ||
    dayText(row.customer_since) !== now.customerSince ||
    dayText(row.renewal_date) !== now.renewalDate ||
    row.usage_covered !== now.usageCovered ||
    !isSame(realsOf(row.signals), values) ||
    !isSame(smallIntsOf(row.null_reasons), nullReasons)
  );
}

function isSame(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  // −0 and 0 are one value here as in SQL.
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
