import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';
import type { StateTable } from '../day-run.js';

export interface LockRow {
  account_id: string;
  id: string;
  stage: string;
  from_day: number;
  by_user_id: string | null;
  reason: string | null;
  /** A change of status overrode it on the very day, as an earlier run of the day saw it. */
  was_overridden: boolean;
}

/** Whether a change of status overrides a lock on the day. */
export interface LockOverride {
  accountId: string;
  id: string;
  overridden: boolean;
}

export interface StageColumns {
  accountId: string;
  stage: string | null;
  stageSince: IsoDay | null;
}

@Injectable()
export class LifecycleRepository {
  /** The lock that the day began with or that was set on it; the newest of several. */
  locks(tx: Tx, batch: Batch, day: IsoDay): Promise<LockRow[]> {
    const { bind, values } = new Binder();
    const on = `${bind(day)}::date`;
    return open(tx).prepared(
      `SELECT DISTINCT ON (account_id) account_id, id, stage, ${dayNumber('from_day')} AS from_day, by_user_id, reason,
         overridden_on IS NOT DISTINCT FROM ${on} AS was_overridden
       FROM steward.stage_lock
       WHERE ${inBatch(batch, 'account_id', bind)} AND from_day <= ${on} AND (until_day IS NULL OR until_day >= ${on})
         AND (overridden_on IS NULL OR overridden_on >= ${on})
       ORDER BY account_id, steward.stage_lock.from_day DESC, created_at DESC`,
      values,
    );
  }

  /** A lock that a change of status overrides on the day holds no longer; one that it no longer overrides holds again. */
  async saveOverrides(tx: Tx, locks: readonly LockOverride[], day: IsoDay): Promise<void> {
    if (locks.length === 0) return;
    await open(tx).prepared(
      `UPDATE steward.stage_lock l SET overridden_on = CASE WHEN u.overridden THEN $4::date END
       FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS u (account_id, id, overridden)
       WHERE l.account_id = u.account_id AND l.id = u.id`,
      [locks.map((lock) => lock.accountId), locks.map((lock) => lock.id), locks.map((lock) => lock.overridden), day],
    );
  }

  async write(tx: Tx, table: StateTable, version: number, rows: readonly StageColumns[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).prepared(
      `UPDATE steward.${table} s SET stage = u.stage, stage_since = u.stage_since, stage_version = $1, updated_at = $2
       FROM unnest($3::uuid[], $4::text[], $5::date[]) AS u (account_id, stage, stage_since)
       WHERE s.account_id = u.account_id AND s.account_id = ANY($3::uuid[])`,
      [version, at, rows.map((row) => row.accountId), rows.map((row) => row.stage), rows.map((row) => row.stageSince)],
    );
  }
}
