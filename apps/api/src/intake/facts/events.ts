import { OLDEST_EVENT_MONTHS } from '@steward/shared/fact-kinds';
import type { Tx } from '../../db/unit-of-work.js';
import type { EventRow } from '../../domain/values/fact-rows.js';
import type { ResolvedAccounts } from './accounts.repository.js';
import { type Arrival, type Outcome, rejected, type Settle, type TouchedAccounts } from './arrival.js';
import type { BatchMemory } from './batch-memory.js';
import type { Contacts } from './contacts.js';
import type { EventToStore } from './event-to-store.js';
import type { Names } from './names.repository.js';
import { firstArrivals, receivedAtOf, storeEvents } from './usage-ledger.repository.js';
import { addIsoDays, addIsoMonths } from './workspace-days.js';

export type EventArrival = Arrival & { row: EventRow };

/**
 * Gives each event its time: its own, else that of the message's first arrival. Those out of bounds are refused one by
 * one. Answers the exceptions: events that had no time of their own with the one they have now, and null for those refused.
 */
export async function timeOf(
  tx: Tx,
  arrivals: readonly EventArrival[],
  resolved: ResolvedAccounts,
  names: Names,
  settle: Settle,
): Promise<Map<Arrival, EventArrival | null>> {
  const exceptions = new Map<Arrival, EventArrival | null>();
  const untimed: { arrival: EventArrival; accountId: string }[] = [];
  const boundsOf = boundsByReceipt(names);
  for (const arrival of arrivals) {
    if (arrival.instant === null) {
      const found = resolved.of(arrival.row.account);
      if (found.kind === 'known') untimed.push({ arrival, accountId: found.accountId });
      else if (found.kind === 'unknown') untimed.push({ arrival, accountId: found.waitingId });
      continue;
    }
    const day = names.days.dayAt(arrival.instant);
    const { oldest, newest } = boundsOf(arrival.receivedAt);
    if (day < oldest) {
      const message = `The event is dated ${day}; events are taken from ${oldest} on.`;
      settle(arrival, rejected('EVENT_TOO_OLD', message, 'occurredAt'));
      exceptions.set(arrival, null);
    } else if (day > newest) {
      settle(arrival, rejected('EVENT_IN_FUTURE', `The event is dated ${day}, which is yet to come.`, 'occurredAt'));
      exceptions.set(arrival, null);
    }
  }
  if (untimed.length > 0) {
    const messages = untimed.map(({ arrival, accountId }) => ({
      accountId,
      messageId: arrival.row.messageId,
      at: arrival.receivedAt,
    }));
    const first = await firstArrivals(tx, messages);
    for (const { arrival, accountId } of untimed) {
      const at = first.get(`${accountId}|${arrival.row.messageId}`) ?? arrival.receivedAt;
      const row = { ...arrival.row, occurredAt: at.toISOString() };
      exceptions.set(arrival, { ...arrival, row, instant: at.getTime() });
    }
  }
  return exceptions;
}

/** First and last day from which events are taken, by when they were received: nearly always one moment a batch. */
function boundsByReceipt(names: Names): (receivedAt: Date) => { oldest: string; newest: string } {
  const known = new Map<string, { oldest: string; newest: string }>();
  return (receivedAt) => {
    const received = names.days.dayOf(receivedAt);
    let bounds = known.get(received);
    if (!bounds) {
      bounds = { oldest: addIsoMonths(received, -OLDEST_EVENT_MONTHS), newest: addIsoDays(received, 1) };
      known.set(received, bounds);
    }
    return bounds;
  };
}

/** Events of a batch, each once, and which arrivals bring them. */
class DistinctEvents {
  readonly events: EventToStore[] = [];
  /** Of each event the arrival that came first; the same event brought again is among `repeats`. */
  readonly firsts: EventArrival[] = [];
  readonly repeats: { of: number; arrival: EventArrival }[] = [];
  /** Of each message id the newest event that has it, and of each event the one before with the same message id. */
  private readonly newest = new Map<string, number>();
  private readonly before: (number | undefined)[] = [];

  add(event: EventToStore, arrival: EventArrival): void {
    const newest = this.newest.get(event.messageId);
    for (let at = newest; at !== undefined; at = this.before[at]) {
      const known = this.events[at]!;
      if (known.accountId === event.accountId && known.instant === event.instant) {
        this.repeats.push({ of: at, arrival });
        return;
      }
    }
    this.newest.set(event.messageId, this.events.length);
    this.before.push(newest);
    this.events.push(event);
    this.firsts.push(arrival);
  }
}

const CREATED: Outcome = { status: 'created', keptByHand: [], ownerTexts: [] };
const UNCHANGED: Outcome = { status: 'unchanged', keptByHand: [], ownerTexts: [] };

/** Events into the ledger, each message once. */
export async function storeEventArrivals(
  tx: Tx,
  placed: readonly { arrival: EventArrival; accountId: string }[],
  names: Names,
  contacts: Contacts,
  touched: TouchedAccounts,
  memory: BatchMemory,
  settle: Settle,
): Promise<void> {
  if (placed.length === 0) return;
  const distinct = new DistinctEvents();
  for (const { arrival, accountId } of placed) {
    const { row, receivedAt } = arrival;
    const event: EventToStore = {
      accountId,
      instant: arrival.instant!,
      messageId: row.messageId,
      contactId: contacts.idOf(accountId, row.contact),
      name: row.name,
      featureId: row.feature === null ? null : (names.featureIds.get(row.feature) ?? null),
      count: row.count,
      properties: row.properties,
      receivedAt,
    };
    distinct.add(event, arrival);
  }
  const { events, firsts, repeats } = distinct;
  const knownBefore = await storeEvents(tx, events, names, contacts.internal, memory);
  const imported = events.filter((_, index) => knownBefore.has(index) && firsts[index]!.importId !== null);
  const received = imported.length === 0 ? new Map<string, Date>() : await receivedAtOf(tx, imported);
  const receivedTogether = ({ accountId, messageId }: EventToStore, { receivedAt }: EventArrival) =>
    received.get(`${accountId}|${messageId}`)?.getTime() === receivedAt.getTime();
  for (const [index, event] of events.entries()) {
    const arrival = firsts[index]!;
    if (!knownBefore.has(index)) {
      touched.add(event.accountId, names.days.dayAt(event.instant));
      settle(arrival, CREATED);
    } else if (arrival.importId !== null && receivedTogether(event, arrival)) settle(arrival, { status: 'duplicate' });
    else settle(arrival, UNCHANGED);
  }
  for (const { arrival } of repeats) settle(arrival, arrival.importId !== null ? { status: 'duplicate' } : UNCHANGED);
}
