import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { RuleLeaf } from '@steward/shared/rules';
import type { SegmentEvents, SegmentEventsQuery, SegmentSizes } from '@steward/shared/segments';
import { NIL } from 'uuid';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { OF_ACCOUNT, staysSql } from '../../db/segment-stays-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

type Event = SegmentEvents['events'][number];
export type StoredEvent = Omit<Event, 'because' | 'at'> & { at: Date; condition: RuleLeaf | null };
export type KeptSize = SegmentSizes['sizes'][number] & { segmentId: string };

/** Who came and went, and how large segments were, within a reader's scope. */
@Injectable()
export class HistoryRepository {
  async events(
    tx: Tx,
    scope: Scope,
    segmentId: string,
    { kind, offset, limit }: SegmentEventsQuery,
  ): Promise<{ total: number; events: StoredEvent[] }> {
    const { bind, values } = new Binder();
    const ofKind = kind === undefined ? '' : `AND e.kind = ${bind(kind)}`;
    const from = `FROM steward.segment_event e JOIN steward.account a ON a.id = e.account_id
      WHERE e.segment_id = ${bind(segmentId)}::uuid AND ${scopePredicate(scope, bind)} ${ofKind}`;
    const [count] = await open(tx).query<{ total: number }>(`SELECT count(*)::int AS total ${from}`, values);
    const events = await open(tx).query<StoredEvent>(
      `WITH found AS MATERIALIZED (
         SELECT e.*, a.external_id, a.name ${from} ORDER BY e.day DESC, e.at DESC, e.id
         LIMIT ${bind(limit)}::int OFFSET ${bind(offset)}::int)
       SELECT f.id, f.kind, f.day, f.at, f.condition, f.since_day AS "sinceDay",
         jsonb_build_object('id', f.account_id, 'externalId', f.external_id, 'name', f.name) AS account,
         CASE WHEN f.contact_id <> '${NIL}' THEN jsonb_build_object('id', f.contact_id,
           'name', coalesce(x.name, x.email, x.external_id, 'A contact that is gone')) END AS contact
       FROM found f LEFT JOIN steward.contact x ON x.account_id = f.account_id AND x.id = f.contact_id
       ORDER BY f.day DESC, f.at DESC, f.id`,
      values,
    );
    return { total: count?.total ?? 0, events };
  }

  /** Days since `from` on which somebody came or went, oldest first. */
  async days(tx: Tx, scope: Scope, segmentId: string, from: IsoDay): Promise<SegmentEvents['days']> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT e.day, count(*) FILTER (WHERE e.kind = 'entered')::int AS entered,
         count(*) FILTER (WHERE e.kind = 'left')::int AS left
       FROM steward.segment_event e JOIN steward.account a ON a.id = e.account_id
       WHERE e.segment_id = ${bind(segmentId)}::uuid AND e.day >= ${bind(from)}::date AND ${scopePredicate(scope, bind)}
       GROUP BY e.day ORDER BY e.day`,
      values,
    );
  }

  /** As they were written at the closes since `from`, over all accounts; of one segment, or of all. */
  async kept(tx: Tx, from: IsoDay, segmentId: string | null = null): Promise<KeptSize[]> {
    return open(tx).query(
      `SELECT segment_id AS "segmentId", day, members, arr_minor AS "arrMinor", rule_version AS "ruleVersion"
       FROM steward.segment_size WHERE day >= $1::date AND ($2::uuid IS NULL OR segment_id = $2::uuid) ORDER BY day`,
      [from, segmentId],
    );
  }

  /** By segment and day since `from`, how many more members came than went on it; days without any are not in it. */
  async gains(tx: Tx, scope: Scope, from: IsoDay): Promise<{ segmentId: string; day: IsoDay; gain: number }[]> {
    const { bind, values } = new Binder();
    const first = `${bind(from)}::date`;
    const own = ownAccounts(scope, bind);
    return open(tx).query(
      `SELECT segment_id AS "segmentId", day, sum(gain)::int AS gain FROM (
         SELECT segment_id, since_day AS day, 1 AS gain FROM ${staysSql(`t.since_day >= ${first} AND ${own}`)} AS came
         UNION ALL SELECT t.segment_id, t.day, -1 FROM steward.segment_event t
           WHERE t.kind = 'left' AND t.day >= ${first} AND ${own}) AS moved
       GROUP BY 1, 2`,
      values,
    );
  }

  /** Members on each of the days and the ARR that their accounts had then, within the scope. */
  async onDays(
    tx: Tx,
    scope: Scope,
    segmentId: string,
    days: readonly IsoDay[],
  ): Promise<Map<IsoDay, { members: number; arrMinor: number | null }>> {
    const { bind, values } = new Binder();
    const where = `t.segment_id = ${bind(segmentId)}::uuid AND ${ownAccounts(scope, bind)}`;
    const list = `unnest(${bind([...days])}::date[])`;
    const rows = await open(tx).query<{ day: IsoDay; members: number; arrMinor: number | null }>(
      `SELECT d.day, count(*)::int AS members,
         ${minorSumSql('n.arr_minor')} AS "arrMinor"
       FROM ${staysSql(where)} AS m
         JOIN ${list} AS d (day) ON d.day >= m.since_day AND (m.until_day IS NULL OR d.day < m.until_day)
         LEFT JOIN steward.account_snapshot n ON n.account_id = m.account_id AND n.day = d.day AND m.${OF_ACCOUNT}
       GROUP BY d.day`,
      values,
    );
    return new Map(rows.map(({ day, ...size }) => [day, size]));
  }
}

function ownAccounts(scope: Scope, bind: Binder['bind']): string {
  if (scope.kind === 'all') return 'TRUE';
  return `t.account_id = ANY(ARRAY(SELECT a.id FROM steward.account a WHERE ${scopePredicate(scope, bind)}))`;
}
