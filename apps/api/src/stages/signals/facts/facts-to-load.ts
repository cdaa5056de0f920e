import type { Day } from '../../../domain/calendar/day.js';
import type { RateRow } from '../../../domain/revenue/money-rates.js';
import type { SourceKey } from '../../../domain/signals/facts.js';
import { type FactNeeds, needsOfBoth } from '../../../domain/signals/needs.js';

/** What is loaded, the same for every batch of a run. */
export interface FactsToLoad {
  asOf: Day;
  /** The last of the days in a row, from `asOf` on, that the facts serve; of one day it is `asOf` itself. */
  through: Day;
  /** A day before today: account fields are those of the day, from their history. */
  past: boolean;
  timeZone: string;
  currency: string;
  rates: readonly RateRow[];
  needs: FactNeeds;
  untrackedFeatures: readonly number[];
  /** Sources that cover only the accounts seen: the first fact of each account is looked up. */
  seenOnly: ReadonlySet<SourceKey>;
}

/** What serves all days from the first to the last, given what each of these two needs: windows move with the day. */
export function wantedThrough(first: FactsToLoad, last: FactsToLoad): FactsToLoad {
  return { ...first, through: last.asOf, needs: needsOfBoth(first.needs, last.needs), seenOnly: last.seenOnly };
}
