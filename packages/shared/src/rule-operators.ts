/** The operators of the rule language's leaves, without the schemas: screens load them on every page. */

export const COMPARE_OPERATORS = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'in',
  'notIn',
  'contains',
  'notContains',
  'startsWith',
  'isSet',
  'isNotSet',
] as const;
export type CompareOperator = (typeof COMPARE_OPERATORS)[number];

export const DATE_OPERATORS = [
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
] as const;
export type DateOperator = (typeof DATE_OPERATORS)[number];

/** What each date operator is given: a number of days, a day, or a calendar period. */
export const DATE_OPERATORS_WITH: Record<DateOperator, 'days' | 'day' | 'period'> = {
  inNextDays: 'days',
  inLastDays: 'days',
  moreThanDaysAgo: 'days',
  moreThanDaysAhead: 'days',
  on: 'day',
  before: 'day',
  after: 'day',
  onOrBefore: 'day',
  onOrAfter: 'day',
  inThis: 'period',
};

export const CALENDAR_PERIODS = ['week', 'month', 'quarter', 'year'] as const;
export type CalendarPeriod = (typeof CALENDAR_PERIODS)[number];

/** What the size of a change is counted in. */
export const CHANGE_UNITS = ['points', 'percent', 'absolute'] as const;

/** How the number of events is compared. */
export const COUNT_OPERATORS = ['gte', 'lte', 'eq', 'lt', 'gt'] as const;
export type CountOperator = (typeof COUNT_OPERATORS)[number];

/** What a property of an event is asked. */
export const EVENT_FILTER_OPERATORS = ['eq', 'neq', 'in', 'gte', 'lte'] as const;
