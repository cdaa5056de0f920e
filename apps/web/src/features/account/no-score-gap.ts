import type { AccountDetail } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import type { ApiError } from '../../lib/api.js';
import { addDays, formatDay, isIsoDay } from '../../lib/days.js';

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

/** The change of the score in an account's answer looks back so far. */
const DAYS_OF_CHANGE = 30;

/** As far as the account's answer tells it: that one of the two days has no score, without asking for their comparison. */
export function knownGap(
  {
    asOf,
    status,
    score,
    healthChange,
    sparkline,
  }: Pick<AccountDetail, 'asOf' | 'status' | 'score' | 'healthChange' | 'sparkline'>,
  { from, to }: { from: IsoDay; to: IsoDay },
): NoScoreGap | null {
  // An account that has churned is compared as it was on its last day before.
  if (to !== asOf || status === 'churned') return null;
  if (score === null) return { text: `It had no score on ${formatDay(to)}.`, since: null, canStartAt: null };
  if (healthChange !== null || from !== addDays(asOf, -DAYS_OF_CHANGE)) return null;
  const first = sparkline.findIndex((each) => each !== null);
  const since = addDays(asOf, first + 1 - sparkline.length);
  return { text: `It had no score on ${formatDay(from)}.`, since, canStartAt: since < to ? since : null };
}
