import type { Day } from '../../domain/calendar/day.js';

/** What the first stage computes. */
export interface SignalColumns {
  accountId: string;
  status: string;
  csm: string | null;
  am: string | null;
  arrMinor: number | null;
  mrrMinor: number | null;
  seats: number | null;
  customerSince: Day | null;
  renewalDate: Day | null;
  usageCovered: boolean;
  /** Of one length in all rows, as is the next. */
  values: readonly (number | null)[];
  nullReasons: readonly number[];
}
