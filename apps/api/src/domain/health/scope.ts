import type { AccountStatus } from '@steward/shared/common';
import { isLive } from '@steward/shared/lifecycle';

/** Live accounts are scored. A churned account keeps its last score; a prospect has none yet. */
export function isScored(status: AccountStatus): boolean {
  return isLive(status);
}

/**
 * Position of the profile that scores an account: the first in order whose scope holds. `scopeHolds[i]` is the i-th
 * profile's rule; the last profile, the default, takes every account.
 */
export function profileFor(scopeHolds: readonly boolean[]): number {
  const last = scopeHolds.length - 1;
  return scopeHolds.findIndex((holds, i) => holds || i === last);
}
