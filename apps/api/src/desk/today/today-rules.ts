import type { Rule } from '@steward/shared/rules';
import { all, any, field } from '../../domain/rule-builders.js';

const isLive = field('account.status', 'in', ['trial', 'customer']);

/** Accounts that one of these people looks after; null: whoever does. */
const ofOwners = (ids: readonly string[] | null): Rule[] =>
  ids === null ? [] : [any(field('account.csm', 'in', [...ids]), field('account.am', 'in', [...ids]))];

export const liveOf = (ids: readonly string[] | null): Rule => all(isLive, ...ofOwners(ids));

export const RENEWS_SOON: Rule = any(
  { kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 },
  { kind: 'date', field: 'account.renewalDate', op: 'inLastDays', days: 60 },
);

/** Points over 30 days from which a fall is worth a look. */
const FALL = 5;

export const FALLEN: Rule = field('health.change', 'lte', -FALL);

/** Null: none of the segments is there any more. */
export function membersOf(segments: readonly string[]): Rule | null {
  if (segments.length === 0) return null;
  return any(...segments.map((segment): Rule => ({ kind: 'member', segment, is: true })));
}
