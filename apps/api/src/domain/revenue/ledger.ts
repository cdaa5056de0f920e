import type { Movement } from '@steward/shared/ledger';
import { addDays, type Day, type Month } from '../calendar/day.js';
import { firstDayOf, lastDayOf } from '../calendar/month.js';

/** The monthly movements of an account's recurring revenue (product definition: Touchpoints, renewals, deals, revenue). */

/** A subscription as the ledger reads it; money in minor units of its own currency (null: the workspace's). */
export interface LedgerSubscription {
  start: Day;
  /** Last day; null = open-ended. */
  end: Day | null;
  mrrMinor: number;
  currency: string | null;
}

/** A span on which a subscription counts; `late` where it is carried over a gap to the one that followed. */
interface Span {
  start: Day;
  end: Day | null;
  mrrMinor: number;
  currency: string | null;
  late: boolean;
}

/** Whole minor units of the workspace's currency at the rate of a day; null: the currency has no rate. */
export type ConvertAt = (amountMinor: number, currency: string | null, day: Day) => number | null;

/** A gap of at most so many days between subscriptions is a late renewal. */
export const LATE_RENEWAL_DAYS = 14;

export interface LedgerMonth {
  month: Month;
  /** MRR at the end of the month before, at the rate of this month's first day. */
  startMinor: number;
  /** MRR at the end of this month, at the same rate. */
  endMinor: number;
  /** endMinor − startMinor. */
  movementMinor: number;
  /** Null: nothing moved. */
  movement: Movement | null;
  /** startMinor less the end of the month before: other rates for the same money. 0 in the first month. */
  revaluationMinor: number;
  /** Of endMinor: carried over a gap, as a late renewal. */
  lateRenewalMinor: number;
}

/**
 * Subscriptions with the gaps between them filled. One that ends is followed by the first later one that starts at most
 * 14 days after the gap began and follows no other; what lies between is a late renewal, on which the MRR of the one that
 * ended goes on. One that follows on the next day leaves no gap.
 */
export function withLateRenewals(subscriptions: readonly LedgerSubscription[]): Span[] {
  const spans: Span[] = subscriptions.map((each) => ({ ...each, late: false }));
  const byStart = [...subscriptions].sort((a, b) => a.start - b.start);
  const following = new Set<LedgerSubscription>();
  for (const ended of [...subscriptions].sort((a, b) => (a.end ?? 0) - (b.end ?? 0) || a.start - b.start)) {
    const { end } = ended;
    if (end === null || end < ended.start) continue;
    const next = byStart.find(
      (each) => each !== ended && !following.has(each) && each.start > end && each.start <= end + LATE_RENEWAL_DAYS + 1,
    );
    if (!next) continue;
    following.add(next);
    if (next.start > end + 1) {
      spans.push({ ...ended, start: addDays(end, 1), end: addDays(next.start, -1), late: true });
    }
  }
  return spans;
}

/**
 * Movements of the months from `from` to `to`: month-end against month-end MRR, one net movement a month. Amounts stand
 * at the rate of the month's first day, so that start + movement = end in every month; what other rates make of the same
 * money stands beside it. Of the month that holds `today`, the end is today. A currency without a rate counts as 0.
 */
export function monthlyLedger(
  subscriptions: readonly LedgerSubscription[],
  convert: ConvertAt,
  { from, to, today }: { from: Month; to: Month; today: Day },
): LedgerMonth[] {
  const spans = withLateRenewals(subscriptions.filter(({ start }) => start <= today));
  const months: LedgerMonth[] = [];
  let endBefore: number | null = null;
  for (let month = from; month <= to && firstDayOf(month) <= today; month = (month + 1) as Month) {
    const first = firstDayOf(month);
    const before = addDays(first, -1);
    const last = lastDayOf(month) < today ? lastDayOf(month) : today;
    const start = mrrOn(spans, before, convert, first);
    const end = mrrOn(spans, last, convert, first);
    const hadBefore = spans.some((span) => span.start <= before && span.mrrMinor > 0);
    months.push({
      month,
      startMinor: start.all,
      endMinor: end.all,
      movementMinor: end.all - start.all,
      movement: movementOf(start.all, end.all, hadBefore),
      revaluationMinor: endBefore === null ? 0 : start.all - endBefore,
      lateRenewalMinor: end.late,
    });
    endBefore = end.all;
  }
  return months;
}

/** MRR on a day, by currency converted at the rate of another. */
function mrrOn(spans: readonly Span[], day: Day, convert: ConvertAt, rateOf: Day): { all: number; late: number } {
  const all = new Map<string | null, number>();
  const late = new Map<string | null, number>();
  for (const { start, end, mrrMinor, currency, late: isLate } of spans) {
    if (start > day || (end !== null && end < day)) continue;
    all.set(currency, (all.get(currency) ?? 0) + mrrMinor);
    if (isLate) late.set(currency, (late.get(currency) ?? 0) + mrrMinor);
  }
  const sum = (amounts: ReadonlyMap<string | null, number>) =>
    [...amounts].reduce((total, [currency, amount]) => total + (convert(amount, currency, rateOf) ?? 0), 0);
  return { all: sum(all), late: sum(late) };
}

/** What a month made of an account. `hadBefore`: it had paid before the month began. */
function movementOf(start: number, end: number, hadBefore: boolean): Movement | null {
  if (start === end) return null;
  if (start === 0) return hadBefore ? 'reactivation' : 'new';
  if (end === 0) return 'churn';
  return end > start ? 'expansion' : 'contraction';
}

/** An account's MRR at both ends of a period, in one currency at one rate. */
export interface BothEnds {
  startMinor: number;
  endMinor: number;
}

/**
 * MRR on the day before a period and on its last day, both at the rate of its first day. `today`: what is known of late
 * renewals by then; left out: by the period's last day.
 */
export function bothEndsOf(
  subscriptions: readonly LedgerSubscription[],
  convert: ConvertAt,
  { from, to, today = to }: { from: Day; to: Day; today?: Day },
): BothEnds {
  const spans = withLateRenewals(subscriptions.filter(({ start }) => start <= today));
  const startMinor = mrrOn(spans, addDays(from, -1), convert, from).all;
  return { startMinor, endMinor: mrrOn(spans, to, convert, from).all };
}

/** The accounts that paid at the start of the period. */
const cohortOf = (accounts: readonly BothEnds[]) => accounts.filter(({ startMinor }) => startMinor > 0);

/** GRR = Σ min(end, start) / Σ start of the start cohort, 0–1; null: nobody paid at the start. */
export function grossRetention(accounts: readonly BothEnds[]): number | null {
  return share(cohortOf(accounts), ({ startMinor, endMinor }) => Math.min(endMinor, startMinor));
}

/** NRR = Σ end / Σ start of the start cohort, 0 and more; null: nobody paid at the start. */
export function netRetention(accounts: readonly BothEnds[]): number | null {
  return share(cohortOf(accounts), ({ endMinor }) => endMinor);
}

/** Logo churn = accounts at 0 ÷ accounts of the start cohort, 0–1; null: nobody paid at the start. */
export function logoChurn(accounts: readonly BothEnds[]): number | null {
  const cohort = cohortOf(accounts);
  if (cohort.length === 0) return null;
  return cohort.filter(({ endMinor }) => endMinor === 0).length / cohort.length;
}

function share(cohort: readonly BothEnds[], kept: (account: BothEnds) => number): number | null {
  const start = cohort.reduce((sum, { startMinor }) => sum + startMinor, 0);
  return start === 0 ? null : cohort.reduce((sum, account) => sum + kept(account), 0) / start;
}
