import type { AccountStatus } from '@steward/shared/common';
import { dictionary } from '../../../domain/dictionary.js';
import { type AccountFacts, type ContactFacts, type ContactIndex, NO_CONTACT } from '../../../domain/signals/facts.js';
import type { AccountFactRow } from './account-fields.repository.js';

/** A contact of whom nothing special is known: one object for all of them. */
const ORDINARY: ContactFacts = Object.freeze({ role: null, internal: false, leftOn: null, lastSeen: null });

/** One account's facts while they are put together. */
export class AccountDraft {
  readonly facts: AccountFacts;
  /** Texts of the usage ledger, read into the facts last (`readLedger`): of a batch, one account at a time. */
  readonly ledger: { contacts: string; features: string; events: string } = { contacts: '', features: '', events: '' };
  private readonly indexes = new Map<string, ContactIndex>();

  constructor(readonly row: AccountFactRow) {
    this.facts = {
      account: {
        status: row.status as AccountStatus,
        live: null,
        customerSince: null,
        returnedOn: null,
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
    if (id === null) return NO_CONTACT;
    const known = this.indexes.get(id);
    if (known !== undefined) return known;
    return this.addContact(id, ORDINARY);
  }

  contactIds(): [string, ContactIndex][] {
    return [...this.indexes];
  }

  addContact(id: string, contact: ContactFacts): ContactIndex {
    const index = this.facts.contacts.push(contact) - 1;
    this.indexes.set(id, index);
    return index;
  }
}

/** A batch's accounts by their ids. */
export type Drafts = Map<string, AccountDraft>;
