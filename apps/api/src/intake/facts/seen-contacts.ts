import type { ContactRef, IsoDay } from '../../domain/values/fact-rows.js';
import { contactIdOf } from './account-ids.js';

/** A contact that facts name by its external id and tell nothing else about, with the days on which they saw it. */
export interface SeenContact {
  accountId: string;
  id: string;
  externalId: string;
  first: IsoDay | null;
  last: IsoDay | null;
}

export type IdAlone = ContactRef & { externalId: string };

export function hasIdAlone(ref: ContactRef): ref is IdAlone {
  return ref.externalId !== null && ref.email === null && ref.name === null;
}

/**
 * Contacts that a batch's facts merely mention: nearly all contacts of events, and nearly all known already. Such a
 * contact is never the weaker of two that turn out to be one person, so nobody can take it away meanwhile.
 */
export class SeenContacts {
  private readonly byId = new Map<string, SeenContact>();

  add(accountId: string, ref: IdAlone, seenOn: IsoDay | null): void {
    const id = contactIdOf(accountId, ref);
    const known = this.byId.get(id);
    if (known === undefined) {
      this.byId.set(id, { accountId, id, externalId: ref.externalId, first: seenOn, last: seenOn });
    } else if (seenOn !== null) {
      if (known.first === null || seenOn < known.first) known.first = seenOn;
      if (known.last === null || seenOn > known.last) known.last = seenOn;
    }
  }

  all(): SeenContact[] {
    return [...this.byId.values()];
  }
}
