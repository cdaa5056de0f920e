import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';

@Injectable()
export class SegmentReplayRepository {
  /** Accounts that a person has kept out of a segment on one of the days. */
  async keptOut(tx: Tx, { from, to, timeZone }: { from: IsoDay; to: IsoDay; timeZone: string }): Promise<number> {
    const [row] = await open(tx).query<{ accounts: number }>(
      `SELECT count(*)::int AS accounts FROM steward.segment_exclusion
       WHERE (created_at AT TIME ZONE $3)::date BETWEEN $1::date AND $2::date`,
      [from, to, timeZone],
    );
    return row?.accounts ?? 0;
  }

  async hasSnapshots(tx: Tx, day: IsoDay): Promise<boolean> {
    const [row] = await open(tx).query<{ found: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM steward.account_snapshot WHERE day = $1::date) AS found`,
      [day],
    );
    return row?.found ?? false;
  }

  /** Accounts of the batch that have a snapshot of one of the days. */
  async walked(tx: Tx, batch: Batch, from: IsoDay, to: IsoDay): Promise<string[]> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string }>(
      `SELECT a.id FROM steward.account a WHERE ${inBatch(batch, 'a.id', bind)} AND EXISTS (
         SELECT 1 FROM steward.account_snapshot s
         WHERE s.account_id = a.id AND s.day BETWEEN ${bind(from)}::date AND ${bind(to)}::date) ORDER BY a.id`,
      values,
    );
    return rows.map(({ id }) => id);
  }

  /** Takes memberships of these segments back to the close of the day before: who has left since then is in again. */
  async takeBack(tx: Tx, accountIds: readonly string[], segmentIds: readonly string[], from: IsoDay): Promise<void> {
    const parameters = [accountIds, segmentIds, from];
    const of = (kind: string) => `${kind}.account_id = ANY($1::uuid[]) AND ${kind}.segment_id = ANY($2::uuid[])`;
    await open(tx).query(
      `DELETE FROM steward.segment_member m WHERE ${of('m')} AND m.since_day >= $3::date`,
      parameters,
    );
    await open(tx).query(
      `INSERT INTO steward.segment_member (account_id, segment_id, contact_id, since_day, entered_at, how)
       SELECT DISTINCT ON (account_id, segment_id, contact_id) account_id, segment_id, contact_id, since_day, since_at, how
       FROM steward.segment_event e
       WHERE ${of('e')} AND e.kind = 'left' AND e.day >= $3::date AND e.since_day < $3::date
       ORDER BY account_id, segment_id, contact_id, since_day
       ON CONFLICT (account_id, segment_id, contact_id) DO NOTHING`,
      parameters,
    );
    await open(tx).query(`DELETE FROM steward.segment_event e WHERE ${of('e')} AND e.day >= $3::date`, parameters);
  }
}
