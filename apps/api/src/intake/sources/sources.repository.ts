import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { FactKind } from '@steward/shared/fact-kinds';
import { markDirty } from '../../db/dirty-accounts.js';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface ListedSource {
  key: string;
  label: string;
  factKind: FactKind;
  covers: 'all' | 'seen';
  firstFactDay: string | null;
  lastReceivedAt: Date | null;
  deliveryDays: number;
  rows: number;
  /** Days of deliveries by which silence is judged. */
  recentDeliveries: IsoDay[];
}

@Injectable()
export class SourcesRepository {
  async all(tx: Tx, today: IsoDay): Promise<ListedSource[]> {
    return open(tx).query<ListedSource>(
      `SELECT s.key, s.label, s.fact_kind AS "factKind", s.covers, s.first_fact_day AS "firstFactDay",
         s.last_received_at AS "lastReceivedAt", count(d.day) AS "deliveryDays", COALESCE(sum(d.rows), 0) AS rows,
         COALESCE(array_agg(d.day ORDER BY d.day) FILTER (WHERE d.day <= $1::date AND d.day > $1::date - 400), '{}') AS "recentDeliveries"
       FROM steward.source s LEFT JOIN steward.source_delivery d ON d.source_key = s.key
       GROUP BY s.key ORDER BY s.fact_kind, s.key`,
      [today],
    );
  }

  /** Answers what it covered before; null: there is no such source. */
  async setCovers(tx: Tx, key: string, covers: 'all' | 'seen'): Promise<'all' | 'seen' | null> {
    const rows = await open(tx).query<{ covers: 'all' | 'seen' }>(
      `WITH before AS (SELECT key, covers FROM steward.source WHERE key = $1),
       changed AS (UPDATE steward.source SET covers = $2 WHERE key = $1)
       SELECT covers FROM before`,
      [key, covers],
    );
    return rows[0]?.covers ?? null;
  }

  async setAlias(tx: Tx, text: string, userId: string, by: string | null, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.owner_alias (text, user_id, created_by, created_at) VALUES (lower($1), $2, $3, $4)
       ON CONFLICT (text) DO UPDATE SET user_id = EXCLUDED.user_id, created_by = EXCLUDED.created_by`,
      [text, userId, by, at],
    );
  }

  async userExists(tx: Tx, userId: string): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.app_user WHERE id = $1`, [userId]);
    return rows.length > 0;
  }

  /** Gives the user all accounts whose owner text this is and that no user owns; answers how many. */
  async giveAccounts(tx: Tx, text: string, userId: string, day: string, at: Date): Promise<number> {
    const owned = `a.csm_user_id IS NULL AND lower(a.csm_text) = lower($1)`;
    const managed = `a.am_user_id IS NULL AND lower(a.am_text) = lower($1)`;
    const accounts = await open(tx).query<{ id: string }>(
      `WITH given AS (
         UPDATE steward.account a SET
           csm_user_id = CASE WHEN ${owned} THEN $2::uuid ELSE a.csm_user_id END,
           am_user_id = CASE WHEN ${managed} THEN $2::uuid ELSE a.am_user_id END,
           revision = a.revision + 1, updated_at = $3
         WHERE (${owned}) OR (${managed}) RETURNING a.id)
       SELECT id FROM given ORDER BY id`,
      [text, userId, at],
    );
    const ids = accounts.map(({ id }) => id);
    await open(tx).query(
      `UPDATE steward.account_field f SET value = jsonb_set(f.value, '{userId}', to_jsonb($2::text))
       WHERE f.account_id = ANY($3::uuid[]) AND f.field IN ('csm', 'am') AND lower(f.value->>'text') = lower($1)
         AND f.value->>'userId' IS NULL`,
      [text, userId, ids],
    );
    await markDirty(tx, new Map(ids.map((id) => [id, day])), at);
    return ids.length;
  }
}
