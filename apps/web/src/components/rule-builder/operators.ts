import type { CatalogueField, FieldType } from '@steward/shared/catalogue';
import type { CompareOperator, DateOperator } from '@steward/shared/rule-operators';
import type { ChangeLeaf } from '@steward/shared/rules';
import type { TimesOperator } from './leaf-text.js';

export type LeafOperator = CompareOperator | DateOperator | TimesOperator | 'up' | 'down' | 'held' | 'moved';

export const OPERATOR_WORDS: Record<LeafOperator, string> = {
  eq: 'is',
  neq: 'is not',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  between: 'between',
  in: 'is any of',
  notIn: 'is none of',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  isSet: 'is set',
  isNotSet: 'is not set',
  inNextDays: 'in the next … days',
  inLastDays: 'in the last … days',
  moreThanDaysAgo: 'more than … days ago',
  moreThanDaysAhead: 'more than … days ahead',
  on: 'on',
  before: 'before',
  after: 'after',
  onOrBefore: 'on or before',
  onOrAfter: 'on or after',
  inThis: 'in this',
  up: 'rose by at least',
  down: 'fell by at least',
  held: 'has been … for at least … days',
  moved: 'moved to … in the last … days',
  ltTimes: '< … × another field',
  lteTimes: '≤ … × another field',
  gtTimes: '> … × another field',
  gteTimes: '≥ … × another field',
  eqTimes: '= … × another field',
  neqTimes: '≠ … × another field',
};

const ORDERED: readonly LeafOperator[] = ['gte', 'lte', 'gt', 'lt', 'eq', 'neq', 'between', 'isSet', 'isNotSet'];

const BY_TYPE: Record<FieldType, readonly LeafOperator[]> = {
  text: ['eq', 'neq', 'in', 'notIn', 'contains', 'notContains', 'startsWith', 'isSet', 'isNotSet'],
  number: ORDERED,
  money: ORDERED,
  percent: ORDERED,
  date: [
    'inNextDays',
    'inLastDays',
    'moreThanDaysAgo',
    'moreThanDaysAhead',
    'on',
    'before',
    'after',
    'onOrBefore',
    'onOrAfter',
    'inThis',
    'isSet',
    'isNotSet',
  ],
  boolean: ['eq', 'isSet', 'isNotSet'],
  enum: ['in', 'notIn', 'isSet', 'isNotSet'],
  tags: ['contains', 'notContains', 'isSet', 'isNotSet'],
  user: ['in', 'notIn', 'isSet', 'isNotSet'],
};

const TIMES: readonly LeafOperator[] = ['ltTimes', 'lteTimes', 'gtTimes', 'gteTimes'];

/**
 * What a condition on the field may say, most usual first; changes, held states and moves only where they are kept. Rows
 * of an account (invoices, tickets…) take comparisons and dates only.
 */
export function operatorsOf(field: CatalogueField, { ofRows = false } = {}): readonly LeafOperator[] {
  const usual = BY_TYPE[field.type];
  if (ofRows) return usual;
  if (isNumeric(field)) return [...usual, ...(field.tracked ? (['down', 'up'] as const) : []), ...TIMES];
  return field.tracked && field.type === 'enum' ? [...usual, 'held', 'moved'] : usual;
}

const isNumeric = ({ type }: CatalogueField): boolean => type === 'number' || type === 'money' || type === 'percent';

/** The fields that a multiple of may be compared with this one: other numbers, and money only with money. */
export function comparableWith(field: CatalogueField, catalogue: readonly CatalogueField[]): CatalogueField[] {
  return catalogue.filter(
    (other) => other.key !== field.key && isNumeric(other) && (other.type === 'money') === (field.type === 'money'),
  );
}

/** What the size of a change of the field may be counted in, most usual first. */
export function changeUnitsOf(field: CatalogueField): readonly ChangeLeaf['unit'][] {
  if (field.key === 'health.score') return ['points'];
  if (field.type === 'percent' || field.unit === 'points') return ['points', 'percent'];
  return ['percent', 'absolute'];
}
