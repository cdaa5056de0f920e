import type { IsoDay } from '@steward/shared/common';
import { isoOf, later, toDay } from '../calendar/day.js';
import { dayAt } from '../calendar/zone.js';
import type { IsoInstant, TicketStatus } from './fact-rows.js';
import type { Moment } from './moments.js';
import { instantAt } from './wall-clock.js';

export interface TicketInput {
  opened: Moment;
  closed: Moment | null;
  /** As delivered, not negative. */
  resolutionHours: number | null;
  status: TicketStatus | null;
  escalated: boolean;
  /** The day on which the input was true. */
  asOf: IsoDay;
  timeZone: string;
}

export interface TicketState {
  status: TicketStatus;
  closed: IsoDay | null;
  closedAt: IsoInstant | null;
  resolutionHours: number | null;
  disagrees: boolean;
  closedAssumed: boolean;
}

const MS_PER_HOUR = 3_600_000;

/**
 * Whether a ticket is closed, and since when. The status as delivered wins; without one, a closing time or resolution
 * hours mean closed. A closed ticket closes at its closing time, else at opened + resolution hours but no later than
 * the as-of day (it was closed by then), else on the as-of day (`closedAssumed`), never before it was opened. A ticket
 * that is not closed although it carries a closing time or resolution hours `disagrees`, and loses them.
 */
export function ticketState(input: TicketInput): TicketState {
  const resolved = input.closed !== null || input.resolutionHours !== null;
  const status = statusOf(input, resolved);
  if (status !== 'closed') {
    return { status, closed: null, closedAt: null, resolutionHours: null, disagrees: resolved, closedAssumed: false };
  }
  const base = { status, disagrees: false, closedAssumed: false };
  if (input.closed !== null) {
    const { day, at } = input.closed;
    return {
      ...base,
      closed: day,
      closedAt: at,
      resolutionHours: input.resolutionHours ?? hoursBetween(input.opened.at, at),
    };
  }
  const latest = isoOf(later(toDay(input.asOf), toDay(input.opened.day)));
  if (input.resolutionHours === null) {
    return { ...base, closed: latest, closedAt: null, resolutionHours: null, closedAssumed: true };
  }
  const openedMs =
    input.opened.at === null ? instantAt(toDay(input.opened.day), 0, input.timeZone) : Date.parse(input.opened.at);
  const closedMs = openedMs + input.resolutionHours * MS_PER_HOUR;
  const day = isoOf(dayAt(closedMs, input.timeZone));
  const late = day > latest;
  const exact = input.opened.at !== null && !late;
  return {
    ...base,
    closed: late ? latest : day,
    closedAt: exact ? new Date(closedMs).toISOString() : null,
    resolutionHours: input.resolutionHours,
  };
}

function statusOf(input: TicketInput, resolved: boolean): TicketStatus {
  const status = input.status ?? (resolved ? 'closed' : 'open');
  return input.escalated && status !== 'closed' ? 'escalated' : status;
}

function hoursBetween(from: IsoInstant | null, to: IsoInstant | null): number | null {
  if (from === null || to === null) return null;
  return (Date.parse(to) - Date.parse(from)) / MS_PER_HOUR;
}
