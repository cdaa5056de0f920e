import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';

@Injectable()
export class MaintenanceRepository {
  /**
   * Rows of the next month for everybody who was active in this one, in the order of accounts: updates then stay in
   * place, and a walk by account reads neighbouring pages.
   */
  async seedLedger(tx: Tx, month: IsoDay, next: IsoDay): Promise<void> {
    const { query } = open(tx);
    for (const [table, who] of [
      ['usage_contact_month', 'contact_id'],
      ['usage_feature_month', 'feature_id'],
    ] as const) {
      await query(
        `INSERT INTO steward.${table} (account_id, month, ${who}, days)
         SELECT account_id, $2::date, ${who}, 0 FROM steward.${table} WHERE month = $1::date AND days <> 0
         ORDER BY account_id, ${who} ON CONFLICT DO NOTHING`,
        [month, next],
      );
    }
  }

  /** Old snapshots go, those of month-ends stay. */
  async thinSnapshots(tx: Tx, before: IsoDay): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.account_snapshot
       WHERE day < $1::date AND day <> (date_trunc('month', day::timestamp) + interval '1 month - 1 day')::date`,
      [before],
    );
  }

  /** Runs that ended long ago, with their progress. */
  async forgetRuns(tx: Tx, before: Date): Promise<void> {
    await open(tx).query('DELETE FROM steward.refresh_run WHERE finished_at < $1', [before]);
  }
}
