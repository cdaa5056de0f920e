import { Injectable } from '@nestjs/common';
import type { AccountBeside } from '@steward/shared/commercial';
import type { ForecastCategory, RenewalListQuery, RenewalState, RenewalTotals } from '@steward/shared/renewals';
import { BESIDE_COLUMN, BESIDE_JOINS } from '../../db/account-beside-sql.js';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { type RenewalSql, renewalSql } from '../../db/renewal-sql.js';
import { rollsOnSql } from '../../db/rolls-on-sql.js';
import { Binder, escapeLike } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { RENEWAL_JOINS, type RenewalWorld, renewalColumns, type StoredRenewalRow } from './renewal-row-sql.js';

/** What is asked of the renewals; people null: everybody's. */
export interface RenewalQuestion
  extends Pick<RenewalListQuery, 'state' | 'category' | 'band' | 'tier' | 'owner' | 'missing' | 'text'> {
  people: readonly string[] | null;
  from: string;
  to: string;
  /** Overdue ones of the last 60 days belong to it, too. */
  withOverdue: boolean;
}

/** Renewals of one month, state and category, added up. */
export interface RenewalGroup {
  month: string;
  state: RenewalState;
  category: ForecastCategory;
  renewals: number;
  amountMinor: number | null;
  weightedMinor: number | null;
  atRiskMinor: number | null;
  renewedMinor: number | null;
  missingForecast: number;
  missingTouch: number;
}

export type ListedRow = StoredRenewalRow & {
  account: AccountBeside;
  lastTouch: { day: string; kind: string } | null;
  autoRenew: boolean | null;
};

const FROM = `FROM steward.renewal r JOIN steward.account a ON a.id = r.account_id`;
const MOST_OF_ACCOUNT = 500;
const LAST_TOUCH = `(SELECT jsonb_build_object('day', t.on_day, 'kind', t.kind) FROM steward.touchpoint t
  WHERE t.account_id = r.account_id AND t.counts ORDER BY t.on_day DESC, t.at DESC LIMIT 1) AS "lastTouch"`;
/** Of the subscriptions that run on the due day; one that goes on by itself runs beyond its end. */
const AUTO_RENEW = `(SELECT CASE WHEN bool_or(b.auto_renew IS NULL) OR bool_or(b.auto_renew) <> bool_and(b.auto_renew) THEN NULL
    ELSE bool_and(b.auto_renew) END FROM steward.subscription b
  WHERE b.account_id = r.account_id AND b.starts_on <= r.due_on
    AND (b.ends_on IS NULL OR b.ends_on >= r.due_on OR ${rollsOnSql('b', 'r.due_on')})) AS "autoRenew"`;

/** Renewals within a reader's scope. */
@Injectable()
export class RenewalsRepository {
  groups(tx: Tx, scope: Scope, question: RenewalQuestion, world: RenewalWorld): Promise<RenewalGroup[]> {
    const binder = new Binder();
    const sql = renewalSql(binder, world);
    const where = conditions(binder, scope, question, sql);
    return open(tx).query<RenewalGroup>(
      `SELECT month, state, category, count(*)::int AS renewals, ${minorSumSql('amount')} AS "amountMinor",
         ${minorSumSql('weighed')} AS "weightedMinor", ${minorSumSql('at_risk')} AS "atRiskMinor",
         ${minorSumSql('renewed')} AS "renewedMinor", (count(*) FILTER (WHERE no_forecast))::int AS "missingForecast",
         (count(*) FILTER (WHERE no_touch))::int AS "missingTouch"
       FROM (SELECT to_char(r.due_on, 'YYYY-MM') AS month, ${sql.state} AS state, ${sql.category} AS category,
           r.amount_minor AS amount, CASE WHEN ${sql.open} THEN floor(${sql.expected} * ${sql.chance} / 100.0 + 0.5) END AS weighed,
           CASE WHEN ${sql.atRisk} THEN r.amount_minor END AS at_risk, r.renewed_amount_minor AS renewed,
           ${sql.missingForecast} AS no_forecast, ${sql.missingTouch} AS no_touch
         ${FROM} LEFT JOIN steward.account_state s ON s.account_id = a.id WHERE ${where}) found
       GROUP BY 1, 2, 3`,
      binder.values,
    );
  }

  page(
    tx: Tx,
    scope: Scope,
    question: RenewalQuestion,
    world: RenewalWorld,
    { offset, limit }: Pick<RenewalListQuery, 'offset' | 'limit'>,
  ): Promise<ListedRow[]> {
    const binder = new Binder();
    const sql = renewalSql(binder, world);
    const where = conditions(binder, scope, question, sql);
    return open(tx).query<ListedRow>(
      `SELECT ${renewalColumns(sql)}, ${BESIDE_COLUMN}, ${LAST_TOUCH}, ${AUTO_RENEW} ${FROM} ${BESIDE_JOINS} ${RENEWAL_JOINS}
       WHERE ${where} ORDER BY ${sql.onTop} DESC, r.due_on, r.amount_minor DESC NULLS LAST, r.account_id
       LIMIT ${binder.bind(limit)}::int OFFSET ${binder.bind(offset)}::int`,
      binder.values,
    );
  }

  /** The latest due date first; or the one of a day. */
  ofAccount(tx: Tx, accountId: string, world: RenewalWorld, dueOn: string | null): Promise<StoredRenewalRow[]> {
    const binder = new Binder();
    const sql = renewalSql(binder, world);
    const one = dueOn === null ? '' : `AND r.due_on = ${binder.bind(dueOn)}::date`;
    return open(tx).query<StoredRenewalRow>(
      `SELECT ${renewalColumns(sql)} ${FROM} LEFT JOIN steward.account_state s ON s.account_id = a.id ${RENEWAL_JOINS}
       WHERE r.account_id = ${binder.bind(accountId)} ${one} ORDER BY r.due_on DESC LIMIT ${MOST_OF_ACCOUNT}`,
      binder.values,
    );
  }

  /** Customers who said that they leave, by month; where it is asked for some renewals, those who have one of them. */
  knownChurn(
    tx: Tx,
    scope: Scope,
    question: RenewalQuestion,
    world: RenewalWorld,
    thisMonth: string,
  ): Promise<RenewalTotals['knownChurn']> {
    const binder = new Binder();
    // Who should have left before this month is a customer still.
    const from = `GREATEST(${binder.bind(question.from)}::date, ${binder.bind(thisMonth)}::date)`;
    const where = ofAccounts(binder, scope, question);
    if (asksOfRenewals(question)) {
      const sql = renewalSql(binder, world);
      const some = [`r.account_id = a.id`, inSpan(binder, question, sql), ...ofRenewals(binder, question, sql)];
      // The state reads the day, which not every filter does: what is bound has to be read.
      where.push(`EXISTS (SELECT ${sql.state} FROM steward.renewal r WHERE ${some.join(' AND ')})`);
    }
    return open(tx).query(
      `SELECT to_char(a.leaves_on, 'YYYY-MM') AS month, count(*)::int AS accounts, ${minorSumSql('s.arr_minor')} AS "arrMinor"
       FROM steward.account a LEFT JOIN steward.account_state s ON s.account_id = a.id
       WHERE a.status = 'customer' AND a.leaves_on BETWEEN ${from} AND ${binder.bind(question.to)}::date AND ${where.join(' AND ')}
       GROUP BY 1 ORDER BY 1`,
      binder.values,
    );
  }

  async isVisible(tx: Tx, scope: Scope, accountId: string): Promise<boolean> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.account a WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.length > 0;
  }
}

function ofPeople({ bind }: Binder, people: readonly string[] | null, owner: string | undefined): string[] {
  const owned = (ids: string) => `(a.csm_user_id = ANY(${ids}) OR a.am_user_id = ANY(${ids}))`;
  return [
    ...(people === null ? [] : [owned(`${bind(people)}::uuid[]`)]),
    ...(owner === undefined ? [] : [owned(`${bind([owner])}::uuid[]`)]),
  ];
}

function conditions(binder: Binder, scope: Scope, question: RenewalQuestion, sql: RenewalSql): string {
  const span = inSpan(binder, question, sql);
  return [span, ...ofAccounts(binder, scope, question), ...ofRenewals(binder, question, sql)].join(' AND ');
}

function inSpan({ bind }: Binder, { from, to, withOverdue }: RenewalQuestion, sql: RenewalSql): string {
  const between = `r.due_on BETWEEN ${bind(from)}::date AND ${bind(to)}::date`;
  return withOverdue ? `(${between} OR ${sql.onTop})` : between;
}

/** What is asked of the accounts of renewals, over `a` and `s`. */
function ofAccounts(binder: Binder, scope: Scope, { people, owner, band, tier, text }: RenewalQuestion): string[] {
  const { bind } = binder;
  const where = [scopePredicate(scope, bind), ...ofPeople(binder, people, owner)];
  if (band !== undefined) where.push(`coalesce(s.band, 'unknown') = ANY(${bind(band)}::text[])`);
  if (tier !== undefined) where.push(`s.tier = ANY(${bind(tier)}::text[])`);
  if (text !== '') {
    const like = bind(`%${escapeLike(text)}%`);
    where.push(`(a.name ILIKE ${like} OR a.external_id ILIKE ${like} OR a.domain ILIKE ${like})`);
  }
  return where;
}

const asksOfRenewals = ({ state, category, missing }: RenewalQuestion) =>
  [state, category, missing].some((asked) => asked !== undefined);

/** What is asked of renewals themselves. */
function ofRenewals({ bind }: Binder, { state, category, missing }: RenewalQuestion, sql: RenewalSql): string[] {
  const where: string[] = [];
  if (state !== undefined) where.push(`${sql.state} = ANY(${bind(state)}::text[])`);
  if (category !== undefined) where.push(`${sql.category} = ANY(${bind(category)}::text[])`);
  if (missing !== undefined) where.push(missing === 'forecast' ? sql.missingForecast : sql.missingTouch);
  return where;
}
