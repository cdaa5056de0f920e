import type { TransitionLeaf } from '@steward/shared/rules';
import { bandMoves } from '../../domain/memory/band-ring.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import type { BoundField, StateBinding } from './bindings.js';
import { memberOf } from './compare-sql.js';
import { wholeDays } from './date-sql.js';
import { type FieldSql, fieldSql } from './field-sql.js';
import { boundField, RuleNotCompilable } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

/**
 * On one of the last n days the value became one of `to`, having been one of `from` on the day before. The day of the
 * row is compared with the close that the row carries, closed days with each other by the bands that the row carries, or
 * by their snapshots where it carries none or not that many. What a row carries hangs on the row's day, as its score does.
 */
export function transitionSql(leaf: TransitionLeaf, scope: RuleScope): string {
  const bound = boundField(scope, leaf.field);
  const { binding } = bound;
  if (binding.kind !== 'state' || binding.since === null) {
    throw new RuleNotCompilable(`moves of ${leaf.field} are not kept`);
  }
  const now = fieldSql(scope, bound);
  // A row of a day that is not over may not have its snapshot yet.
  const isOpen = scope.context.kind !== 'past' && now.daysBack === 0;
  const days = leaf.inLastDays + now.daysBack;
  const moved = (): string => {
    const before = `s.${binding.closed}`;
    const start = leaf.from === undefined ? [] : [memberOf({ ...now, sql: before }, bound, leaf.from, scope)];
    const end = memberOf(now, bound, leaf.to, scope);
    return `(${[end, ...start, `${before} <> ${now.sql}`].join(' AND ')})`;
  };
  const hasRing = binding.bandRing !== null && scope.context.kind !== 'past' && days <= RING_DAYS;
  const onClosedDay = hasRing
    ? movedInRing(`right(s.${binding.bandRing}, ${wholeDays(days)})`, leaf)
    : movedInSnapshots(leaf, { bound, binding, now, isOpen }, scope);
  return isOpen ? `(COALESCE(${moved()}, FALSE) OR ${onClosedDay})` : onClosedDay;
}

/** @param lettersSql the bands from the day before the first of the days asked for on */
function movedInRing(lettersSql: string, { from, to }: TransitionLeaf): string {
  const moves = bandMoves(from, to).map((move) => `strpos(${lettersSql}, '${move}') > 0`);
  return moves.length === 0 ? 'FALSE' : `(${moves.join(' OR ')})`;
}

interface Moving {
  bound: BoundField;
  binding: StateBinding;
  now: FieldSql;
  isOpen: boolean;
}

/** Snapshots are looked up only where the value has not been the same for longer than the days asked for. */
function movedInSnapshots(leaf: TransitionLeaf, { bound, binding, now, isOpen }: Moving, scope: RuleScope): string {
  const beforeFirst = `${scope.day} - ${wholeDays(leaf.inLastDays + now.daysBack)}`;
  const lastDay = `${scope.day} - ${isOpen ? 1 : now.daysBack}`;
  const since = `s.${now.daysBack === 1 ? binding.closedSince : binding.since}`;
  // From the day on since which the value is the same, nothing has moved.
  const untilSince = `LEAST(${lastDay}, ${since})`;
  const [before, after] = [`b.${binding.column}`, `h.${binding.column}`];
  const start = leaf.from === undefined ? '' : `AND ${memberOf({ ...now, sql: before }, bound, leaf.from, scope)}`;
  // The day before is looked up only of days with a value it may have moved to. OFFSET: or all of them are read for it.
  return `((${since} IS NULL OR ${since} > ${beforeFirst}) AND EXISTS (
    SELECT 1 FROM steward.account_snapshot h
    WHERE h.account_id = s.account_id AND h.day > ${beforeFirst} AND h.day <= ${lastDay} AND h.day <= ${untilSince}
      AND ${memberOf({ ...now, sql: after }, bound, leaf.to, scope)} AND EXISTS (
        SELECT 1 FROM steward.account_snapshot b
        WHERE b.account_id = h.account_id AND b.day = h.day - 1 AND b.day >= ${beforeFirst} AND b.day < ${lastDay}
          ${start} AND ${before} <> ${after} OFFSET 0)))`;
}
