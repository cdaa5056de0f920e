import type { CatalogueField, FieldType } from '@steward/shared/catalogue';
import type { ChangeLeaf, CompareOperator, DateOperator } from '@steward/shared/rules';

export type LeafOperator = CompareOperator | DateOperator | 'up' | 'down';

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
};

export const CHANGE_UNIT_WORDS: Record<ChangeLeaf['unit'], string> = {
  points: ' points',
  percent: ' %',
  absolute: '',
};

const ORDERED: readonly LeafOperator[] = ['gte', 'lte', 'gt', 'lt', 'eq', 'between', 'isSet', 'isNotSet'];

const BY_TYPE: Record<FieldType, readonly LeafOperator[]> = {
  text: ['eq', 'neq', 'contains', 'notContains', 'startsWith', 'isSet', 'isNotSet'],
  number: ORDERED,
  money: ORDERED,
  percent: ORDERED,
  date: [
    'inNextDays',
    'inLastDays',
    'moreThanDaysAgo',
    'moreThanDaysAhead',
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

/** What a condition on the field may say, most usual first; changes over time only where they are kept. */
export function operatorsOf(field: CatalogueField): readonly LeafOperator[] {
  const ordered = field.type === 'number' || field.type === 'money' || field.type === 'percent';
  return field.tracked && ordered ? [...BY_TYPE[field.type], 'down', 'up'] : BY_TYPE[field.type];
}
