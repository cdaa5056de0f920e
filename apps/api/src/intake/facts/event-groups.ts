import type { EventToStore } from './event-to-store.js';
import type { ActiveOnDay } from './fact-memory.js';

/** The order of the events' table: account, time, message. */
export function byKey(a: EventToStore, b: EventToStore): number {
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  if (a.instant !== b.instant) return a.instant - b.instant;
  return a.messageId < b.messageId ? -1 : 1;
}

/** Background events and what one's own people do count nowhere. */
export function thatCount(
  events: readonly EventToStore[],
  background: ReadonlySet<string>,
  internalContacts: ReadonlySet<string>,
): EventToStore[] {
  return events.filter(
    ({ name, contactId }) => !background.has(name) && (contactId === null || !internalContacts.has(contactId)),
  );
}

/** How much to count, of events in the order of accounts. */
export function countsOf(counted: readonly EventToStore[]): { ids: string[]; counts: number[] } {
  const ids: string[] = [];
  const counts: number[] = [];
  for (const { accountId, count } of counted) {
    if (ids.at(-1) !== accountId) {
      ids.push(accountId);
      counts.push(0);
    }
    counts[counts.length - 1]! += count;
  }
  return { ids, counts };
}

export interface ActiveNow {
  contacts: { accountId: string; contactId: string }[];
  features: { accountId: string; featureId: number }[];
}

/** Who was active and what was used, each once, but for what is known already. Of events in the order of accounts. */
export function activeOf(counted: readonly EventToStore[], known: ActiveOnDay | null): ActiveNow {
  const { contacts, features }: ActiveNow = { contacts: [], features: [] };
  const seenContacts = new Set<string>();
  const seenFeatures = new Set<number>();
  let current: string | null = null;
  for (const { accountId, contactId, featureId } of counted) {
    if (accountId !== current) {
      seenContacts.clear();
      seenFeatures.clear();
      current = accountId;
    }
    if (contactId !== null && !known?.contacts.has(contactId) && !seenContacts.has(contactId)) {
      seenContacts.add(contactId);
      contacts.push({ accountId, contactId });
    }
    if (featureId !== null && !known?.used(accountId, featureId) && !seenFeatures.has(featureId)) {
      seenFeatures.add(featureId);
      features.push({ accountId, featureId });
    }
  }
  return { contacts, features };
}
