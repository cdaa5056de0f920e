import { leavesWithPlace, type Rule } from '@steward/shared/rules';
import type { Scope } from '../../platform/auth/scope.js';
import type { RuleProblem } from './check-leaf.js';

/** True for a rule about child accounts, which others may look after than those who see the account. */
export function asksOtherAccounts(rule: Rule): boolean {
  return placesOfOthers(rule).length > 0;
}

/**
 * What somebody who does not see all accounts may not keep, each with its place. A run asks kept rules of everybody's
 * accounts, and tells what it finds to whoever sees the account: by a rule about child accounts they would learn of some
 * that they may not see.
 */
export function keptWrongly(rule: Rule, keeper: Scope): RuleProblem[] {
  if (keeper.kind === 'all') return [];
  return placesOfOthers(rule).map((path) => ({
    path,
    code: 'CHILD_ACCOUNTS_NOT_SEEN',
    message: 'only somebody who sees all accounts may keep a condition about child accounts; a filter takes it',
  }));
}

function placesOfOthers(rule: Rule): string[] {
  return leavesWithPlace(rule).flatMap(({ leaf, path }) =>
    leaf.kind === 'related' && leaf.of === 'childAccount' ? [`${path}of`] : [],
  );
}
