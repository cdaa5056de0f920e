import type { AccountStatus } from '@steward/shared/common';
import { addDays, type Day } from '../../../domain/calendar/day.js';
import type { StatusVersion } from '../../../domain/lifecycle/live.js';

/**
 * An account's status over time, from the versions delivered. An account is churned from the day it churned on, not
 * from the day that was heard of; before it, the last other status holds (customer where none was delivered). Without
 * any version the status of now holds for all time.
 */
export function statusHistory(
  versions: readonly StatusVersion[],
  current: AccountStatus,
  churnedOn: Day | null,
  day: Day,
): StatusVersion[] {
  const delivered = versions.length > 0 ? versions : [{ from: day, status: current }];
  const sorted = [...delivered].sort((a, b) => a.from - b.from);
  if (churnedOn === null || sorted[sorted.length - 1]?.status !== 'churned') return sorted;
  const before = sorted.filter(({ from, status }) => from < churnedOn && status !== 'churned');
  const last = sorted.findLast(({ status }) => status !== 'churned')?.status ?? 'customer';
  const first = before.length > 0 ? before : [{ from: addDays(churnedOn, -1), status: last }];
  return [...first, { from: churnedOn, status: 'churned' }];
}
