import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import { WINDOW_MS } from '../../platform/auth/sign-in-limit.js';

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

  /** Forgets who came and left on the oldest day before, of one segment: no more than its members. False: none is left. */
  async forgetSegmentEvents(tx: Tx, before: IsoDay): Promise<boolean> {
    const { query } = open(tx);
    const [oldest] = await query<{ day: IsoDay; segmentId: string }>(
      `SELECT day, segment_id AS "segmentId" FROM steward.segment_event WHERE day < $1::date ORDER BY day LIMIT 1`,
      [before],
    );
    if (!oldest) return false;
    await query('DELETE FROM steward.segment_event WHERE day = $1::date AND segment_id = $2', [
      oldest.day,
      oldest.segmentId,
    ]);
    return true;
  }

  /** Runs that ended long ago, with their progress. */
  async forgetRuns(tx: Tx, before: Date): Promise<void> {
    await open(tx).query('DELETE FROM steward.refresh_run WHERE finished_at < $1', [before]);
  }

  /** Sessions that have expired, and attempts to sign in of windows that are over. */
  async forgetSignIns(tx: Tx, now: Date): Promise<void> {
    const { query } = open(tx);
    await query('DELETE FROM steward.session WHERE expires_at <= $1', [now]);
    await query('DELETE FROM steward.sign_in_attempt WHERE window_started_at <= $1', [
      new Date(now.getTime() - WINDOW_MS),
    ]);
  }
}
