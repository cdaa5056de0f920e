import { Injectable } from '@nestjs/common';
import type { OwnerRole } from '@steward/shared/portfolio';
import type { RenewalState } from '@steward/shared/renewals';
import { businessHoursBetweenSql, clockSql } from '../../db/business-hours-sql.js';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { renewalSql } from '../../db/renewal-sql.js';
import { Binder } from '../../db/rules/binder.js';
import { alertSql, openGoalSql, overdueTaskSql } from '../../db/rules/report-part-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { accountsOfToday } from '../base/filter-sql.js';
import { ownerSql, pageAccounts } from '../base/page-accounts-sql.js';
import type { ReportPage } from '../base/report-pages.service.js';
import type { OwnerOfGroup } from './portfolio.repository.js';

export interface RenewalGroup extends OwnerOfGroup {
  state: RenewalState;
  renewals: number;
  arrMinor: number | null;
}
export interface TouchGroup extends OwnerOfGroup {
  touches: number;
  accounts: number;
}
/** Tasks or goals of a person. */
export interface OwnGroup extends OwnerOfGroup {
  rows: number;
  accounts: number;
}
/** Alerts by one of two: after how many business hours (in tenths) they were answered, and after how many days resolved. */
export interface AlertGroup extends OwnerOfGroup {
  what: 'answered' | 'resolved';
  after: number | null;
  alerts: number;
}

/** What people did with the accounts of a page, and have yet to do. */
@Injectable()
export class WorkRepository {
  renewals(tx: Tx, page: ReportPage, role: OwnerRole): Promise<RenewalGroup[]> {
    const binder = new Binder();
    const owner = ownerSql(page, role);
    // What a renewal's state is told by stands in the renewal itself.
    const { from, where } = pageAccounts(page, binder, 'every', owner);
    const { day: today, settings, past } = page;
    const { state } = renewalSql(binder, { today, chances: settings.renewalChance, past });
    return open(tx).query(
      `SELECT ${owner.user} AS "userId", ${owner.text} AS text, ${state} AS state, count(*)::int AS renewals,
         ${minorSumSql('r.amount_minor')} AS "arrMinor"
       ${from} JOIN steward.renewal r ON r.account_id = s.account_id
       WHERE ${where} AND r.due_on BETWEEN ${binder.bind(page.firstDay)}::date AND ${binder.bind(page.lastDay)}::date
       GROUP BY 1, 2, 3`,
      binder.values,
    );
  }

  touches(tx: Tx, page: ReportPage, role: OwnerRole): Promise<TouchGroup[]> {
    const binder = new Binder();
    const owner = ownerSql(page, role);
    const { from, where } = pageAccounts(page, binder, 'every', owner);
    const days = `BETWEEN ${binder.bind(page.firstDay)}::date AND ${binder.bind(page.day)}::date`;
    const mine = accountsOfToday(page, 'account_id', binder) ?? 'TRUE';
    return open(tx).query(
      `SELECT ${owner.user} AS "userId", ${owner.text} AS text, sum(t.touches)::int AS touches, count(*)::int AS accounts
       ${from} JOIN (SELECT account_id, count(*) AS touches FROM steward.touchpoint
         WHERE counts AND on_day ${days} AND ${mine} GROUP BY account_id) t ON t.account_id = s.account_id
       WHERE ${where} GROUP BY 1, 2`,
      binder.values,
    );
  }

  overdueTasks(tx: Tx, page: ReportPage): Promise<OwnGroup[]> {
    const binder = new Binder();
    const { from, where } = pageAccounts(page, binder, 'every');
    return open(tx).query(
      ofPeople(`SELECT t.assignee_user_id AS "userId", count(*) AS rows
       ${from} JOIN steward.task t ON t.account_id = s.account_id
       WHERE ${where} AND ${overdueTaskSql({ ...page, binder })} GROUP BY 1, t.account_id`),
      binder.values,
    );
  }

  openGoals(tx: Tx, page: ReportPage): Promise<OwnGroup[]> {
    const binder = new Binder();
    const { from, where } = pageAccounts(page, binder, 'every');
    return open(tx).query(
      ofPeople(`SELECT g.owner_user_id AS "userId", count(*) AS rows
       ${from} JOIN steward.goal g ON g.account_id = s.account_id
       WHERE ${where} AND ${openGoalSql({ ...page, binder })} GROUP BY 1, g.account_id`),
      binder.values,
    );
  }

  alerts(tx: Tx, page: ReportPage, role: OwnerRole): Promise<AlertGroup[]> {
    const binder = new Binder();
    const owner = ownerSql(page, role);
    const { from, where } = pageAccounts(page, binder, 'every', owner);
    const { opened, answered, resolved } = alertSql({ ...page, binder });
    const zone = `${binder.bind(page.timeZone)}::text`;
    const days = `BETWEEN ${binder.bind(page.firstDay)}::date AND ${binder.bind(page.day)}::date`;
    // Counted by both at once first: that is little, and PostgreSQL shares it between its workers.
    return open(tx).query(
      `WITH counted AS (SELECT k."userId", k.text, k.resolved,
           floor(10 * ${businessHoursBetweenSql('k.opened', 'k.answered')} + 0.5)::int AS hours, count(*) AS alerts
         FROM (SELECT ${owner.user} AS "userId", ${owner.text} AS text,
             CASE WHEN ${answered} THEN ${clockSql('t.opened_at', zone)} END AS opened,
             CASE WHEN ${answered} THEN ${clockSql('t.acknowledged_at', zone)} END AS answered,
             CASE WHEN ${resolved} THEN t.ended_day - t.opened_day END AS resolved
           ${from} JOIN steward.alert t ON t.account_id = s.account_id
           WHERE ${where} AND ${opened} AND t.opened_day ${days} OFFSET 0) k
         GROUP BY 1, 2, 3, 4)
       SELECT c."userId", c.text, CASE WHEN grouping(c.hours) = 0 THEN 'answered' ELSE 'resolved' END AS what,
         coalesce(c.hours / 10.0, c.resolved)::float8 AS after, sum(c.alerts)::int AS alerts
       FROM counted c GROUP BY GROUPING SETS ((c."userId", c.text, c.hours), (c."userId", c.text, c.resolved))`,
      binder.values,
    );
  }
}

/** Rows by person and account as rows by person, with how many accounts they are of. */
const ofPeople = (byAccount: string): string =>
  `SELECT w."userId", NULL AS text, sum(w.rows)::int AS rows, count(*)::int AS accounts
   FROM (${byAccount}) w GROUP BY w."userId"`;
