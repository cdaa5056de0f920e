import type { ComputeOf } from '@steward/shared/signals';
import type { Day } from '../calendar/day.js';
import { contains, type Window } from '../calendar/window.js';
import type { SignalContext } from './context.js';
import { coverageOf } from './coverage.js';
import { type AccountFacts, NO_CONTACT, type SurveyAnswer, type TicketFacts } from './facts.js';
import type { Reader } from './reading.js';
import { medianOf } from './silence.js';
import { isInternal } from './usage-ledger.js';

type RatedTicket = TicketFacts & { satisfaction: number };

const hoursOf = ({ resolutionHours }: TicketFacts) => resolutionHours ?? [];
const ascending = (a: number, b: number) => a - b;
const sumOf = (sum: number, value: number) => sum + value;

/** As of a day a ticket is open when it was opened by then and not closed by then. */
export function isOpenOn(ticket: TicketFacts, day: Day): boolean {
  return ticket.opened <= day && (ticket.closed === null || ticket.closed > day);
}

/** The tickets that a computation takes: open as of the day, opened in the window, or closed in the window. */
export function ticketsTaken(
  compute: ComputeOf<'tickets'>,
  tickets: readonly TicketFacts[],
  span: Window,
): TicketFacts[] {
  return tickets.filter(
    (ticket) =>
      (compute.priority === null || ticket.priority === compute.priority) && isInState(ticket, compute.state, span),
  );
}

function isInState(ticket: TicketFacts, state: ComputeOf<'tickets'>['state'], span: Window): boolean {
  switch (state) {
    case 'open':
      return isOpenOn(ticket, span.to);
    case 'opened':
      return contains(span, ticket.opened);
    case 'closed':
      return ticket.closed !== null && contains(span, ticket.closed);
  }
}

/**
 * Support tickets: their number, or the median hours to resolution of those closed in the window. Null: "no feed"; the
 * median "no data" when none was closed with a known time.
 */
export function ticketsReader(compute: ComputeOf<'tickets'>, context: SignalContext): Reader {
  const covered = coverageOf(context, 'tickets');
  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    const taken = ticketsTaken(compute, facts.tickets, span);
    if (compute.aggregation === 'count') return taken.length;
    const hours = taken.flatMap(hoursOf);
    return hours.length === 0 ? 'no_data' : medianOf(hours);
  };
}

/** CSAT answers of the window; those of internal contacts count nowhere. */
export function csatAnswers(facts: AccountFacts, window: Window): SurveyAnswer[] {
  return facts.answers.filter(
    ({ kind, day, contact }) => kind === 'csat' && contains(window, day) && !isInternal(facts.contacts, contact),
  );
}

/** Rated tickets of the window, dated on the day they closed. */
export function ratedTickets(facts: AccountFacts, window: Window): RatedTicket[] {
  return facts.tickets.filter(
    (ticket): ticket is RatedTicket => ticket.satisfaction !== null && contains(window, ticket.closed ?? ticket.opened),
  );
}

/** Mean satisfaction, 1–5. Null: "no feed" before any rating in the workspace, "no answer" without one in the window. */
export function satisfactionReader(context: SignalContext): Reader {
  const covered = coverageOf(context, 'csat');
  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    const answers = csatAnswers(facts, span).map(({ score }) => score);
    const tickets = ratedTickets(facts, span).map(({ satisfaction }) => satisfaction);
    const found = [...answers, ...tickets].sort(ascending);
    return found.length === 0 ? 'no_answer' : found.reduce(sumOf, 0) / found.length;
  };
}

/**
 * The latest answer of each contact in the window; an answer that names nobody stands for itself. Two answers of a
 * contact on one day: the lower one, so that order does not matter and bad news is not lost.
 */
export function latestAnswers(facts: AccountFacts, kind: SurveyAnswer['kind'], window: Window): SurveyAnswer[] {
  const anonymous: SurveyAnswer[] = [];
  const byContact = new Map<number, SurveyAnswer>();
  for (const answer of facts.answers) {
    if (answer.kind !== kind || !contains(window, answer.day)) continue;
    if (answer.contact === NO_CONTACT) {
      anonymous.push(answer);
      continue;
    }
    if (isInternal(facts.contacts, answer.contact)) continue;
    const known = byContact.get(answer.contact);
    const wins = !known || answer.day > known.day || (answer.day === known.day && answer.score < known.score);
    if (wins) byContact.set(answer.contact, answer);
  }
  return [...byContact.values(), ...anonymous];
}

export const PROMOTER_FROM = 9;
export const DETRACTOR_TO = 6;

/**
 * NPS from the latest answer of each contact: net = (promoters ≥ 9 − detractors ≤ 6) ÷ answers × 100 (−100…100), the
 * mean (0–10), or whether there is a promoter / a detractor (1 or 0). Null: "no feed", "no answer". Definition of NPS:
 * Reichheld, The One Number You Need to Grow (2003).
 */
export function npsReader(compute: ComputeOf<'nps'>, context: SignalContext): Reader {
  const covered = coverageOf(context, 'nps');
  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    const answers = latestAnswers(facts, 'nps', span);
    if (answers.length === 0) return 'no_answer';
    let promoters = 0;
    let detractors = 0;
    for (const { score } of answers) {
      if (score >= PROMOTER_FROM) promoters += 1;
      else if (score <= DETRACTOR_TO) detractors += 1;
    }
    switch (compute.aggregation) {
      case 'net':
        return ((promoters - detractors) / answers.length) * 100;
      case 'average': {
        const scores = answers.map((answer) => answer.score).sort(ascending);
        return scores.reduce(sumOf, 0) / scores.length;
      }
      case 'promoter':
        return promoters > 0 ? 1 : 0;
      case 'detractor':
        return detractors > 0 ? 1 : 0;
    }
  };
}

/** The newest pulse, 1–6. Null: "no data" when never given, "expired" when older than the window. */
export function pulseReader(context: SignalContext): Reader {
  const covered = coverageOf(context, 'pulses');
  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    let newest: { day: Day; value: number } | null = null;
    for (const pulse of facts.pulses) {
      if (pulse.day <= span.to && (newest === null || pulse.day > newest.day)) newest = pulse;
    }
    if (newest === null) return 'no_data';
    return span.to - newest.day > span.days ? 'expired' : newest.value;
  };
}
