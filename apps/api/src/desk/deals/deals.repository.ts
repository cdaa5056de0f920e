import { Injectable } from '@nestjs/common';
import type { DealBoardQuery, DealEventKind, DealListQuery } from '@steward/shared/deals';
import { BESIDE_COLUMN, BESIDE_JOINS, type WithAccount } from '../../db/account-beside-sql.js';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder, escapeLike } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { PastStep } from '../../domain/deals/deal.js';
import type { Scope } from '../../platform/auth/scope.js';
import {
  billedOnSql,
  CHANCE,
  DEAL_ROW_JOINS,
  type DealWorld,
  dealColumns,
  dealJoins,
  type StoredDealRow,
} from './deal-row-sql.js';

/** What is asked of the deals; people null: everybody's. */
export type DealQuestion = Omit<DealBoardQuery, 'scope'> &
  Partial<Pick<DealListQuery, 'stage' | 'billed' | 'closeFrom' | 'closeTo'>> & {
    state: DealListQuery['state'];
    people: readonly string[] | null;
  };

/** Deals of one stage and month, added up. */
export interface DealGroup {
  stageKey: string | null;
  /** Of an import, where it is none of the workspace's; null: a known one, or none. */
  stageText: string | null;
  month: string | null;
  deals: number;
  amountMinor: number | null;
  weightedMinor: number | null;
  withoutAmount: number;
  overdue: number;
}

export interface DealKey {
  accountId: string;
  id: string;
}

export interface StoredStep extends PastStep {
  accountId: string;
  dealId: string;
}

export interface ShownStep {
  id: string;
  kind: DealEventKind;
  at: Date;
  day: string;
  by: string | null;
  details: Record<string, unknown> | null;
}

const ORDERS: Record<DealListQuery['order'], string> = {
  closeOn: 'd.close_on NULLS LAST, conv.minor DESC NULLS LAST',
  '-amount': 'conv.minor DESC NULLS LAST',
  '-endedOn': 'd.ended_on DESC NULLS LAST',
  name: 'lower(d.name)',
};
const LAST = 'd.account_id, d.id';
const MOST_OF_ACCOUNT = 500;

/** Deals within a reader's scope. */
@Injectable()
export class DealsRepository {
  /** All that match, by stage and month of the close date, or of the day it ended. */
  groups(tx: Tx, scope: Scope, question: DealQuestion, world: DealWorld): Promise<DealGroup[]> {
    const binder = new Binder();
    const { from, where } = matching(binder, scope, question, world);
    const weighed = `floor(conv.minor * ${CHANCE} / 100 + 0.5)`;
    return open(tx).query<DealGroup>(
      `SELECT "stageKey", "stageText", month, count(*)::int AS deals, ${minorSumSql('minor')} AS "amountMinor",
         ${minorSumSql('weighed')} AS "weightedMinor", (count(*) - count(minor))::int AS "withoutAmount",
         count(*) FILTER (WHERE overdue)::int AS overdue
       FROM (SELECT stage.key AS "stageKey", CASE WHEN stage.key IS NULL THEN d.stage END AS "stageText",
           to_char(CASE WHEN d.state = 'open' THEN d.close_on ELSE d.ended_on END, 'YYYY-MM') AS month, conv.minor,
           ${weighed} AS weighed, d.state = 'open' AND d.close_on < ${binder.bind(world.today)}::date AS overdue
         ${from} WHERE ${where}) found
       GROUP BY 1, 2, 3`,
      binder.values,
    );
  }

  page(
    tx: Tx,
    scope: Scope,
    question: DealQuestion,
    world: DealWorld,
    { order, offset, limit }: Pick<DealListQuery, 'order' | 'offset' | 'limit'>,
  ): Promise<(StoredDealRow & WithAccount)[]> {
    const binder = new Binder();
    const { from, where } = matching(binder, scope, question, world);
    const today = `${binder.bind(world.today)}::date`;
    return open(tx).query(
      `SELECT ${dealColumns(today)}, ${BESIDE_COLUMN} ${from} ${DEAL_ROW_JOINS} ${BESIDE_JOINS} WHERE ${where}
       ORDER BY ${ORDERS[order]}, ${LAST} LIMIT ${binder.bind(limit)}::int OFFSET ${binder.bind(offset)}::int`,
      binder.values,
    );
  }

  /** The first cards of each column of the board. */
  cards(
    tx: Tx,
    scope: Scope,
    question: DealQuestion,
    world: DealWorld,
    most: number,
  ): Promise<(StoredDealRow & WithAccount)[]> {
    const binder = new Binder();
    const { from, where } = matching(binder, scope, question, world);
    const today = `${binder.bind(world.today)}::date`;
    return open(tx).query(
      `WITH first AS MATERIALIZED (SELECT account_id, id FROM (
         SELECT d.account_id, d.id, row_number() OVER (PARTITION BY coalesce(stage.key, d.stage)
           ORDER BY ${ORDERS.closeOn}, ${LAST}) AS place ${from} WHERE ${where}) placed WHERE place <= ${most})
       SELECT ${dealColumns(today)}, ${BESIDE_COLUMN}
       FROM first JOIN steward.deal d ON d.account_id = first.account_id AND d.id = first.id
         JOIN steward.account a ON a.id = d.account_id ${dealJoins(binder, world)} ${DEAL_ROW_JOINS} ${BESIDE_JOINS}
       ORDER BY ${ORDERS.closeOn}, ${LAST}`,
      binder.values,
    );
  }

  /** Open ones first, then the newest end; or one of them. */
  ofAccount(tx: Tx, accountId: string, world: DealWorld, id: string | null): Promise<(StoredDealRow & WithAccount)[]> {
    const binder = new Binder();
    const today = `${binder.bind(world.today)}::date`;
    const one = id === null ? '' : `AND d.id = ${binder.bind(id)}`;
    return open(tx).query(
      `SELECT ${dealColumns(today)}, ${BESIDE_COLUMN} FROM steward.deal d JOIN steward.account a ON a.id = d.account_id
         ${dealJoins(binder, world)} ${DEAL_ROW_JOINS} ${BESIDE_JOINS}
       WHERE d.account_id = ${binder.bind(accountId)} ${one}
       ORDER BY d.state = 'open' DESC, d.ended_on DESC, d.close_on NULLS LAST, d.id LIMIT ${MOST_OF_ACCOUNT}`,
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

  /** What people did with these deals, newest first, as far as taking back needs it. */
  steps(tx: Tx, deals: readonly DealKey[]): Promise<StoredStep[]> {
    return open(tx).query<StoredStep>(
      `SELECT e.account_id AS "accountId", e.deal_id AS "dealId", e.id, e.kind,
         CASE WHEN e.before IS NOT NULL THEN jsonb_build_object('revision', (e.before->>'revision')::int) END AS before,
         (e.details->>'revision')::int AS "revisionAfter", e.details->>'undoes' AS undoes
       FROM unnest($1::uuid[], $2::text[]) AS wanted (account_id, deal_id)
         JOIN steward.deal_event e ON e.account_id = wanted.account_id AND e.deal_id = wanted.deal_id
       ORDER BY e.id DESC`,
      [deals.map(({ accountId }) => accountId), deals.map(({ id }) => id)],
    );
  }

  history(tx: Tx, { accountId, id }: DealKey): Promise<ShownStep[]> {
    return open(tx).query<ShownStep>(
      `SELECT e.id, e.kind, e.at, e.day, u.full_name AS by, e.details - 'revision' - 'undoes' - 'made' AS details
       FROM steward.deal_event e LEFT JOIN steward.app_user u ON u.id = e.by_user_id
       WHERE e.account_id = $1 AND e.deal_id = $2 ORDER BY e.id DESC LIMIT 500`,
      [accountId, id],
    );
  }
}

function matching(binder: Binder, scope: Scope, question: DealQuestion, world: DealWorld) {
  const { bind } = binder;
  const from = `FROM steward.deal d JOIN steward.account a ON a.id = d.account_id ${dealJoins(binder, world)}`;
  const where = [scopePredicate(scope, bind), `d.state = ANY(${bind(question.state)}::text[])`];
  if (question.people !== null) {
    const people = `${bind(question.people)}::uuid[]`;
    where.push(`(d.owner_user_id = ANY(${people}) OR a.csm_user_id = ANY(${people}) OR a.am_user_id = ANY(${people}))`);
  }
  if (question.kind !== undefined) where.push(`d.kind = ANY(${bind(question.kind)}::text[])`);
  if (question.owner !== undefined) where.push(`d.owner_user_id = ${bind(question.owner)}::uuid`);
  if (question.stage !== undefined) where.push(`coalesce(stage.key, d.stage) = ${bind(question.stage)}`);
  if (question.closeFrom !== undefined) where.push(`d.close_on >= ${bind(question.closeFrom)}::date`);
  if (question.closeTo !== undefined) where.push(`d.close_on <= ${bind(question.closeTo)}::date`);
  if (question.text !== '') {
    const like = bind(`%${escapeLike(question.text)}%`);
    where.push(
      `(d.name ILIKE ${like} OR a.name ILIKE ${like} OR a.external_id ILIKE ${like} OR a.domain ILIKE ${like})`,
    );
  }
  if (question.billed !== undefined) {
    where.push(`d.state = 'won'`);
    where.push(`${billedOnSql(`${bind(world.today)}::date`)} IS ${question.billed === 'yes' ? 'NOT NULL' : 'NULL'}`);
  }
  return { from, where: where.join(' AND ') };
}
