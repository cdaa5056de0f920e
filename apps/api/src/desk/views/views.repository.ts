import { Injectable } from '@nestjs/common';
import type { CreateView, View } from '@steward/shared/views';
import { open, type Tx } from '../../db/unit-of-work.js';

export type StoredView = Omit<View, 'mayEdit'>;

const VIEW = `v.id, v.name, v.visibility, v.rule, v.text, v.columns, v.sort, v.revision,
  jsonb_build_object('userId', v.owner_user_id, 'name', coalesce(u.full_name, '')) AS owner,
  (SELECT count(*)::int FROM steward.report_schedule r WHERE r.content ->> 'viewId' = v.id::text) AS schedules`;
const FROM = 'FROM steward.saved_view v LEFT JOIN steward.app_user u ON u.id = v.owner_user_id';

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

@Injectable()
export class ViewsRepository {
  /** The person's own and the shared ones, in the order that the person gave them, new ones last. */
  seenBy(tx: Tx, userId: string): Promise<StoredView[]> {
    return open(tx).query(
      `SELECT ${VIEW} ${FROM} LEFT JOIN steward.view_order o ON o.user_id = $1
       WHERE v.deleted_at IS NULL AND (v.visibility = 'shared' OR v.owner_user_id = $1)
       ORDER BY array_position(o.view_ids, v.id), v.created_at, v.id`,
      [userId],
    );
  }

  async order(tx: Tx, userId: string, viewIds: readonly string[]): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.view_order (user_id, view_ids) VALUES ($1, $2::uuid[])
       ON CONFLICT (user_id) DO UPDATE SET view_ids = EXCLUDED.view_ids`,
      [userId, viewIds],
    );
  }

  async byId(tx: Tx, id: string): Promise<StoredView | null> {
    const [row] = await open(tx).query<StoredView>(`SELECT ${VIEW} ${FROM} WHERE v.id = $1 AND v.deleted_at IS NULL`, [
      id,
    ]);
    return row ?? null;
  }

  /** As it was when it was deleted. */
  async deleted(tx: Tx, id: string): Promise<StoredView | null> {
    const [row] = await open(tx).query<StoredView>(
      `SELECT ${VIEW} ${FROM} WHERE v.id = $1 AND v.deleted_at IS NOT NULL FOR UPDATE OF v`,
      [id],
    );
    return row ?? null;
  }

  async countOf(tx: Tx, userId: string): Promise<number> {
    const [row] = await open(tx).query<{ views: number }>(
      'SELECT count(*)::int AS views FROM steward.saved_view WHERE owner_user_id = $1 AND deleted_at IS NULL',
      [userId],
    );
    return row?.views ?? 0;
  }

  async add(tx: Tx, id: string, given: CreateView, ownerId: string, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.saved_view (id, name, owner_user_id, visibility, rule, text, columns, sort, revision,
         created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)`,
      [
        id,
        given.name,
        ownerId,
        given.visibility,
        json(given.rule),
        given.text,
        json(given.columns),
        json(given.sort),
        at,
      ],
    );
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(tx: Tx, after: StoredView, revision: number, at: Date): Promise<boolean> {
    const changed = await open(tx).query(
      `UPDATE steward.saved_view SET name = $3, visibility = $4, rule = $5, text = $6, columns = $7, sort = $8,
         revision = revision + 1, updated_at = $9
       WHERE id = $1 AND revision = $2 AND deleted_at IS NULL RETURNING id`,
      [
        after.id,
        revision,
        after.name,
        after.visibility,
        json(after.rule),
        after.text,
        json(after.columns),
        json(after.sort),
        at,
      ],
    );
    return changed.length > 0;
  }

  async remove(tx: Tx, id: string, at: Date): Promise<void> {
    await open(tx).query('UPDATE steward.saved_view SET deleted_at = $2 WHERE id = $1', [id, at]);
  }

  async restore(tx: Tx, id: string): Promise<void> {
    await open(tx).query('UPDATE steward.saved_view SET deleted_at = NULL WHERE id = $1', [id]);
  }

  /** Views that were deleted before an instant. */
  async forget(tx: Tx, before: Date): Promise<void> {
    await open(tx).query('DELETE FROM steward.saved_view WHERE deleted_at < $1', [before]);
  }
}
