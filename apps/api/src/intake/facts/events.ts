import type { Tx } from '../../db/unit-of-work.js';
import type { EventRow } from '../../domain/values/fact-rows.js';
import { type Resolved, refKey } from './accounts.repository.js';
import { type Arrival, type Outcome, rejected, type TouchedAccounts } from './arrival.js';
import type { Contacts } from './contacts.js';
import type { Names } from './names.repository.js';
import { type EventToStore, firstArrivals, receivedAtOf, storeEvents } from './usage-ledger.repository.js';
import { addIsoDays, addIsoMonths } from './workspace-days.js';

export type EventArrival = Arrival & { row: EventRow };
type Settle = (arrival: Arrival, outcome: Outcome) => void;

/** Events are taken from so many months back to one day ahead. */
export const OLDEST_EVENT_MONTHS = 36;

/**
 * Gives each event its time: its own, else that of the message's first arrival. Those out of bounds are refused one by
 * one. Answers the events that can be taken, by what they were.
 */
export async function timeOf(
  tx: Tx,
  arrivals: readonly EventArrival[],
  resolved: ReadonlyMap<string, Resolved>,
  names: Names,
  settle: Settle,
): Promise<Map<Arrival, EventArrival>> {
  const timed = new Map<Arrival, EventArrival>();
  const untimed: { arrival: EventArrival; accountId: string }[] = [];
  const boundsOf = boundsByReceipt(names);
  for (const arrival of arrivals) {
    if (arrival.row.occurredAt === null) {
      const found = resolved.get(refKey(arrival.row.account))!;
      if (found.kind === 'known') untimed.push({ arrival, accountId: found.accountId });
      else if (found.kind === 'unknown') untimed.push({ arrival, accountId: found.waitingId });
      else timed.set(arrival, arrival);
      continue;
    }
    const day = names.days.dayOf(new Date(arrival.row.occurredAt));
    const { oldest, newest } = boundsOf(arrival.receivedAt);
    if (day < oldest) {
      const message = `The event is dated ${day}; events are taken from ${oldest} on.`;
      settle(arrival, rejected('EVENT_TOO_OLD', message, 'occurredAt'));
    } else if (day > newest) {
      settle(arrival, rejected('EVENT_IN_FUTURE', `The event is dated ${day}, which is yet to come.`, 'occurredAt'));
    } else timed.set(arrival, arrival);
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
      timed.set(arrival, { ...arrival, row: { ...arrival.row, occurredAt: at.toISOString() } });
    }
  }
  return timed;
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

/** Events into the ledger, each message once. */
export async function storeEventArrivals(
  tx: Tx,
  placed: readonly { arrival: EventArrival; accountId: string }[],
  names: Names,
  contacts: Contacts,
  touched: TouchedAccounts,
  settle: Settle,
): Promise<void> {
  if (placed.length === 0) return;
  const byIdentity = new Map<string, { event: EventToStore; arrivals: EventArrival[] }>();
  for (const { arrival, accountId } of placed) {
    const { row, receivedAt } = arrival;
    const occurredAt = new Date(row.occurredAt!);
    const identity = `${accountId}|${occurredAt.getTime()}|${row.messageId}`;
    const known = byIdentity.get(identity);
    if (known) {
      known.arrivals.push(arrival);
      continue;
    }
    const event: EventToStore = {
      accountId,
      occurredAt,
      messageId: row.messageId,
      contactId: contacts.idOf(accountId, row.contact),
      name: row.name,
      featureId: row.feature === null ? null : (names.featureIds.get(row.feature) ?? null),
      count: row.count,
      properties: Object.keys(row.properties).length === 0 ? null : JSON.stringify(row.properties),
      receivedAt,
    };
    byIdentity.set(identity, { event, arrivals: [arrival] });
  }
  const entries = [...byIdentity.values()];
  const stored = await storeEvents(
    tx,
    entries.map(({ event }) => event),
    names,
    contacts.internal,
  );
  const isNew = new Set<string>();
  for (const { accountId, occurredAt, messageId, day } of stored) {
    touched.add(accountId, day);
    isNew.add(`${accountId}|${occurredAt.getTime()}|${messageId}`);
  }
  const repeated = entries.filter(({ event, arrivals }) => {
    return (
      arrivals[0]!.importId !== null &&
      !isNew.has(`${event.accountId}|${event.occurredAt.getTime()}|${event.messageId}`)
    );
  });
  const received =
    repeated.length === 0
      ? new Map<string, Date>()
      : await receivedAtOf(
          tx,
          repeated.map(({ event }) => event),
        );
  for (const [identity, { event, arrivals }] of byIdentity) {
    for (const [index, arrival] of arrivals.entries()) {
      if (index === 0 && isNew.has(identity)) {
        settle(arrival, { status: 'created', keptByHand: [], ownerTexts: [] });
      } else {
        const together =
          index > 0 ||
          received.get(`${event.accountId}|${event.messageId}`)?.getTime() === arrival.receivedAt.getTime();
        if (arrival.importId !== null && together) settle(arrival, { status: 'duplicate' });
        else settle(arrival, { status: 'unchanged', keptByHand: [], ownerTexts: [] });
      }
    }
  }
}
