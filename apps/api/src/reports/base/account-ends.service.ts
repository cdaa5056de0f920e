import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Movement } from '@steward/shared/ledger';
import type { RevenueDimension } from '@steward/shared/revenue-report';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf } from '../../domain/calendar/day.js';
import { firstDayOf, monthOf } from '../../domain/calendar/month.js';
import { ownMovementOf } from '../../domain/reports/account-months.js';
import { added, type CohortSums, cohortOf, NO_COHORT } from '../../domain/reports/sums.js';
import { bothEndsOf, type LedgerSubscription, monthlyLedger } from '../../domain/revenue/ledger.js';
import { AccountEndsRepository, type EndsRow, type Span } from './account-ends.repository.js';
import type { ReportPage } from './report-pages.service.js';
import { ReportWorld } from './report-world.js';

export interface AccountEnds extends EndsRow {
  startMinor: number;
  endMinor: number;
  /** Of a single month; null over several, and where nothing moved. */
  movement: Movement | null;
}

/** Accounts that are worked out in one go; then others get their turn. */
const AT_A_TIME = 2_000;

/**
 * Revenue of accounts between two days that no month shows, worked out from their subscriptions: MRR on the day before
 * the first month and on the last day, both at the rate of the first.
 */
@Injectable()
export class AccountEndsOf {
  constructor(
    private readonly repository: AccountEndsRepository,
    private readonly world: ReportWorld,
  ) {}

  /** `knownBy`: what is known of late renewals by then. */
  async period(tx: Tx, page: ReportPage, span: Span, knownBy: Day): Promise<AccountEnds[]> {
    const accounts = await this.repository.accounts(tx, page, span);
    const subscriptions = await this.repository.subscriptions(tx, page, isoOf(knownBy));
    const convert = await this.world.money(tx);
    const byAccount = new Map<string, LedgerSubscription[]>();
    for (const row of subscriptions) {
      const rows = byAccount.get(row.accountId);
      if (rows) rows.push(row);
      else byAccount.set(row.accountId, [row]);
    }
    const days = { from: firstDayOf(span.from), to: span.toDay, today: knownBy };
    const oneMonth = monthOf(span.toDay) === span.from;
    const endsOf = (account: EndsRow): AccountEnds => {
      const own = byAccount.get(account.accountId) ?? [];
      if (!account.hasSubscriptions) {
        const { ownStartMinor: startMinor, ownEndMinor: endMinor } = account;
        const movement = oneMonth ? ownMovementOf(startMinor, endMinor, account.customerSince, days.from) : null;
        return { ...account, startMinor, endMinor, movement };
      }
      const ends = bothEndsOf(own, convert, days);
      if (!oneMonth) return { ...account, ...ends, movement: null };
      const [month] = monthlyLedger(own, convert, { from: span.from, to: span.from, today: span.toDay });
      return { ...account, ...ends, movement: month?.movement ?? null };
    };
    const ends: AccountEnds[] = [];
    for (let from = 0; from < accounts.length; from += AT_A_TIME) {
      if (from > 0) await setImmediate();
      for (const account of accounts.slice(from, from + AT_A_TIME)) ends.push(endsOf(account));
    }
    return ends;
  }
}

/** What an account stands under in a dimension; segments are not known here. */
export function keyOfEnds(row: EndsRow, by: Exclude<RevenueDimension, 'segment'>): string | null {
  return by === 'whole' ? null : row[by];
}

/** The start cohorts of accounts by group. */
export function cohortsBy<Row extends AccountEnds>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): Map<string | null, CohortSums> {
  const groups = new Map<string | null, CohortSums[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(cohortOf(row));
    else groups.set(keyOf(row), [cohortOf(row)]);
  }
  return new Map([...groups].map(([key, sums]) => [key, added(sums, NO_COHORT)]));
}
