import type {
  ComputeOf,
  EvidenceFact,
  EvidenceRow,
  LeafCompute,
  SignalDefinition,
  SignalEvidence,
} from '@steward/shared/signals';
import { assertUnreachable } from '../assert-unreachable.js';
import { type Day, isoOf, isoOrNull, later } from '../calendar/day.js';
import { contains, type Window } from '../calendar/window.js';
import { renewalDay } from '../renewals/renewal-day.js';
import { arrMinor, isActiveOn, seatsOf } from '../revenue/revenue.js';
import { compileSignal } from './compute.js';
import type { SignalContext } from './context.js';
import type { AccountFacts, SelectedEvents } from './facts.js';
import { isFailedOn, isOverdueOn } from './read-commercial.js';
import { eventSelectionKey, metricPointsTaken, versionAt } from './read-metric.js';
import { hasLeft, isChampion, lastSeenDay, touchStart } from './read-relationship.js';
import { csatAnswers, latestAnswers, ratedTickets, ticketsTaken } from './read-support.js';
import { readsActiveContactsMetric } from './read-usage.js';
import { isValue, type Span } from './reading.js';
import {
  activeContacts,
  activeDays,
  eventCount,
  isInternal,
  lastActiveDay,
  lastActiveDayOf,
  usedFeatures,
} from './usage-ledger.js';

interface Findings {
  facts: EvidenceFact[];
  rows: EvidenceRow[];
}

/** The value of one signal of one account with what stands behind it: counts, dates and rows, newest first. */
export function explainSignal(
  definition: SignalDefinition,
  facts: AccountFacts,
  context: SignalContext,
): SignalEvidence {
  const { current, previous, read } = compileSignal(definition, context);
  const reading = read(facts);
  const { compute } = definition;
  const leaves: LeafCompute[] = compute.source === 'ratio' ? [compute.of, compute.over] : [compute];
  const now = leaves.map((leaf) => findings(leaf, facts, context, current));
  const isOfTheDay = leaves.every(readsTheDayOnly);
  const before = previous === null ? [] : leaves.map((leaf) => findings(leaf, facts, context, previous));
  return {
    signal: definition.key,
    value: isValue(reading) ? Math.fround(reading) : null,
    nullReason: isValue(reading) ? null : reading,
    window: isOfTheDay ? dayOf(current) : rangeOf(current),
    previousWindow: previous === null ? null : isOfTheDay ? dayOf(previous) : rangeOf(previous),
    facts: [
      ...now.flatMap((found) => found.facts),
      ...before.flatMap((found) => found.facts.map((fact) => ({ ...fact, label: `${fact.label}, before` }))),
    ],
    rows: now.flatMap((found) => found.rows).sort((a, b) => b.day.localeCompare(a.day)),
  };
}

/** What stands on the last day of its window alone, whatever the window's length. */
function readsTheDayOnly(leaf: LeafCompute): boolean {
  switch (leaf.source) {
    case 'tickets':
      return leaf.state === 'open';
    case 'seats':
    case 'attribute':
    case 'invoices':
    case 'revenue':
    case 'account':
      return true;
    default:
      return false;
  }
}

function dayOf(window: Window): { from: string; to: string } {
  return { from: isoOf(window.to), to: isoOf(window.to) };
}

function rangeOf(window: Window): { from: string; to: string } {
  return { from: isoOf(window.from), to: isoOf(window.to) };
}

function row(kind: string, day: Day, ref: string | undefined, text: string, value: number | null): EvidenceRow {
  return { kind, day: isoOf(day), ref: ref ?? null, text, value };
}

function findings(leaf: LeafCompute, facts: AccountFacts, context: SignalContext, window: Span): Findings {
  const money = (minor: number) => minor / context.minorPerMajor;
  switch (leaf.source) {
    case 'usage':
      if (leaf.aggregation === 'distinctContacts' && readsActiveContactsMetric(context, facts)) {
        const metric = context.activeContactsMetric ?? '';
        return metricFindings({ metric, aggregation: 'last' }, facts, context, window);
      }
      return usageFindings(facts, window);
    case 'features':
      return {
        facts: [
          { label: 'Tracked features used', value: usedFeatures(facts, window).size },
          { label: 'Tracked features', value: context.trackedFeatures },
        ],
        rows: [],
      };
    case 'metric':
      return metricFindings(leaf, facts, context, window);
    case 'event':
      return eventFindings(leaf, facts, window);
    case 'attribute': {
      const version = versionAt(facts.attributes[leaf.attribute] ?? [], window.to);
      const value = version?.value ?? null;
      return {
        facts: [{ label: leaf.attribute, value: typeof value === 'boolean' ? Number(value) : value }],
        rows: [],
      };
    }
    case 'seats':
      return {
        facts: [{ label: 'Seats', value: seatsOf(facts.subscriptions, facts.account.seats, window.to) }],
        rows: [],
      };
    case 'tickets': {
      const taken = ticketsTaken(leaf, facts.tickets, window);
      return {
        facts: [{ label: 'Tickets', value: taken.length }],
        rows: taken.map((t) => row('ticket', t.opened, t.ref, t.priority ?? 'no priority', t.resolutionHours)),
      };
    }
    case 'satisfaction': {
      const rated = ratedTickets(facts, window);
      const answers = csatAnswers(facts, window);
      return {
        facts: [{ label: 'Ratings', value: rated.length + answers.length }],
        rows: [
          ...rated.map((t) => row('ticket', t.closed ?? t.opened, t.ref, 'rated ticket', t.satisfaction)),
          ...answers.map((a) => row('answer', a.day, a.ref, 'CSAT answer', a.score)),
        ],
      };
    }
    case 'nps': {
      const answers = latestAnswers(facts, 'nps', window);
      return {
        facts: [{ label: 'Latest answers', value: answers.length }],
        rows: answers.map((a) => row('answer', a.day, a.ref, 'NPS answer', a.score)),
      };
    }
    case 'pulse':
      return {
        facts: [],
        rows: facts.pulses
          .filter((p) => p.day <= window.to)
          .map((p) => row('pulse', p.day, undefined, 'pulse', p.value)),
      };
    case 'touchpoints': {
      const start = touchStart(context, facts, window.to);
      const taken = facts.touchpoints.filter((t) => t.counts && contains(window, t.day));
      return {
        facts: [
          { label: start?.never ? 'Never touched; counted from' : 'Last touch', value: isoOrNull(start?.from ?? null) },
          { label: 'Touchpoints', value: taken.length },
        ],
        rows: taken.map((t) => row('touchpoint', t.day, t.ref, 'touchpoint', t.contacts.length)),
      };
    }
    case 'champions': {
      const champions = facts.contacts.flatMap((contact, index) => (isChampion(contact) ? [{ contact, index }] : []));
      return {
        facts: [{ label: 'Champions', value: champions.length }],
        rows: champions.flatMap(({ contact, index }) => {
          if (hasLeft(contact, window.to))
            return [row('contact', contact.leftOn ?? window.to, contact.ref, 'left', null)];
          const seen = lastSeenDay(facts, index, window.to);
          return seen === null ? [] : [row('contact', seen, contact.ref, 'last seen', null)];
        }),
      };
    }
    case 'invoices': {
      const counts = leaf.aggregation === 'failedCount' ? isFailedOn : isOverdueOn;
      const taken = facts.invoices.filter((invoice) => counts(invoice, window.to));
      return {
        facts: [{ label: 'Invoices', value: taken.length }],
        rows: taken.map((i) =>
          row('invoice', i.due ?? i.issued, i.ref, i.status, i.amountMinor === null ? null : money(i.amountMinor)),
        ),
      };
    }
    case 'revenue': {
      const active = facts.subscriptions.filter((subscription) => isActiveOn(subscription, window.to));
      const arr = arrMinor(facts.subscriptions, facts.account.arrMinor, window.to);
      return {
        facts: [{ label: 'ARR', value: arr === null ? null : money(arr) }],
        rows: active.map((s) =>
          row('subscription', s.start, s.ref, 'active subscription', s.mrrMinor === null ? null : money(s.mrrMinor)),
        ),
      };
    }
    case 'account': {
      const { customerSince, returnedOn } = facts.account;
      const [label, day] = {
        daysToRenewal: ['Renewal', renewalDay(facts.subscriptions, facts.account, window.to)] as const,
        tenureDays: ['Customer since', customerSince] as const,
        daysSinceReturn: ['Customer again since', returnedOn] as const,
      }[leaf.aggregation];
      return { facts: [{ label, value: isoOrNull(day) }], rows: [] };
    }
    case 'health':
      return { facts: [], rows: [] };
    default:
      return assertUnreachable(leaf);
  }
}

function usageFindings(facts: AccountFacts, window: Window): Findings {
  return {
    facts: [
      { label: 'Active contacts', value: activeContacts(facts, window) },
      { label: 'Active days', value: activeDays(facts, window) },
      { label: 'Events', value: eventCount(facts, window) },
      { label: 'Last activity', value: isoOrNull(lastActiveDay(facts, window.to)) },
    ],
    rows: facts.contacts.flatMap((contact, index) => {
      if (contact.internal) return [];
      const last = lastActiveDayOf(facts, index, window.to);
      return last !== null && last >= window.from ? [row('contact', last, contact.ref, 'last active', null)] : [];
    }),
  };
}

/** The events that the value counts; of days since the last, those of that day, however long ago. */
function eventFindings(leaf: ComputeOf<'event'>, facts: AccountFacts, window: Span): Findings {
  const counted = (facts.eventSelections[eventSelectionKey(leaf)] ?? []).filter(
    ({ day, contact }) => day <= window.to && !isInternal(facts.contacts, contact),
  );
  const rowsOf = (taken: readonly SelectedEvents[]) =>
    taken.map(({ day, contact, count }) =>
      row('event', day, facts.contacts[contact]?.ref, leaf.event ?? 'any event', count),
    );
  if (leaf.aggregation === 'daysSince') {
    const last = counted.length === 0 ? null : counted.map(({ day }) => day).reduce(later);
    return {
      facts: [{ label: 'Last event', value: isoOrNull(last) }],
      rows: rowsOf(counted.filter(({ day }) => day === last)),
    };
  }
  const taken = counted.filter(({ day }) => day >= window.from);
  return {
    facts: [{ label: 'Events', value: taken.reduce((sum, { count }) => sum + count, 0) }],
    rows: rowsOf(taken),
  };
}

/** The points that the value is made of, the same that its reader takes. */
function metricFindings(
  { metric, aggregation }: Pick<ComputeOf<'metric'>, 'metric' | 'aggregation'>,
  facts: AccountFacts,
  context: SignalContext,
  span: Span,
): Findings {
  const points = facts.metrics[metric] ?? [];
  const found = metricPointsTaken(aggregation, context.metricPeriods[metric] ?? 'day', points, span);
  const taken = typeof found === 'string' ? [] : found;
  const [only] = taken;
  return {
    facts: [
      only && taken.length === 1
        ? { label: `${metric} of ${isoOf(only.day)}`, value: only.value }
        : { label: `${metric}, points`, value: taken.length },
    ],
    rows: taken.map((point) => row('metric', point.day, undefined, metric, point.value)),
  };
}
