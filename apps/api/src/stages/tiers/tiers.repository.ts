import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';
import type { StateTable } from '../day-run.js';

export interface OverrideRow {
  account_id: string;
  tier: string;
  from_day: number;
  until_day: number | null;
  by_user_id: string | null;
  reason: string;
}

export interface TierColumns {
  accountId: string;
  rawTier: string;
  tier: string;
  tierSince: IsoDay | null;
}

@Injectable()
export class TiersRepository {
  /** The tier set by hand that is in force on the day; the newest of several. */
  overrides(tx: Tx, batch: Batch, day: IsoDay): Promise<OverrideRow[]> {
    const { bind, values } = new Binder();
    const on = `${bind(day)}::date`;
    return open(tx).prepared(
      `SELECT DISTINCT ON (account_id) account_id, tier, ${dayNumber('from_day')} AS from_day,
         ${dayNumber('until_day')} AS until_day, by_user_id, reason
       FROM steward.tier_override
       WHERE ${inBatch(batch, 'account_id', bind)} AND from_day <= ${on} AND (until_day IS NULL OR until_day >= ${on})
       ORDER BY account_id, steward.tier_override.from_day DESC, created_at DESC`,
      values,
    );
  }

  async write(tx: Tx, table: StateTable, version: number, rows: readonly TierColumns[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).prepared(
      `UPDATE steward.${table} s SET raw_tier = u.raw_tier, tier = u.tier, tier_since = u.tier_since, tier_version = $1,
         updated_at = $2
       FROM unnest($3::uuid[], $4::text[], $5::text[], $6::date[]) AS u (account_id, raw_tier, tier, tier_since)
       WHERE s.account_id = u.account_id AND s.account_id = ANY($3::uuid[])`,
      [
        version,
        at,
        rows.map((row) => row.accountId),
        rows.map((row) => row.rawTier),
        rows.map((row) => row.tier),
        rows.map((row) => row.tierSince),
      ],
    );
  }
}
