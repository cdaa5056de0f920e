import type { FieldStage } from '@steward/shared/catalogue';
import { fieldsRead, type Rule, type RuleLeaf } from '@steward/shared/rules';
import { all, any, field, isNotSet, isSet, not } from '../rule-builders.js';

/** The stage that produces a field; undefined for one that nobody knows. */
export type StageOfField = (key: string) => FieldStage | undefined;

const NEGATIVE = new Set(['neq', 'notIn', 'notContains']);

/**
 * Rules are two-valued, alerts are not: what is computed and has no value makes a condition unknown, and an unknown
 * condition neither raises an alert nor ends one. So a rule is asked twice: does it surely hold, and could it hold?
 * Facts of an account that are not set are known to be not set.
 */
export function surelyHolds(rule: Rule, stageOf: StageOfField): Rule {
  return bounded(rule, 'surely', stageOf);
}

/** True where the rule holds, and where it might if a value were known. False: it surely does not hold. */
export function couldHold(rule: Rule, stageOf: StageOfField): Rule {
  return bounded(rule, 'could', stageOf);
}

type Bound = 'surely' | 'could';
const OTHER: Record<Bound, Bound> = { surely: 'could', could: 'surely' };

function bounded(rule: Rule, bound: Bound, stageOf: StageOfField): Rule {
  switch (rule.kind) {
    case 'all':
    case 'any':
    case 'atLeast':
      return { ...rule, rules: rule.rules.map((each) => bounded(each, bound, stageOf)) };
    case 'not':
      return not(bounded(rule.rule, OTHER[bound], stageOf));
    default:
      return boundedLeaf(rule, bound, stageOf);
  }
}

function boundedLeaf(leaf: RuleLeaf, bound: Bound, stageOf: StageOfField): Rule {
  const inputs = [...new Set(fieldsRead(leaf))].filter((key) => mayBeUnknown(key, leaf, stageOf));
  if (inputs.length === 0) return leaf;
  if (bound === 'could') return any(leaf, ...inputs.map((key) => not(isKnown(key))));
  // Other conditions are false already where a value is not known.
  const isNegative = leaf.kind === 'compare' && NEGATIVE.has(leaf.op);
  return isNegative ? all(leaf, ...inputs.map(isKnown)) : leaf;
}

/** A condition that asks for the missing value itself knows all that it asks. */
function mayBeUnknown(key: string, leaf: RuleLeaf, stageOf: StageOfField): boolean {
  const stage = stageOf(key);
  if (key === 'source.usage.covered' || (stage !== 'signals' && stage !== 'health')) return false;
  if (leaf.kind !== 'compare') return true;
  if (leaf.op === 'isSet' || leaf.op === 'isNotSet') return false;
  const asked = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  return !(key === 'health.band' && asked.includes('unknown'));
}

function isKnown(key: string): Rule {
  return key === 'health.band' ? all(isSet(key), not(field(key, 'eq', 'unknown'))) : not(isNotSet(key));
}
