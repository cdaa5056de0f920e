import { leavesOf, type Rule, type RuleLeaf } from '@steward/shared/rules';
import { all, any, field } from '../rule-builders.js';
import { couldHold, type StageOfField, surelyHolds } from './unknown.js';

/** An alert rule as far as it selects accounts. */
export interface AlertCondition {
  rule: Rule;
  /** Null: the default one. */
  clearRule: Rule | null;
  /** Keys of the tiers it applies to; null: all. */
  tiers: readonly string[] | null;
}

/** What is asked of an account that has an alert of the rule, each true or false. */
export interface AlertQuestions {
  /** The rule might hold: it is not sure that it does not. */
  could: Rule;
  /** The rule asks for a fall. */
  hasFall: boolean;
  /** The same with every fall taken as made good: what else the rule is about might hold. */
  couldWithoutFall: Rule;
  /** The same with every fall taken as still there: the account still is one that the rule is about. */
  couldWithFall: Rule;
  /** The rule's own clear rule surely holds; null where it has none. */
  clears: Rule | null;
  /** The rule's conditions. */
  leaves: readonly RuleLeaf[];
  /** By condition: it holds wherever the rule surely does. */
  isImplied: readonly boolean[];
}

/** The rule as it raises alerts: within its tiers, and never for want of a value. */
export function firingRule({ rule, tiers }: Pick<AlertCondition, 'rule' | 'tiers'>, stageOf: StageOfField): Rule {
  return inTiers(surelyHolds(rule, stageOf), tiers);
}

export function questionsOf({ rule, clearRule, tiers }: AlertCondition, stageOf: StageOfField): AlertQuestions {
  const could = (each: Rule) => inTiers(couldHold(each, stageOf), tiers);
  const leaves = leavesOf(rule);
  return {
    could: could(rule),
    hasFall: leaves.some((leaf) => fallOf(leaf) !== null),
    couldWithoutFall: could(withFalls(rule, any())),
    couldWithFall: could(withFalls(rule, all())),
    clears: clearRule === null ? null : surelyHolds(clearRule, stageOf),
    leaves,
    isImplied: impliedLeaves(rule),
  };
}

/** Conditions that nothing but “all of” stands above. */
function impliedLeaves(rule: Rule): boolean[] {
  switch (rule.kind) {
    case 'all':
      return rule.rules.flatMap(impliedLeaves);
    case 'any':
    case 'atLeast':
    case 'not':
      return leavesOf(rule).map(() => false);
    default:
      return [true];
  }
}

function inTiers(rule: Rule, tiers: readonly string[] | null): Rule {
  return tiers === null ? rule : all(field('tier', 'in', [...tiers]), rule);
}

/** A fall that a rule asks for: of a field over so many days, or as told by a signal of change. */
export type Fall = { kind: 'over'; field: string; days: number } | { kind: 'signal'; change: string; field: string };

const CHANGE = '_change';

/** Null: the condition asks for no fall. */
export function fallOf(leaf: RuleLeaf): Fall | null {
  if (leaf.kind === 'change') {
    return leaf.direction === 'down' ? { kind: 'over', field: leaf.field, days: leaf.overDays } : null;
  }
  if (leaf.kind !== 'compare' || !leaf.field.endsWith(CHANGE)) return null;
  const asksForFall = (leaf.op === 'lt' || leaf.op === 'lte') && typeof leaf.value === 'number' && leaf.value < 0;
  return asksForFall ? { kind: 'signal', change: leaf.field, field: leaf.field.slice(0, -CHANGE.length) } : null;
}

function withFalls(rule: Rule, instead: Rule): Rule {
  switch (rule.kind) {
    case 'all':
    case 'any':
    case 'atLeast':
      return { ...rule, rules: rule.rules.map((each) => withFalls(each, instead)) };
    case 'not':
      return { kind: 'not', rule: withFalls(rule.rule, instead) };
    default:
      return fallOf(rule) === null ? rule : instead;
  }
}
