import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';

@Injectable()
export class MaintenanceRepository {
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
