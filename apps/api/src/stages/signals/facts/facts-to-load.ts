import type { Day } from '../../../domain/calendar/day.js';
import type { SourceKey } from '../../../domain/signals/facts.js';
import type { FactNeeds } from '../../../domain/signals/needs.js';
import type { RateRow } from './money-rates.js';

/** What is loaded, the same for every batch of a run. */
export interface FactsToLoad {
  asOf: Day;
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
