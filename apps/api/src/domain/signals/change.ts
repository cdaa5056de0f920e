import type { NullReason, SignalChange } from '@steward/shared/signals';
import type { Day } from '../calendar/day.js';
import type { AccountFields } from './facts.js';
import { isValue, type Reading } from './reading.js';

/** True when the account has been live without a break since `from` or longer. Unknown since = since ever. */
export function isLiveSince(account: AccountFields, from: Day): boolean {
  return account.live !== null && (account.live.since === null || account.live.since <= from);
}

/**
 * Current against previous, in this order: either null → its reason; not live for both windows → "not live"; more than
 * 20 % of the days of a window silent → "silent"; then for a change in percent: both 0 → "no usage"; previous 0 →
 * "new"; previous under the floor → "too little to compare"; else (current − previous) ÷ previous × 100. A share changes
 * in points: current − previous, without a floor.
 */
export function changeOf(
  current: Reading,
  previous: Reading,
  change: SignalChange,
  floor: number,
  wasLive: boolean,
  wasSilent: boolean,
): Reading {
  if (!isValue(current)) return current;
  if (!isValue(previous)) return previous;
  if (!wasLive) return 'not_live';
  if (wasSilent) return 'silent';
  if (change.as === 'points') return current - previous;
  const nothing = nothingToCompare(current, previous, floor);
  return nothing ?? ((current - previous) / previous) * 100;
}

function nothingToCompare(current: number, previous: number, floor: number): NullReason | null {
  if (current === 0 && previous === 0) return 'no_usage';
  if (previous === 0) return 'new';
  return previous < floor ? 'too_little' : null;
}
