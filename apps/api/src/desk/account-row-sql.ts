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
  seatUtilization: 'usage.seat_utilization',
  nps: 'sentiment.nps',
  daysSinceTouch: 'relationship.days_since_touch',
} as const;

/** Days in a sparkline, the day itself among them: those that the change beside it looks back over. */
const SPARKLINE_DAYS = 30;

const owner = (kind: 'csm' | 'am', of: 's' | 'a') => `CASE
    WHEN ${kind}.id IS NOT NULL THEN jsonb_build_object('userId', ${kind}.id, 'name', ${kind}.full_name)
    WHEN ${of}.${kind}_user_id IS NULL AND a.${kind}_text IS NOT NULL
      THEN jsonb_build_object('userId', NULL, 'name', a.${kind}_text) END AS ${kind}`;

/** Where the owners shown are read: those of the day for an earlier day, today's otherwise. */
export function ownersFrom(scope: RuleScope): 's' | 'a' {
  return scope.context.kind === 'past' ? 's' : 'a';
}

/** One value a day, oldest first; null for a day without a score or without a snapshot. */
function sparkline(scope: RuleScope): string {
  const closedDays = SPARKLINE_DAYS - 1;
  if (scope.context.kind === 'past') {
    return `ARRAY(SELECT h.score FROM generate_series(${closedDays}, 0, -1) AS back LEFT JOIN (
        SELECT day, score FROM steward.account_snapshot WHERE account_id = s.account_id
          AND day >= ${scope.day} - ${closedDays} AND day <= ${scope.day}) h ON h.day = ${scope.day} - back
      ORDER BY back DESC)::real[]`;
  }
  const closed = `s.score_ring[cardinality(s.score_ring) - ${closedDays - 1}:]`;
  return `array_fill(NULL::real, ARRAY[greatest(0, ${closedDays} - cardinality(s.score_ring))]) || ${closed} || s.score::real`;
}

export function boundOf(scope: RuleScope, key: string): BoundField {
  const bound = scope.catalogue.fields.get(key);
  if (bound === undefined) throw new Error(`the catalogue has lost ${key}`);
  return bound;
}

/** The columns of a row of the list, over `s`, `a`, `csm` and `am`. */
export function rowColumns(scope: RuleScope): string {
  const fields = Object.entries(FIELDS).map(
    ([name, key]) => `${fieldSql(scope, boundOf(scope, key)).sql} AS "${name}"`,
  );
  const owners = ownersFrom(scope);
  return `a.id, a.external_id AS "externalId", coalesce(s.status, a.status) AS status, ${fields.join(', ')},
    s.score, s.band, s.band_since AS "bandSince", s.health_change AS "healthChange", s.trend,
    ${sparkline(scope)} AS sparkline, s.tier, s.stage, s.stage_since AS "stageSince", s.arr_minor AS "arrMinor", s.seats,
    s.renewal_date AS "renewalDate", s.customer_since AS "customerSince",
    ${owner('csm', owners)}, ${owner('am', owners)},
    coalesce(to_jsonb(${fieldSql(scope, boundOf(scope, 'account.tags')).sql}), '[]') AS tags`;
}

/** The joins that `rowColumns` needs beside `s` and `a`. */
export function rowJoins(scope: RuleScope): string {
  const owners = ownersFrom(scope);
  return `LEFT JOIN steward.app_user csm ON csm.id = ${owners}.csm_user_id
    LEFT JOIN steward.app_user am ON am.id = ${owners}.am_user_id`;
}
