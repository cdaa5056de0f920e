import type { ChangeLeaf } from '@steward/shared/rules';
import { RING_DAYS } from '../../domain/memory/memory.js';
import type { BoundField } from './bindings.js';
import { wholeDays } from './date-sql.js';
import { type FieldSql, fieldSql } from './field-sql.js';
import { boundField, RuleNotCompilable, realOperand, toMinor } from './leaf-sql.js';
import type { RuleContext, RuleScope } from './rule-scope.js';

/** The change that the pipeline keeps as a column, so that it needs no snapshots. */
const KEPT_CHANGE_DAYS = 30;

/**
 * The value of the day against its value n days earlier, from the snapshot of that day. False where either is not known.
 * Percent is of the size of the earlier value and false where that is 0; the health score's change leaves the part of
 * the model out.
 */
export function changeSql(leaf: ChangeLeaf, scope: RuleScope): string {
  const bound = boundField(scope, leaf.field);
  const now = fieldSql(scope, bound);
  if (leaf.field === 'health.score') return scoreChangeSql(leaf, now, scope);
  const before = earlierColumn(bound);
  const float = now.kind === 'real';
  const cast = float ? 'float8' : 'numeric';
  const [from, to] = [`${before}::${cast}`, `${now.sql}::${cast}`];
  const difference = leaf.direction === 'up' ? `(${to} - ${from})` : `(${from} - ${to})`;
  const holds = (): string => {
    if (leaf.unit === 'percent') {
      const by = `${scope.binder.bind(String(leaf.by))}::${cast}`;
      return `${before} <> 0 AND ${difference} * 100 >= ${by} * abs(${from})`;
    }
    // Signals are kept as `real`: their difference is one too, so that 0.3 − 0.2 is a rise of 0.1.
    if (float) {
      const rounded = `(CASE WHEN abs(${difference}) < 3e38 THEN ${difference}::real ELSE sign(${difference})::real * 3e38 END)`;
      return `${rounded} >= ${realOperand(scope, leaf.by)}`;
    }
    const by = now.kind === 'minor' ? toMinor(leaf.by, scope.catalogue.minorDigits) : String(leaf.by);
    return `${difference} >= ${scope.binder.bind(by)}::numeric`;
  };
  // The snapshot is looked up once, however often the comparison names its value.
  const day = `${scope.day} - ${wholeDays(leaf.overDays + now.daysBack)}`;
  return `COALESCE((SELECT ${holds()} FROM steward.account_snapshot h
    WHERE h.account_id = s.account_id AND h.day = ${day}), FALSE)`;
}

function scoreChangeSql(leaf: ChangeLeaf, now: FieldSql, scope: RuleScope): string {
  const sign = leaf.direction === 'up' ? '' : '-';
  const by = `${scope.binder.bind(String(leaf.by))}::numeric`;
  if (leaf.overDays === KEPT_CHANGE_DAYS && now.daysBack === 0) {
    return `COALESCE(${sign}s.health_change >= ${by}, FALSE)`;
  }
  const { before, model } =
    scope.context.kind !== 'past' && leaf.overDays + now.daysBack <= RING_DAYS
      ? fromRings(leaf.overDays + now.daysBack)
      : fromSnapshots(`${scope.day} - ${wholeDays(leaf.overDays + now.daysBack)}`, scope);
  const ofToday = now.daysBack === 0 ? ' - s.model_change' : '';
  return `COALESCE(${sign}(${now.sql} - ${before} - ${model}${ofToday}) >= ${by}, FALSE)`;
}

/**
 * What a row itself tells of the score so many days before, where no snapshot does: days that a backfill has only walked
 * in by have none. A snapshot of its own day knows the change over 30 days alone.
 * @param days an SQL expression
 */
export function keptScore({ kind }: RuleContext, days: string): string {
  const byChange = `CASE WHEN ${days} = ${KEPT_CHANGE_DAYS} THEN s.score - s.health_change END`;
  return kind === 'past' ? byChange : `coalesce(s.score_ring[${RING_DAYS + 1} - ${days}]::numeric, ${byChange})`;
}

/** The score so many days before the row's day, and what changes of the model made of it on the closed days since. */
function fromRings(days: number): { before: string; model: string } {
  const place = RING_DAYS + 1 - Number(wholeDays(days));
  return {
    before: `s.score_ring[${place}]::numeric`,
    // Most days have no change of the model: that is seen without adding up.
    model: `(CASE WHEN 0 = ALL(s.model_change_ring[${place + 1}:]) THEN 0
      ELSE (SELECT coalesce(sum(m::numeric), 0) FROM unnest(s.model_change_ring[${place + 1}:]) AS m) END)`,
  };
}

function fromSnapshots(first: string, scope: RuleScope): { before: string; model: string } {
  const of = 'FROM steward.account_snapshot h WHERE h.account_id = s.account_id';
  return {
    before: `(SELECT h.score ${of} AND h.day = ${first})`,
    model: `coalesce((SELECT sum(h.model_change) ${of} AND h.day > ${first} AND h.day < ${scope.day}), 0)`,
  };
}

/** The field's value in a snapshot `h`. */
function earlierColumn({ binding, field }: BoundField): string {
  if (binding.kind === 'signal') return `h.signals[${binding.number}]`;
  if (binding.kind === 'state') return `h.${binding.column}`;
  throw new RuleNotCompilable(`changes of ${field.key} over time are not kept`);
}
