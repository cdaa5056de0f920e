import {
  CALENDAR_PERIODS,
  CHANGE_UNITS,
  COMPARE_OPERATORS,
  type CompareOperator,
  DATE_OPERATORS,
  DATE_OPERATORS_WITH,
  type DateOperator,
} from '@steward/shared/rule-operators';
import type { ChangeLeaf, CompareFieldsLeaf, CompareLeaf, DateLeaf, HeldLeaf } from '@steward/shared/rules';
import { isIsoDay } from '../../lib/days.js';

/** A condition that stands in an address as text: `usage.active_contacts_change~lte~-30`. */
export type SimpleLeaf = CompareLeaf | CompareFieldsLeaf | DateLeaf | ChangeLeaf | HeldLeaf;

/** A comparison with a multiple of another field: `usage.active_contacts~ltTimes~0.5|account.seats`. */
export const TIMES_OPERATORS = { ltTimes: 'lt', lteTimes: 'lte', gtTimes: 'gt', gteTimes: 'gte' } as const;
export type TimesOperator = keyof typeof TIMES_OPERATORS;
const TIMES = Object.keys(TIMES_OPERATORS) as TimesOperator[];

const LIST: readonly CompareOperator[] = ['in', 'notIn', 'between'];
const FIELD = /^[A-Za-z][A-Za-z0-9_.-]*$/;

type Scalar = string | number | boolean;

// Text is marked by a leading quote, so that "7" and 7 stay apart.
const scalarText = (value: Scalar): string =>
  typeof value === 'string' ? `'${encodeURIComponent(value).replaceAll('~', '%7E')}` : String(value);

function scalarOf(text: string): Scalar | null {
  if (text.startsWith("'")) {
    try {
      return decodeURIComponent(text.slice(1));
    } catch {
      return null;
    }
  }
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
}

export function leafText(leaf: SimpleLeaf): string {
  switch (leaf.kind) {
    case 'date':
      return [leaf.field, leaf.op, leaf.days ?? leaf.day ?? leaf.period ?? ''].join('~');
    case 'change':
      return [leaf.field, leaf.direction, [leaf.by, leaf.unit, leaf.overDays].join('|')].join('~');
    case 'held': {
      const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
      return [leaf.field, 'held', [leaf.days, ...values.map(scalarText)].join('|')].join('~');
    }
    case 'compareFields': {
      const op = TIMES.find((each) => TIMES_OPERATORS[each] === leaf.op) ?? leaf.op;
      return [leaf.field, op, [leaf.times, leaf.other].join('|')].join('~');
    }
    case 'compare': {
      if (leaf.value === undefined) return [leaf.field, leaf.op].join('~');
      const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
      return [leaf.field, leaf.op, values.map(scalarText).join('|')].join('~');
    }
  }
}

const member = <T extends string>(list: readonly T[], text: string | undefined): T | null =>
  list.find((each) => each === text) ?? null;

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : null;
}

function heldOf(field: string, value: string): HeldLeaf | null {
  const [length, ...texts] = value.split('|');
  const days = wholeNumber(length);
  const values = texts.map(scalarOf).filter((each) => typeof each === 'string');
  const [only] = values;
  if (days === null || days < 1 || only === undefined || values.length < texts.length) return null;
  return values.length === 1
    ? { kind: 'held', field, op: 'eq', value: only, days }
    : { kind: 'held', field, op: 'in', value: values, days };
}

function dateLeafOf(field: string, op: DateOperator, value: string | undefined): DateLeaf | null {
  switch (DATE_OPERATORS_WITH[op]) {
    case 'days': {
      const days = wholeNumber(value);
      return days === null ? null : { kind: 'date', field, op, days };
    }
    case 'day':
      return isIsoDay(value) ? { kind: 'date', field, op, day: value } : null;
    case 'period': {
      const period = member(CALENDAR_PERIODS, value);
      return period === null ? null : { kind: 'date', field, op, period };
    }
  }
}

/** Null for text that is no condition: an address is typed by people and cut off by mail programs. */
export function leafOf(text: string): SimpleLeaf | null {
  const [field, op, value] = text.split('~');
  if (field === undefined || !FIELD.test(field) || op === undefined) return null;
  if (op === 'up' || op === 'down') {
    const [by, unit, overDays] = (value ?? '').split('|');
    const unitOf = member(CHANGE_UNITS, unit);
    const days = wholeNumber(overDays);
    if (by === undefined || by === '' || !Number.isFinite(Number(by)) || unitOf === null || days === null) return null;
    return { kind: 'change', field, direction: op, by: Number(by), unit: unitOf, overDays: days };
  }
  if (op === 'held') return heldOf(field, value ?? '');
  const timesOp = member(TIMES, op);
  if (timesOp !== null) {
    const [times, other] = (value ?? '').split('|');
    if (!times || !Number.isFinite(Number(times)) || other === undefined || !FIELD.test(other)) return null;
    return { kind: 'compareFields', field, op: TIMES_OPERATORS[timesOp], times: Number(times), other };
  }
  const dateOp = member(DATE_OPERATORS, op);
  if (dateOp !== null) return dateLeafOf(field, dateOp, value);
  const compareOp = member(COMPARE_OPERATORS, op);
  if (compareOp === null) return null;
  if (compareOp === 'isSet' || compareOp === 'isNotSet') return { kind: 'compare', field, op: compareOp };
  const values = (value ?? '').split('|').map(scalarOf);
  if (values.some((each) => each === null)) return null;
  if (LIST.includes(compareOp)) {
    const list = values.filter((each): each is string | number => typeof each !== 'boolean' && each !== null);
    return { kind: 'compare', field, op: compareOp, value: list };
  }
  const [only] = values;
  return only === null || only === undefined ? null : { kind: 'compare', field, op: compareOp, value: only };
}

export const leavesText = (leaves: readonly SimpleLeaf[]): string => leaves.map(leafText).join(';');

export const leavesOf = (text: string | undefined): SimpleLeaf[] =>
  (text ?? '')
    .split(';')
    .map(leafOf)
    .filter((leaf) => leaf !== null);
