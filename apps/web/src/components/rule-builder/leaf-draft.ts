import type { CatalogueField } from '@steward/shared/catalogue';
import type { CalendarPeriod, ChangeLeaf } from '@steward/shared/rules';
import type { SimpleLeaf } from './leaf-text.js';
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
