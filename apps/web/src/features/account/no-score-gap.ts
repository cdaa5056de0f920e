import type { AccountDetail } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import type { ApiError } from '../../lib/api.js';
import { formatDay, isIsoDay } from '../../lib/days.js';

export interface NoScoreGap {
  text: string;
  /** The account's first day with a score. */
  since: IsoDay | null;
  /** That day, where it lies before the second of the two and can stand in for the first. */
  canStartAt: IsoDay | null;
}

/** What a refused comparison of two days says: which of them has no score, and since when there is one. */
export function noScoreGap({ details }: Pick<ApiError, 'details'>, days: { from: IsoDay; to: IsoDay }): NoScoreGap {
  const told = details.find(({ path }) => path === 'since')?.message;
  const since = isIsoDay(told) ? told : null;
  if (since === null) return { text: 'This account has not been scored yet.', since, canStartAt: null };
  if (since > days.from) {
    const canStartAt = since < days.to ? since : null;
    return { text: `The scores of this account begin on ${formatDay(since)}.`, since, canStartAt };
  }
  const missing = (['from', 'to'] as const).filter((key) => details.some(({ path }) => path === key));
  const named = missing.map((key) => formatDay(days[key]));
  return { text: `It had no score on ${named.join(' and ')}.`, since, canStartAt: null };
}

/**
 * As far as the account's answer tells it: that the day itself has no score, without asking for a comparison with it. Of
 * the earlier day it tells nothing: days before the first one computed may have been computed since.
 */
export function knownGap(
  { asOf, status, score }: Pick<AccountDetail, 'asOf' | 'status' | 'score'>,
  to: IsoDay,
): NoScoreGap | null {
  // An account that has churned is compared as it was on its last day before.
  if (to !== asOf || status === 'churned' || score !== null) return null;
  return { text: `It had no score on ${formatDay(to)}.`, since: null, canStartAt: null };
}
