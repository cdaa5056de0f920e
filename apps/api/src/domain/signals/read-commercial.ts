import type { ComputeOf } from '@steward/shared/signals';
import type { Day } from '../calendar/day.js';
import { renewalDay } from '../renewals/renewal-day.js';
import { activeMrrMinor, arrMinor, hadSubscription, seatsOf } from '../revenue/revenue.js';
import type { SignalContext } from './context.js';
import { coverageOf } from './coverage.js';
import type { InvoiceFacts } from './facts.js';
import type { Reader } from './reading.js';

/** As of a day an invoice is unpaid when it was issued by then and not paid by then; a void one never is. */
export function isUnpaidOn(invoice: InvoiceFacts, day: Day): boolean {
  if (invoice.status === 'void' || invoice.issued > day) return false;
  return invoice.paidOn === null ? invoice.status !== 'paid' : invoice.paidOn > day;
}

export function isOverdueOn(invoice: InvoiceFacts, day: Day): boolean {
  return invoice.due !== null && invoice.due < day && isUnpaidOn(invoice, day);
}

/** A payment that failed by the day and was not paid since. Without a date, a failed one failed when it was issued. */
export function isFailedOn(invoice: InvoiceFacts, day: Day): boolean {
  const failed = invoice.failedOn === null ? invoice.status === 'failed' : invoice.failedOn <= day;
  return failed && isUnpaidOn(invoice, day);
}

/**
 * Bills as of the day: amount past due (major units), days that the oldest open one is past due (0 if none), payments
 * failed and not since paid. Null: "no feed"; the amount "no rate" where one of the bills has a currency without a rate.
 */
export function invoicesReader(compute: ComputeOf<'invoices'>, context: SignalContext): Reader {
  const covered = coverageOf(context, 'invoices');
  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    let amountMinor: number | null = 0;
    let days = 0;
    let failed = 0;
    for (const invoice of facts.invoices) {
      if (isFailedOn(invoice, span.to)) failed += 1;
      if (invoice.due === null || !isOverdueOn(invoice, span.to)) continue;
      amountMinor = amountMinor === null || invoice.amountMinor === null ? null : amountMinor + invoice.amountMinor;
      days = Math.max(days, span.to - invoice.due);
    }
    switch (compute.aggregation) {
      case 'overdueAmount':
        return amountMinor === null ? 'no_rate' : amountMinor / context.minorPerMajor;
      case 'daysOverdue':
        return days;
      case 'failedCount':
        return failed;
    }
  };
}

/**
 * ARR or MRR as of the day, in major units. Null: "not set"; MRR "no feed" for an account that never had a
 * subscription.
 */
export function revenueReader(compute: ComputeOf<'revenue'>, context: SignalContext): Reader {
  if (compute.aggregation === 'mrr') {
    return (facts, span) =>
      hadSubscription(facts.subscriptions, context.asOf)
        ? activeMrrMinor(facts.subscriptions, span.to) / context.minorPerMajor
        : 'no_feed';
  }
  return (facts, span) => {
    const arr = arrMinor(facts.subscriptions, facts.account.arrMinor, span.to);
    return arr === null ? 'not_set' : arr / context.minorPerMajor;
  };
}

/** Seats as of the day. Null: "no seats" when unknown or 0, so that no share of them is computed. */
export function seatsReader(): Reader {
  return (facts, span) => seatsOf(facts.subscriptions, facts.account.seats, span.to) || 'no_seats';
}

/**
 * Days to renewal (negative when overdue), days since the account became a customer or came back as one. Null: "not
 * set".
 */
export function accountReader(compute: ComputeOf<'account'>): Reader {
  switch (compute.aggregation) {
    case 'daysToRenewal':
      return (facts, span) => {
        const due = renewalDay(facts.subscriptions, facts.account, span.to);
        return due === null ? 'not_set' : due - span.to;
      };
    case 'tenureDays':
      return (facts, span) => {
        const since = facts.account.customerSince;
        return since === null || since > span.to ? 'not_set' : span.to - since;
      };
    case 'daysSinceReturn':
      return (facts, span) => {
        const on = facts.account.returnedOn;
        return on === null || on > span.to ? 'not_set' : span.to - on;
      };
  }
}
