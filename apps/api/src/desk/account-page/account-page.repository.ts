import { Injectable } from '@nestjs/common';
import type { AccountDetail, AccountRow, Move } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import type { AccountSegments } from '@steward/shared/segments';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { staysSql } from '../../db/segment-stays-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import type { AsOf } from '../../records/workspace/workspace.reader.js';
import { accountRowOf, boundOf, rowColumns, rowJoins, type StoredAccountRow } from '../account-row-sql.js';
import { arrWithoutRateSql, runsOn, versionsThen } from '../arr-without-rate-sql.js';

/** Fields of the page beyond those of the list, by catalogue key. */
const FIELDS = {
  domain: 'account.domain',
  size: 'account.size',
  employees: 'account.employees',
  country: 'account.country',
  timeZone: 'account.timeZone',
  currency: 'account.currency',
  noticeDays: 'account.noticeDays',
  noticeGivenOn: 'account.noticeGivenOn',
  churnedOn: 'account.churnedOn',
  churnReason: 'account.churnReason',
} as const;

export type DetailRow = Omit<AccountDetail, 'asOf' | 'stageStatus' | 'children' | 'sources' | 'computedAt'> & {
  computedAt: Date | null;
};

export interface SourceRow {
  key: string;
  label: string;
  factKind: string;
  lastReceivedAt: Date | null;
  deliveryDays: IsoDay[];
}

@Injectable()
export class AccountPageRepository {
  async isVisible(tx: Tx, scope: Scope, accountId: string): Promise<boolean> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.account a WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.length > 0;
  }

  /** An account as of a day; what a day before today did not compute is not set. Null: not there for this reader. */
  async detail(
    tx: Tx,
    scope: Scope,
    accountId: string,
    catalogue: Catalogue,
    { day, past }: AsOf,
  ): Promise<DetailRow | null> {
    const binder = new Binder();
    const { bind } = binder;
    const fields = openRuleScope({ catalogue, context: { kind: past ? 'past' : 'live', day }, binder });
    const id = bind(accountId);
    const extra = Object.entries(FIELDS).map(
      ([name, key]) => `${fieldSql(fields, boundOf(fields, key)).sql} AS "${name}"`,
    );
    const from = past
      ? `LEFT JOIN (SELECT n.*, NULL::timestamptz AS updated_at FROM steward.account_snapshot n
           WHERE n.account_id = ${id} AND n.day = ${fields.day}) s ON TRUE`
      : `LEFT JOIN steward.account_state s ON s.account_id = a.id`;
    const parent = `FROM steward.account p WHERE p.id = a.parent_id AND ${scopePredicate(scope, bind, 'p')}`;
    const [row] = await open(tx).query<Omit<DetailRow, Exclude<keyof AccountRow, 'arrWithoutRate'>> & StoredAccountRow>(
      `SELECT ${rowColumns(fields)}, ${extra.join(', ')},
         s.mrr_minor AS "mrrMinor", s.raw_tier AS "rawTier", s.tier_since AS "tierSince",
         s.updated_at AS "computedAt", a.revision,
         ${past ? attributesThen(fields.day) : 'a.attributes'} AS attributes,
         ${arrWithoutRateSql(fields)} AS "arrWithoutRate",
         ${fieldSources(fields.day, parent)} AS "fieldSources",
         ${fromSubscriptions(fields.day)} AS "fromSubscriptions",
         (SELECT jsonb_build_object('id', p.id, 'name', p.name) ${parent}) AS parent,
         (SELECT jsonb_build_object('tier', o.tier, 'reason', o.reason, 'untilDay', o.until_day)
          FROM steward.tier_override o WHERE o.account_id = a.id AND ${inForce('o', fields.day)}) AS "tierOverride",
         (SELECT jsonb_build_object('stage', l.stage, 'reason', l.reason, 'fromDay', l.from_day)
          FROM steward.stage_lock l WHERE l.account_id = a.id AND (l.overridden_on IS NULL OR l.overridden_on > ${fields.day})
            AND ${inForce('l', fields.day)}) AS "stageLock",
         (SELECT jsonb_build_object('asOf', q.as_of, 'code', q.code) FROM steward.set_aside_account q
          WHERE q.account_id = a.id AND ${past ? `q.as_of <= ${fields.day} AND s.account_id IS NULL` : `q.work = 'daily'`}
          ORDER BY q.as_of LIMIT 1) AS "setAside"
       FROM steward.account a ${from} ${rowJoins(fields)}
       WHERE a.id = ${id} AND ${scopePredicate(scope, bind)}`,
      binder.values,
    );
    return row === undefined ? null : accountRowOf(row);
  }

  /** Accounts below this one that the reader may see. */
  children(tx: Tx, scope: Scope, accountId: string, { day, past }: AsOf): Promise<AccountDetail['children']> {
    const { bind, values } = new Binder();
    const state = past
      ? `LEFT JOIN steward.account_snapshot s ON s.account_id = a.id AND s.day = ${bind(day)}::date`
      : 'LEFT JOIN steward.account_state s ON s.account_id = a.id';
    return open(tx).query(
      `SELECT a.id, a.name, s.arr_minor AS "arrMinor", s.band FROM steward.account a ${state}
       WHERE a.parent_id = ${bind(accountId)} AND ${scopePredicate(scope, bind)} ORDER BY lower(a.name), a.id LIMIT 200`,
      values,
    );
  }

  /** What feeds the workspace, with the days of deliveries by which silence is judged. */
  sources(tx: Tx, day: IsoDay): Promise<SourceRow[]> {
    return open(tx).query(
      `SELECT s.key, s.label, s.fact_kind AS "factKind", s.last_received_at AS "lastReceivedAt",
         ARRAY(SELECT d.day FROM steward.source_delivery d
           WHERE d.source_key = s.key AND d.day <= $1::date AND d.day > $1::date - 400 ORDER BY d.day) AS "deliveryDays"
       FROM steward.source s ORDER BY s.label, s.key`,
      [day],
    );
  }

  /** The segments of accounts that it was in on the day: shared ones, and those of the person. */
  segments(tx: Tx, accountId: string, userId: string | null, day: IsoDay): Promise<AccountSegments['segments']> {
    return open(tx).query(
      `SELECT g.id, g.key, g.name, g.rule, m.since_day AS "sinceDay", m.how
       FROM ${staysSql('t.account_id = $1 AND t.since_day <= $3::date')} m JOIN steward.segment g ON g.id = m.segment_id
       WHERE g.of = 'account' AND (m.until_day IS NULL OR m.until_day > $3::date)
         AND (g.visibility = 'shared' OR g.owner_user_id = $2)
       ORDER BY g.key IS NOT NULL, lower(g.name), g.id`,
      [accountId, userId, day],
    );
  }

  /** Tier and stage history, newest first. */
  moves(tx: Tx, accountId: string): Promise<Move[]> {
    const of = (what: 'tier' | 'stage') => `SELECT '${what}' AS what, m.from_${what} AS "from", m.to_${what} AS "to",
        m.moved_on AS "on", m.reason, u.full_name AS by, m.note, m.created_at
      FROM steward.${what}_move m LEFT JOIN steward.app_user u ON u.id = m.by_user_id WHERE m.account_id = $1`;
    return open(tx).query(
      `SELECT what, "from", "to", "on", reason, by, note FROM (${of('tier')} UNION ALL ${of('stage')}) moves
       ORDER BY "on" DESC, created_at DESC, what LIMIT 1000`,
      [accountId],
    );
  }
}

/** The row of the account that is in force on the day, the newest of several. */
function inForce(alias: 'o' | 'l', day: string): string {
  return `${alias}.from_day <= ${day} AND (${alias}.until_day IS NULL OR ${alias}.until_day >= ${day})
    ORDER BY ${alias}.from_day DESC, ${alias}.created_at DESC LIMIT 1`;
}

function attributesThen(day: string): string {
  const versions = versionsThen(day, 'v.value', `v.field LIKE 'attribute.%'`);
  return `coalesce((SELECT jsonb_object_agg(substr(f.field, 11), f.value) FROM (${versions}) f), '{}')`;
}

/** Who said a field's value: a source by its label, a person by name. Of a parent that is not seen there is no word. */
function fieldSources(day: string, parent: string): string {
  const versions = versionsThen(day, 'v.source, v.from_day', `(v.field <> 'parent' OR EXISTS (SELECT 1 ${parent}))`);
  return `coalesce((SELECT jsonb_object_agg(f.field, jsonb_build_object(
      'source', coalesce(person.full_name, src.label, f.source), 'fromDay', f.from_day))
    FROM (${versions}) f LEFT JOIN steward.source src ON src.key = f.source
      LEFT JOIN steward.app_user person ON 'person:' || person.id = f.source), '{}')`;
}

/** The end and the seats of subscriptions that run on the day go before the fields. */
function fromSubscriptions(day: string): string {
  const runs = runsOn(day);
  return `array_remove(ARRAY[
      CASE WHEN EXISTS (SELECT 1 FROM steward.subscription b WHERE ${runs} AND b.ends_on IS NOT NULL) THEN 'renewalDate' END,
      CASE WHEN EXISTS (SELECT 1 FROM steward.subscription b WHERE ${runs} AND b.seat_based AND b.quantity IS NOT NULL)
        THEN 'seats' END], NULL)`;
}
