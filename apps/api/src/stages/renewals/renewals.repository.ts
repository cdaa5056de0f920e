import { Injectable } from '@nestjs/common';
import type { AccountStatus, IsoDay } from '@steward/shared/common';
import type { RenewalOutcome } from '@steward/shared/renewals';
import { plainArray } from '../../db/array-literals.js';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import { type Batch, inBatch } from '../batch.js';

export interface AccountRow {
  id: string;
  status: AccountStatus;
  churned_on: Day | null;
  currency: string | null;
}

export interface SubscriptionRow {
  account_id: string;
  start: Day;
  end: Day | null;
  mrr_minor: number | null;
  currency: string | null;
  term_months: number | null;
  auto_renew: boolean;
}

/** A version of the account's renewal date (ISO text), ARR (minor units) or currency. */
export interface VersionRow {
  account_id: string;
  field: 'renewalDate' | 'arr' | 'currency';
  from_day: Day;
  value: unknown;
}

export interface KeptRow {
  account_id: string;
  due_on: Day;
  amount_minor: number | null;
  outcome: RenewalOutcome | null;
  outcome_day: Day | null;
  renewed_amount_minor: number | null;
  by_person: boolean;
}

export interface PutRow {
  accountId: string;
  dueOn: IsoDay;
  amountMinor: number | null;
  outcome: RenewalOutcome | null;
  outcomeDay: IsoDay | null;
  renewedMinor: number | null;
}

export interface MovedRow {
  accountId: string;
  from: IsoDay;
  to: IsoDay;
}

/** A delivery may be committed so long after it was received, and by a process with another clock. */
const MARGIN_MINUTES = 15;

@Injectable()
export class RenewalsRepository {
  /**
   * Of the accounts of a batch, those whose renewals may have changed: what they rest on was delivered since they were last
   * looked at, or the day has come on which time alone changes something, or nobody has looked yet. Most are computed again
   * for other reasons. In a run over all accounts only those are asked that facts were delivered of.
   */
  async due(tx: Tx, batch: Batch, day: IsoDay, basis: number): Promise<string[]> {
    const { bind, values } = new Binder();
    const since = `k.checked_at - interval '${MARGIN_MINUTES} minutes'`;
    const delivered = `(EXISTS (SELECT 1 FROM steward.subscription u
          WHERE u.account_id = s.account_id AND u.received_at >= ${since})
        OR EXISTS (SELECT 1 FROM steward.account_field f WHERE f.account_id = s.account_id AND f.received_at >= ${since}
          AND f.field IN ('status', 'churnedOn', 'renewalDate', 'arr', 'currency')))`;
    const isDirty = `EXISTS (SELECT 1 FROM steward.dirty_account d WHERE d.account_id = s.account_id)`;
    const rows = await open(tx).prepared<{ id: string }>(
      `SELECT s.account_id AS id FROM steward.account_state s
         LEFT JOIN steward.renewal_check k ON k.account_id = s.account_id AND ${inBatch(batch, 'k.account_id', bind)}
       WHERE ${inBatch(batch, 's.account_id', bind)} AND (k.account_id IS NULL OR k.next_day <= ${bind(day)}::date
         OR k.basis <> ${bind(basis)}::int OR ${batch.kind === 'list' ? delivered : `(${isDirty} AND ${delivered})`})`,
      values,
    );
    return rows.map(({ id }) => id);
  }

  accounts(tx: Tx, ids: readonly string[]): Promise<AccountRow[]> {
    return open(tx).prepared(
      `SELECT id, status, ${dayNumber('churned_on')} AS churned_on, currency FROM steward.account
       WHERE id = ANY($1::uuid[]) AND status IN ('customer', 'churned')`,
      [ids],
    );
  }

  subscriptions(tx: Tx, ids: readonly string[]): Promise<SubscriptionRow[]> {
    return open(tx).prepared(
      `SELECT account_id, ${dayNumber('starts_on')} AS start, ${dayNumber('ends_on')} AS "end", mrr_minor, currency,
         term_months, coalesce(auto_renew, false) AS auto_renew
       FROM steward.subscription WHERE account_id = ANY($1::uuid[])`,
      [ids],
    );
  }

  /** Oldest first. */
  versions(tx: Tx, ids: readonly string[]): Promise<VersionRow[]> {
    return open(tx).prepared(
      `SELECT account_id, field, ${dayNumber('from_day')} AS from_day, value FROM steward.account_field
       WHERE account_id = ANY($1::uuid[]) AND field IN ('renewalDate', 'arr', 'currency') ORDER BY account_id, from_day`,
      [ids],
    );
  }

  kept(tx: Tx, ids: readonly string[]): Promise<KeptRow[]> {
    return open(tx).prepared(
      `SELECT account_id, ${dayNumber('due_on')} AS due_on, amount_minor, outcome, ${dayNumber('outcome_day')} AS outcome_day,
         renewed_amount_minor, decided_by IS NOT NULL AS by_person
       FROM steward.renewal WHERE account_id = ANY($1::uuid[])`,
      [ids],
    );
  }

  /** New ones, and what the facts say of those that are there. A person's outcome is not touched. */
  async put(tx: Tx, rows: readonly PutRow[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    const column = (key: keyof PutRow) => plainArray(rows.map((row) => row[key]));
    await open(tx).prepared(
      `INSERT INTO steward.renewal AS t (account_id, due_on, amount_minor, outcome, outcome_day, renewed_amount_minor,
         revision, updated_at)
       SELECT u.*, 1, $7::timestamptz FROM
         unnest($1::uuid[], $2::date[], $3::bigint[], $4::text[], $5::date[], $6::bigint[]) AS u ORDER BY 1, 2
       ON CONFLICT (account_id, due_on) DO UPDATE SET amount_minor = EXCLUDED.amount_minor, outcome = EXCLUDED.outcome,
         outcome_day = EXCLUDED.outcome_day, renewed_amount_minor = EXCLUDED.renewed_amount_minor,
         revision = t.revision + 1, updated_at = EXCLUDED.updated_at
       WHERE t.decided_by IS NULL`,
      [
        column('accountId'),
        column('dueOn'),
        column('amountMinor'),
        column('outcome'),
        column('outcomeDay'),
        column('renewedMinor'),
        at,
      ],
    );
  }

  /** Forecasts go along with the renewal that moved, where the new day has none of its own. */
  async move(tx: Tx, rows: readonly MovedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).prepared(
      `UPDATE steward.renewal t SET forecast_category = f.forecast_category, forecast_by = f.forecast_by,
         forecast_amount_minor = f.forecast_amount_minor, forecast_at = f.forecast_at, note = coalesce(t.note, f.note)
       FROM unnest($1::uuid[], $2::date[], $3::date[]) AS u (account_id, "from", "to")
         JOIN steward.renewal f ON f.account_id = u.account_id AND f.due_on = u."from"
       WHERE t.account_id = u.account_id AND t.due_on = u."to" AND t.forecast_category IS NULL
         AND t.forecast_amount_minor IS NULL`,
      [
        plainArray(rows.map(({ accountId }) => accountId)),
        plainArray(rows.map(({ from }) => from)),
        plainArray(rows.map(({ to }) => to)),
      ],
    );
  }

  async remove(tx: Tx, rows: readonly { accountId: string; dueOn: IsoDay }[]): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).prepared(
      `DELETE FROM steward.renewal t USING unnest($1::uuid[], $2::date[]) AS u (account_id, due_on)
       WHERE t.account_id = u.account_id AND t.due_on = u.due_on AND t.decided_by IS NULL`,
      [plainArray(rows.map(({ accountId }) => accountId)), plainArray(rows.map(({ dueOn }) => dueOn))],
    );
  }

  async setChecks(
    tx: Tx,
    checks: readonly { accountId: string; nextDay: IsoDay }[],
    { at, basis }: { at: Date; basis: number },
  ): Promise<void> {
    if (checks.length === 0) return;
    await open(tx).prepared(
      `INSERT INTO steward.renewal_check AS t (account_id, next_day, checked_at, basis)
       SELECT u.*, $3::timestamptz, $4::int FROM unnest($1::uuid[], $2::date[]) AS u ORDER BY 1
       ON CONFLICT (account_id) DO UPDATE SET next_day = EXCLUDED.next_day, checked_at = EXCLUDED.checked_at,
         basis = EXCLUDED.basis`,
      [
        plainArray(checks.map(({ accountId }) => accountId)),
        plainArray(checks.map(({ nextDay }) => nextDay)),
        at,
        basis,
      ],
    );
  }
}
