import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Pulse, SetPulseReasons } from '@steward/shared/pulse';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

export type StoredPulse = Omit<Pulse, 'reasons'> & { reasons: string[] };

const MOST_PULSES = 200;

@Injectable()
export class PulseRepository {
  async isVisible(tx: Tx, scope: Scope, accountId: string): Promise<boolean> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.account a WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.length > 0;
  }

  /** Newest first. */
  through(tx: Tx, accountId: string, day: IsoDay): Promise<StoredPulse[]> {
    return open(tx).query(
      `SELECT p.day, p.value, p.reasons, p.note,
         CASE WHEN coalesce(u.full_name, p.author_text) IS NOT NULL THEN
           jsonb_build_object('userId', p.author_user_id, 'name', coalesce(u.full_name, p.author_text)) END AS author
       FROM steward.pulse p LEFT JOIN steward.app_user u ON u.id = p.author_user_id
       WHERE p.account_id = $1 AND p.day <= $2::date ORDER BY p.day DESC LIMIT ${MOST_PULSES}`,
      [accountId, day],
    );
  }

  /** Writes onto the revision that was read (0: none); false when another change came first. */
  async saveReasons(tx: Tx, { reasons, revision }: SetPulseReasons, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `INSERT INTO steward.pulse_reason_list AS p (id, reasons, revision, updated_at)
       SELECT 1, $1::jsonb, 1, $3
       WHERE $2::int = 0 OR EXISTS (SELECT 1 FROM steward.pulse_reason_list WHERE id = 1)
       ON CONFLICT (id) DO UPDATE SET reasons = EXCLUDED.reasons, revision = p.revision + 1, updated_at = EXCLUDED.updated_at
       WHERE p.revision = $2
       RETURNING revision`,
      [JSON.stringify(reasons), revision, at],
    );
    return rows.length > 0;
  }
}
