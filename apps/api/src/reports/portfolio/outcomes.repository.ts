import { Injectable } from '@nestjs/common';
import type { ChurnReason } from '@steward/shared/leaving';
import type { RenewalState } from '@steward/shared/renewals';
import { businessHoursBetweenSql, clockSql } from '../../db/business-hours-sql.js';
import { churnsSql } from '../../db/churn-sql.js';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { renewalSql } from '../../db/renewal-sql.js';
import { Binder } from '../../db/rules/binder.js';
import { alertAsOfSql, goalStatusSql, tierBeforeChurn } from '../../db/rules/report-part-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { KEPT_AFTER_DAYS } from '../../domain/alerts/quality.js';
import { pageAccounts } from '../base/page-accounts-sql.js';
import type { ReportPage } from '../base/report-pages.service.js';

export interface RenewalMonthGroup {
  month: string;
  state: RenewalState;
  isAtRisk: boolean;
  renewals: number;
  arrMinor: number | null;
  weightedMinor: number | null;
  renewedMinor: number | null;
}

export interface ChurnGroup {
  month: string;
  reason: string | null;
  canInfluence: boolean | null;
  competitor: string | null;
  accounts: string[];
  arrLostMinor: number | null;
  arrUnknown: number;
}

export interface PlaybookGroup {
  playbookId: string;
  name: string;
  kind: string;
  started: number;
  running: number;
  achieved: number;
  missed: number;
  cancelled: number;
  cancelledByPerson: number;
  medianDays: number | null;
}

export interface AlertRuleGroup {
  ruleId: string;
  name: string | null;
  fired: number;
  acknowledgedInTime: number;
  toAcknowledge: number;
  falseAlarm: number;
  resolved: number;
  kept: number;
  arrKeptMinor: number | null;
}

/** What became of accounts: renewals, churn, alerts and goals. */
@Injectable()
export class OutcomesRepository {
  renewalMonths(tx: Tx, page: ReportPage, until: string): Promise<RenewalMonthGroup[]> {
    const binder = new Binder();
    const { from, where } = pageAccounts(page, binder, 'every', { readsAccount: true });
    const { day: today, settings, past } = page;
    const sql = renewalSql(binder, { today, chances: settings.renewalChance, past });
    return open(tx).query(
      `SELECT month, state, at_risk AS "isAtRisk", count(*)::int AS renewals, ${minorSumSql('amount')} AS "arrMinor",
         ${minorSumSql('weighed')} AS "weightedMinor", ${minorSumSql('renewed')} AS "renewedMinor"
       FROM (SELECT to_char(r.due_on, 'YYYY-MM') AS month, ${sql.state} AS state, ${sql.atRisk} AS at_risk, r.amount_minor AS amount,
           CASE WHEN ${sql.open} THEN floor(${sql.expected} * ${sql.chance} / 100.0 + 0.5) END AS weighed,
           CASE WHEN ${sql.state} IN ('renewed', 'renewedSmaller') THEN r.renewed_amount_minor END AS renewed
         ${from} JOIN steward.renewal r ON r.account_id = s.account_id
         WHERE ${where} AND r.due_on BETWEEN ${binder.bind(page.firstDay)}::date AND ${binder.bind(until)}::date) found
       GROUP BY 1, 2, 3`,
      binder.values,
    );
  }

  /** Customers who left in the period; in tierMode `then` by the tier of the day before. */
  churns(tx: Tx, page: ReportPage, reasons: readonly ChurnReason[]): Promise<ChurnGroup[]> {
    const binder = new Binder();
    const { tier = [], ...others } = page.filters;
    const byThen = page.filters.tierMode === 'then';
    const asked = byThen ? { ...page, filters: others } : page;
    const { from, where } = pageAccounts(asked, binder, 'every');
    const churns = churnsSql(binder, { from: page.firstDay, to: page.day }, reasons);
    const ofTier = byThen && tier.length > 0 ? `AND ${tierBeforeChurn('c')} = ANY(${binder.bind(tier)}::text[])` : '';
    return open(tx).query(
      `SELECT to_char(c.churned_on, 'YYYY-MM') AS month, c.reason, c.can_influence AS "canInfluence", c.competitor,
         array_agg(DISTINCT c.account_id::text) AS accounts, ${minorSumSql('c.arr_lost_minor')} AS "arrLostMinor",
         (count(*) - count(c.arr_lost_minor))::int AS "arrUnknown"
       ${from} JOIN ${churns} c ON c.account_id = s.account_id WHERE ${where} ${ofTier} GROUP BY 1, 2, 3, 4`,
      binder.values,
    );
  }

  /** Goals that started on these days, by playbook, as they stood on the page's day. */
  playbooks(tx: Tx, page: ReportPage, fromDay: string): Promise<PlaybookGroup[]> {
    const binder = new Binder();
    const { from, where } = pageAccounts(page, binder, 'every');
    // Counted by playbook first, because names make rows wide; a median is taken of how many took how long.
    return open(tx).query(
      `WITH counted AS (SELECT g.playbook_id, g.state, g.by_person, g.days, count(*) AS goals
         FROM (SELECT g.playbook_id, ${goalStatusSql({ ...page, binder })} AS state, g.ended_by IS NOT NULL AS by_person,
             g.ended_day - g.start_day AS days
           ${from} JOIN steward.goal g ON g.account_id = s.account_id
           WHERE ${where} AND g.start_day BETWEEN ${binder.bind(fromDay)}::date AND ${binder.bind(page.day)}::date OFFSET 0) g
         GROUP BY 1, 2, 3, 4),
       took AS (SELECT playbook_id, days, sum(goals) OVER w AS upto, sum(goals) OVER (PARTITION BY playbook_id) AS all_goals
         FROM (SELECT playbook_id, days, sum(goals) AS goals FROM counted WHERE state = 'achieved' GROUP BY 1, 2) d
         WINDOW w AS (PARTITION BY playbook_id ORDER BY days)),
       median AS (SELECT playbook_id, (min(days) FILTER (WHERE 2 * upto >= all_goals) + min(days) FILTER (WHERE 2 * upto >= all_goals + 1)) / 2.0
           AS days FROM took GROUP BY playbook_id)
       SELECT p.id AS "playbookId", p.name, p.kind, sum(c.goals)::int AS started,
         coalesce(sum(c.goals) FILTER (WHERE c.state IN ('notStarted', 'inProgress', 'atRisk')), 0)::int AS running,
         coalesce(sum(c.goals) FILTER (WHERE c.state = 'achieved'), 0)::int AS achieved,
         coalesce(sum(c.goals) FILTER (WHERE c.state = 'missed'), 0)::int AS missed,
         coalesce(sum(c.goals) FILTER (WHERE c.state = 'cancelled'), 0)::int AS cancelled,
         coalesce(sum(c.goals) FILTER (WHERE c.state = 'cancelled' AND c.by_person), 0)::int AS "cancelledByPerson",
         min(m.days)::float8 AS "medianDays"
       FROM counted c JOIN steward.playbook p ON p.id = c.playbook_id LEFT JOIN median m ON m.playbook_id = c.playbook_id
       GROUP BY p.id ORDER BY started DESC, lower(p.name), p.id`,
      binder.values,
    );
  }

  /**
   * Alerts that opened by a change on these days, by rule, as `QualityTally` counts them: in time is within the business
   * hours that the tier of the day promises; kept are accounts, each once with its latest ARR. All as of the page's day.
   */
  alertRules(tx: Tx, page: ReportPage, fromDay: string, now: Date): Promise<AlertRuleGroup[]> {
    const binder = new Binder();
    const { bind } = binder;
    const { from, where } = pageAccounts(page, binder, 'every');
    const promises = page.tiers.map(({ key, responseHours }) => ({ key, hours: responseHours }));
    const zone = `${bind(page.timeZone)}::text`;
    const told = alertAsOfSql({ ...page, binder }, now);
    const last = page.tiers.at(-1)?.responseHours ?? 0;
    return open(tx).query(
      `WITH promise AS (SELECT * FROM jsonb_to_recordset(${bind(JSON.stringify(promises))}::jsonb) AS p (key text, hours float8)),
       judged AS (SELECT t.rule_id, t.account_id, ${told.state} AS state, ${told.outcome} AS outcome,
           ${told.acknowledgedAt} AS acknowledged_at, t.opened_at, t.arr_minor_at_open AS arr,
           coalesce(p.hours, ${bind(last)}::float8) AS hours, coalesce(${told.acknowledgedAt}, ${told.until}) AS until,
           t.outcome = 'successful' AND t.ended_day + ${KEPT_AFTER_DAYS} <= ${bind(page.day)}::date
             AND NOT coalesce(c.churned_on > t.ended_day AND c.churned_on <= t.ended_day + ${KEPT_AFTER_DAYS}, FALSE) AS kept
         ${from} JOIN steward.alert t ON t.account_id = s.account_id
           LEFT JOIN steward.account c ON c.id = t.account_id AND c.churned_on IS NOT NULL
           LEFT JOIN promise p ON p.key = CASE WHEN s.tier_since <= t.opened_day THEN s.tier ELSE coalesce((
             SELECT h.tier FROM steward.account_snapshot h
             WHERE h.account_id = t.account_id AND h.day = t.opened_day), s.tier) END
         WHERE ${where} AND t.rule_id IS NOT NULL AND t.started IN ('change', 'lived')
           AND t.state IN ('open', 'acknowledged', 'snoozed', 'resolved', 'cleared')
           AND t.opened_day BETWEEN ${bind(fromDay)}::date AND ${bind(page.day)}::date OFFSET 0),
       timed AS (SELECT j.rule_id, j.state, j.outcome, j.acknowledged_at IS NOT NULL AS is_answered,
           ${isWithinSql(zone)} AS is_in_time FROM judged j OFFSET 0),
       counted AS (SELECT t.rule_id, count(*)::int AS fired,
           (count(*) FILTER (WHERE t.is_answered AND t.is_in_time))::int AS in_time,
           (count(*) FILTER (WHERE t.is_answered OR (NOT t.is_in_time AND t.state <> 'cleared')))::int AS to_acknowledge,
           (count(*) FILTER (WHERE t.outcome = 'falseAlarm'))::int AS false_alarm,
           (count(*) FILTER (WHERE t.state = 'resolved'))::int AS resolved FROM timed t GROUP BY t.rule_id),
       kept AS (SELECT rule_id, count(*)::int AS kept, ${minorSumSql('arr')} AS arr FROM (SELECT DISTINCT ON (rule_id, account_id) rule_id, arr
           FROM judged WHERE kept ORDER BY rule_id, account_id, opened_at DESC) once GROUP BY rule_id)
       SELECT t.rule_id AS "ruleId", r.name, t.fired, t.in_time AS "acknowledgedInTime", t.to_acknowledge AS "toAcknowledge",
         t.false_alarm AS "falseAlarm", t.resolved, coalesce(k.kept, 0) AS kept, k.arr AS "arrKeptMinor"
       FROM counted t LEFT JOIN steward.alert_rule r ON r.id = t.rule_id LEFT JOIN kept k ON k.rule_id = t.rule_id
       ORDER BY fired DESC, lower(r.name), r.id`,
      binder.values,
    );
  }
}

/**
 * Whether `j.until` comes within `j.hours` business hours of `j.opened_at`. Most are told without counting: so many hours
 * of the clock hold no more business hours, and each whole week holds 40.
 */
function isWithinSql(zone: string): string {
  const counted = `(SELECT ${businessHoursBetweenSql('c.opened', 'c.until')} <= j.hours FROM (
    SELECT ${clockSql('j.opened_at', zone)} AS opened, ${clockSql('j.until', zone)} AS until OFFSET 0) c)`;
  return `CASE WHEN j.until - j.opened_at <= j.hours * interval '1 hour' THEN TRUE
    WHEN j.until - j.opened_at >= (ceil(j.hours / 40) + 1) * interval '168 hours' THEN FALSE ELSE ${counted} END`;
}
