import { Injectable } from '@nestjs/common';
import { BANDS, type Band } from '@steward/shared/common';
import { ARR_RANGES, type SegmentPreview } from '@steward/shared/segment-preview';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { isSetSql } from '../../db/rules/compare-sql.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import type { RuleScope } from '../../db/rules/rule-scope.js';
import { type SortKey, sortTerms } from '../../db/rules/sort-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import {
  CONTACT_OWNER,
  contactColumns,
  contactRowOf,
  type StoredContactRow,
} from '../../records/segments/contact-rows.reader.js';
import { accountRowOf, boundOf, rowColumns, rowJoins, type StoredAccountRow } from '../account-row-sql.js';
import { type AccountQuestion, matchingAccounts, stateOf } from './question-sql.js';

interface Group {
  band: Band | null;
  tier: string | null;
  /** Place among the ranges, from 1; null: ARR not known. */
  range: number | null;
  count: number;
  /** How many of them have no value in each of the fields asked for. */
  unset: number[];
}

interface Figures {
  groups: Group[] | null;
  accounts: number;
  arrMinor: number | null;
}

export interface PreviewAsked {
  sort: readonly SortKey[];
  limit: number;
  /** Fields of which the accounts without a value are counted. */
  fields: readonly string[];
  /** Begin with the accounts that the reader may see: for small books. So it is where nothing is said. */
  ownFirst?: boolean;
}

export type Previewed = Pick<
  SegmentPreview,
  'total' | 'accounts' | 'arrMinor' | 'rows' | 'contacts' | 'distribution'
> & {
  /** In the order of the fields asked for. */
  unset: number[];
};

/** Count, distribution and first rows of a rule, in one statement that puts the rule to each account once. */
@Injectable()
export class PreviewRepository {
  async preview(tx: Tx, question: AccountQuestion, asked: PreviewAsked): Promise<Previewed> {
    const ownFirst = asked.ownFirst ?? question.scope.kind !== 'all';
    const matching = matchingAccounts(question, ownFirst, !ownFirst);
    const { binder, fields } = matching;
    const ofContacts = question.of === 'contact';
    const terms = sortTerms(asked.sort, fields);
    const keys = terms.map(({ sql }, place) => `${sql} AS k${place}`);
    const unset = asked.fields.map(
      (key, place) => `NOT ${isSetSql(fieldSql(fields, boundOf(fields, key)))} AS n${place}`,
    );
    const columns = ['s.account_id', 's.band', 's.tier', 's.arr_minor', ...(ofContacts ? ['x.id AS contact_id'] : [])];
    const id = ofContacts ? 'contact_id' : 'account_id';
    const order = [...terms.map(({ direction }, place) => `k${place} ${direction} NULLS LAST`), id].join(', ');
    const found = `SELECT ${[...columns, ...keys, ...unset].join(', ')} ${matching.sql()}`;
    const rows = await open(tx).query<{ figures: Figures | null; place: number | null }>(
      `WITH found AS MATERIALIZED (${found}),
       figures AS (${figuresSql(question, unset.length)}),
       keys AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${order}) AS place FROM
         (SELECT * FROM found ORDER BY ${order} LIMIT ${binder.bind(asked.limit)}::int) AS first)
       SELECT r.*, CASE WHEN coalesce(r.place, 1) = 1 THEN to_jsonb(figures) END AS figures
       FROM figures LEFT JOIN (${ofContacts ? contactsSql(fields) : accountsSql(question, fields)}) AS r ON TRUE
       ORDER BY r.place`,
      binder.values,
    );
    const figures = rows[0]?.figures ?? { groups: null, accounts: 0, arrMinor: null };
    const groups = figures.groups ?? [];
    const shown = rows.filter(({ place }) => place !== null).map(({ figures: _, place: __, ...row }) => row);
    const total = groups.reduce((sum, { count }) => sum + count, 0);
    return {
      total,
      accounts: ofContacts ? figures.accounts : total,
      arrMinor: figures.arrMinor,
      rows: ofContacts ? [] : (shown as unknown as StoredAccountRow[]).map(accountRowOf),
      contacts: ofContacts ? (shown as unknown as StoredContactRow[]).map(contactRowOf) : [],
      distribution: {
        byBand: added(groups, ({ band }) => (band === null ? null : BANDS.indexOf(band))).map(([place, count]) => ({
          band: place === null ? null : (BANDS[place] ?? null),
          count,
        })),
        byTier: added(groups, ({ tier }) => tier).map(([tier, count]) => ({ tier, count })),
        byArr: added(groups, ({ range }) => range).map(([range, count]) => ({
          from: range === null ? null : (ARR_RANGES[range - 1] ?? null),
          count,
        })),
      },
      unset: asked.fields.map((_, place) => groups.reduce((sum, group) => sum + (group.unset[place] ?? 0), 0)),
    };
  }
}

/** Groups by all that is shown of the distribution at once: there are few, and they are added up afterwards. */
function figuresSql({ of, catalogue }: AccountQuestion, fields: number): string {
  // Comparisons one by one: a search in an array of bounds costs several times as much a row.
  const ranges = ARR_RANGES.slice(1).map(
    (from, place) => `WHEN arr_minor < ${from * 10 ** catalogue.minorDigits} THEN ${place + 1}`,
  );
  const range = `CASE ${ranges.join(' ')} WHEN arr_minor IS NOT NULL THEN ${ARR_RANGES.length} END`;
  const unset = Array.from({ length: fields }, (_, place) => `count(*) FILTER (WHERE n${place})`);
  const sum = minorSumSql('arr_minor');
  const groups = `SELECT band, tier, ${range} AS range, count(*) AS count, sum(arr_minor) AS arr_minor,
      ARRAY[${unset.join(', ')}]::bigint[] AS unset
    FROM found GROUP BY 1, 2, 3`;
  // Of contacts, an account's ARR counts once.
  const ofContacts = `(SELECT count(*) FROM one) AS accounts, (SELECT ${sum} FROM one) AS "arrMinor"`;
  return of === 'contact'
    ? `WITH one AS (SELECT DISTINCT account_id, arr_minor FROM found)
       SELECT (SELECT jsonb_agg(to_jsonb(g)) FROM (${groups}) AS g) AS groups, ${ofContacts}`
    : `SELECT jsonb_agg(to_jsonb(g) - 'arr_minor') AS groups, 0 AS accounts, ${sum} AS "arrMinor" FROM (${groups}) AS g`;
}

function accountsSql(question: AccountQuestion, fields: RuleScope): string {
  const ofDay = question.past ? `AND s.day = ${fields.day}` : '';
  return `SELECT keys.place, ${rowColumns(fields)} FROM keys JOIN ${stateOf(question)} ON s.account_id = keys.account_id ${ofDay}
    JOIN steward.account a ON a.id = keys.account_id ${rowJoins(fields)}`;
}

function contactsSql(fields: RuleScope): string {
  return `SELECT keys.place, ${contactColumns(fields)} FROM keys
    JOIN steward.contact x ON x.account_id = keys.account_id AND x.id = keys.contact_id
    JOIN steward.account_state s ON s.account_id = keys.account_id
    JOIN steward.account a ON a.id = keys.account_id ${CONTACT_OWNER}`;
}

function added<Key extends string | number | null>(
  groups: readonly Group[],
  keyOf: (group: Group) => Key,
): [Key, number][] {
  const sums = new Map<Key, number>();
  for (const group of groups) sums.set(keyOf(group), (sums.get(keyOf(group)) ?? 0) + group.count);
  return [...sums].sort(([a], [b]) => (a === null ? 1 : b === null || a < b ? -1 : 1));
}
