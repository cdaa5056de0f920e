import { addDays, type Day, isoOf } from '../calendar/day.js';
import { addMonths } from '../calendar/month.js';
import type { FactRow, IsoDay } from '../values/fact-rows.js';
import { dealFacts } from './deals.js';
import { type AccountPlan, CURRENCY, type TermPlan, termOn } from './plan.js';
import { randomOf } from './random.js';

/** The day after the running term's end, as it was agreed on. */
export function renewalOf(plan: AccountPlan, day: Day): IsoDay | null {
  const term = termOn(plan, day);
  return term ? isoOf(addDays(term.agreedEnd, 1)) : null;
}

/**
 * Subscriptions as they start (the running one with the first word) and as they end before it was agreed on, invoices as
 * they are issued, paid or fail, and deals as they go on.
 */
export function commercialFacts(plan: AccountPlan, day: Day, firstTold: Day): FactRow[] {
  const account = { via: 'externalId', id: plan.externalId } as const;
  const subscriptions = plan.terms.flatMap((term, index): FactRow[] => {
    const starts =
      addDays(term.start, lateBy(plan, index)) === day || (day === firstTold && term.start < day && day <= term.end);
    const wasCut = term.end < term.agreedEnd && day === addDays(term.end, 1) && day > firstTold;
    if (!starts && !wasCut) return [];
    return [
      {
        kind: 'subscription',
        account,
        id: term.id,
        plan: plan.plan,
        quantity: term.seats,
        seatBased: true,
        mrr: { amountMinor: term.mrrMinor, currency: CURRENCY },
        start: isoOf(term.start),
        end: isoOf(wasCut ? term.end : term.agreedEnd),
        termMonths: plan.termMonths,
        autoRenew: plan.termMonths === 1,
      },
    ];
  });
  return [...subscriptions, ...invoiceFacts(plan, day), ...dealFacts(plan, day)];
}

/** Days by which a next yearly contract is signed late; it begins on its day all the same. */
function lateBy(plan: AccountPlan, index: number): number {
  const both = [plan.terms[index - 1], plan.terms[index]];
  if (plan.termMonths !== 12 || both.some((term) => term === undefined || term.end < term.agreedEnd)) return 0;
  const random = randomOf(plan.externalId, 'late', index);
  return random.chance(0.12) ? random.between(4, 20) : 0;
}

interface InvoicePlan {
  id: string;
  issued: Day;
  due: Day;
  amountMinor: number;
  paid: Day;
  failsFirst: boolean;
}

/** Yearly terms are billed by the quarter, monthly ones by the month. */
function invoicesOf(plan: AccountPlan, term: TermPlan): InvoicePlan[] {
  const months = plan.termMonths === 12 ? 3 : 1;
  const invoices: InvoicePlan[] = [];
  for (let number = 0; ; number += 1) {
    const issued = addMonths(term.start, number * months);
    if (issued > term.end) return invoices;
    const random = randomOf(plan.externalId, 'invoice', issued);
    const trouble = plan.story === 'payment_trouble' && issued >= addDays(plan.turnsOn, -20);
    invoices.push({
      id: `${term.id}-${number + 1}`,
      issued,
      due: addDays(issued, 30),
      amountMinor: term.mrrMinor * months,
      paid: addDays(
        issued,
        trouble ? random.between(55, 110) : random.chance(0.06) ? random.between(32, 50) : random.between(3, 28),
      ),
      failsFirst: trouble && random.chance(0.5),
    });
  }
}

const scheduled = new WeakMap<AccountPlan, InvoicePlan[]>();

/** The whole schedule of an account, worked out once a plan. */
function scheduleOf(plan: AccountPlan): InvoicePlan[] {
  let schedule = scheduled.get(plan);
  if (!schedule) {
    schedule = plan.terms.flatMap((term) => invoicesOf(plan, term));
    scheduled.set(plan, schedule);
  }
  return schedule;
}

function invoiceFacts(plan: AccountPlan, day: Day): FactRow[] {
  return scheduleOf(plan)
    .filter(({ issued, due, paid, failsFirst }) => issued === day || paid === day || (failsFirst && due === day))
    .map(
      (invoice): FactRow => ({
        kind: 'invoice',
        account: { via: 'externalId', id: plan.externalId },
        id: invoice.id,
        issued: isoOf(invoice.issued),
        due: isoOf(invoice.due),
        amount: { amountMinor: invoice.amountMinor, currency: CURRENCY },
        status: day === invoice.paid ? 'paid' : invoice.failsFirst && day === invoice.due ? 'failed' : 'open',
        paidOn: day === invoice.paid ? isoOf(day) : null,
        failedOn: invoice.failsFirst && invoice.due <= day ? isoOf(invoice.due) : null,
      }),
    );
}
