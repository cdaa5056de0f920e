import type { FieldStage } from '@steward/shared/catalogue';
import { RELATED_WORDS, relatedStage } from '@steward/shared/related';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import { depthOf, type RelatedLeaf, type Rule, type RuleLeaf, sizeOf } from '@steward/shared/rules';
import { type BoundField, type Catalogue, stageIsBefore } from './bindings.js';
import {
  checkChange,
  checkCompare,
  checkCompareFields,
  checkDate,
  checkEventCount,
  checkHeld,
  checkTransition,
  type RuleProblem,
  type Say,
} from './check-leaf.js';
import { relatedCatalogue } from './related-fields.js';

/** What a rule is for decides what it may read. */
export type RulePurpose = 'tier' | 'profileScope' | 'cap' | 'stage' | 'segment' | 'alert' | 'task' | 'filter';

interface Reading {
  /** The stage whose rules these are, whose own fields are read as of the close of the day before; null = none. */
  stage: FieldStage | null;
  mayRead: readonly FieldStage[];
  name: string;
}

/**
 * A tier reads facts and signals; a profile's scope also the tier, and the stage of the day before. Snapshots are those of
 * child accounts: the model's own rules would go in a circle there, from a child's health to its parent's and back.
 */
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
    mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'goals', 'snapshots'],
    name: 'a segment',
  },
  alert: {
    stage: 'alerts',
    mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'segments', 'goals', 'snapshots'],
    name: 'an alert rule',
  },
  task: {
    stage: 'goals',
    mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'segments', 'alerts', 'goals', 'snapshots'],
    name: 'the rule that completes a task',
  },
  filter: {
    stage: null,
    mayRead: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'goals', 'snapshots'],
    name: 'a filter',
  },
};

/** The stage whose rules are checked or run for this purpose; a filter has none. */
export function stageOf(purpose: Exclude<RulePurpose, 'filter'>): FieldStage {
  return READING[purpose].stage as FieldStage;
}

/** Everything that is wrong with a rule, each with its place. An empty list: it can be compiled for this purpose. */
export function checkRule(rule: Rule, catalogue: Catalogue, { purpose }: { purpose: RulePurpose }): RuleProblem[] {
  if (depthOf(rule) > RULE_LIMITS.depth) {
    return [{ path: '', code: 'RULE_TOO_DEEP', message: `a rule may be at most ${RULE_LIMITS.depth} levels deep` }];
  }
  if (sizeOf(rule) > RULE_LIMITS.leaves) {
    const message = `a rule may have at most ${RULE_LIMITS.leaves} conditions`;
    return [{ path: '', code: 'RULE_TOO_LARGE', message }];
  }
  const problems: RuleProblem[] = [];
  const sayAt = (path: string): Say => {
    return (code, message, at = '') => problems.push({ path: `${path}${at}`.replace(/\.$/, ''), code, message });
  };
  walkLeaves(rule, '', sayAt, (leaf, say) => {
    checkLeaf(leaf, catalogue, purpose, say);
  });
  return problems;
}

const known = new WeakMap<Catalogue, Map<RulePurpose, WeakMap<Rule, boolean>>>();

/** True for a rule without problems. The same rules are asked about with every batch of a run: what was found is kept. */
export function isSoundRule(rule: Rule, catalogue: Catalogue, purpose: RulePurpose): boolean {
  const ofCatalogue = known.get(catalogue) ?? new Map<RulePurpose, WeakMap<Rule, boolean>>();
  known.set(catalogue, ofCatalogue);
  const ofPurpose = ofCatalogue.get(purpose) ?? new WeakMap<Rule, boolean>();
  ofCatalogue.set(purpose, ofPurpose);
  const found = ofPurpose.get(rule) ?? checkRule(rule, catalogue, { purpose }).length === 0;
  ofPurpose.set(rule, found);
  return found;
}

/** Every leaf, with the words for its place; what is wrong with the groups around them is said on the way. */
function walkLeaves(
  node: Rule,
  path: string,
  sayAt: (path: string) => Say,
  visit: (leaf: RuleLeaf, say: Say) => void,
): void {
  switch (node.kind) {
    case 'all':
    case 'any':
    case 'atLeast':
      node.rules.forEach((each, index) => {
        walkLeaves(each, `${path}rules.${index}.`, sayAt, visit);
      });
      if (node.kind === 'atLeast' && (!Number.isInteger(node.n) || node.n < 1 || node.n > node.rules.length)) {
        const message = `at least ${node.n} of ${node.rules.length} conditions can never be asked for`;
        sayAt(path)('BAD_VALUE', message, 'n');
      }
      return;
    case 'not':
      walkLeaves(node.rule, `${path}rule.`, sayAt, visit);
      return;
    default:
      visit(node, sayAt(path));
  }
}

/** A rule over rows reads the rows' own fields, by comparison only. */
function checkRelated(leaf: RelatedLeaf, catalogue: Catalogue, purpose: RulePurpose, say: Say): void {
  const { n } = leaf;
  const { mayRead, name } = READING[purpose];
  if (!mayRead.includes(relatedStage(leaf.of))) {
    say('CONDITION_NOT_ALLOWED', `${name} may not read ${RELATED_WORDS[leaf.of].many}, which come after it`, 'of');
    return;
  }
  if (leaf.quantifier === 'atLeast') {
    if (n === undefined || !Number.isInteger(n) || n < 1 || n > RULE_LIMITS.rows) {
      say('BAD_VALUE', `a number of rows from 1 to ${RULE_LIMITS.rows} is expected`, 'n');
    }
  } else if (n !== undefined) say('BAD_VALUE', `${leaf.quantifier} takes no number of rows`, 'n');
  const own = relatedCatalogue(leaf.of, catalogue);
  const sayAt = (path: string): Say => {
    return (code, message, at = '') => say(code, message, `${path}${at}`);
  };
  walkLeaves(leaf.rule, 'rule.', sayAt, (inner, sayInner) => {
    if (inner.kind === 'compare' || inner.kind === 'date') checkLeaf(inner, own, purpose, sayInner);
    else sayInner('CONDITION_NOT_ALLOWED', `${RELATED_WORDS[leaf.of].many} take comparisons and dates only`, 'kind');
  });
}

function checkLeaf(leaf: RuleLeaf, catalogue: Catalogue, purpose: RulePurpose, say: Say): void {
  const mayAsk = purpose === 'filter';
  if (leaf.kind === 'eventCount') {
    checkEventCount(leaf, catalogue, say);
    return;
  }
  if (leaf.kind === 'member') {
    // Which segments there are, and that they do not go in circles, is for those who keep them.
    const { stage, name } = READING[purpose];
    if (stage !== null && stageIsBefore(stage, 'segments')) {
      say('CONDITION_NOT_ALLOWED', `${name} may not read who is in a segment, which is computed after it`, 'kind');
    }
    return;
  }
  if (leaf.kind === 'related') {
    checkRelated(leaf, catalogue, purpose, say);
    return;
  }
  const bound = readable(leaf.field, 'field', catalogue, purpose, say);
  const other = leaf.kind === 'compareFields' ? readable(leaf.other, 'other', catalogue, purpose, say) : null;
  if (bound === null) return;
  switch (leaf.kind) {
    case 'compare':
      checkCompare(leaf, bound, mayAsk, say);
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
      checkHeld(leaf, bound, mayAsk, say);
      break;
    case 'transition':
      checkTransition(leaf, bound, say);
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
