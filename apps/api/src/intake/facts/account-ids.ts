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

/** An account's id is given by its external id at creation, so that facts and account may arrive in any order. */
export function accountIdOf(externalId: string): string {
  return v5(normalisedExternalId(externalId), ACCOUNTS);
}

/** Under which id facts wait whose account is not known yet: the account's own, or one for the subscription named. */
export function waitingIdOf(ref: AccountRef): string {
  return ref.via === 'externalId' ? accountIdOf(ref.id) : v5(normalisedExternalId(ref.id), SUBSCRIPTIONS);
}

/** Ids of contacts are asked for several times a fact, and the same people come in batch after batch. */
const contactIds = new Map<string, string>();
const KEPT_CONTACT_IDS = 50_000;

/** A contact's id within its account, by the strongest name that the fact gives: external id, e-mail, full name. */
export function contactIdOf(accountId: string, ref: ContactRef): string {
  const name = strongestName(ref);
  const key = `${accountId}${name}`;
  const known = contactIds.get(key);
  if (known !== undefined) return known;
  const id = v5(name, accountId);
  if (contactIds.size >= KEPT_CONTACT_IDS) contactIds.clear();
  contactIds.set(key, id);
  return id;
}

function strongestName({ externalId, email, name }: ContactRef): string {
  if (externalId !== null) return `id:${externalId}`;
  if (email !== null) return `email:${email.toLowerCase()}`;
  return `name:${(name ?? '').toLowerCase()}`;
}

export function quarantineIdOf(content: string): string {
  return v5(content, QUARANTINE);
}
