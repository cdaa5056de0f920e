import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { CreateTouchTemplate, TouchTemplate } from '@steward/shared/touch-templates';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

export type StoredTemplate = Omit<TouchTemplate, 'mayEdit'>;

export interface TemplateContact {
  id: string;
  name: string | null;
  email: string | null;
  title: string | null;
}

/** What merge fields take from the account beside the catalogue. */
export interface TemplateAccount {
  csm: string | null;
  am: string | null;
  lastTouchDay: IsoDay | null;
}

const TEMPLATE = `t.id, t.name, t.kind, t.subject, t.text, t.segment_id AS "segmentId", g.name AS "segmentName", t.visibility,
  t.revision, jsonb_build_object('userId', t.owner_user_id, 'name', coalesce(u.full_name, '')) AS owner`;
const FROM = `FROM steward.touch_template t LEFT JOIN steward.app_user u ON u.id = t.owner_user_id
  LEFT JOIN steward.segment g ON g.id = t.segment_id`;

@Injectable()
export class TouchTemplatesRepository {
  /** The person's own and the shared ones, by name. */
  seenBy(tx: Tx, userId: string): Promise<StoredTemplate[]> {
    return open(tx).query(
      `SELECT ${TEMPLATE} ${FROM} WHERE t.visibility = 'shared' OR t.owner_user_id = $1 ORDER BY lower(t.name), t.id`,
      [userId],
    );
  }

  /** Of those, what is offered for the account: everywhere, or on members of its segment. */
  offered(tx: Tx, userId: string | null, accountId: string): Promise<StoredTemplate[]> {
    return open(tx).query(
      `SELECT ${TEMPLATE} ${FROM}
       WHERE (t.visibility = 'shared' OR t.owner_user_id = $1::uuid)
         AND (t.segment_id IS NULL OR EXISTS (SELECT 1 FROM steward.segment_member m
           WHERE m.account_id = $2 AND m.segment_id = t.segment_id))
       ORDER BY lower(t.name), t.id`,
      [userId, accountId],
    );
  }

  async byId(tx: Tx, id: string): Promise<StoredTemplate | null> {
    const [row] = await open(tx).query<StoredTemplate>(`SELECT ${TEMPLATE} ${FROM} WHERE t.id = $1`, [id]);
    return row ?? null;
  }

  async countOf(tx: Tx, userId: string): Promise<number> {
    const [row] = await open(tx).query<{ templates: number }>(
      'SELECT count(*)::int AS templates FROM steward.touch_template WHERE owner_user_id = $1',
      [userId],
    );
    return row?.templates ?? 0;
  }

  async add(tx: Tx, id: string, given: CreateTouchTemplate, ownerId: string, at: Date): Promise<void> {
    const { name, kind, subject, text, segmentId, visibility } = given;
    await open(tx).query(
      `INSERT INTO steward.touch_template (id, name, kind, subject, text, segment_id, owner_user_id, visibility, revision,
         created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)`,
      [id, name, kind, subject, text, segmentId, ownerId, visibility, at],
    );
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(tx: Tx, after: StoredTemplate, revision: number, at: Date): Promise<boolean> {
    const { id, name, kind, subject, text, segmentId, visibility } = after;
    const rows = await open(tx).query(
      `UPDATE steward.touch_template SET name = $3, kind = $4, subject = $5, text = $6, segment_id = $7, visibility = $8,
         revision = revision + 1, updated_at = $9
       WHERE id = $1 AND revision = $2 RETURNING id`,
      [id, revision, name, kind, subject, text, segmentId, visibility, at],
    );
    return rows.length > 0;
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await open(tx).query('DELETE FROM steward.touch_template WHERE id = $1', [id]);
  }

  /** Null: not there for this reader. */
  async account(tx: Tx, scope: Scope, accountId: string, today: IsoDay): Promise<TemplateAccount | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<TemplateAccount>(
      `SELECT coalesce(c.full_name, a.csm_text) AS csm, coalesce(m.full_name, a.am_text) AS am,
         (SELECT max(t.on_day) FROM steward.touchpoint t
          WHERE t.account_id = a.id AND t.counts AND t.on_day <= ${bind(today)}::date) AS "lastTouchDay"
       FROM steward.account a LEFT JOIN steward.app_user c ON c.id = a.csm_user_id
         LEFT JOIN steward.app_user m ON m.id = a.am_user_id
       WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row ?? null;
  }

  /** A contact of the account; without an id its primary one who has not left. */
  async contact(tx: Tx, accountId: string, id: string | null, today: IsoDay): Promise<TemplateContact | null> {
    const [row] = await open(tx).query<TemplateContact>(
      `SELECT id, name, email, title FROM steward.contact
       WHERE account_id = $1 AND (id = $2::uuid OR ($2::uuid IS NULL AND is_primary AND NOT internal
         AND NOT coalesce(left_on <= $3::date, FALSE)))
       ORDER BY id LIMIT 1`,
      [accountId, id, today],
    );
    return row ?? null;
  }

  /** The account's values of now by field: money in major units, days as text. */
  async values(
    tx: Tx,
    catalogue: Catalogue,
    accountId: string,
    day: IsoDay,
    fields: readonly string[],
  ): Promise<ReadonlyMap<string, unknown>> {
    const known = fields.flatMap((key) => catalogue.fields.get(key) ?? []);
    const binder = new Binder();
    const scope = openRuleScope({ catalogue, context: { kind: 'live', day }, binder });
    const columns = known.map((bound) => {
      const { sql, kind } = fieldSql(scope, bound);
      return kind === 'minor' ? `${sql}::numeric / ${10 ** catalogue.minorDigits}` : sql;
    });
    const [row] = await open(tx).query<{ values: unknown[] }>(
      `SELECT jsonb_build_array(${columns.join(', ')}) AS values
       FROM steward.account a LEFT JOIN steward.account_state s ON s.account_id = a.id
       WHERE a.id = ${binder.bind(accountId)}`,
      binder.values,
    );
    return new Map(known.map(({ field }, place) => [field.key, row?.values[place] ?? null]));
  }
}
