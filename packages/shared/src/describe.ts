import type { CatalogueField } from './catalogue.js';
import { RELATED_WORDS, relatedFields } from './related.js';
import type { CountOperator } from './rule-operators.js';
import {
  type CompareLeaf,
  type DateLeaf,
  type EventCountLeaf,
  leavesOf,
  type Operand,
  type PropertyFilter,
  type RelatedLeaf,
  type Rule,
  type RuleLeaf,
  type TransitionLeaf,
} from './rules.js';

/**
 * A rule in plain English, as every screen that shows one says it. Fields, segments and playbooks that are not given keep
 * their key.
 */
export function describeRule(
  rule: Rule,
  catalogue: readonly CatalogueField[],
  segments: readonly Named[] = [],
  playbooks: readonly Named[] = [],
): string {
  const fields = wordsOf(catalogue, segments, playbooks);
  if (leavesOf(rule).length === 0 && rule.kind === 'all') return 'every account';
  return describeNode(rule, fields, true);
}

/** One condition on its own: “ARR is at least 50,000 EUR”. */
export function describeLeaf(
  leaf: RuleLeaf,
  catalogue: readonly CatalogueField[],
  segments: readonly Named[] = [],
  playbooks: readonly Named[] = [],
): string {
  return describeNode(leaf, wordsOf(catalogue, segments, playbooks), true);
}

interface Named {
  id: string;
  name: string;
}

/** What the fields, segments and playbooks are called that a rule names. */
interface Fields {
  get: (key: string) => CatalogueField | undefined;
  segmentName: (id: string) => string;
  playbooks: readonly Named[];
}

function wordsOf(
  catalogue: readonly CatalogueField[],
  segments: readonly Named[] = [],
  playbooks: readonly Named[] = [],
): Fields {
  const byKey = new Map(catalogue.map((field) => [field.key, field]));
  return {
    get: (key) => byKey.get(key),
    segmentName: (id) => segments.find((each) => each.id === id)?.name ?? id,
    playbooks,
  };
}

function describeNode(rule: Rule, fields: Fields, outermost: boolean): string {
  const group = (rules: readonly Rule[], word: string, none: string): string => {
    if (rules.length === 0) return none;
    if (rules.length === 1) return describeNode(rules[0] as Rule, fields, outermost);
    const text = rules.map((each) => describeNode(each, fields, false)).join(` ${word} `);
    return outermost ? text : `(${text})`;
  };
  switch (rule.kind) {
    case 'all':
      return group(rule.rules, 'and', 'every account');
    case 'any':
      return group(rule.rules, 'or', 'no account');
    case 'not':
      return `not (${describeNode(rule.rule, fields, true)})`;
    case 'atLeast':
      return `at least ${rule.n} of (${rule.rules.map((each) => describeNode(each, fields, false)).join('; ')})`;
    case 'compare':
      return describeCompare(rule, fields);
    case 'date':
      return `${labelOf(rule.field, fields)} ${describeDate(rule)}`;
    case 'compareFields': {
      const times = rule.times === 1 ? '' : `${number(rule.times)} × `;
      return `${labelOf(rule.field, fields)} ${NUMBER_WORDS[rule.op]} ${times}${labelOf(rule.other, fields)}`;
    }
    case 'change': {
      const field = fields.get(rule.field);
      const unit = rule.unit === 'percent' ? ' %' : rule.unit === 'points' ? plural(rule.by, ' point') : unitOf(field);
      return `${labelOf(rule.field, fields)} ${rule.direction === 'up' ? 'rose' : 'fell'} by at least ${number(rule.by)}${unit} over ${days(rule.overDays)}`;
    }
    case 'held':
      return `${labelOf(rule.field, fields)} has been ${oneOf(rule.value, fields.get(rule.field), 'or')} for at least ${days(rule.days)}`;
    case 'eventCount':
      return describeEventCount(rule);
    case 'transition':
      return describeTransition(rule, fields);
    case 'related':
      return describeRelated(rule, fields);
    case 'member':
      return `is ${rule.is ? '' : 'not '}in segment “${fields.segmentName(rule.segment)}”`;
  }
}

const COUNT_WORDS: Record<CountOperator, string> = {
  gte: 'at least',
  gt: 'more than',
  lte: 'at most',
  lt: 'fewer than',
  eq: 'exactly',
};

function describeEventCount({ event, feature, where = [], op, count, inLastDays }: EventCountLeaf): string {
  const never = (count === 0 && (op === 'eq' || op === 'lte')) || (count === 1 && op === 'lt');
  const name = event === null ? (never ? 'no event' : 'any event') : `“${event}”`;
  const what = feature === undefined ? name : `${name} of feature “${feature}”`;
  const happened = never && event === null ? 'happened' : 'did not happen';
  const times = `${COUNT_WORDS[op]} ${number(count)}${plural(count, ' time')}`;
  const filters = where.length === 0 ? '' : ` where ${where.map(describeFilter).join(' and ')}`;
  return `${what} ${never ? happened : `happened ${times}`} in the last ${days(inLastDays)}${filters}`;
}

function describeFilter({ property, op, value }: PropertyFilter): string {
  const word = op === 'in' ? 'is one of' : NUMBER_WORDS[op];
  return `${property} ${word} ${oneOf(value, undefined, ',')}`;
}

function describeRelated({ of, quantifier, n = 1, rule }: RelatedLeaf, fields: Fields): string {
  const { one, many } = RELATED_WORDS[of];
  const own = relatedFields(of, { own: fields.get, playbooks: fields.playbooks });
  const isEvery = rule.kind === 'all' && rule.rules.length === 0;
  const meeting = isEvery ? '' : `(${describeNode(rule, wordsOf(own), true)})`;
  const where = isEvery ? '' : ` where ${meeting}`;
  switch (quantifier) {
    case 'any':
      return `has ${one}${where}`;
    case 'none':
      return `has no ${one.replace(/^an? /, '')}${where}`;
    case 'all':
      return isEvery ? `has ${one}` : `has ${many}, and each of them: ${meeting}`;
    case 'atLeast':
      return `has at least ${number(n)} ${n === 1 ? one.replace(/^an? /, '') : many}${where}`;
  }
}

function describeTransition({ field: key, from, to, inLastDays }: TransitionLeaf, fields: Fields): string {
  const field = fields.get(key);
  const start = from === undefined ? '' : ` from ${oneOf(from, field, 'or')}`;
  return `${labelOf(key, fields)} moved${start} to ${oneOf(to, field, 'or')} in the last ${days(inLastDays)}`;
}

const NUMBER_WORDS = {
  eq: 'is',
  neq: 'is not',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
} as const;

function describeCompare({ field: key, op, value }: CompareLeaf, fields: Fields): string {
  const field = fields.get(key);
  const label = labelOf(key, fields);
  const isTags = field?.type === 'tags';
  switch (op) {
    case 'isSet':
      return `${label} is set`;
    case 'isNotSet':
      return `${label} is not set`;
    case 'contains':
      return `${label} ${isTags ? 'include' : 'contains'} ${oneOf(value, field, 'or')}`;
    case 'notContains':
      return `${label} ${isTags ? 'do not include' : 'does not contain'} ${oneOf(value, field, 'or')}`;
    case 'startsWith':
      return `${label} starts with ${oneOf(value, field, 'or')}`;
    case 'in':
      return `${label} is ${Array.isArray(value) && value.length > 1 ? 'one of ' : ''}${oneOf(value, field, ',')}`;
    case 'notIn':
      return `${label} is ${Array.isArray(value) && value.length > 1 ? 'none of ' : 'not '}${oneOf(value, field, ',')}`;
    case 'between':
      return `${label} is between ${oneOf(value, field, 'and')}`;
    default:
      return `${label} ${NUMBER_WORDS[op]} ${oneOf(value, field, 'or')}`;
  }
}

function describeDate(leaf: DateLeaf): string {
  switch (leaf.op) {
    case 'inNextDays':
      return leaf.days === 0 ? 'is today' : `is in the next ${days(leaf.days)}`;
    case 'inLastDays':
      return `is in the last ${days(leaf.days)}`;
    case 'moreThanDaysAgo':
      return `is more than ${days(leaf.days)} ago`;
    case 'moreThanDaysAhead':
      return `is more than ${days(leaf.days)} ahead`;
    case 'on':
      return `is on ${leaf.day}`;
    case 'before':
      return `is before ${leaf.day}`;
    case 'after':
      return `is after ${leaf.day}`;
    case 'onOrBefore':
      return `is on or before ${leaf.day}`;
    case 'onOrAfter':
      return `is on or after ${leaf.day}`;
    case 'inThis':
      return `is in this ${leaf.period}`;
  }
}

function oneOf(value: Operand | undefined, field: CatalogueField | undefined, word: 'or' | 'and' | ','): string {
  const values = (Array.isArray(value) ? value : [value]).map((each) => operand(each, field));
  if (word === ',') return values.join(', ');
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} ${word} ${values.at(-1)}`;
}

function operand(value: string | number | boolean | undefined, field: CatalogueField | undefined): string {
  if (value === undefined) return '…';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return `${number(value)}${unitOf(field)}`;
  if (field?.type === 'user') {
    if (value === 'me') return 'me';
    if (value === 'my_team') return 'my team';
  }
  return field?.options?.find((option) => option.value === value)?.label ?? (field?.options ? value : `“${value}”`);
}

function labelOf(key: string, fields: Fields): string {
  return fields.get(key)?.label ?? key;
}

function unitOf(field: CatalogueField | undefined): string {
  if (field?.unit == null) return '';
  return ` ${field.unit}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−');
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

function days(count: number | undefined): string {
  return `${number(count ?? 0)}${plural(count ?? 0, ' day')}`;
}
