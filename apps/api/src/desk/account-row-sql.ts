import type { AccountRow } from '@steward/shared/accounts';
import type { BoundField } from '../db/rules/bindings.js';
import { fieldSql } from '../db/rules/field-sql.js';
import type { RuleScope } from '../db/rules/rule-scope.js';

/** Fields of a row that are read like any other catalogue field, so that an earlier day shows what held then. */
const FIELDS = {
  name: 'account.name',
  leavesOn: 'account.leavesOn',
  industry: 'account.industry',
  region: 'account.region',
  plan: 'account.plan',
  activeContacts: 'usage.active_contacts',
  activeContactsChange: 'usage.active_contacts_change',
  seatUtilization: 'usage.seat_utilization',
  breadthChange: 'adoption.breadth_change',
  nps: 'sentiment.nps',
  promoter: 'sentiment.promoter',
  daysSinceTouch: 'relationship.days_since_touch',
  primaryContact: 'account.primaryContact',
} as const;

/** Days in a sparkline, the day itself among them: those that the change beside it looks back over. */
const SPARKLINE_DAYS = 30;

/** A matched owner goes before one whose text has matched nobody yet. */
const owner = (kind: 'csm' | 'am', of: 's' | 'a') => `${kind}.id AS "${kind}Id",
    coalesce(${kind}.full_name, CASE WHEN ${of}.${kind}_user_id IS NULL THEN a.${kind}_text END) AS "${kind}Name"`;

/** Where the owners shown are read: those of the day for an earlier day, today's otherwise. */
export function ownersFrom(scope: RuleScope): 's' | 'a' {
  return scope.context.kind === 'past' ? 's' : 'a';
}

const CLOSED_DAYS = SPARKLINE_DAYS - 1;

/** The scores of the days before, oldest first; null for a day without a score or without a snapshot. */
function closedScores(scope: RuleScope): string {
  if (scope.context.kind !== 'past') return 's.score_ring';
  return `ARRAY(SELECT h.score FROM generate_series(${CLOSED_DAYS}, 1, -1) AS back LEFT JOIN (
      SELECT day, score FROM steward.account_snapshot WHERE account_id = s.account_id
        AND day >= ${scope.day} - ${CLOSED_DAYS} AND day < ${scope.day}) h ON h.day = ${scope.day} - back
    ORDER BY back DESC)::real[]`;
}

/** One value a day, oldest first. */
function sparkline(closed: readonly (number | null)[] | null, score: number | null): (number | null)[] {
  if (closed === null) return [score];
  const missing = Math.max(0, CLOSED_DAYS - closed.length);
  return [...new Array<null>(missing).fill(null), ...closed.slice(-CLOSED_DAYS), score];
}

export function boundOf(scope: RuleScope, key: string): BoundField {
  const bound = scope.catalogue.fields.get(key);
  if (bound === undefined) throw new Error(`the catalogue has lost ${key}`);
  return bound;
}

/** No touch that counts up to the day: as the signal of the days since the last one reads them. */
export const neverTouchedSql = (account: string, day: string): string =>
  `NOT EXISTS (SELECT FROM steward.touchpoint t WHERE t.account_id = ${account} AND t.on_day <= ${day} AND t.counts)`;

/** The columns of a row of the list, over `s`, `a`, `csm` and `am`. */
export function rowColumns(scope: RuleScope): string {
  const fields = Object.entries(FIELDS).map(
    ([name, key]) => `${fieldSql(scope, boundOf(scope, key)).sql} AS "${name}"`,
  );
  const owners = ownersFrom(scope);
  return `a.id, a.external_id AS "externalId", coalesce(s.status, a.status) AS status, ${fields.join(', ')},
    s.score, s.band, s.band_since AS "bandSince", s.health_change AS "healthChange", s.trend,
    ${closedScores(scope)} AS "closedScores", s.tier, s.stage, s.stage_since AS "stageSince", s.arr_minor AS "arrMinor", s.seats,
    s.renewal_date AS "renewalDate", s.customer_since AS "customerSince",
    ${neverTouchedSql('a.id', scope.day)} AS "neverTouched", ${owner('csm', owners)}, ${owner('am', owners)},
    ${fieldSql(scope, boundOf(scope, 'account.tags')).sql} AS tags`;
}

/** A row as `rowColumns` reads it: plain columns, because what PostgreSQL puts together it plans anew for each block. */
export type StoredAccountRow = Omit<AccountRow, 'csm' | 'am' | 'sparkline' | 'tags' | 'promoter' | 'arrWithoutRate'> & {
  /** 1 or 0, as signals are stored. */
  promoter: number | null;
  csmId: string | null;
  csmName: string | null;
  amId: string | null;
  amName: string | null;
  closedScores: (number | null)[] | null;
  tags: string[] | null;
};

export function accountRowOf<Row extends StoredAccountRow>({
  csmId,
  csmName,
  amId,
  amName,
  closedScores: closed,
  promoter,
  tags,
  ...row
}: Row) {
  return {
    ...row,
    csm: csmName === null ? null : { userId: csmId, name: csmName },
    am: amName === null ? null : { userId: amId, name: amName },
    sparkline: sparkline(closed, row.score),
    promoter: promoter === null ? null : promoter === 1,
    tags: tags ?? [],
  };
}

/** The joins that `rowColumns` needs beside `s` and `a`. */
export function rowJoins(scope: RuleScope): string {
  const owners = ownersFrom(scope);
  return `LEFT JOIN steward.app_user csm ON csm.id = ${owners}.csm_user_id
    LEFT JOIN steward.app_user am ON am.id = ${owners}.am_user_id`;
}
