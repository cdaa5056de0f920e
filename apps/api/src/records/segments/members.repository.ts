import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { leavesOf, type Rule, type RuleLeaf } from '@steward/shared/rules';
import type { ExclusionList, SegmentMembers, SegmentMembersQuery, SegmentWhy } from '@steward/shared/segments';
import { NIL } from 'uuid';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder } from '../../db/rules/binder.js';
import type { BoundField, Catalogue } from '../../db/rules/bindings.js';
import { compileRules, openRuleScope } from '../../db/rules/compile-rule.js';
import { contactsKnown } from '../../db/rules/contact-fields.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { CONTACT_OWNER, contactColumns, contactRowOf, type StoredContactRow } from './contact-rows.reader.js';

type Value = SegmentWhy['leaves'][number]['value'];
type Exclusion = ExclusionList['exclusions'][number];

/** Who is in a segment and who is kept out, within a reader's scope. */
@Injectable()
export class MembersRepository {
  /** Members and their ARR by segment; a segment without a member is not in it. Contacts have none. */
  async sizes(
    tx: Tx,
    scope: Scope,
    segmentId: string | null = null,
  ): Promise<Map<string, { members: number; arrMinor: number | null }>> {
    const { bind, values } = new Binder();
    const own =
      scope.kind === 'all' ? '' : `JOIN steward.account a ON a.id = m.account_id AND ${scopePredicate(scope, bind)}`;
    const one = segmentId === null ? '' : `AND m.segment_id = ${bind(segmentId)}::uuid`;
    const of = (kind: 'account' | 'contact') =>
      `m.segment_id IN (SELECT id FROM steward.segment WHERE of = '${kind}') ${one}`;
    // Contacts are many times as many, and counting them takes an index alone.
    const rows = await open(tx).query<{ id: string; members: number; arrMinor: number | null }>(
      `SELECT m.segment_id AS id, count(*)::int AS members,
         ${minorSumSql('s.arr_minor')} AS "arrMinor"
       FROM steward.segment_member m LEFT JOIN steward.account_state s ON s.account_id = m.account_id ${own}
       WHERE ${of('account')} GROUP BY m.segment_id
       UNION ALL
       SELECT m.segment_id, count(*)::int, NULL FROM steward.segment_member m ${own}
       WHERE ${of('contact')} GROUP BY m.segment_id`,
      values,
    );
    return new Map(rows.map(({ id, members, arrMinor }) => [id, { members, arrMinor }]));
  }

  async members(
    tx: Tx,
    scope: Scope,
    segmentId: string,
    page: SegmentMembersQuery,
  ): Promise<Pick<SegmentMembers, 'total' | 'members'>> {
    const { bind, values } = new Binder();
    const from = `FROM steward.segment_member m JOIN steward.account a ON a.id = m.account_id
       LEFT JOIN steward.account_state s ON s.account_id = m.account_id
       WHERE m.segment_id = ${bind(segmentId)}::uuid AND ${scopePredicate(scope, bind)}`;
    const [count] = await open(tx).query<{ total: number }>(`SELECT count(*)::int AS total ${from}`, values);
    const members = await open(tx).query<SegmentMembers['members'][number]>(
      `SELECT a.id AS "accountId", a.external_id AS "externalId", a.name, coalesce(s.status, a.status) AS status,
         s.tier, s.stage, s.score, s.band, s.arr_minor AS "arrMinor", m.since_day AS "sinceDay", m.how
       ${from} ORDER BY s.arr_minor DESC NULLS LAST, a.id
       LIMIT ${bind(page.limit)}::int OFFSET ${bind(page.offset)}::int`,
      values,
    );
    return { total: count?.total ?? 0, members };
  }

  /** Contacts in a segment of theirs, those of the accounts with the largest ARR first. */
  async contacts(
    tx: Tx,
    scope: Scope,
    segmentId: string,
    page: SegmentMembersQuery,
    reading: { catalogue: Catalogue; day: IsoDay },
  ): Promise<Pick<SegmentMembers, 'total' | 'contacts'>> {
    const binder = new Binder();
    const { bind, values } = binder;
    const from = `FROM steward.segment_member m JOIN steward.account a ON a.id = m.account_id
       JOIN steward.contact x ON x.account_id = m.account_id AND x.id = m.contact_id
       LEFT JOIN steward.account_state s ON s.account_id = m.account_id
       WHERE m.segment_id = ${bind(segmentId)}::uuid AND ${scopePredicate(scope, bind)}`;
    const [count] = await open(tx).query<{ total: number }>(`SELECT count(*)::int AS total ${from}`, values);
    const day = `${bind(reading.day)}::date`;
    const columns = contactColumns({ day, catalogue: reading.catalogue, binder });
    const rows = await open(tx).query<StoredContactRow & { sinceDay: IsoDay; how: 'baseline' | 'rule' }>(
      `WITH found AS MATERIALIZED (
         SELECT m.account_id, m.contact_id, m.since_day, m.how, s.arr_minor ${from}
         ORDER BY s.arr_minor DESC NULLS LAST, m.account_id, m.contact_id
         LIMIT ${bind(page.limit)}::int OFFSET ${bind(page.offset)}::int)
       SELECT ${columns}, f.since_day AS "sinceDay", f.how
       FROM found f JOIN steward.contact x ON x.account_id = f.account_id AND x.id = f.contact_id
         JOIN steward.account a ON a.id = f.account_id
         LEFT JOIN steward.account_state s ON s.account_id = f.account_id ${CONTACT_OWNER}
       ORDER BY f.arr_minor DESC NULLS LAST, f.account_id, f.contact_id`,
      values,
    );
    const contacts = rows.map((row) => ({ ...contactRowOf(row), sinceDay: row.sinceDay, how: row.how }));
    return { total: count?.total ?? 0, contacts };
  }

  async isInScope(tx: Tx, scope: Scope, accountId: string): Promise<boolean> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.account a WHERE a.id = ${bind(accountId)}::uuid AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.length > 0;
  }

  async sinceDay(tx: Tx, segmentId: string, accountId: string, contactId: string = NIL): Promise<IsoDay | null> {
    const [row] = await open(tx).query<{ day: IsoDay }>(
      `SELECT since_day AS day FROM steward.segment_member
       WHERE account_id = $1 AND segment_id = $2 AND contact_id = $3`,
      [accountId, segmentId, contactId],
    );
    return row?.day ?? null;
  }

  /** Those in force on the day; of one account where one is named. */
  exclusions(tx: Tx, scope: Scope, segmentId: string, day: IsoDay, accountId?: string): Promise<Exclusion[]> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT x.account_id AS "accountId", a.name, x.reason, x.until_day AS "untilDay", u.full_name AS "by"
       FROM steward.segment_exclusion x JOIN steward.account a ON a.id = x.account_id
         LEFT JOIN steward.app_user u ON u.id = x.by_user_id
       WHERE x.segment_id = ${bind(segmentId)}::uuid AND (x.until_day IS NULL OR x.until_day >= ${bind(day)}::date)
         AND ${scopePredicate(scope, bind)} ${accountId === undefined ? '' : `AND a.id = ${bind(accountId)}::uuid`}
       ORDER BY lower(a.name), a.id`,
      values,
    );
  }

  async exclude(
    tx: Tx,
    row: { accountId: string; segmentId: string; reason: string; untilDay: IsoDay | null; byUserId: string; at: Date },
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.segment_exclusion (account_id, segment_id, reason, until_day, by_user_id, created_at)
       VALUES ($1, $2, $3, $4::date, $5, $6)
       ON CONFLICT (account_id, segment_id) DO UPDATE SET reason = EXCLUDED.reason, until_day = EXCLUDED.until_day,
         by_user_id = EXCLUDED.by_user_id, created_at = EXCLUDED.created_at`,
      [row.accountId, row.segmentId, row.reason, row.untilDay, row.byUserId, row.at],
    );
  }

  async readmit(tx: Tx, segmentId: string, accountId: string): Promise<void> {
    await open(tx).query(`DELETE FROM steward.segment_exclusion WHERE account_id = $1 AND segment_id = $2`, [
      accountId,
      segmentId,
    ]);
  }

  /**
   * The rule's conditions over the account, or one of its contacts, as it stands now, each with the value that it reads;
   * as the reader may see it, who is told nothing of other accounts by them.
   */
  async leaves(
    tx: Tx,
    reader: Scope,
    rule: Rule,
    { accountId, contactId }: { accountId: string; contactId?: string },
    { catalogue, day }: { catalogue: Catalogue; day: IsoDay },
  ): Promise<SegmentWhy['leaves'] | null> {
    const leaves = leavesOf(rule);
    const binder = new Binder();
    const context = { kind: 'live', day } as const;
    const of = contactId === undefined ? 'account' : 'contact';
    const fieldsOf = openRuleScope({ catalogue, context, binder, of });
    const fields = leaves.map((leaf) => boundOf(leaf, catalogue));
    const values = fields.map((bound) => (bound === null ? 'NULL' : `to_jsonb(${fieldSql(fieldsOf, bound).sql})`));
    const compiled = compileRules(leaves, { catalogue, context, binder, of, reader });
    const contact =
      contactId === undefined
        ? ''
        : `JOIN steward.contact x ON ${contactsKnown(fieldsOf.day)} AND x.id = ${binder.bind(contactId)}::uuid`;
    const [row] = await open(tx).query<{ holding: number[]; found: unknown[] }>(
      `SELECT ${compiled.sql} AS holding, jsonb_build_array(${values.join(', ')}) AS found
       FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id ${contact}
       WHERE s.account_id = ${binder.bind(accountId)}::uuid`,
      binder.values,
    );
    if (!row) return null;
    return leaves.map((_, place) => {
      const bound = fields[place] ?? null;
      const value = bound === null ? null : shown(bound, catalogue, row.found[place] ?? null);
      return { holds: row.holding.includes(place), field: bound?.field.key ?? null, value };
    });
  }
}

function boundOf(leaf: RuleLeaf, { fields }: Catalogue): BoundField | null {
  return 'field' in leaf ? (fields.get(leaf.field) ?? null) : null;
}

/** As people read it: money that is stored in minor units in major ones, and yes or no instead of 1 or 0. */
function shown({ field, binding }: BoundField, { minorDigits }: Catalogue, value: unknown): Value {
  if (value === null) return null;
  if (typeof value === 'number' && binding.kind === 'state' && field.type === 'money') return value / 10 ** minorDigits;
  if (typeof value === 'number' && binding.kind === 'signal' && field.type === 'boolean') return value !== 0;
  return value as Value;
}
