import { Injectable } from '@nestjs/common';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import type { RateRow } from '../../domain/revenue/money-rates.js';

export interface LedgerRow {
  start: Day;
  end: Day | null;
  mrrMinor: number | null;
  currency: string | null;
}

@Injectable()
export class LedgerRepository {
  subscriptions(tx: Tx, accountId: string): Promise<LedgerRow[]> {
    return open(tx).query<LedgerRow>(
      `SELECT ${dayNumber('starts_on')} AS start, ${dayNumber('ends_on')} AS "end", mrr_minor AS "mrrMinor", currency
       FROM steward.subscription WHERE account_id = $1 ORDER BY starts_on, id`,
      [accountId],
    );
  }

  rates(tx: Tx): Promise<RateRow[]> {
    return open(tx).query<RateRow>(
      `SELECT currency, ${dayNumber('from_day')} AS "from", rate FROM steward.exchange_rate`,
    );
  }
}
