import { addDays, type Day, isoOf } from '../calendar/day.js';
import { weekday } from '../calendar/week.js';
import type { FactRow } from '../values/fact-rows.js';
import type { AccountPlan, SampleCompany } from './plan.js';
import { randomOf, shareOf } from './random.js';
import { conditionOn, usersOn } from './usage.js';
import { OUTAGE_SUBJECTS, TICKET_SUBJECTS } from './vocabulary.js';

const LONGEST_TICKET_DAYS = 15;

interface TicketPlan {
  opened: Day;
  hours: number;
  urgent: boolean;
  subject: string;
  rating: number | null;
}

/** At most one ticket a day and account. */
function ticketOpened(company: SampleCompany, plan: AccountPlan, day: Day): TicketPlan | null {
  if (day < plan.startsOn || day < company.from) return null;
  // Settled before the account's condition is looked at: most days have no ticket under any condition.
  const chance = shareOf(company.seed, 'ticket', plan.index, day);
  if (chance > 0.12 || weekday(day) > 5) return null;
  const random = randomOf(company.seed, 'ticket', plan.index, day);
  const condition = conditionOn(plan, day);
  if (chance > Math.min(0.12, (usersOn(plan, day, condition).length / 100) * condition.ticketRate + 0.004)) return null;
  const urgent = random.chance(plan.story === 'stuck_onboarding' ? 0.2 : 0.07);
  const hours = Math.min(LONGEST_TICKET_DAYS * 24 - 20, Math.max(1, Math.exp(random.normal(urgent ? 2 : 3.2, 0.9))));
  return {
    opened: day,
    hours: Math.round(hours * 10) / 10,
    urgent,
    subject: random.pick(urgent ? OUTAGE_SUBJECTS : TICKET_SUBJECTS),
    rating: random.chance(0.35)
      ? Math.min(5, Math.max(1, Math.round(random.normal(1.5 + 3.6 * condition.contentment - hours / 200, 0.7))))
      : null,
  };
}

const recent = new WeakMap<AccountPlan, Map<Day, TicketPlan | null>>();

/** `ticketOpened`, remembered for as long as a ticket can stay open: each day looks back over all of them. */
function ticketOf(company: SampleCompany, plan: AccountPlan, day: Day): TicketPlan | null {
  const known = recent.get(plan) ?? new Map<Day, TicketPlan | null>();
  recent.set(plan, known);
  let ticket = known.get(day);
  if (ticket === undefined) {
    ticket = ticketOpened(company, plan, day);
    known.set(day, ticket);
    known.delete(addDays(day, -LONGEST_TICKET_DAYS - 1));
  }
  return ticket;
}

/** Tickets that are opened or closed on the day. */
export function supportFacts(company: SampleCompany, plan: AccountPlan, day: Day): FactRow[] {
  const facts: FactRow[] = [];
  for (let ago = 0; ago <= LONGEST_TICKET_DAYS; ago += 1) {
    const ticket = ticketOf(company, plan, addDays(day, -ago));
    if (ticket === null) continue;
    const openedMs = ticket.opened * 86_400_000 + 10 * 3_600_000;
    const closedMs = openedMs + ticket.hours * 3_600_000;
    const closed = Math.floor(closedMs / 86_400_000) as Day;
    if (ago !== 0 && closed !== day) continue;
    const isClosed = closed === day;
    facts.push({
      kind: 'ticket',
      account: { via: 'externalId', id: plan.externalId },
      id: `T-${plan.index + 1}-${ticket.opened}`,
      subject: ticket.subject,
      opened: isoOf(ticket.opened),
      openedAt: new Date(openedMs).toISOString(),
      closed: isClosed ? isoOf(closed) : null,
      closedAt: isClosed ? new Date(closedMs).toISOString() : null,
      resolutionHours: isClosed ? ticket.hours : null,
      priority: ticket.urgent ? 'urgent' : ticket.hours > 60 ? 'low' : 'normal',
      status: isClosed ? 'closed' : 'open',
      satisfaction: isClosed && ticket.rating !== null ? { score: ticket.rating, scaleMin: 1, scaleMax: 5 } : null,
      contact: null,
      disagrees: false,
      closedAssumed: false,
    });
  }
  return facts;
}
