import { Injectable } from '@nestjs/common';
import {
  type AccountAlertEvents,
  ALERT_KINDS,
  ALERT_SEVERITIES,
  type AlertAccount,
  type AlertEvent,
  type AlertInboxQuery,
  type AlertKind,
  type AlertSeverity,
  type AlertTotals,
  KINDS_AT_STAKE,
  type ShownAlertState,
} from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder, escapeLike } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { DatedEvent } from '../../domain/alerts/alert-on-day.js';
import type { Scope } from '../../platform/auth/scope.js';
import {
  ACCOUNT_COLUMNS,
  ACCOUNT_JOINS,
  ALERT_COLUMNS,
  type AlertRow,
  IS_SHOWN,
  PEOPLE_JOINS,
  RECEIVER,
  RULE_JOIN,
  SEVERITY_RANK,
} from './alert-row-sql.js';

/** Alerts of an account that come with its row, the first one apart. */
const MOST_OTHERS = 20;

export interface InboxQuestion extends Omit<AlertInboxQuery, 'scope'> {
  /** The people whose alerts are wanted; null: everyone's. */
  receivers: readonly string[] | null;
}

interface Page {
  offset: number;
  limit: number;
}

type EventRow = Omit<AlertEvent, 'at'> & { at: Date };

const literals = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

/** The severest first, of those the newest. */
const BY_SEVERITY = `${SEVERITY_RANK} DESC, t.opened_at DESC, t.id`;

const EVENT_COLUMNS = `e.id, e.kind, e.at, e.day, u.full_name AS by, e.details`;
const EVENTS_SHOWN = `e.kind <> 'dropped'`;

/** Alerts within a reader's scope. */
@Injectable()
export class AlertsRepository {
  /** These people and all who report to them, directly or through others. */
  async withReports(tx: Tx, userIds: readonly string[]): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `WITH RECURSIVE person (id) AS (
         SELECT unnest($1::uuid[]) UNION SELECT u.id FROM steward.app_user u JOIN person p ON u.manager_id = p.id)
       SELECT id FROM person`,
      [userIds],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Figures over all that match, and the accounts of a page, in order. Alerts are read as narrowly as the question
   * allows, ARR once an account; what is shown of a page's rows is joined to them alone.
   */
  async overview(tx: Tx, scope: Scope, question: InboxQuestion): Promise<{ totals: AlertTotals; ids: string[] }> {
    const { sql, binder } = matching(scope, question);
    const sum = (which: string) => minorSumSql('arr', `FILTER (WHERE ${which})`);
    const { bind, values } = binder;
    const page = `LIMIT ${bind(question.limit)}::int OFFSET ${bind(question.offset)}::int`;
    const [row] = await open(tx).query<Overview>(
      `WITH ${sql},
       grouped AS (SELECT account_id, bit_or(marks) AS marks FROM matching GROUP BY account_id),
       by_account AS MATERIALIZED (
         SELECT g.account_id, ${RANK_OF_MARKS} AS rank, marks & ${AT_STAKE} <> 0 AS at_stake,
           marks & ${IN_PLAY} <> 0 AS in_play, s.arr_minor AS arr
         FROM grouped g LEFT JOIN steward.account_state s ON s.account_id = g.account_id)
       SELECT f.*,
         (SELECT coalesce(jsonb_agg(to_jsonb(c)), '[]') FROM (
            SELECT marks, count(*) AS count FROM matching GROUP BY marks) AS c) AS counts,
         ARRAY(SELECT account_id FROM by_account
           ORDER BY rank DESC, CASE WHEN at_stake THEN arr END DESC NULLS LAST, arr DESC NULLS LAST, account_id
           ${page})::text[] AS ids
       FROM (SELECT count(*)::int AS accounts, ${minorSumSql('arr')} AS "arrMinor", ${sum('at_stake')} AS "arrAtStakeMinor",
         ${sum('in_play')} AS "arrInPlayMinor" FROM by_account) AS f`,
      values,
    );
    const { counts, ids, ...figures } = row as Overview;
    return { totals: { ...figures, ...addedUp(counts) }, ids };
  }

  /** Matching alerts of these accounts, the severest first, and how many there are of each account. */
  async alertsOf(
    tx: Tx,
    scope: Scope,
    question: InboxQuestion,
    accountIds: readonly string[],
  ): Promise<(AlertRow & { ofAccount: number })[]> {
    const { binder, where } = conditions(scope, question);
    return open(tx).query<AlertRow & { ofAccount: number }>(
      `SELECT * FROM (
         SELECT ${ALERT_COLUMNS}, (count(*) OVER of_account)::int AS "ofAccount",
           row_number() OVER (of_account ORDER BY ${BY_SEVERITY}) AS place
         FROM steward.alert t JOIN steward.account a ON a.id = t.account_id ${RULE_JOIN} ${PEOPLE_JOINS}
         WHERE ${where} AND t.account_id = ANY(${binder.bind(accountIds)}::uuid[])
         WINDOW of_account AS (PARTITION BY t.account_id)) found
       WHERE place <= ${MOST_OTHERS + 1} ORDER BY "accountId", place`,
      binder.values,
    );
  }

  async accounts(tx: Tx, scope: Scope, ids: readonly string[]): Promise<AlertAccount[]> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT ${ACCOUNT_COLUMNS} FROM steward.account a ${ACCOUNT_JOINS}
       WHERE a.id = ANY(${bind(ids)}::uuid[]) AND ${scopePredicate(scope, bind)}`,
      values,
    );
  }

  /** Those of the named ones that the reader may see, in no order. */
  async byIds(tx: Tx, scope: Scope, named: readonly { accountId: string; id: string }[]): Promise<AlertRow[]> {
    const { bind, values } = new Binder();
    return open(tx).query<AlertRow>(
      `SELECT ${ALERT_COLUMNS}
       FROM unnest(${bind(named.map(({ accountId }) => accountId))}::uuid[], ${bind(named.map(({ id }) => id))}::uuid[])
           AS wanted (account_id, id)
         JOIN steward.alert t ON t.account_id = wanted.account_id AND t.id = wanted.id
         JOIN steward.account a ON a.id = t.account_id ${RULE_JOIN} ${PEOPLE_JOINS}
       WHERE ${IS_SHOWN} AND ${scopePredicate(scope, bind)}`,
      values,
    );
  }

  /** Live ones first, then the newest. The caller has made sure that the reader may see the account. */
  async ofAccount(
    tx: Tx,
    accountId: string,
    states: readonly ShownAlertState[] | undefined,
    { offset, limit }: Page,
  ): Promise<{ rows: AlertRow[]; total: number }> {
    const which = states === undefined ? IS_SHOWN : `t.state IN (${literals(states)})`;
    const where = states?.length === 0 ? 'FALSE' : `t.account_id = $1 AND ${which}`;
    const of = states?.length === 0 ? [] : [accountId];
    const [count] = await open(tx).query<{ total: number }>(
      `SELECT count(*)::int AS total FROM steward.alert t WHERE ${where}`,
      of,
    );
    const rows = await open(tx).query<AlertRow>(
      `SELECT ${ALERT_COLUMNS} FROM steward.alert t JOIN steward.account a ON a.id = t.account_id ${RULE_JOIN} ${PEOPLE_JOINS}
       WHERE ${where} ORDER BY t.ended_day IS NULL DESC, t.ended_at DESC, ${BY_SEVERITY}
       LIMIT $${of.length + 1}::int OFFSET $${of.length + 2}::int`,
      [...of, limit, offset],
    );
    return { rows, total: count?.total ?? 0 };
  }

  /** Alerts that had been opened by the end of the day and have not ended by then for good, the severest of now first. */
  openOn(tx: Tx, accountId: string, day: IsoDay): Promise<AlertRow[]> {
    return open(tx).query<AlertRow>(
      `SELECT ${ALERT_COLUMNS} FROM steward.alert t JOIN steward.account a ON a.id = t.account_id ${RULE_JOIN} ${PEOPLE_JOINS}
       WHERE t.account_id = $1 AND ${IS_SHOWN} AND t.opened_day <= $2::date AND (t.ended_day IS NULL OR t.ended_day > $2::date)
       ORDER BY ${BY_SEVERITY}`,
      [accountId, day],
    );
  }

  /** What happened to all alerts of an account, oldest first, as far as it tells how they stood. */
  history(tx: Tx, accountId: string): Promise<(DatedEvent & { alertId: string })[]> {
    return open(tx).query(
      `SELECT e.alert_id AS "alertId", e.id, e.kind, e.day, e.at, e.by_user_id AS "byUserId", u.full_name AS by, e.before,
         e.details
       FROM steward.alert_event e LEFT JOIN steward.app_user u ON u.id = e.by_user_id
       WHERE e.account_id = $1 AND ${EVENTS_SHOWN} ORDER BY e.at, e.id`,
      [accountId],
    );
  }

  /** What happened to an alert, newest first. */
  async events(tx: Tx, accountId: string, alertId: string): Promise<AlertEvent[]> {
    const rows = await open(tx).query<EventRow>(
      `SELECT ${EVENT_COLUMNS} FROM steward.alert_event e LEFT JOIN steward.app_user u ON u.id = e.by_user_id
       WHERE e.account_id = $1 AND e.alert_id = $2 AND ${EVENTS_SHOWN} ORDER BY e.at DESC, e.id DESC LIMIT 500`,
      [accountId, alertId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /**
   * What happened to all alerts of an account through a day, newest first; news of evidence aside, which would drown the
   * rest.
   */
  async eventsOfAccount(tx: Tx, accountId: string, day: IsoDay, page: Page): Promise<AccountAlertEvents> {
    const from = `FROM steward.alert_event e
        JOIN steward.alert t ON t.account_id = e.account_id AND t.id = e.alert_id
      WHERE e.account_id = $1 AND e.day <= $2::date AND e.kind <> 'evidence' AND ${EVENTS_SHOWN} AND ${IS_SHOWN}`;
    const [count] = await open(tx).query<{ total: number }>(`SELECT count(*)::int AS total ${from}`, [accountId, day]);
    const rows = await open(tx).query<EventRow & { alert: AccountAlertEvents['events'][number]['alert'] }>(
      `SELECT ${EVENT_COLUMNS}, jsonb_build_object('id', t.id, 'kind', t.kind, 'severity', t.severity, 'reason', t.reason,
          'rule', CASE WHEN t.rule_id IS NOT NULL THEN
            jsonb_build_object('id', t.rule_id, 'key', r.key, 'name', r.name) END) AS alert
       FROM (SELECT e.id AS event_id ${from} ORDER BY e.at DESC, e.id DESC LIMIT $3::int OFFSET $4::int) page
         JOIN steward.alert_event e ON e.account_id = $1 AND e.id = page.event_id
         JOIN steward.alert t ON t.account_id = e.account_id AND t.id = e.alert_id ${RULE_JOIN}
         LEFT JOIN steward.app_user u ON u.id = e.by_user_id
       ORDER BY e.at DESC, e.id DESC`,
      [accountId, day, page.limit, page.offset],
    );
    return { events: rows.map((row) => ({ ...row, at: row.at.toISOString() })), total: count?.total ?? 0 };
  }
}

type Overview = Pick<AlertTotals, 'accounts' | 'arrMinor' | 'arrAtStakeMinor' | 'arrInPlayMinor'> & {
  /** How many alerts bear the same marks. */
  counts: { marks: number; count: number }[];
  ids: string[];
};

function addedUp(counts: Overview['counts']): Omit<AlertTotals, keyof Overview> {
  const of = (mark: number) => counts.reduce((sum, { marks, count }) => (marks & mark ? sum + count : sum), 0);
  const by = <Key extends string>(keys: readonly Key[], mark: (key: Key) => number) =>
    Object.fromEntries(keys.map((key) => [key, of(mark(key))])) as Record<Key, number>;
  return {
    alerts: counts.reduce((sum, { count }) => sum + count, 0),
    unread: of(UNREAD),
    bySeverity: by(ALERT_SEVERITIES, severityMark),
    byKind: by(ALERT_KINDS, kindMark),
  };
}

interface Conditions {
  binder: Binder;
  where: string;
  /** What the conditions read beside the alert. */
  readsAccount: boolean;
  readsRule: boolean;
}

function conditions(scope: Scope, question: InboxQuestion): Conditions {
  const { state, kind, severity, ruleId, accountId, receivers, text } = question;
  const binder = new Binder();
  const { bind } = binder;
  const among = (column: string, values: readonly string[] | undefined) =>
    values === undefined ? [] : [values.length === 0 ? 'FALSE' : `${column} IN (${literals(values)})`];
  const where = [
    scopePredicate(scope, bind),
    ...among('t.state', state),
    ...among('t.kind', kind),
    ...among('t.severity', severity),
    ...(ruleId === undefined ? [] : [`t.rule_id = ${bind(ruleId)}::uuid`]),
    ...(accountId === undefined ? [] : [`t.account_id = ${bind(accountId)}::uuid`]),
    ...(receivers === null ? [] : [`${RECEIVER} = ANY(${bind(receivers)}::uuid[])`]),
  ];
  if (text !== '') {
    const pattern = bind(`%${escapeLike(text)}%`);
    const texts = ['a.name', 'a.external_id', 'a.domain', 't.reason'];
    where.push(`(${texts.map((each) => `${each} ILIKE ${pattern}`).join(' OR ')})`);
  }
  return {
    binder,
    where: where.join(' AND '),
    readsAccount: scope.kind !== 'all' || receivers !== null || text !== '',
    readsRule: receivers !== null,
  };
}

/** The alerts that match, each as small as it can be kept: its account, and what it is. */
function matching(scope: Scope, question: InboxQuestion): { sql: string; binder: Binder } {
  const { binder, where, readsAccount, readsRule } = conditions(scope, question);
  const sql = `matching AS MATERIALIZED (
    SELECT t.account_id, ${MARKS} AS marks FROM steward.alert t
      ${readsAccount ? 'JOIN steward.account a ON a.id = t.account_id' : ''} ${readsRule ? RULE_JOIN : ''}
    WHERE ${where})`;
  return { sql, binder };
}

/**
 * What an alert is, as bits: one for each severity, one for each kind, and one where it is not read. An account's are
 * those of all its alerts.
 */
const severityMark = (severity: AlertSeverity) => 2 ** ALERT_SEVERITIES.indexOf(severity);
const kindMark = (kind: AlertKind) => 2 ** (ALERT_SEVERITIES.length + ALERT_KINDS.indexOf(kind));
const UNREAD = 2 ** (ALERT_SEVERITIES.length + ALERT_KINDS.length);
const AT_STAKE = KINDS_AT_STAKE.reduce((marks, kind) => marks | kindMark(kind), 0);
const IN_PLAY = kindMark('expansion');
const MARKS = `(CASE t.severity ${ALERT_SEVERITIES.map((each) => `WHEN '${each}' THEN ${severityMark(each)}`)
  .reverse()
  .join(' ')} END
  | CASE t.kind ${ALERT_KINDS.map((each) => `WHEN '${each}' THEN ${kindMark(each)}`).join(' ')} END
  | CASE WHEN t.unread THEN ${UNREAD} ELSE 0 END)`;
const RANK_OF_MARKS = `CASE ${ALERT_SEVERITIES.map(
  (each, place) => `WHEN marks & ${severityMark(each)} <> 0 THEN ${place}`,
)
  .reverse()
  .join(' ')} END`;
