import type { AccountStatus } from '@steward/shared/common';
import type { Day } from '../../../domain/calendar/day.js';
import { dictionary } from '../../../domain/dictionary.js';
import { type AccountFacts, type ContactFacts, type ContactIndex, NO_CONTACT } from '../../../domain/signals/facts.js';
import { versionAt } from '../../../domain/signals/read-metric.js';
import { isChampion } from '../../../domain/signals/read-relationship.js';
import type { AccountFactRow, FieldVersionRow } from './account-fields.repository.js';

/** A contact of whom nothing special is known: one object for all of them. */
const ORDINARY: ContactFacts = Object.freeze({ role: null, internal: false, leftOn: null, lastSeen: null });

export interface ContactRoles {
  leftOn: Day | null;
  lastSeen: Day | null;
  versions: readonly { from: Day; role: string | null }[];
}

/** One account's facts while they are put together. */
export class AccountDraft {
  readonly facts: AccountFacts;
  /** Texts of the usage ledger, read into the facts last (`readLedger`): of a batch, one account at a time. */
  readonly ledger: { contacts: string; features: string; events: string } = { contacts: '', features: '', events: '' };
  isLedgerRead = false;
  /** Versions of the account's fields, as far as they are needed. */
  readonly versions: FieldVersionRow[] = [];
  /** By the bare digits of the contacts' ids. */
  private readonly indexes = new Map<string, ContactIndex>();
  private readonly roles = new Map<ContactIndex, ContactRoles>();

  /** `row`: the account as it stands now. */
  constructor(public row: AccountFactRow) {
    this.facts = {
      account: {
        status: row.status as AccountStatus,
        live: null,
        customerSince: null,
        returnedOn: null,
        churnedOn: null,
        renewalDate: null,
        arrMinor: null,
        seats: null,
      },
      contacts: [],
      usage: { contactMonths: [], featureMonths: [], eventMonths: [], lastActiveBefore: null },
      eventSelections: dictionary(),
      metrics: dictionary(),
      attributes: dictionary(),
      subscriptions: [],
      invoices: [],
      tickets: [],
      answers: [],
      touchpoints: [],
      lastTouchBefore: null,
      pulses: [],
      firstFactDay: {},
      tierBefore: null,
    };
  }

  /** The place of a contact among the account's; one that nothing special is known of is added as it is met. */
  contactIndex(id: string | null): ContactIndex {
    return id === null ? NO_CONTACT : this.indexOfKey(keyOf(id));
  }

  /** The same by the id's bare digits, as the ledger has them. */
  indexOfKey(key: string): ContactIndex {
    return this.indexes.get(key) ?? this.add(key, ORDINARY);
  }

  addRoles(contactId: string, roles: ContactRoles): void {
    this.keepRoles(this.contactIndex(contactId), roles);
  }

  keepRoles(contact: ContactIndex, roles: ContactRoles): void {
    this.roles.set(contact, roles);
  }

  rolesOfContacts(): Iterable<[ContactIndex, ContactRoles]> {
    return this.roles;
  }

  /** Contacts of our customer who are champions, or were at some time: their ids' bare digits, and their places. */
  champions(): [string, ContactIndex][] {
    return [...this.indexes].filter(([, index]) => {
      const contact = this.facts.contacts[index] ?? ORDINARY;
      return isChampion(contact) || (!contact.internal && this.roles.has(index));
    });
  }

  /** Gives the contacts the roles that they had on the day; a first role holds backwards. */
  setRoles(day: Day): void {
    for (const [index, { leftOn, lastSeen, versions }] of this.roles) {
      const role = versionAt(versions, day)?.role ?? null;
      this.facts.contacts[index] = { ...(this.facts.contacts[index] ?? ORDINARY), role, leftOn, lastSeen };
    }
  }

  addContact(id: string, contact: ContactFacts): ContactIndex {
    return this.add(keyOf(id), contact);
  }

  private add(key: string, contact: ContactFacts): ContactIndex {
    const index = this.facts.contacts.push(contact) - 1;
    this.indexes.set(key, index);
    return index;
  }
}

/** A contact's id as the ledger writes it: its hexadecimal digits alone. */
function keyOf(id: string): string {
  return id.replaceAll('-', '');
}

/** A batch's accounts by their ids. */
export type Drafts = Map<string, AccountDraft>;

/** Facts that have been asked for: waits for them and adds them to the accounts. */
export type Adding = (drafts: Drafts) => Promise<void>;
