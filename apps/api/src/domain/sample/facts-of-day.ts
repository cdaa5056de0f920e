import { addDays, type Day, isoOf, later } from '../calendar/day.js';
import type { AccountRow, FactRow } from '../values/fact-rows.js';
import { commercialFacts, renewalOf } from './commercial.js';
import { type AccountPlan, CURRENCY, type SampleCompany, termOn } from './plan.js';
import { relationFacts } from './relations.js';
import { supportFacts } from './support.js';
import { usageFacts } from './usage.js';

/**
 * All that the sample company delivers about one account on one day. Any day can be asked for on its own: the same
 * company, account and day always give the same facts.
 */
export function factsOfDay(company: SampleCompany, plan: AccountPlan, day: Day): FactRow[] {
  const firstTold = later(plan.startsOn, company.from);
  if (day < firstTold) return [];
  const facts = day === firstTold ? introduction(plan, day) : changes(plan, day);
  if (plan.prospect) return facts;
  facts.push(...commercialFacts(plan, day, firstTold));
  if (plan.churnsOn !== null && day >= plan.churnsOn) return facts;
  facts.push(
    ...usageFacts(company, plan, day),
    ...supportFacts(company, plan, day),
    ...relationFacts(company, plan, day),
  );
  return facts;
}

function accountRow(plan: AccountPlan, day: Day, fields: AccountRow['fields']): AccountRow {
  return {
    kind: 'account',
    account: { via: 'externalId', id: plan.externalId },
    fields,
    attributes: {},
    effectiveOn: isoOf(day),
  };
}

/** The first word of an account: its fields, and the people who are there already. */
function introduction(plan: AccountPlan, day: Day): FactRow[] {
  const term = termOn(plan, day);
  const trial = !plan.prospect && day < plan.customerFrom;
  const account = accountRow(plan, day, {
    name: plan.name,
    domain: plan.domain,
    industry: plan.industry,
    country: plan.region.country,
    region: plan.region.region,
    timeZone: plan.region.timeZone,
    plan: plan.plan,
    currency: CURRENCY,
    seats: term?.seats ?? plan.terms[0]?.seats ?? null,
    csm: plan.csm?.email ?? null,
    am: plan.am?.email ?? null,
    status: plan.prospect ? 'prospect' : trial ? 'trial' : 'customer',
    customerSince: plan.prospect || trial ? null : isoOf(plan.customerFrom),
    renewalDate: renewalOf(plan, day),
  });
  account.attributes = { onboarded_by: { type: 'text', value: plan.vigour > 0.5 ? 'partner' : 'direct' } };
  return [account, ...contactsJoining(plan, day, true)];
}

/** What changes about the account and its people later on. */
function changes(plan: AccountPlan, day: Day): FactRow[] {
  const facts: FactRow[] = contactsJoining(plan, day, false);
  if (plan.prospect) return facts;
  if (day === plan.customerFrom && plan.startsOn < plan.customerFrom) {
    const fields = { status: 'customer', customerSince: isoOf(day), renewalDate: renewalOf(plan, day) } as const;
    facts.push(accountRow(plan, day, fields));
  } else if (day === plan.churnsOn) {
    facts.push(accountRow(plan, day, { status: 'churned', churnedOn: isoOf(day), churnReason: plan.churnReason }));
  } else if (day === plan.noticeOn && plan.churnsOn !== null) {
    facts.push(accountRow(plan, day, { noticeGivenOn: isoOf(day), leavesOn: isoOf(addDays(plan.churnsOn, -1)) }));
  } else {
    const term = plan.terms.find(({ start }) => start === day);
    if (term) facts.push(accountRow(plan, day, { seats: term.seats, renewalDate: renewalOf(plan, day) }));
  }
  return facts;
}

function contactsJoining(plan: AccountPlan, day: Day, first: boolean): FactRow[] {
  return plan.contacts
    .filter(({ joinsOn, leavesOn }) => (first ? joinsOn <= day : joinsOn === day) || leavesOn === day)
    .map((contact) => ({
      kind: 'contact',
      account: { via: 'externalId', id: plan.externalId },
      contact: { externalId: contact.id, email: contact.email, name: contact.name },
      fields: {
        name: contact.name,
        email: contact.email,
        title: contact.title,
        role: contact.role,
        primary: contact.rank === 0,
        leftOn: contact.leavesOn !== null && contact.leavesOn <= day ? isoOf(contact.leavesOn) : null,
      },
      attributes: {},
      effectiveOn: isoOf(day),
    }));
}
