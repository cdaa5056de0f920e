import { Injectable } from '@nestjs/common';
import type { AccountCount } from '@steward/shared/accounts';
import type { Band } from '@steward/shared/common';
import type { Rule } from '@steward/shared/rules';
import type { TodayBlock } from '@steward/shared/today';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { compileRule } from '../../db/rules/compile-rule.js';
import { type SortKey, sortTerms } from '../../db/rules/sort-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type AccountQuestion, contextOf, matchingAccounts } from '../account-list/question-sql.js';
import { accountRowOf, rowColumns, rowJoins, type StoredAccountRow } from '../account-row-sql.js';

/** Accounts of the book that a block of the page tells of: those that meet a rule, in an order. */
export interface BlockAsked {
  rule: Rule;
  sort: SortKey;
  /** A further condition, over the state `s`. */
  onlyIf?: string;
}

export interface OwnersShare {
  userId: string | null;
  accounts: number;
  arrMinor: number | null;
  atRisk: number;
  atRiskArrMinor: number | null;
}

/** Of a renewal whose outcome is recorded, nothing is to be done, though the date stays until the contract moves. */
export const IS_UNDECIDED = `NOT EXISTS (SELECT 1 FROM steward.renewal r
  WHERE r.account_id = s.account_id AND r.due_on = s.renewal_date AND r.outcome IS NOT NULL)`;

interface Book {
  count: AccountCount;
  /** In the order asked for. */
  blocks: TodayBlock[];
  /** By CSM, in no order. */
  owners: OwnersShare[];
}

interface Group {
  owner: string | null;
  band: Band | null;
  accounts: number;
  arr: number | null;
  /** Of each block. */
  met: number[];
  metArr: (number | null)[];
}

type Found = StoredAccountRow & { block: number | null; place: number | null; groups: Group[] | null };

@Injectable()
export class BookRepository {
  /** The accounts that match, what they are by CSM and band, and the first `rows` of each block: all in one reading. */
  async read(
    tx: Tx,
    question: AccountQuestion,
    asked: readonly BlockAsked[],
    { ownFirst, rows }: { ownFirst: boolean; rows: number },
  ): Promise<Book> {
    const matching = matchingAccounts(question, ownFirst, !ownFirst);
    const { binder, fields } = matching;
    const { catalogue, asker, scope } = question;
    const blocks = asked.map(({ rule, sort, onlyIf }, place) => {
      const options = {
        catalogue,
        asker,
        reader: scope,
        context: contextOf(question),
        binder,
        manyAccounts: !ownFirst,
      };
      const { sql, readsAccount } = compileRule(rule, options);
      fields.readsAccount ||= readsAccount;
      const [term] = sortTerms([sort], fields);
      const met = onlyIf === undefined ? sql : `(${sql} AND ${onlyIf})`;
      return { meets: `m${place}`, key: `k${place}`, columns: `${met} AS m${place}, ${term?.sql} AS k${place}`, term };
    });
    const limit = `${binder.bind(rows)}::int`;
    const first = blocks.map(({ meets, key, term }, place) => {
      const order = `${key} ${term?.direction} NULLS LAST, account_id`;
      return `SELECT ${place} AS block, account_id, row_number() OVER (ORDER BY ${order}) AS place
        FROM (SELECT account_id, ${key} FROM book WHERE ${meets} ORDER BY ${order} LIMIT ${limit}) AS f${place}`;
    });
    const met = blocks.map(({ meets }) => `count(*) FILTER (WHERE ${meets})`);
    const metArr = blocks.map(({ meets }) => minorSumSql('arr_minor', `FILTER (WHERE ${meets})`));
    const found = await open(tx).query<Found>(
      `WITH book AS MATERIALIZED (
         SELECT s.account_id, s.csm_user_id AS owner, s.band, s.arr_minor, ${blocks.map(({ columns }) => columns).join(', ')}
         ${matching.sql()}),
       groups AS (
         SELECT owner, band, count(*) AS accounts, ${minorSumSql('arr_minor')} AS arr, ARRAY[${met.join(', ')}] AS met,
           ARRAY[${metArr.join(', ')}] AS "metArr" FROM book GROUP BY owner, band),
       figures AS (SELECT jsonb_agg(to_jsonb(g)) AS groups FROM groups AS g),
       keys AS MATERIALIZED (${first.join(' UNION ALL ')})
       SELECT r.*, CASE WHEN row_number() OVER (ORDER BY r.block, r.place) = 1 THEN figures.groups END AS groups
       FROM figures LEFT JOIN (
         SELECT keys.block, keys.place, ${rowColumns(fields)} FROM keys
           JOIN steward.account_state s ON s.account_id = keys.account_id
           JOIN steward.account a ON a.id = keys.account_id ${rowJoins(fields)}) AS r ON TRUE
       ORDER BY r.block, r.place`,
      binder.values,
    );
    const groups = found[0]?.groups ?? [];
    return {
      count: {
        accounts: total(groups, ({ accounts }) => accounts) ?? 0,
        arrMinor: total(groups, ({ arr }) => arr),
        byBand: { at_risk: 0, watch: 0, healthy: 0, unknown: 0, ...byBand(groups) },
      },
      blocks: blocks.map((_, place) => ({
        accounts: total(groups, ({ met }) => met[place] ?? 0) ?? 0,
        arrMinor: total(groups, ({ metArr }) => metArr[place] ?? null),
        rows: found
          .filter(({ block }) => block === place)
          .map(({ block: _, place: __, groups: ___, ...row }) => accountRowOf(row)),
      })),
      owners: byOwner(groups),
    };
  }
}

/** Null: of none is it known. At most what a number holds exactly. */
function total(groups: readonly Group[], of: (group: Group) => number | null): number | null {
  const known = groups.flatMap((group) => of(group) ?? []);
  if (known.length === 0) return null;
  return Math.min(
    known.reduce((sum, each) => sum + each, 0),
    Number.MAX_SAFE_INTEGER,
  );
}

function byBand(groups: readonly Group[]): Partial<Record<Band, number>> {
  const counts: Partial<Record<Band, number>> = {};
  for (const { band, accounts } of groups) if (band !== null) counts[band] = (counts[band] ?? 0) + accounts;
  return counts;
}

function byOwner(groups: readonly Group[]): OwnersShare[] {
  return [...new Set(groups.map(({ owner }) => owner))].map((userId) => {
    const own = groups.filter(({ owner }) => owner === userId);
    const atRisk = own.filter(({ band }) => band === 'at_risk');
    return {
      userId,
      accounts: total(own, ({ accounts }) => accounts) ?? 0,
      arrMinor: total(own, ({ arr }) => arr),
      atRisk: total(atRisk, ({ accounts }) => accounts) ?? 0,
      atRiskArrMinor: total(atRisk, ({ arr }) => arr),
    };
  });
}
