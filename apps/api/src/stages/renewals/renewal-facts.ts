import { type Day, toDay } from '../../domain/calendar/day.js';
import type { RenewalFacts, Since } from '../../domain/renewals/facts.js';
import type { ToWorkspaceMoney } from '../../domain/revenue/money-rates.js';
import type { AccountRow, SubscriptionRow, VersionRow } from './renewals.repository.js';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Rows of a batch by their account. */
export function byAccount<Row extends { account_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const known = found.get(row.account_id);
    if (known) known.push(row);
    else found.set(row.account_id, [row]);
  }
  return found;
}

/** What an account's renewals rest on; versions oldest first. */
export function renewalFacts(
  account: AccountRow,
  subscriptions: readonly SubscriptionRow[],
  versions: readonly VersionRow[],
  money: ToWorkspaceMoney,
): RenewalFacts {
  return {
    status: account.status,
    churnedOn: account.churned_on,
    subscriptions: subscriptions.map((row) => ({
      start: row.start,
      end: row.end,
      mrrMinor: row.mrr_minor === null ? null : money(row.mrr_minor, row.currency),
      termMonths: row.term_months,
      autoRenew: row.auto_renew,
    })),
    renewalDates: versions.flatMap(({ field, from_day: from, value }): Since<Day | null>[] =>
      field === 'renewalDate' ? [{ from, value: asDay(value) }] : [],
    ),
    arr: versions.flatMap(({ field, from_day: from, value }): Since<number | null>[] => {
      if (field !== 'arr') return [];
      return [{ from, value: typeof value === 'number' ? money(value, currencyOn(account, versions, from)) : null }];
    }),
  };
}

function asDay(value: unknown): Day | null {
  return typeof value === 'string' && ISO_DAY.test(value) ? toDay(value) : null;
}

/** ARR is in the account's currency of its time. */
function currencyOn(account: AccountRow, versions: readonly VersionRow[], day: Day): string | null {
  const version = versions.findLast(({ field, from_day }) => field === 'currency' && from_day <= day);
  return typeof version?.value === 'string' ? version.value : account.currency;
}
