import { Injectable } from '@nestjs/common';
import type { AccountCount, AccountRow, ArrWithoutRate } from '@steward/shared/accounts';
import type { Band } from '@steward/shared/common';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder } from '../../db/rules/binder.js';
import { openRuleScope } from '../../db/rules/compile-rule.js';
import type { RuleScope } from '../../db/rules/rule-scope.js';
import { type SortKey, sortSql } from '../../db/rules/sort-sql.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { accountRowOf, rowColumns, rowJoins, type StoredAccountRow } from '../account-row-sql.js';
import { arrWithoutRateSql } from '../arr-without-rate-sql.js';
import {
  type AccountQuestion,
  asksForAll,
  contextOf,
  isOrderOfTerms,
  matchingAccounts,
  snapshotDay,
  stateOf,
  walkedBackwards,
} from './question-sql.js';

export interface AccountBlock {
  sort: readonly SortKey[];
  offset: number;
  limit: number;
}

/** Where the keys of a block are found: in which table, and whether the reader's own accounts first. */
interface KeysFrom {
  table: string;
  ownFirst: boolean;
}

/** A book of at most so many accounts is found first. */
const SMALL_BOOK = 5000;

const OFTEN_ROWS = 100;

/**
 * The first rows of everything, in some order: what the list opens with. There are as many such statements as sort keys,
 * and planning one takes as long as running it; with its limit written out, its kept plan walks the index.
 */
function isAskedOften(question: AccountQuestion, offset: number, limit: number): boolean {
  return offset === 0 && limit === OFTEN_ROWS && asksForAll(question);
}

@Injectable()
export class AccountListRepository {
  /** One block of rows in order; what is not set comes last either way. */
  async block(
    tx: Tx,
    question: AccountQuestion,
    { sort, offset, limit }: AccountBlock,
  ): Promise<{ rows: AccountRow[]; nowOnlyFields: string[] }> {
    const from = {
      ownFirst: await this.isSmallBook(tx, question.scope),
      table: isOrderOfTerms(question, sort) ? 'steward.account_terms s' : stateOf(question),
    };
    const backwards = walkedBackwards(question, sort);
    if (backwards === null) {
      return this.ordered(tx, question, from, (fields) => ({ order: sortSql(sort, fields) }), offset, limit);
    }
    const { column, direction, mayBeUnset } = backwards;
    const order = `${column} ${direction} NULLS FIRST, s.account_id DESC`;
    const walked = (fields: RuleScope) => {
      fields.readsAccount ||= !mayBeUnset;
      return mayBeUnset ? { only: `${column} IS NOT NULL`, order } : { order };
    };
    const set = await this.ordered(tx, question, from, walked, offset, limit);
    const missing = limit - set.rows.length;
    if (missing === 0 || !mayBeUnset) return set;
    const before = offset === 0 ? set.rows.length : await this.countWhere(tx, question, from, `${column} IS NOT NULL`);
    const unset = await this.ordered(
      tx,
      question,
      from,
      () => ({ only: `${column} IS NULL`, order: 's.account_id' }),
      Math.max(0, offset - before),
      missing,
    );
    return { rows: [...set.rows, ...unset.rows], nowOnlyFields: set.nowOnlyFields };
  }

  /**
   * Keys are found and ordered over as few columns as the question reads, and the rows are joined to those hundred keys
   * alone: joining first costs many times as much at a deep offset.
   */
  private async ordered(
    tx: Tx,
    question: AccountQuestion,
    { ownFirst, table }: KeysFrom,
    wanted: (fields: RuleScope) => { only?: string; order: string },
    offset: number,
    limit: number,
  ): Promise<{ rows: AccountRow[]; nowOnlyFields: string[] }> {
    const matching = matchingAccounts(question, ownFirst);
    const { binder, fields } = matching;
    const { only, order } = wanted(fields);
    const often = isAskedOften(question, offset, limit);
    const block = often ? `LIMIT ${OFTEN_ROWS}` : `LIMIT ${binder.bind(limit)}::int OFFSET ${binder.bind(offset)}::int`;
    const keys = `SELECT s.account_id ${matching.sql(table)} ${only ? `AND ${only}` : ''} ORDER BY ${order} ${block}`;
    const nowOnlyFields = matching.nowOnlyFields();
    const statements = open(tx);
    const rows = await (often ? statements.prepared : statements.query)<StoredAccountRow>(
      `WITH keys AS MATERIALIZED (SELECT account_id, row_number() OVER () AS place FROM (${keys}) found)
       SELECT ${rowColumns(fields)} FROM keys JOIN ${stateOf(question)} ON s.account_id = keys.account_id
         JOIN steward.account a ON a.id = keys.account_id ${rowJoins(fields)}
       ${snapshotDay(question, fields, 'WHERE')} ORDER BY keys.place`,
      binder.values,
    );
    return { rows: await this.withReasons(tx, question, rows.map(accountRowOf)), nowOnlyFields };
  }

  /** Why no ARR is known, looked up for such rows alone: most blocks have none. */
  private async withReasons(tx: Tx, question: AccountQuestion, rows: AccountRow[]): Promise<AccountRow[]> {
    const unknown = rows.flatMap(({ id, arrMinor }) => (arrMinor === null ? [id] : []));
    if (unknown.length === 0) return rows;
    const binder = new Binder();
    const fields = openRuleScope({ ...question, context: contextOf(question), binder });
    const found = await open(tx).query<{ id: string; amounts: ArrWithoutRate }>(
      `SELECT a.id, ${arrWithoutRateSql(fields)} AS amounts
       FROM steward.account a JOIN ${stateOf(question)} ON s.account_id = a.id ${snapshotDay(question, fields, 'AND')}
       WHERE a.id = ANY(${binder.bind(unknown)}::uuid[])`,
      binder.values,
    );
    const reasons = new Map(found.map(({ id, amounts }) => [id, amounts]));
    return rows.map((row) => {
      const arrWithoutRate = reasons.get(row.id) ?? [];
      return arrWithoutRate.length === 0 ? row : { ...row, arrWithoutRate };
    });
  }

  /** Is the reader's book so small that its accounts are better found first, instead of walking the list in order? */
  async isSmallBook(tx: Tx, scope: Scope): Promise<boolean> {
    if (scope.kind === 'all') return false;
    const binder = new Binder();
    const [row] = await open(tx).query<{ accounts: number }>(
      `SELECT count(*)::int AS accounts FROM
         (SELECT 1 FROM steward.account a WHERE ${scopePredicate(scope, binder.bind)} LIMIT ${SMALL_BOOK + 1}) own`,
      binder.values,
    );
    return row !== undefined && row.accounts <= SMALL_BOOK;
  }

  private async countWhere(tx: Tx, question: AccountQuestion, { table }: KeysFrom, only: string): Promise<number> {
    const { binder, sql } = matchingAccounts(question);
    const [row] = await open(tx).query<{ accounts: number }>(
      `SELECT count(*)::int AS accounts ${sql(table)} AND ${only}`,
      binder.values,
    );
    return row?.accounts ?? 0;
  }

  async count(tx: Tx, question: AccountQuestion): Promise<AccountCount> {
    const { binder, sql } = matchingAccounts(question);
    const rows = await open(tx).query<{ band: Band | null; accounts: number; arrMinor: number | null }>(
      `SELECT s.band, count(*) AS accounts,
         ${minorSumSql('s.arr_minor')} AS "arrMinor" ${sql()}
       GROUP BY s.band`,
      binder.values,
    );
    const bands = rows.flatMap(({ band, accounts }) => (band === null ? [] : [[band, accounts] as const]));
    return {
      accounts: rows.reduce((sum, row) => sum + row.accounts, 0),
      arrMinor: rows.every(({ arrMinor }) => arrMinor === null)
        ? null
        : rows.reduce((sum, row) => sum + (row.arrMinor ?? 0), 0),
      byBand: { at_risk: 0, watch: 0, healthy: 0, unknown: 0, ...Object.fromEntries(bands) },
    };
  }

  /** All accounts that match, in order: what an export walks over. */
  async ids(
    tx: Tx,
    question: AccountQuestion,
    sort: readonly SortKey[],
  ): Promise<{ ids: string[]; nowOnlyFields: string[] }> {
    const matching = matchingAccounts(question);
    const order = sortSql(sort, matching.fields);
    const rows = await open(tx).query<{ id: string }>(
      `SELECT s.account_id AS id ${matching.sql()} ORDER BY ${order}`,
      matching.binder.values,
    );
    return { ids: rows.map(({ id }) => id), nowOnlyFields: matching.nowOnlyFields() };
  }

  /** The rows of these accounts, in their order, as far as the reader may still see them. */
  async rowsOf(tx: Tx, question: AccountQuestion, ids: readonly string[]): Promise<AccountRow[]> {
    const binder = new Binder();
    const fields = openRuleScope({ ...question, context: contextOf(question), binder });
    const rows = await open(tx).query<StoredAccountRow>(
      `SELECT ${rowColumns(fields)}
       FROM unnest(${binder.bind(ids)}::uuid[]) WITH ORDINALITY AS keys (account_id, place)
         JOIN ${stateOf(question)} ON s.account_id = keys.account_id
         JOIN steward.account a ON a.id = keys.account_id ${rowJoins(fields)}
       WHERE ${scopePredicate(question.scope, binder.bind)} ${snapshotDay(question, fields, 'AND')} ORDER BY keys.place`,
      binder.values,
    );
    return rows.map(accountRowOf);
  }
}
