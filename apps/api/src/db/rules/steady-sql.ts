import type { CalendarPeriod } from '@steward/shared/rule-operators';
import type { DateLeaf, Rule, RuleLeaf } from '@steward/shared/rules';
import { fieldsRead, leavesOf } from '@steward/shared/rules';
import type { Catalogue } from './bindings.js';
import { PERIOD_LENGTHS, wholeDays } from './date-sql.js';
import { fieldSql } from './field-sql.js';
import { boundField, RuleNotCompilable } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

/**
 * Until when conditions stay as they are while nothing arrives about an account: those that look at its contacts'
 * dates turn on days that are known beforehand. Expressions over `s` and the contact `x`.
 */

/** A contact's dates, by the column that holds the newest one known. */
const DATES = new Map<string, DateOfContact>([
  ['contact.firstSeen', { column: 'x.first_seen', isAsOf: false, grows: false }],
  ['contact.leftOn', { column: 'x.left_on', isAsOf: true, grows: false }],
  ['contact.lastSeen', { column: 'x.last_seen', isAsOf: true, grows: false }],
  ['contact.lastActive', { column: 'x.last_seen', isAsOf: false, grows: true }],
]);

interface DateOfContact {
  column: string;
  /** Not set on days before it. */
  isAsOf: boolean;
  /** Where later days are known already, it is another on each of them, and never an earlier one. */
  grows: boolean;
}

/** Whoever was active is remembered for 400 days, by months. */
const REMEMBERED_DAYS = 365;

/** True where `steadyThroughSql` can tell. Fields that have a history differ between an open day and its close. */
export function isSteady(rule: Rule, catalogue: Catalogue): boolean {
  return leavesOf(rule).every((leaf) => {
    if (leaf.kind !== 'compare' && leaf.kind !== 'date' && leaf.kind !== 'compareFields') return false;
    return fieldsRead(leaf).every((key) => {
      const kind = catalogue.fields.get(key)?.binding.kind;
      return DATES.has(key) || kind === 'state' || kind === 'signal';
    });
  });
}

/** The dates of contacts that a rule reads. */
export function datesOfContacts(rule: Rule): string[] {
  return leavesOf(rule)
    .flatMap(fieldsRead)
    .filter((key) => DATES.has(key));
}

/** What the rules read of the account itself: while it is the same, conditions on it turn by the day alone. */
export function accountValuesSql(rules: readonly Rule[], scope: RuleScope): string[] {
  const keys = new Set(rules.flatMap((rule) => leavesOf(rule).flatMap(fieldsRead)).filter((key) => !DATES.has(key)));
  return [...keys].sort().map((key) => fieldSql(scope, boundField(scope, key)).sql);
}

/**
 * The last day through which each of the rules says of the contact what it says on the day; NULL: for good. A contact
 * that is not known yet is unknown until the day before it is first seen.
 */
export function steadyThroughSql(rules: readonly Rule[], scope: RuleScope): string {
  const days = [...new Set(rules.flatMap((rule) => leavesOf(rule).flatMap((leaf) => leafThrough(leaf, scope))))];
  const known = days.length === 0 ? 'NULL::date' : `LEAST(${days.join(', ')})`;
  return `(CASE WHEN x.first_seen > ${scope.day} THEN x.first_seen - 1 ELSE ${known} END)`;
}

/** Days of which the earliest is the last one that the condition surely stays; NULL among them: for good. */
function leafThrough(leaf: RuleLeaf, scope: RuleScope): string[] {
  if (leaf.kind !== 'date' && leaf.kind !== 'compare') return [];
  const date = DATES.get(leaf.field);
  const { sql: value } = fieldSql(scope, boundField(scope, leaf.field));
  if (date === undefined) return leaf.kind === 'date' ? turnsOf(leaf, value, scope) : [];
  const ofDate = leaf.kind === 'date' ? turnsOf(leaf, date.column, scope) : [];
  if (!date.grows) return date.isAsOf ? [...ofDate, dayBefore(date.column, scope)] : ofDate;
  const steady = ofDate.length === 0 ? 'NULL::date' : `LEAST(${ofDate.join(', ')})`;
  return [`(CASE WHEN ${date.column} > ${scope.day} THEN ${growingThrough(leaf, value, scope)} ELSE ${steady} END)`];
}

/** Of a date that later days move on: what lies within the last days does so for as long as it would without them. */
function growingThrough(leaf: RuleLeaf, value: string, { day }: RuleScope): string {
  const within = (days: number) =>
    `(CASE WHEN ${value} > ${day} - ${wholeDays(days)} THEN ${value} + ${wholeDays(days - 1)} ELSE ${day} END)`;
  if (leaf.kind === 'compare') return within(REMEMBERED_DAYS);
  if (leaf.kind !== 'date' || leaf.op !== 'inLastDays' || !leaf.days) return day;
  return within(Math.min(leaf.days, REMEMBERED_DAYS));
}

/** The condition turns on these days alone, if they are still to come. */
function turnsOf({ op, days, period }: DateLeaf, value: string, scope: RuleScope): string[] {
  const on = (first: string) => dayBefore(first, scope);
  const away = () => wholeDays(days);
  switch (op) {
    case 'inNextDays':
      return [on(`(${value} - ${away()})`), on(`(${value} + 1)`)];
    case 'inLastDays':
      return days === 0 ? [] : [on(value), on(`(${value} + ${away()})`)];
    case 'moreThanDaysAgo':
      return [on(`(${value} + ${away()} + 1)`)];
    case 'moreThanDaysAhead':
      return [on(`(${value} - ${away()})`)];
    case 'inThis':
      if (period === undefined) throw new RuleNotCompilable('a period is expected');
      return [lastDayOf(period, scope)];
    case 'on':
    case 'before':
    case 'after':
    case 'onOrBefore':
    case 'onOrAfter':
      return [];
  }
}

function lastDayOf(period: CalendarPeriod, { day }: RuleScope): string {
  return `(date_trunc('${period}', (${day})::timestamp) + interval '${PERIOD_LENGTHS[period]}' - interval '1 day')::date`;
}

function dayBefore(day: string, scope: RuleScope): string {
  return `(CASE WHEN ${day} > ${scope.day} THEN ${day} - 1 END)`;
}
