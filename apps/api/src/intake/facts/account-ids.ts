import { v5 } from 'uuid';
import type { AccountRef, ContactRef } from '../../domain/values/fact-rows.js';

/** Fixed for ever: every id below is a function of these and of what the outside world calls a thing. */
const ACCOUNTS = '6b0a3f6e-2f0c-5d0e-9d59-0c1f5a6a7b11';
const SUBSCRIPTIONS = '6b0a3f6e-2f0c-5d0e-9d59-0c1f5a6a7b12';
const QUARANTINE = '6b0a3f6e-2f0c-5d0e-9d59-0c1f5a6a7b13';

/** The key under which an account is known outside: trimmed, NFC, case kept. */
export function normalisedExternalId(externalId: string): string {
  return externalId.trim().normalize('NFC');
}

const KEPT_IDS = 100_000;

/**
 * Ids are asked for several times a fact, and the same accounts and people come in batch after batch. By name alone: a
 * name that several accounts use is worked out again, which is cheaper than joining two texts at every look-up.
 */
class KnownIds {
  private readonly ids = new Map<string, { within: string; id: string }>();

  constructor(private readonly nameOf: (name: string) => string) {}

  of(name: string, within: string): string {
    const known = this.ids.get(name);
    if (known !== undefined && known.within === within) return known.id;
    const id = v5(this.nameOf(name), within);
    if (this.ids.size >= KEPT_IDS) this.ids.clear();
    this.ids.set(name, { within, id });
    return id;
  }
}

const accounts = new KnownIds(normalisedExternalId);
const contacts = new KnownIds((externalId) => `id:${externalId}`);
const weakContacts = new KnownIds((name) => name);

/** An account's id is given by its external id at creation, so that facts and account may arrive in any order. */
export function accountIdOf(externalId: string): string {
  return accounts.of(externalId, ACCOUNTS);
}

/** Under which id facts wait whose account is not known yet: the account's own, or one for the subscription named. */
export function waitingIdOf(ref: AccountRef): string {
  return ref.via === 'externalId' ? accountIdOf(ref.id) : accounts.of(ref.id, SUBSCRIPTIONS);
}

/** A contact's id within its account, by the strongest name that the fact gives: external id, e-mail, full name. */
export function contactIdOf(accountId: string, { externalId, email, name }: ContactRef): string {
  if (externalId !== null) return contacts.of(externalId, accountId);
  if (email !== null) return weakContacts.of(`email:${email.toLowerCase()}`, accountId);
  return weakContacts.of(`name:${(name ?? '').toLowerCase()}`, accountId);
}

export function quarantineIdOf(content: string): string {
  return v5(content, QUARANTINE);
}
