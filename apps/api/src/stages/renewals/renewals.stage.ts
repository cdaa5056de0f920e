import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf, isoOrNull, toDay } from '../../domain/calendar/day.js';
import { changesOf } from '../../domain/renewals/contract-ends.js';
import { type KeptRenewal, keepRenewals } from '../../domain/renewals/keep.js';
import { nextDayOfRenewals, renewalsOn } from '../../domain/renewals/renewals.js';
import { moneyAt } from '../../domain/revenue/money-rates.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { byAccount, renewalFacts } from './renewal-facts.js';
import { type KeptRow, type MovedRow, type PutRow, RenewalsRepository } from './renewals.repository.js';

/** Whoever changes what the same facts tell of renewals counts on: every account is looked at once more. */
const TELLING = 2;
/** Where nothing is to come. */
const NEVER = toDay('2999-12-31');

/**
 * Subscriptions, renewal dates and churn → which renewals there are and what became of them. Renewals are those of now,
 * with all their past: days past are walked through without them. Only what differs is written.
 */
@Injectable()
export class RenewalsStage {
  constructor(private readonly repository: RenewalsRepository) {}

  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[]): Promise<void> {
    if (day.table !== 'account_state') return;
    const basis = basisOf(day);
    const due = await this.repository.due(tx, batch, day.iso, basis);
    if (due.length === 0) return;
    const computed = new Set(runs.map(({ id }) => id));
    const ids = due.filter((id) => computed.has(id)).sort();
    if (ids.length > 0) await this.tell(tx, ids, day, basis);
  }

  private async tell(tx: Tx, ids: readonly string[], day: DayRun, basis: number): Promise<void> {
    const money = moneyAt(day.wanted.rates, day.wanted.currency, day.asOf);
    const accounts = new Map((await this.repository.accounts(tx, ids)).map((row) => [row.id, row]));
    const known = [...accounts.keys()];
    const subscriptions = byAccount(await this.repository.subscriptions(tx, known));
    const versions = byAccount(await this.repository.versions(tx, known));
    const kept = byAccount(await this.repository.kept(tx, ids));
    const put: PutRow[] = [];
    const moved: MovedRow[] = [];
    const removed: { accountId: string; dueOn: string }[] = [];
    const checks: { accountId: string; nextDay: string }[] = [];
    for (const accountId of ids) {
      const account = accounts.get(accountId);
      const facts = account
        ? renewalFacts(account, subscriptions.get(accountId) ?? [], versions.get(accountId) ?? [], money)
        : null;
      const told = facts === null ? [] : renewalsOn(facts, day.asOf);
      const changed = facts === null ? undefined : changesOf(facts.subscriptions, day.asOf);
      const changes = keepRenewals((kept.get(accountId) ?? []).map(keptOf), told, day.asOf, changed);
      for (const each of changes.put) {
        const { amountMinor, outcome, renewedMinor } = each;
        const days = { dueOn: isoOf(each.dueOn), outcomeDay: isoOrNull(each.outcomeDay) };
        put.push({ accountId, ...days, amountMinor, outcome, renewedMinor });
      }
      for (const { from, to } of changes.move) moved.push({ accountId, from: isoOf(from), to: isoOf(to) });
      for (const dueOn of changes.remove) removed.push({ accountId, dueOn: isoOf(dueOn) });
      const next = facts === null ? null : nextDayOfRenewals(facts, told, day.asOf);
      checks.push({ accountId, nextDay: isoOf(next ?? NEVER) });
    }
    await this.repository.put(tx, put, day.at);
    await this.repository.move(tx, moved);
    await this.repository.remove(tx, removed);
    await this.repository.setChecks(tx, checks, { at: day.at, basis });
  }
}

/** What renewals are told with besides the facts: how, and the workspace's currency and its rates, as a number. */
function basisOf({ wanted: { rates, currency } }: DayRun): number {
  const texts = rates.map((each) => `${each.currency} ${each.from} ${each.rate}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([TELLING, currency, texts]))
    .digest()
    .readInt32BE();
}

function keptOf(row: KeptRow): KeptRenewal {
  return {
    dueOn: row.due_on as Day,
    amountMinor: row.amount_minor,
    outcome: row.outcome,
    outcomeDay: row.outcome_day,
    renewedMinor: row.renewed_amount_minor,
    byPerson: row.by_person,
  };
}
