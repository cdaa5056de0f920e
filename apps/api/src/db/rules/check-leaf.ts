import { OPERATORS_BY_TYPE } from '@steward/shared/catalogue';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import { DATE_OPERATORS_WITH } from '@steward/shared/rule-operators';
import {
  type ChangeLeaf,
  type CompareFieldsLeaf,
  type CompareLeaf,
  type DateLeaf,
  type EventCountLeaf,
  type HeldLeaf,
  type Operand,
  type TransitionLeaf,
} from '@steward/shared/rules';
import { type BoundField, type Catalogue, isNumeric } from './bindings.js';

export interface RuleProblem {
  path: string;
  code:
    | 'RULE_TOO_DEEP'
    | 'RULE_TOO_LARGE'
    | 'UNKNOWN_FIELD'
    | 'FIELD_NOT_READABLE'
    | 'FIELD_NOW_ONLY'
    | 'OPERATOR_NOT_ALLOWED'
    | 'FIELD_NOT_TRACKED'
    | 'FIELDS_NOT_COMPARABLE'
    | 'UNKNOWN_FEATURE'
    | 'CONDITION_NOT_ALLOWED'
    | 'CHILD_ACCOUNTS_NOT_SEEN'
    | 'UNKNOWN_OPTION'
    | 'BAD_VALUE';
  message: string;
}

/** Takes down what is wrong, and where in the leaf. */
export type Say = (code: RuleProblem['code'], message: string, at?: string) => void;

/** Owner operands that stand for the person who asks; only views and filters know one. */
export const ME = 'me';
export const MY_TEAM = 'my_team';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function checkCompare(leaf: CompareLeaf, bound: BoundField, mayAsk: boolean, say: Say): void {
  const { field } = bound;
  if (!OPERATORS_BY_TYPE[field.type].includes(leaf.op)) {
    say('OPERATOR_NOT_ALLOWED', `${field.key} is a ${field.type} field, which does not take ${leaf.op}`, 'op');
    return;
  }
  const { value } = leaf;
  switch (leaf.op) {
    case 'isSet':
    case 'isNotSet':
      if (value !== undefined) say('BAD_VALUE', `${leaf.op} takes no value`, 'value');
      return;
    case 'between':
      if (!Array.isArray(value) || value.length !== 2 || !value.every(Number.isFinite) || value[0]! > value[1]!) {
        say('BAD_VALUE', 'between takes two numbers, the smaller one first', 'value');
      }
      return;
    case 'in':
    case 'notIn':
      checkList(value, bound, mayAsk, say);
      return;
    default:
      checkScalar(value, bound, mayAsk, say, 'value');
  }
}

function checkList(value: Operand | undefined, bound: BoundField, mayAsk: boolean, say: Say): void {
  if (!Array.isArray(value) || value.length === 0) {
    say('BAD_VALUE', 'a list with at least one value is expected', 'value');
    return;
  }
  if (value.length > RULE_LIMITS.listItems) {
    say('RULE_TOO_LARGE', `a list may have at most ${RULE_LIMITS.listItems} values`, 'value');
    return;
  }
  value.forEach((each, index) => {
    checkScalar(each, bound, mayAsk, say, `value.${index}`);
  });
}

function checkScalar(value: Operand | undefined, { field }: BoundField, mayAsk: boolean, say: Say, at: string) {
  switch (field.type) {
    case 'number':
    case 'money':
    case 'percent':
      if (typeof value !== 'number' || !Number.isFinite(value)) say('BAD_VALUE', 'a number is expected', at);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') say('BAD_VALUE', 'true or false is expected', at);
      return;
    case 'enum':
      if (typeof value !== 'string') say('BAD_VALUE', 'one of the field’s values is expected', at);
      else if (!field.options?.some((option) => option.value === value)) {
        say('UNKNOWN_OPTION', `${field.key} has no value ${value.slice(0, 80)}`, at);
      }
      return;
    case 'user':
      if (value === ME || value === MY_TEAM) {
        if (!mayAsk) say('BAD_VALUE', '“me” and “my team” are for views and filters only', at);
      } else if (typeof value !== 'string' || !UUID.test(value)) {
        say('BAD_VALUE', 'the id of a person is expected', at);
      }
      return;
    case 'text':
    case 'tags':
      if (typeof value !== 'string') say('BAD_VALUE', 'a text is expected', at);
      else if (value.length > RULE_LIMITS.textLength) {
        say('BAD_VALUE', `a text may have at most ${RULE_LIMITS.textLength} characters`, at);
      } else if (value.includes('\u0000')) say('BAD_VALUE', 'a text must not contain NUL characters', at);
      return;
    case 'date':
      say('BAD_VALUE', 'a date takes no value here', at);
      return;
  }
}

export function checkDate(leaf: DateLeaf, { field }: BoundField, say: Say): void {
  if (field.type !== 'date') {
    say('OPERATOR_NOT_ALLOWED', `${field.key} is a ${field.type} field, which does not take ${leaf.op}`, 'op');
    return;
  }
  const wanted = DATE_OPERATORS_WITH[leaf.op];
  for (const part of ['days', 'day', 'period'] as const) {
    if (part === wanted && leaf[part] === undefined) say('BAD_VALUE', `${leaf.op} needs ${part}`, part);
    if (part !== wanted && leaf[part] !== undefined) say('BAD_VALUE', `${leaf.op} does not take ${part}`, part);
  }
  if (wanted === 'days' && leaf.days !== undefined) checkDays(leaf.days, RULE_LIMITS.days, 0, 'days', say);
  if (wanted === 'day' && leaf.day !== undefined && !/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(leaf.day)) {
    say('BAD_VALUE', 'a day between the years 1 and 9999 is expected', 'day');
  }
}

function checkDays(days: number, most: number, least: number, at: string, say: Say): void {
  if (!Number.isInteger(days) || days < least || days > most) {
    say('BAD_VALUE', `a number of days from ${least} to ${most} is expected`, at);
  }
}

/** Keeps products of an operand and any stored value within what the database can hold. */
function isReasonable(factor: number, most = 1e6): boolean {
  return factor === 0 || (Math.abs(factor) >= 1e-6 && Math.abs(factor) <= most);
}

export function checkCompareFields(leaf: CompareFieldsLeaf, bound: BoundField, other: BoundField, say: Say): void {
  if (!isNumeric(bound) || !isNumeric(other)) {
    say('FIELDS_NOT_COMPARABLE', `${leaf.field} and ${leaf.other} cannot be compared as numbers`);
  } else if ((bound.field.type === 'money') !== (other.field.type === 'money')) {
    say('FIELDS_NOT_COMPARABLE', `${leaf.field} and ${leaf.other} are not both amounts of money`);
  }
  if (!isReasonable(leaf.times)) say('BAD_VALUE', 'a factor between a millionth and a million is expected', 'times');
}

export function checkChange(leaf: ChangeLeaf, bound: BoundField, say: Say): void {
  if (!isNumeric(bound) || !bound.field.tracked) {
    say('FIELD_NOT_TRACKED', `changes of ${leaf.field} over time are not kept`, 'field');
    return;
  }
  if (leaf.field === 'health.score' && leaf.unit === 'percent') {
    say('BAD_VALUE', 'a change of the health score is in points', 'unit');
  }
  if (leaf.by < 0 || !isReasonable(leaf.by, 1e12)) {
    say('BAD_VALUE', 'a change of 0, or between a millionth and a million million, is expected', 'by');
  }
  checkDays(leaf.overDays, RULE_LIMITS.closedDays, 1, 'overDays', say);
}

export function checkHeld(leaf: HeldLeaf, bound: BoundField, mayAsk: boolean, say: Say): void {
  const { field, binding } = bound;
  if (binding.kind !== 'state' || binding.since === null) {
    say('FIELD_NOT_TRACKED', `since when ${leaf.field} has held its value is not kept`, 'field');
    return;
  }
  if (leaf.op === 'in') checkList(leaf.value, bound, mayAsk, say);
  else if (Array.isArray(leaf.value)) say('BAD_VALUE', `one value of ${field.key} is expected`, 'value');
  else checkScalar(leaf.value, bound, mayAsk, say, 'value');
  checkDays(leaf.days, leaf.op === 'in' ? RULE_LIMITS.closedDays : RULE_LIMITS.days, 1, 'days', say);
}

export function checkTransition(leaf: TransitionLeaf, bound: BoundField, say: Say): void {
  const { binding } = bound;
  if (binding.kind !== 'state' || binding.since === null) {
    say('FIELD_NOT_TRACKED', `moves of ${leaf.field} are not kept`, 'field');
    return;
  }
  for (const part of ['from', 'to'] as const) {
    const values = leaf[part];
    if (values === undefined && part === 'from') continue;
    if (!Array.isArray(values) || values.length === 0) {
      say('BAD_VALUE', 'a list with at least one value is expected', part);
      continue;
    }
    values.forEach((each, index) => {
      checkScalar(each, bound, false, say, `${part}.${index}`);
    });
  }
  checkDays(leaf.inLastDays, RULE_LIMITS.closedDays, 1, 'inLastDays', say);
}

/** The name of an event is not checked: one that never came in was not done. */
export function checkEventCount(leaf: EventCountLeaf, catalogue: Catalogue, say: Say): void {
  if (leaf.feature !== undefined && !catalogue.features.has(leaf.feature)) {
    say('UNKNOWN_FEATURE', `there is no feature ${leaf.feature.slice(0, 80)}`, 'feature');
  }
  if (!Number.isInteger(leaf.count) || leaf.count < 0 || leaf.count > RULE_LIMITS.eventTimes) {
    say('BAD_VALUE', `a number of times from 0 to ${RULE_LIMITS.eventTimes} is expected`, 'count');
  }
  checkDays(leaf.inLastDays, RULE_LIMITS.closedDays, 1, 'inLastDays', say);
  leaf.where?.forEach(({ op, value }, index) => {
    const at = `where.${index}.value`;
    const isOrder = op === 'gte' || op === 'lte';
    if (isOrder && typeof value !== 'number') say('BAD_VALUE', `${op} takes a number`, at);
    if (!isOrder && Array.isArray(value) !== (op === 'in')) {
      say('BAD_VALUE', op === 'in' ? 'in takes a list of values' : `${op} takes one value`, at);
    }
  });
}
