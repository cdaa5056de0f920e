import type { CalendarPeriod } from '@steward/shared/rule-operators';
import type { DateLeaf } from '@steward/shared/rules';
import { type FieldSql, fieldSql } from './field-sql.js';
import { boundField, RuleNotCompilable, whereSet } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

/** A date against the day: the last n days are day − n + 1 … day, more than n days ago is before day − n. */
export function dateSql(leaf: DateLeaf, scope: RuleScope): string {
  const bound = boundField(scope, leaf.field);
  if (bound.field.type !== 'date') throw new RuleNotCompilable(`${leaf.field} is not a date`);
  const column = fieldSql(scope, bound);
  const x = column.sql;
  const away = () => wholeDays(leaf.days);
  const lastDays = () => wholeDays(leaf.days === undefined ? undefined : leaf.days - 1);
  const day = () => `${scope.binder.bind(leaf.day)}::date`;
  const predicate = () => {
    switch (leaf.op) {
      case 'inNextDays':
        return between(column, scope.day, away());
      case 'inLastDays':
        // The last 0 days are none. The value is named all the same: what it has bound must be.
        return leaf.days === 0 ? `${x} < ${x}` : between(column, `${scope.day} - ${lastDays()}`, lastDays());
      case 'moreThanDaysAgo':
        return `${x} < ${scope.day} - ${away()}`;
      case 'moreThanDaysAhead':
        return `${x} > ${scope.day} + ${away()}`;
      case 'on':
        return `${x} = ${day()}`;
      case 'before':
        return `${x} < ${day()}`;
      case 'after':
        return `${x} > ${day()}`;
      case 'onOrBefore':
        return `${x} <= ${day()}`;
      case 'onOrAfter':
        return `${x} >= ${day()}`;
      case 'inThis':
        return inThisSql(x, leaf.period, scope.day);
    }
  };
  return whereSet(column, predicate());
}

/**
 * From a day on to so many days later, both ends included. What is more than a column is asked for once, because it may
 * be a query of its own: it lies no farther from the middle than the ends do.
 */
function between({ sql, plain }: FieldSql, first: string, days: string): string {
  return plain
    ? `(${sql} >= ${first} AND ${sql} <= ${first} + ${days})`
    : `(abs(2 * (${sql} - (${first})) - ${days}) <= ${days})`;
}

export const PERIOD_LENGTHS: Record<CalendarPeriod, string> = {
  week: '7 days',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
};

/** Weeks begin on Monday. */
function inThisSql(x: string, period: CalendarPeriod | undefined, day: string): string {
  if (period === undefined) throw new RuleNotCompilable('a period is expected');
  const start = `date_trunc('${period}', (${day})::timestamp)`;
  return `(${x} >= ${start} AND ${x} < ${start} + interval '${PERIOD_LENGTHS[period]}')`;
}

/** A number of days as part of the statement: a whole number and nothing else. */
export function wholeDays(days: number | undefined): string {
  if (days === undefined || !Number.isSafeInteger(days)) throw new RuleNotCompilable('a number of days is expected');
  return String(days);
}
