import { type FieldStage, OPERATORS_BY_TYPE } from '@steward/shared/catalogue';
import { DATE_OPERATORS_WITH } from '@steward/shared/rule-operators';
import {
  type ChangeLeaf,
  type CompareFieldsLeaf,
  type CompareLeaf,
  type DateLeaf,
  depthOf,
  type HeldLeaf,
  leavesOf,
  type Operand,
  RULE_LIMITS,
  type Rule,
  type RuleLeaf,
} from '@steward/shared/rules';
import { type BoundField, type Catalogue, isNumeric, stageIsBefore } from './bindings.js';

/** What a rule is for decides what it may read. */
export type RulePurpose = 'tier' | 'profileScope' | 'cap' | 'stage' | 'segment' | 'filter';

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
    | 'UNKNOWN_OPTION'
    | 'BAD_VALUE';
  message: string;
}

/** Owner operands that stand for the person who asks; only views and filters know one. */
export const ME = 'me';
export const MY_TEAM = 'my_team';

/** Longest look back of a held state with several values, which is read from daily snapshots. */
const HELD_IN_DAYS = 400;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface Reading {
  /** The stage whose rules these are, whose own fields are read as of the close of the day before; null = none. */
  stage: FieldStage | null;
  mayRead: readonly FieldStage[];
  name: string;
}

/** A tier reads facts and signals; a profile's scope also the tier, and the stage of the day before. */
const READING: Record<RulePurpose, Reading> = {
  tier: { stage: 'tiers', mayRead: ['facts', 'signals'], name: 'a tier rule' },
  profileScope: {
    stage: 'health',
    mayRead: ['facts', 'signals', 'tiers', 'lifecycle'],
    name: 'the scope of a health profile',
  },
  cap: {
    stage: 'health',
    mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle'],
    name: 'a cap or floor',
  },
  stage: {
    stage: 'lifecycle',
    mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'goals'],
    name: 'a stage rule',
  },
  segment: {
    stage: 'segments',
    mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'goals'],
    name: 'a segment',
  },
  filter: { stage: null, mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'goals'], name: 'a filter' },
};

type Say = (code: RuleProblem['code'], message: string, at?: string) => void;

/** The stage whose rules are checked or run for this purpose; a filter has none. */
export function stageOf(purpose: Exclude<RulePurpose, 'filter'>): FieldStage {
  return READING[purpose].stage as FieldStage;
}

/** Everything that is wrong with a rule, each with its place. An empty list: it can be compiled for this purpose. */
export function checkRule(rule: Rule, catalogue: Catalogue, { purpose }: { purpose: RulePurpose }): RuleProblem[] {
  if (depthOf(rule) > RULE_LIMITS.depth) {
    return [{ path: '', code: 'RULE_TOO_DEEP', message: `a rule may be at most ${RULE_LIMITS.depth} levels deep` }];
  }
  if (leavesOf(rule).length > RULE_LIMITS.leaves) {
    const message = `a rule may have at most ${RULE_LIMITS.leaves} conditions`;
    return [{ path: '', code: 'RULE_TOO_LARGE', message }];
  }
  const problems: RuleProblem[] = [];
  const walk = (node: Rule, path: string): void => {
    switch (node.kind) {
      case 'all':
      case 'any':
      case 'atLeast':
        node.rules.forEach((each, index) => {
          walk(each, `${path}rules.${index}.`);
        });
        if (node.kind === 'atLeast' && (!Number.isInteger(node.n) || node.n < 1 || node.n > node.rules.length)) {
          const message = `at least ${node.n} of ${node.rules.length} conditions can never be asked for`;
          problems.push({ path: `${path}n`, code: 'BAD_VALUE', message });
        }
        return;
      case 'not':
        walk(node.rule, `${path}rule.`);
        return;
      default:
        checkLeaf(node, catalogue, purpose, (code, message, at = '') => {
          problems.push({ path: `${path}${at}`.replace(/\.$/, ''), code, message });
        });
    }
  };
  walk(rule, '');
  return problems;
}

function checkLeaf(leaf: RuleLeaf, catalogue: Catalogue, purpose: RulePurpose, say: Say): void {
  const bound = readable(leaf.field, 'field', catalogue, purpose, say);
  const other = leaf.kind === 'compareFields' ? readable(leaf.other, 'other', catalogue, purpose, say) : null;
  if (bound === null) return;
  switch (leaf.kind) {
    case 'compare':
      checkCompare(leaf, bound, purpose, say);
      break;
    case 'date':
      checkDate(leaf, bound, say);
      break;
    case 'compareFields':
      if (other !== null) checkCompareFields(leaf, bound, other, say);
      break;
    case 'change':
      checkChange(leaf, bound, say);
      break;
    case 'held':
      checkHeld(leaf, bound, purpose, say);
      break;
  }
}

function readable(key: string, at: string, catalogue: Catalogue, purpose: RulePurpose, say: Say): BoundField | null {
  const bound = catalogue.fields.get(key);
  if (bound === undefined) {
    say('UNKNOWN_FIELD', `there is no field ${key}`, at);
    return null;
  }
  const { field, binding } = bound;
  const { stage, mayRead, name } = READING[purpose];
  if (!mayRead.includes(field.stage)) {
    say('FIELD_NOT_READABLE', `${name} may not read ${key}, which is computed after it`, at);
    return null;
  }
  if (stage === null) return bound;
  if (field.history === 'now-only') {
    say('FIELD_NOW_ONLY', `${name} may not read ${key}, which is known as of now only`, at);
    return null;
  }
  if (!stageIsBefore(field.stage, stage) && binding.kind === 'state' && binding.closed === null) {
    say('FIELD_NOT_READABLE', `${name} may not read ${key}, which is not kept as of the close of the day before`, at);
    return null;
  }
  return bound;
}

function checkCompare(leaf: CompareLeaf, bound: BoundField, purpose: RulePurpose, say: Say): void {
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
      checkList(value, bound, purpose, say);
      return;
    default:
      checkScalar(value, bound, purpose, say, 'value');
  }
}

function checkList(value: Operand | undefined, bound: BoundField, purpose: RulePurpose, say: Say): void {
  if (!Array.isArray(value) || value.length === 0) {
    say('BAD_VALUE', 'a list with at least one value is expected', 'value');
    return;
  }
  if (value.length > RULE_LIMITS.listItems) {
    say('RULE_TOO_LARGE', `a list may have at most ${RULE_LIMITS.listItems} values`, 'value');
    return;
  }
  value.forEach((each, index) => {
    checkScalar(each, bound, purpose, say, `value.${index}`);
  });
}

function checkScalar(value: Operand | undefined, { field }: BoundField, purpose: RulePurpose, say: Say, at: string) {
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
        if (purpose !== 'filter') say('BAD_VALUE', '“me” and “my team” are for views and filters only', at);
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

function checkDate(leaf: DateLeaf, { field }: BoundField, say: Say): void {
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

function checkCompareFields(leaf: CompareFieldsLeaf, bound: BoundField, other: BoundField, say: Say): void {
  if (!isNumeric(bound) || !isNumeric(other)) {
    say('FIELDS_NOT_COMPARABLE', `${leaf.field} and ${leaf.other} cannot be compared as numbers`);
  } else if ((bound.field.type === 'money') !== (other.field.type === 'money')) {
    say('FIELDS_NOT_COMPARABLE', `${leaf.field} and ${leaf.other} are not both amounts of money`);
  }
  if (!isReasonable(leaf.times)) say('BAD_VALUE', 'a factor between a millionth and a million is expected', 'times');
}

function checkChange(leaf: ChangeLeaf, bound: BoundField, say: Say): void {
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
  checkDays(leaf.overDays, 400, 1, 'overDays', say);
}

function checkHeld(leaf: HeldLeaf, bound: BoundField, purpose: RulePurpose, say: Say): void {
  const { field, binding } = bound;
  if (binding.kind !== 'state' || binding.since === null) {
    say('FIELD_NOT_TRACKED', `since when ${leaf.field} has held its value is not kept`, 'field');
    return;
  }
  if (leaf.op === 'in') checkList(leaf.value, bound, purpose, say);
  else if (Array.isArray(leaf.value)) say('BAD_VALUE', `one value of ${field.key} is expected`, 'value');
  else checkScalar(leaf.value, bound, purpose, say, 'value');
  checkDays(leaf.days, leaf.op === 'in' ? HELD_IN_DAYS : RULE_LIMITS.days, 1, 'days', say);
}
