import {
  CALENDAR_PERIODS,
  CHANGE_UNITS,
  COMPARE_OPERATORS,
  COUNT_OPERATORS,
  type CompareOperator,
  DATE_OPERATORS,
  DATE_OPERATORS_WITH,
  type DateOperator,
  EVENT_FILTER_OPERATORS,
} from '@steward/shared/rule-operators';
import type {
  ChangeLeaf,
  CompareFieldsLeaf,
  CompareLeaf,
  DateLeaf,
  EventCountLeaf,
  HeldLeaf,
  MemberLeaf,
  PropertyFilter,
  TransitionLeaf,
} from '@steward/shared/rules';
import { isIsoDay } from '../../lib/days.js';

/** A condition on a field of the account. */
export type SimpleLeaf = CompareLeaf | CompareFieldsLeaf | DateLeaf | ChangeLeaf | HeldLeaf | TransitionLeaf;

/** A condition that stands in an address as text: `usage.active_contacts_change~lte~-30`. */
export type WrittenLeaf = SimpleLeaf | EventCountLeaf | MemberLeaf;

/** A comparison with a multiple of another field: `usage.active_contacts~ltTimes~0.5|account.seats`. */
export const TIMES_OPERATORS = {
  ltTimes: 'lt',
  lteTimes: 'lte',
  gtTimes: 'gt',
  gteTimes: 'gte',
  eqTimes: 'eq',
  neqTimes: 'neq',
} as const;
export type TimesOperator = keyof typeof TIMES_OPERATORS;
const TIMES = Object.keys(TIMES_OPERATORS) as TimesOperator[];

const LIST: readonly CompareOperator[] = ['in', 'notIn', 'between'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FIELD = /^[A-Za-z][A-Za-z0-9_.-]*$/;

type Scalar = string | number | boolean;

// Text is marked by a leading quote, so that "7" and 7 stay apart.
const scalarText = (value: Scalar): string => (typeof value === 'string' ? `'${escaped(value)}` : String(value));

// What the text of rules gives a meaning to: tildes, commas, bars, angles, brackets and semicolons.
const escaped = (value: string): string => encodeURIComponent(value).replace(/[~()]/g, (sign) => SIGNS[sign] ?? sign);
const SIGNS: Record<string, string> = { '~': '%7E', '(': '%28', ')': '%29' };

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

export function leafText(leaf: WrittenLeaf): string {
  switch (leaf.kind) {
    case 'date':
      return [leaf.field, leaf.op, leaf.days ?? leaf.day ?? leaf.period ?? ''].join('~');
    case 'change':
      return [leaf.field, leaf.direction, [leaf.by, leaf.unit, leaf.overDays].join('|')].join('~');
    case 'held': {
      const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
      return [leaf.field, 'held', [leaf.days, ...values.map(scalarText)].join('|')].join('~');
    }
    case 'transition': {
      const [from, to] = [leaf.from ?? [], leaf.to].map((values) => values.map(scalarText).join(','));
      return [leaf.field, 'moved', `${leaf.inLastDays}|${from}>${to}`].join('~');
    }
    case 'eventCount': {
      const name = leaf.event === null ? '*' : scalarText(leaf.event);
      const where = (leaf.where ?? []).map(({ property, op, value }) =>
        [scalarText(property), op, ...(Array.isArray(value) ? value : [value]).map(scalarText)].join(','),
      );
      const feature = leaf.feature === undefined ? '' : scalarText(leaf.feature);
      return ['event', 'happened', [leaf.op, leaf.count, leaf.inLastDays, name, feature, ...where].join('|')].join('~');
    }
    case 'member':
      return ['segment', `${leaf.is ? 'has' : 'hasNot'}${leaf.now ? 'Now' : ''}`, leaf.segment].join('~');
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

function textsOf(list: string | undefined): string[] | null {
  if (list === undefined || list === '') return [];
  const values = list.split(',').map(scalarOf);
  return values.every((each) => typeof each === 'string') ? values : null;
}

function transitionOf(field: string, value: string): TransitionLeaf | null {
  const [length, moves] = value.split('|');
  const [before, after] = (moves ?? '').split('>');
  const days = wholeNumber(length);
  const from = textsOf(before);
  const to = textsOf(after);
  if (days === null || days < 1 || from === null || to === null || to.length === 0) return null;
  return { kind: 'transition', field, ...(from.length > 0 && { from }), to, inLastDays: days };
}

function filterOf(text: string): PropertyFilter | null {
  const [name, operator, ...texts] = text.split(',');
  const property = scalarOf(name ?? '');
  const op = member(EVENT_FILTER_OPERATORS, operator);
  const values = texts.map(scalarOf).filter((each) => each !== null);
  const [only] = values;
  if (typeof property !== 'string' || op === null || only === undefined || values.length < texts.length) return null;
  if (op !== 'in') return values.length === 1 ? { property, op, value: only } : null;
  const list = values.filter((each) => typeof each !== 'boolean');
  return list.length < values.length ? null : { property, op, value: list };
}

function eventOf(value: string): EventCountLeaf | null {
  const [operator, times, length, name, feature, ...filters] = value.split('|');
  const op = member(COUNT_OPERATORS, operator);
  const event = name === '*' ? null : scalarOf(name ?? '');
  const about = feature === undefined || feature === '' ? null : scalarOf(feature);
  const inLastDays = wholeNumber(length);
  const where = filters.map(filterOf).filter((each) => each !== null);
  if (op === null || !/^\d{1,10}$/.test(times ?? '') || inLastDays === null || inLastDays < 1) return null;
  if (name === undefined || (name !== '*' && typeof event !== 'string') || where.length < filters.length) return null;
  return {
    kind: 'eventCount',
    event: typeof event === 'string' ? event : null,
    ...(where.length > 0 && { where }),
    ...(typeof about === 'string' && { feature: about }),
    op,
    count: Number(times),
    inLastDays,
  };
}

/** Null for text that is no condition: an address is typed by people and cut off by mail programs. */
export function leafOf(text: string): WrittenLeaf | null {
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
  if (op === 'moved') return transitionOf(field, value ?? '');
  if (field === 'event' && op === 'happened') return eventOf(value ?? '');
  if (field === 'segment' && /^has(Not)?(Now)?$/.test(op)) {
    if (value === undefined || !UUID.test(value)) return null;
    const now = op.endsWith('Now') ? { now: true as const } : {};
    return { kind: 'member', segment: value, is: !op.startsWith('hasNot'), ...now };
  }
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
