import type { AccountDetail } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import { formatDay } from '../../lib/days.js';

type Scored = Pick<AccountDetail, 'band' | 'status' | 'asOf'>;

/**
 * Why the account has no score on the day, not even an unknown one, as far as its answer tells; null: there may be
 * reasons to ask for. Those of an account that has churned are of its last day before.
 */
export function notScoredText({ band, status, asOf }: Scored, isPast: boolean): string | null {
  if (band !== null || status === 'churned') return null;
  if (status === 'prospect') return SCORED_WHILE_LIVE;
  return isPast ? nothingComputedText(asOf) : 'Nothing has been computed of this account yet.';
}

/** The same where only the server could tell: of an account that has churned. */
export const refusedScoreText = ({ asOf }: Pick<Scored, 'asOf'>, isPast: boolean): string =>
  isPast ? nothingComputedText(asOf) : SCORED_WHILE_LIVE;

const SCORED_WHILE_LIVE = 'Accounts are scored while they are on trial or customers.';

const nothingComputedText = (day: IsoDay): string =>
  `Nothing was computed of this account for ${formatDay(day)}. Days past are computed from dated facts by “backfill” of the command line.`;
