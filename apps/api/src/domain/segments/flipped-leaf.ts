import type { Rule } from '@steward/shared/rules';
import { leavesOf } from '@steward/shared/rules';

/** Whether a rule holds, given which of its conditions do, in their order. */
export function holdsWith(rule: Rule, leaves: readonly boolean[]): boolean {
  let next = 0;
  const walk = (node: Rule): boolean => {
    switch (node.kind) {
      case 'all':
        return node.rules.map(walk).every(Boolean);
      case 'any':
        return node.rules.map(walk).some(Boolean);
      case 'not':
        return !walk(node.rule);
      case 'atLeast':
        return node.rules.map(walk).filter(Boolean).length >= node.n;
      default:
        return leaves[next++] ?? false;
    }
  };
  return walk(rule);
}

/**
 * The condition that turned a rule, by its place among the rule's conditions: the first that has changed and without
 * which the rule would still be as it was; else the first that has changed. Where the conditions before are not known it
 * is the only one that, turned alone, would undo the result. Null where none can be named.
 */
export function flippedLeaf(rule: Rule, before: readonly boolean[] | null, now: readonly boolean[]): number | null {
  const result = holdsWith(rule, now);
  const decides = (place: number) =>
    holdsWith(
      rule,
      now.map((value, index) => (index === place ? !value : value)),
    ) !== result;
  const places = leavesOf(rule).map((_, place) => place);
  if (before === null) {
    const deciding = places.filter(decides);
    return deciding.length === 1 ? (deciding[0] ?? null) : null;
  }
  if (holdsWith(rule, before) === result) return null;
  const changed = places.filter((place) => before[place] !== now[place]);
  return changed.find(decides) ?? changed[0] ?? null;
}
