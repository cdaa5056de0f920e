import type { HeldLeaf } from '@steward/shared/rules';
import { memberOf } from './compare-sql.js';
import { wholeDays } from './date-sql.js';
import { fieldSql } from './field-sql.js';
import { boundField, RuleNotCompilable } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

/**
 * The value holds now and has on every closed day of the last n days. One value is read from the day since which it
 * holds; several, between which it may have moved, from the snapshots of those days. A day that is not known breaks it.
 */
export function heldSql(leaf: HeldLeaf, scope: RuleScope): string {
  const bound = boundField(scope, leaf.field);
  const { binding } = bound;
  if (binding.kind !== 'state' || binding.since === null) {
    throw new RuleNotCompilable(`since when ${leaf.field} has held its value is not kept`);
  }
  const now = fieldSql(scope, bound);
  const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  const since = `s.${now.daysBack === 1 ? binding.closedSince : binding.since}`;
  const firstDay = `${scope.day} - ${wholeDays(leaf.days - 1 + now.daysBack)}`;
  const holds = memberOf(now, bound, values, scope);
  const throughout = `COALESCE(${since} <= ${firstDay}, FALSE)`;
  if (values.length === 1) return `(${now.sql} IS NOT NULL AND ${holds} AND ${throughout})`;
  const lastDay = `${scope.day} - ${now.daysBack}`;
  const then = memberOf({ ...now, sql: `h.${binding.column}` }, bound, values, scope);
  const days = `(SELECT count(*) FROM steward.account_snapshot h WHERE h.account_id = s.account_id
    AND h.day >= ${firstDay} AND h.day < ${lastDay} AND ${then})`;
  return `(${now.sql} IS NOT NULL AND ${holds} AND (${throughout} OR ${days} = ${wholeDays(leaf.days - 1)}))`;
}
