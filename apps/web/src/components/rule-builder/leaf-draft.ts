import type { CatalogueField } from '@steward/shared/catalogue';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import type { CalendarPeriod } from '@steward/shared/rule-operators';
import type { ChangeLeaf } from '@steward/shared/rules';
import { type SimpleLeaf, TIMES_OPERATORS, type TimesOperator } from './leaf-text.js';
import { changeUnitsOf, type LeafOperator } from './operators.js';

/** What the inputs hold while a condition is being written. */
export interface LeafDraft {
  op: LeafOperator;
  text: string;
  list: string[];
  /** The values that a move came from; none: any. */
  from: string[];
  number: number | null;
  to: number | null;
  overDays: number | null;
  /** Of a change; null: the field's usual one. */
  unit: ChangeLeaf['unit'] | null;
  period: CalendarPeriod;
  /** The field whose multiple is compared with; `number` is the factor. */
  other: string | null;
}

export const EMPTY_DRAFT: Omit<LeafDraft, 'op'> = {
  text: '',
  list: [],
  from: [],
  number: null,
  to: null,
  overDays: 30,
  unit: null,
  period: 'quarter',
  other: null,
};

/** The inputs of a condition that stands already, to change it. */
export function draftOfLeaf(leaf: SimpleLeaf): LeafDraft {
  switch (leaf.kind) {
    case 'date':
      return {
        ...EMPTY_DRAFT,
        op: leaf.op,
        number: leaf.days ?? null,
        text: leaf.day ?? '',
        period: leaf.period ?? EMPTY_DRAFT.period,
      };
    case 'change':
      return { ...EMPTY_DRAFT, op: leaf.direction, number: leaf.by, unit: leaf.unit, overDays: leaf.overDays };
    case 'held': {
      const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
      return { ...EMPTY_DRAFT, op: 'held', list: values.map(String), number: leaf.days };
    }
    case 'transition':
      return { ...EMPTY_DRAFT, op: 'moved', from: leaf.from ?? [], list: leaf.to, number: leaf.inLastDays };
    case 'compareFields': {
      const ops = Object.keys(TIMES_OPERATORS) as TimesOperator[];
      const op = ops.find((each) => TIMES_OPERATORS[each] === leaf.op) ?? 'ltTimes';
      return { ...EMPTY_DRAFT, op, number: leaf.times, other: leaf.other };
    }
    case 'compare': {
      const { op, value } = leaf;
      if (Array.isArray(value)) {
        const [from, to] = value;
        return op === 'between' && typeof from === 'number' && typeof to === 'number'
          ? { ...EMPTY_DRAFT, op, number: from, to }
          : { ...EMPTY_DRAFT, op, list: value.map(String) };
      }
      if (typeof value === 'number') return { ...EMPTY_DRAFT, op, number: value };
      if (typeof value === 'boolean') return { ...EMPTY_DRAFT, op, text: value ? 'yes' : 'no' };
      return { ...EMPTY_DRAFT, op, text: value ?? '' };
    }
  }
}

/** Shares change in points, scores in points, all else in percent. */
export function changeUnitOf(field: CatalogueField): ChangeLeaf['unit'] {
  return changeUnitsOf(field)[0] ?? 'percent';
}

/** The least and the most that a number may be. */
export type Range = readonly [number, number];

/** The least and the most days that a condition may name; null where it names none. */
export function daysOf({ op, list }: LeafDraft): Range | null {
  switch (op) {
    case 'held':
      return [1, list.length > 1 ? RULE_LIMITS.closedDays : RULE_LIMITS.days];
    case 'moved':
    case 'up':
    case 'down':
      return [1, RULE_LIMITS.closedDays];
    case 'inNextDays':
    case 'inLastDays':
    case 'moreThanDaysAgo':
    case 'moreThanDaysAhead':
      return [0, RULE_LIMITS.days];
    default:
      return null;
  }
}

/** What is wrong with a number that is to lie between two others; null: nothing, or none is there yet. */
export function rangeProblem(value: number | null, range: Range): string | null {
  if (value === null || isWithin(value, range)) return null;
  const [least, most] = range;
  return `From ${least} to ${most.toLocaleString('en-US')}`;
}

export const isWithin = (value: number | null, [least, most]: Range): value is number =>
  value !== null && value >= least && value <= most;

/** A range whose end stands before its start. */
export const isBackwards = ({ number, to }: LeafDraft): boolean => number !== null && to !== null && number > to;

/** The condition, or null while something is missing or out of range. */
export function leafOfDraft(field: CatalogueField, draft: LeafDraft): SimpleLeaf | null {
  const { op, number, text } = draft;
  const days = daysOf(draft);
  if (days !== null && rangeProblem(op === 'up' || op === 'down' ? draft.overDays : number, days) !== null) return null;
  switch (op) {
    case 'isSet':
    case 'isNotSet':
      return { kind: 'compare', field: field.key, op };
    case 'in':
    case 'notIn':
      return draft.list.length === 0 || draft.list.length > RULE_LIMITS.listItems
        ? null
        : { kind: 'compare', field: field.key, op, value: draft.list };
    case 'held': {
      const [only] = draft.list;
      if (only === undefined || number === null) return null;
      return draft.list.length === 1
        ? { kind: 'held', field: field.key, op: 'eq', value: only, days: number }
        : { kind: 'held', field: field.key, op: 'in', value: draft.list, days: number };
    }
    case 'moved': {
      if (draft.list.length === 0 || number === null) return null;
      const from = draft.from.length === 0 ? {} : { from: draft.from };
      return { kind: 'transition', field: field.key, ...from, to: draft.list, inLastDays: number };
    }
    case 'ltTimes':
    case 'lteTimes':
    case 'gtTimes':
    case 'gteTimes':
    case 'eqTimes':
    case 'neqTimes':
      return number === null || draft.other === null
        ? null
        : { kind: 'compareFields', field: field.key, op: TIMES_OPERATORS[op], times: number, other: draft.other };
    case 'between':
      return number === null || draft.to === null || isBackwards(draft)
        ? null
        : { kind: 'compare', field: field.key, op, value: [number, draft.to] };
    case 'up':
    case 'down':
      return number === null || draft.overDays === null
        ? null
        : {
            kind: 'change',
            field: field.key,
            direction: op,
            by: number,
            unit: draft.unit ?? changeUnitOf(field),
            overDays: draft.overDays,
          };
    case 'inNextDays':
    case 'inLastDays':
    case 'moreThanDaysAgo':
    case 'moreThanDaysAhead':
      return number === null ? null : { kind: 'date', field: field.key, op, days: number };
    case 'on':
    case 'before':
    case 'after':
    case 'onOrBefore':
    case 'onOrAfter':
      return text === '' ? null : { kind: 'date', field: field.key, op, day: text };
    case 'inThis':
      return { kind: 'date', field: field.key, op, period: draft.period };
    default:
      return comparison(field, op, draft);
  }
}

/** A comparison with a single value. */
function comparison(
  field: CatalogueField,
  op: 'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'notContains' | 'startsWith',
  { text, number }: LeafDraft,
): SimpleLeaf | null {
  switch (field.type) {
    case 'boolean':
      return text === '' ? null : { kind: 'compare', field: field.key, op, value: text === 'yes' };
    case 'text':
    case 'tags':
    case 'enum':
    case 'user':
      return text.trim() === '' ? null : { kind: 'compare', field: field.key, op, value: text.trim() };
    default:
      return number === null ? null : { kind: 'compare', field: field.key, op, value: number };
  }
}
