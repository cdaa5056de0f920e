import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Touchpoint, TouchpointKind } from '@steward/shared/touchpoints';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { ContactRef } from '../../domain/values/fact-rows.js';
import type { Scope } from '../../platform/auth/scope.js';

/** A touchpoint as it stands, with what only touches logged here have. */
export interface StoredTouch {
  id: string;
  kind: TouchpointKind;
  at: Date;
  day: IsoDay;
  author: Touchpoint['author'];
  authorEmail: string | null;
  text: string | null;
  links: string[];
  counts: boolean;
  contacts: Touchpoint['contacts'];
  /** Null: it came from a feed. */
  byUserId: string | null;
  mentions: Touchpoint['mentions'];
  taskId: string | null;
  revision: number | null;
}

export interface ByHandTouch {
  accountId: string;
  touchpointId: string;
  byUserId: string;
  mentions: readonly string[];
  taskId: string | null;
  at: Date;
}

/** A touch that was removed, as it can be brought back. */
export interface RemovedTouch {
  byUserId: string;
  day: IsoDay;
}

const BY_KEY = 'account_id = $1 AND touchpoint_id = $2';

@Injectable()
export class TouchpointsRepository {
  async externalIdOf(tx: Tx, accountId: string): Promise<string> {
    const [row] = await open(tx).query<{ externalId: string }>(
      'SELECT external_id AS "externalId" FROM steward.account WHERE id = $1',
      [accountId],
    );
    if (row === undefined) throw new Error(`The account ${accountId} is held and not there.`);
    return row.externalId;
  }

  async isVisible(tx: Tx, scope: Scope, accountId: string): Promise<boolean> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.account a WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.length > 0;
  }

  async byId(tx: Tx, accountId: string, id: string): Promise<StoredTouch | null> {
    const [row] = await open(tx).query<StoredTouch>(
      `SELECT t.id, t.kind, t.at, t.on_day AS day, t.text, t.links, t.counts,
         CASE WHEN coalesce(u.full_name, t.author_text) IS NOT NULL THEN
           jsonb_build_object('userId', t.author_user_id, 'name', coalesce(u.full_name, t.author_text)) END AS author,
         coalesce(u.email, t.author_text) AS "authorEmail",
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'name', coalesce(c.name, c.email, c.external_id))
             ORDER BY lower(coalesce(c.name, c.email, c.external_id)), c.id)
           FROM steward.contact c WHERE c.account_id = t.account_id AND c.id = ANY(t.contact_ids)), '[]') AS contacts,
         h.by_user_id AS "byUserId", h.task_id AS "taskId", h.revision,
         coalesce((SELECT jsonb_agg(jsonb_build_object('userId', m.id, 'name', m.full_name) ORDER BY lower(m.full_name), m.id)
           FROM steward.app_user m WHERE m.id = ANY(h.mentions)), '[]') AS mentions
       FROM steward.touchpoint t
         LEFT JOIN steward.touchpoint_by_hand h ON h.account_id = t.account_id AND h.touchpoint_id = t.id
         LEFT JOIN steward.app_user u ON u.id = t.author_user_id
       WHERE t.account_id = $1 AND t.id = $2`,
      [accountId, id],
    );
    return row ?? null;
  }

  /** The newest day of a counting touch; null: there is none. */
  async lastCounting(tx: Tx, accountId: string, through: IsoDay): Promise<IsoDay | null> {
    const [row] = await open(tx).query<{ day: IsoDay | null }>(
      `SELECT max(on_day) AS day FROM steward.touchpoint WHERE account_id = $1 AND counts AND on_day <= $2::date`,
      [accountId, through],
    );
    return row?.day ?? null;
  }

  /** How facts name these contacts of the account: by the strongest name that each has. */
  async contactRefs(tx: Tx, accountId: string, ids: readonly string[]): Promise<Map<string, ContactRef>> {
    const rows = await open(tx).query<ContactRef & { id: string }>(
      `SELECT id, external_id AS "externalId",
         CASE WHEN external_id IS NULL THEN email END AS email,
         CASE WHEN external_id IS NULL AND email IS NULL THEN name END AS name
       FROM steward.contact WHERE account_id = $1 AND id = ANY($2::uuid[])`,
      [accountId, ids],
    );
    return new Map(rows.map(({ id, ...ref }) => [id, ref]));
  }

  async addByHand(tx: Tx, touch: ByHandTouch): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.touchpoint_by_hand (account_id, touchpoint_id, by_user_id, mentions, task_id, revision,
         created_at, updated_at)
       VALUES ($1, $2, $3, $4::uuid[], $5, 1, $6, $6)`,
      [touch.accountId, touch.touchpointId, touch.byUserId, touch.mentions, touch.taskId, touch.at],
    );
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async changeByHand(
    tx: Tx,
    accountId: string,
    id: string,
    { revision, mentions, at }: { revision: number; mentions: readonly string[]; at: Date },
  ): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.touchpoint_by_hand SET mentions = $4::uuid[], revision = revision + 1, updated_at = $5
       WHERE ${BY_KEY} AND revision = $3 AND removed IS NULL RETURNING revision`,
      [accountId, id, revision, mentions, at],
    );
    return rows.length > 0;
  }

  /** Takes the fact away and keeps it beside, so that it can be brought back. */
  async remove(tx: Tx, accountId: string, id: string, byUserId: string, at: Date): Promise<void> {
    const { query } = open(tx);
    await query(
      `UPDATE steward.touchpoint_by_hand SET removed = (SELECT to_jsonb(t) FROM steward.touchpoint t
           WHERE t.account_id = $1 AND t.id = $2), removed_at = $4, removed_by = $3, revision = revision + 1, updated_at = $4
       WHERE ${BY_KEY}`,
      [accountId, id, byUserId, at],
    );
    await query('DELETE FROM steward.touchpoint WHERE account_id = $1 AND id = $2', [accountId, id]);
  }

  async removed(tx: Tx, accountId: string, id: string): Promise<RemovedTouch | null> {
    const [row] = await open(tx).query<RemovedTouch>(
      `SELECT by_user_id AS "byUserId", removed ->> 'on_day' AS day FROM steward.touchpoint_by_hand
       WHERE ${BY_KEY} AND removed IS NOT NULL FOR UPDATE`,
      [accountId, id],
    );
    return row ?? null;
  }

  async restore(tx: Tx, accountId: string, id: string, at: Date): Promise<void> {
    const { query } = open(tx);
    await query(
      `INSERT INTO steward.touchpoint
       SELECT r.* FROM steward.touchpoint_by_hand h,
         jsonb_populate_record(NULL::steward.touchpoint, h.removed || jsonb_build_object('observed_at', $3::timestamptz,
           'received_at', $3::timestamptz)) r
       WHERE h.account_id = $1 AND h.touchpoint_id = $2`,
      [accountId, id, at],
    );
    await query(
      `UPDATE steward.touchpoint_by_hand SET removed = NULL, removed_at = NULL, removed_by = NULL, revision = revision + 1,
         updated_at = $3
       WHERE ${BY_KEY}`,
      [accountId, id, at],
    );
  }
}
