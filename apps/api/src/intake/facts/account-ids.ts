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

/** Ids are asked for several times a fact, and the same accounts and people come in batch after batch. */
const known = new Map<string, string>();
const KEPT_IDS = 100_000;

function idOf(name: string, namespace: string): string {
  const key = `${namespace}${name}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const id = v5(name, namespace);
  if (known.size >= KEPT_IDS) known.clear();
  known.set(key, id);
  return id;
}

/** An account's id is given by its external id at creation, so that facts and account may arrive in any order. */
export function accountIdOf(externalId: string): string {
  return idOf(normalisedExternalId(externalId), ACCOUNTS);
}

/** Under which id facts wait whose account is not known yet: the account's own, or one for the subscription named. */
export function waitingIdOf(ref: AccountRef): string {
  return ref.via === 'externalId' ? accountIdOf(ref.id) : idOf(normalisedExternalId(ref.id), SUBSCRIPTIONS);
}

/** A contact's id within its account, by the strongest name that the fact gives: external id, e-mail, full name. */
export function contactIdOf(accountId: string, { externalId, email, name }: ContactRef): string {
  if (externalId !== null) return idOf(`id:${externalId}`, accountId);
  if (email !== null) return idOf(`email:${email.toLowerCase()}`, accountId);
  return idOf(`name:${(name ?? '').toLowerCase()}`, accountId);
}

export function quarantineIdOf(content: string): string {
  return v5(content, QUARANTINE);
}
