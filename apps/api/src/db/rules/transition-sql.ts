import type { TransitionLeaf } from '@steward/shared/rules';
import { memberOf } from './compare-sql.js';
import { wholeDays } from './date-sql.js';
import { fieldSql } from './field-sql.js';
import { boundField, RuleNotCompilable } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

/**
 * On one of the last n days the value became one of `to`, having been one of `from` on the day before. The day of the
 * row is compared with the close that the row carries, closed days with each other from their snapshots; those are
 * looked up only where the value has not been the same for longer than that.
 */
export function transitionSql(leaf: TransitionLeaf, scope: RuleScope): string {
  const bound = boundField(scope, leaf.field);
  const { binding } = bound;
  if (binding.kind !== 'state' || binding.since === null) {
    throw new RuleNotCompilable(`moves of ${leaf.field} are not kept`);
  }
  const now = fieldSql(scope, bound);
  const moved = (before: string, after: string): string => {
    const start = leaf.from === undefined ? [] : [memberOf({ ...now, sql: before }, bound, leaf.from, scope)];
    const end = memberOf({ ...now, sql: after }, bound, leaf.to, scope);
    return `(${[end, ...start, `${before} <> ${after}`].join(' AND ')})`;
  };
  // A row of a day that is not over may not have its snapshot yet.
  const isOpen = scope.context.kind !== 'past' && now.daysBack === 0;
  const beforeFirst = `${scope.day} - ${wholeDays(leaf.inLastDays + now.daysBack)}`;
  const lastDay = `${scope.day} - ${isOpen ? 1 : now.daysBack}`;
  const since = `s.${now.daysBack === 1 ? binding.closedSince : binding.since}`;
  // From the day on since which the value is the same, nothing has moved.
  const untilSince = `LEAST(${lastDay}, ${since})`;
  const [before, after] = [`b.${binding.column}`, `h.${binding.column}`];
  const start = leaf.from === undefined ? '' : `AND ${memberOf({ ...now, sql: before }, bound, leaf.from, scope)}`;
  // The day before is looked up only of days with a value it may have moved to. OFFSET: or all of them are read for it.
  const onClosedDay = `((${since} IS NULL OR ${since} > ${beforeFirst}) AND EXISTS (
    SELECT 1 FROM steward.account_snapshot h
    WHERE h.account_id = s.account_id AND h.day > ${beforeFirst} AND h.day <= ${lastDay} AND h.day <= ${untilSince}
      AND ${memberOf({ ...now, sql: after }, bound, leaf.to, scope)} AND EXISTS (
        SELECT 1 FROM steward.account_snapshot b
        WHERE b.account_id = h.account_id AND b.day = h.day - 1 AND b.day >= ${beforeFirst} AND b.day < ${lastDay}
          ${start} AND ${before} <> ${after} OFFSET 0)))`;
  if (!isOpen) return onClosedDay;
  return `(COALESCE(${moved(`s.${binding.closed}`, now.sql)}, FALSE) OR ${onClosedDay})`;
}
