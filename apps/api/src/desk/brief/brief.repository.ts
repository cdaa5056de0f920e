import { Injectable } from '@nestjs/common';
import type { Brief } from '@steward/shared/brief';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { openRuleScope } from '../../db/rules/compile-rule.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { PulseReasonsReader, reasonsInWords } from '../../records/pulse/pulse-reasons.reader.js';
import { neverTouchedSql } from '../account-row-sql.js';
import { arrWithoutRateSql } from '../arr-without-rate-sql.js';

const LAST_TOUCHES = 5;
const SHOWN_ROWS = 10;

export type BriefAccount = Pick<
  Brief['account'],
  | 'id'
  | 'name'
  | 'externalId'
  | 'status'
  | 'leavesOn'
  | 'csm'
  | 'am'
  | 'arrMinor'
  | 'arrWithoutRate'
  | 'renewalDate'
  | 'neverTouched'
> & { leaving: boolean };

type StoredPulse = Omit<NonNullable<Brief['health']['pulse']>, 'reasons'> & { reasons: string[] };

const person = (id: string) =>
  `(SELECT jsonb_build_object('userId', u.id, 'name', u.full_name) FROM steward.app_user u WHERE u.id = ${id})`;

/** What stands on the page of a brief. Only `account` asks whether the reader may see it; the others follow. */
@Injectable()
export class BriefRepository {
  constructor(private readonly reasons: PulseReasonsReader) {}

  /** Null: not there for this reader. */
  async account(
    tx: Tx,
    scope: Scope,
    accountId: string,
    catalogue: Catalogue,
    day: IsoDay,
  ): Promise<BriefAccount | null> {
    const binder = new Binder();
    const { bind } = binder;
    const fields = openRuleScope({ catalogue, context: { kind: 'live', day }, binder });
    const owner = (role: 'csm' | 'am') => `CASE WHEN coalesce(${role}.full_name, a.${role}_text) IS NOT NULL THEN
      jsonb_build_object('userId', ${role}.id, 'name', coalesce(${role}.full_name, a.${role}_text)) END AS ${role}`;
    const [row] = await open(tx).query<BriefAccount>(
      `SELECT a.id, a.name, a.external_id AS "externalId", coalesce(s.status, a.status) AS status,
         a.leaves_on AS "leavesOn", a.notice_given_on IS NOT NULL OR a.leaves_on IS NOT NULL AS leaving,
         s.arr_minor AS "arrMinor", ${arrWithoutRateSql(fields)} AS "arrWithoutRate",
         coalesce(s.renewal_date, a.renewal_date) AS "renewalDate",
         ${neverTouchedSql('a.id', fields.day)} AS "neverTouched",
         ${owner('csm')}, ${owner('am')}
       FROM steward.account a LEFT JOIN steward.account_state s ON s.account_id = a.id
         LEFT JOIN steward.app_user csm ON csm.id = a.csm_user_id LEFT JOIN steward.app_user am ON am.id = a.am_user_id
       WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      binder.values,
    );
    return row ?? null;
  }

  /** The newest pulse of the last days. */
  async pulse(tx: Tx, accountId: string, day: IsoDay, days: number): Promise<Brief['health']['pulse']> {
    const [row] = await open(tx).query<StoredPulse>(
      `SELECT p.day, p.value, p.reasons, p.note, CASE WHEN coalesce(u.full_name, p.author_text) IS NOT NULL THEN
           jsonb_build_object('userId', p.author_user_id, 'name', coalesce(u.full_name, p.author_text)) END AS author
       FROM steward.pulse p LEFT JOIN steward.app_user u ON u.id = p.author_user_id
       WHERE p.account_id = $1 AND p.day <= $2::date AND p.day > $2::date - $3::int ORDER BY p.day DESC LIMIT 1`,
      [accountId, day, days],
    );
    if (row === undefined) return null;
    const { reasons } = await this.reasons.list(tx);
    return { ...row, reasons: reasonsInWords(row.reasons, reasons) };
  }

  async tickets(tx: Tx, accountId: string, day: IsoDay): Promise<Brief['tickets']> {
    const open_ = `t.account_id = $1 AND t.opened_on <= $2::date AND (t.closed_on IS NULL OR t.closed_on > $2::date)`;
    const first = await open(tx).query<Brief['tickets']['first'][number]>(
      `SELECT t.id, t.subject, t.priority, t.status, t.opened_on AS "openedOn" FROM steward.ticket t WHERE ${open_}
       ORDER BY array_position(ARRAY['urgent', 'high', 'normal', 'low'], t.priority), t.opened_on, t.id LIMIT ${SHOWN_ROWS}`,
      [accountId, day],
    );
    const [count] = await open(tx).query<{ tickets: number }>(
      `SELECT count(*)::int AS tickets FROM steward.ticket t WHERE ${open_}`,
      [accountId, day],
    );
    return { open: count?.tickets ?? 0, first };
  }

  touches(tx: Tx, accountId: string, day: IsoDay): Promise<Brief['touches']> {
    return open(tx).query(
      `SELECT t.id, t.kind, t.on_day AS day, coalesce(u.full_name, t.author_text) AS author, t.text,
         ARRAY(SELECT coalesce(c.name, c.email, c.external_id) FROM steward.contact c
           WHERE c.account_id = t.account_id AND c.id = ANY(t.contact_ids) ORDER BY 1) AS "with"
       FROM steward.touchpoint t LEFT JOIN steward.app_user u ON u.id = t.author_user_id
       WHERE t.account_id = $1 AND t.on_day <= $2::date ORDER BY t.on_day DESC, t.at DESC, t.id DESC LIMIT ${LAST_TOUCHES}`,
      [accountId, day],
    );
  }

  async plan(tx: Tx, accountId: string, day: IsoDay): Promise<Brief['plan']> {
    const [row] = await open(tx).query<Brief['plan']>(
      `SELECT p.note, p.objectives, p.links, CASE WHEN p.next_step IS NOT NULL THEN jsonb_build_object('text', p.next_step,
           'day', p.next_step_day, 'owner', ${person('p.next_step_user_id')},
           'past', coalesce(p.next_step_day < $2::date, FALSE)) END AS "nextStep"
       FROM steward.account_plan p WHERE p.account_id = $1`,
      [accountId, day],
    );
    return row ?? { note: null, objectives: [], nextStep: null, links: [] };
  }

  goals(tx: Tx, accountId: string): Promise<Brief['goals']> {
    return open(tx).query(
      `SELECT g.id, g.name, g.kind, g.status, CASE WHEN g.progress IS NOT NULL THEN least(1, greatest(0, g.progress)) END AS progress,
         g.start_day AS "startDay",
         g.due_day AS "dueDay", ${person('g.owner_user_id')} AS owner,
         (SELECT count(*)::int FROM steward.task t WHERE t.account_id = g.account_id AND t.goal_id = g.id
          AND t.state = 'done') AS "tasksDone",
         (SELECT count(*)::int FROM steward.task t WHERE t.account_id = g.account_id AND t.goal_id = g.id
          AND t.state <> 'cancelled') AS tasks
       FROM steward.goal g WHERE g.account_id = $1 AND g.status IN ('notStarted', 'inProgress', 'atRisk')
       ORDER BY g.due_day, g.id LIMIT ${SHOWN_ROWS}`,
      [accountId],
    );
  }

  tasks(tx: Tx, accountId: string, day: IsoDay): Promise<Brief['tasks']> {
    return open(tx).query(
      `SELECT t.id, t.title, t.due_day AS "dueDay", ${person('t.assignee_user_id')} AS assignee,
         coalesce(t.due_day < $2::date, FALSE) AS overdue
       FROM steward.task t WHERE t.account_id = $1 AND t.state = 'open'
       ORDER BY t.due_day NULLS LAST, t.id LIMIT ${SHOWN_ROWS}`,
      [accountId, day],
    );
  }

  alerts(tx: Tx, accountId: string): Promise<Brief['alerts']> {
    return open(tx).query(
      `SELECT f.id, f.kind, f.severity, f.reason, f.opened_day AS "openedDay" FROM steward.alert f
       WHERE f.account_id = $1 AND f.state IN ('open', 'acknowledged', 'snoozed')
       ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low', 'info'], f.severity), f.opened_day, f.id
       LIMIT ${SHOWN_ROWS}`,
      [accountId],
    );
  }

  /** The next one that is open, an overdue one of the last 60 days among them. */
  async renewal(tx: Tx, accountId: string, day: IsoDay): Promise<Brief['renewal']> {
    const [row] = await open(tx).query<NonNullable<Brief['renewal']>>(
      `SELECT r.due_on AS "dueDay", r.amount_minor AS "amountMinor", r.forecast_category AS forecast,
         r.forecast_amount_minor AS "forecastMinor"
       FROM steward.renewal r WHERE r.account_id = $1 AND r.outcome IS NULL AND r.due_on >= $2::date - 60
       ORDER BY r.due_on LIMIT 1`,
      [accountId, day],
    );
    return row ?? null;
  }

  deals(tx: Tx, accountId: string): Promise<Brief['deals']> {
    return open(tx).query(
      `SELECT d.id, d.name, d.kind, d.stage, CASE WHEN d.amount_minor IS NOT NULL AND d.currency IS NOT NULL THEN
           jsonb_build_object('amountMinor', d.amount_minor, 'currency', d.currency) END AS amount,
         d.probability, d.close_on AS "closeOn"
       FROM steward.deal d WHERE d.account_id = $1 AND d.state = 'open'
       ORDER BY d.close_on NULLS LAST, d.id LIMIT ${SHOWN_ROWS}`,
      [accountId],
    );
  }

  contacts(tx: Tx, accountId: string, day: IsoDay): Promise<Brief['contacts']> {
    return open(tx).query(
      `SELECT c.id, coalesce(c.name, c.email, c.external_id) AS name, c.title, c.role, c.email, c.is_primary AS "primary",
         CASE WHEN c.last_seen IS NOT NULL THEN least(c.last_seen, $2::date) END AS "lastSeen"
       FROM steward.contact c WHERE c.account_id = $1 AND NOT c.internal AND NOT coalesce(c.left_on <= $2::date, FALSE)
       ORDER BY c.is_primary DESC, array_position(ARRAY['champion', 'decision_maker', 'decision maker'], c.role),
         c.last_seen DESC NULLS LAST, c.id LIMIT ${SHOWN_ROWS}`,
      [accountId, day],
    );
  }
}
