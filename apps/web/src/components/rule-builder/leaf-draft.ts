import type { CatalogueField } from '@steward/shared/catalogue';
import type { CalendarPeriod } from '@steward/shared/rule-operators';
import type { ChangeLeaf } from '@steward/shared/rules';
import { type SimpleLeaf, TIMES_OPERATORS, type TimesOperator } from './leaf-text.js';
import type { LeafOperator } from './operators.js';

/** What the inputs hold while a condition is being written. */
export interface LeafDraft {
  op: LeafOperator;
  text: string;
  list: string[];
  number: number | null;
  to: number | null;
  overDays: number | null;
  period: CalendarPeriod;
  /** The field whose multiple is compared with; `number` is the factor. */
  other: string | null;
}

export const EMPTY_DRAFT: Omit<LeafDraft, 'op'> = {
  text: '',
  list: [],
  number: null,
  to: null,
  overDays: 30,
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
      return { ...EMPTY_DRAFT, op: leaf.direction, number: leaf.by, overDays: leaf.overDays };
    case 'held': {
      const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
      return { ...EMPTY_DRAFT, op: 'held', list: values.map(String), number: leaf.days };
    }
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
  return field.type === 'percent' || field.unit === 'points' ? 'points' : 'percent';
}

/** The condition, or null while something is missing. */
export function leafOfDraft(field: CatalogueField, draft: LeafDraft): SimpleLeaf | null {
  const { op, number, text } = draft;
  switch (op) {
    case 'isSet':
    case 'isNotSet':
      return { kind: 'compare', field: field.key, op };
    case 'in':
    case 'notIn':
      return draft.list.length === 0 ? null : { kind: 'compare', field: field.key, op, value: draft.list };
    case 'held': {
      const [only] = draft.list;
      if (only === undefined || number === null || number < 1) return null;
      return draft.list.length === 1
        ? { kind: 'held', field: field.key, op: 'eq', value: only, days: number }
        : { kind: 'held', field: field.key, op: 'in', value: draft.list, days: number };
    }
    case 'ltTimes':
    case 'lteTimes':
    case 'gtTimes':
    case 'gteTimes':
      return number === null || draft.other === null
        ? null
        : { kind: 'compareFields', field: field.key, op: TIMES_OPERATORS[op], times: number, other: draft.other };
    case 'between':
      return number === null || draft.to === null
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
            unit: changeUnitOf(field),
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
    default: {
      if (field.type === 'boolean') {
        return text === '' ? null : { kind: 'compare', field: field.key, op, value: text === 'yes' };
      }
      const wordy = field.type === 'text' || field.type === 'tags';
      const value = wordy ? text.trim() : number;
      return value === null || value === '' ? null : { kind: 'compare', field: field.key, op, value };
    }
  }
}
