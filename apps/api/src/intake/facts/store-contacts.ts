import type { Tx } from '../../db/unit-of-work.js';
import type { IsoDay } from '../../domain/values/fact-rows.js';
import { contactIdOf } from './account-ids.js';
import type { Settle, TouchedAccounts } from './arrival.js';
import type { BatchMemory } from './batch-memory.js';
import { Contacts } from './contacts.js';
import {
  applyNewestContactFields,
  type ContactToKeep,
  fieldsKnownOf,
  findSamePeople,
  findStronger,
  type KeptContact,
  keepContacts,
  mergeContacts,
  mergeUsage,
  withNews,
} from './contacts.repository.js';
import { storeVersions } from './field-versions.repository.js';
import type { Names } from './names.repository.js';
import {
  type ContactArrival,
  type ContactMention,
  mentioned,
  readRows,
  type Said,
  settleRows,
  versionsOf,
} from './said-of-contacts.js';
import type { SeenContact, SeenContacts } from './seen-contacts.js';
import { rebuildLedgerOfContacts } from './usage-ledger.repository.js';

/** The contacts of a batch: rows about them, facts that name them, and facts that name them by nothing but their id. */
export interface ContactsOfBatch {
  rows: readonly { arrival: ContactArrival; accountId: string }[];
  mentions: readonly ContactMention[];
  seen: SeenContacts;
  at: Date;
}

/**
 * Keeps every contact that the batch's facts name: contact rows change fields, other facts create who is missing, fill
 * in what they tell besides the identity, and widen the days on which the contact was seen.
 */
export async function storeContacts(
  tx: Tx,
  { rows, mentions, seen, at }: ContactsOfBatch,
  names: Names,
  touched: TouchedAccounts,
  memory: BatchMemory,
  settle: Settle,
): Promise<Contacts> {
  const contacts = new Contacts();
  const said = [...readRows(rows, names, settle), ...mentions.map((mention) => mentioned(mention, names))];
  await resolveIds(tx, said, contacts);
  const toKeep = contactsToKeep(said, contacts, names, await seenAnew(tx, seen.all(), memory));
  if (toKeep.length === 0) return contacts;
  const kept = await keepContacts(tx, toKeep, at);
  const { versions, saidBy } = versionsOf(said, contacts);
  const decisions = versions.length === 0 ? [] : await storeVersions(tx, 'contact', versions);
  const changed = versions.filter((_, index) => decisions[index] === 'set');
  const flippedByWord = await applyNewestContactFields(tx, changed, names.ownEmailDomains, at);

  const created = kept.filter((contact) => contact.created);
  const seenFurther = kept.filter((contact) => contact.seenFurther);
  const renamed = changed.filter(({ field }) => field === 'email' || field === 'name');
  // Most new contacts have an id and nothing else, and nothing by which another could be the same person.
  const alsoNamed = new Set(toKeep.filter(({ email, name }) => email !== null || name !== null).map(({ id }) => id));
  const people = await findSamePeople(tx, [
    ...created.filter(({ id }) => alsoNamed.has(id)),
    ...renamed.map(({ accountId, contactId }) => ({ accountId, id: contactId! })),
  ]);
  await mergeContacts(tx, people);
  // The histories of both are one now: of the two newest values the newer one holds.
  const strong = people.map((person) => ({ accountId: person.accountId, id: person.strong }));
  const known = await fieldsKnownOf(tx, strong);
  const flipped = [...flippedByWord, ...(await applyNewestContactFields(tx, known, names.ownEmailDomains, at))];
  if (flipped.length > 0 || people.length > 0) await memory.forget(tx);
  await mergeUsage(tx, people);
  contacts.replace(people);
  markInternal(contacts, kept, flipped);
  const recount = [...flipped.map(({ accountId, id }) => ({ accountId, id })), ...strong];
  const rebuilt = await rebuildLedgerOfContacts(tx, recount, names);
  for (const { accountId, month } of rebuilt) touched.add(accountId, month);
  for (const { accountId, fromDay } of changed) touched.add(accountId, fromDay);
  for (const { accountId, championSeen } of kept) if (championSeen !== null) touched.add(accountId, championSeen);
  // Whatever else has changed of people, even by facts that are known already: what was computed with them is out of date.
  const today = names.days.dayOf(at);
  for (const { accountId } of [...created, ...seenFurther, ...flipped, ...people]) touched.add(accountId, today);
  settleRows(said, saidBy, decisions, created, contacts, settle, touched);
  return contacts;
}

/** Of contacts that were merely mentioned: those of whom it must be kept. */
async function seenAnew(tx: Tx, seen: readonly SeenContact[], memory: BatchMemory): Promise<SeenContact[]> {
  const notRemembered = seen.filter((contact) => !memory.remembered.sawContact(contact));
  const news = await withNews(tx, notRemembered);
  const isNews = new Set(news);
  memory.toRemember.contacts.push(...notRemembered.filter((contact) => !isNews.has(contact)));
  return news;
}

async function resolveIds(tx: Tx, said: readonly Said[], contacts: Contacts): Promise<void> {
  const weak = new Map<string, ContactMention>();
  for (const { mention } of said) {
    if (mention.ref.externalId === null) weak.set(contactIdOf(mention.accountId, mention.ref), mention);
  }
  if (weak.size === 0) return;
  const plain = [...weak.keys()];
  const refs = [...weak.values()].map(({ accountId, ref }) => ({ accountId, email: ref.email, name: ref.name }));
  for (const [ord, id] of await findStronger(tx, refs)) contacts.set(plain[ord]!, id);
}

function contactsToKeep(
  said: readonly Said[],
  contacts: Contacts,
  names: Names,
  seen: readonly SeenContact[],
): ContactToKeep[] {
  const byId = new Map<string, ContactToKeep>();
  for (const { mention, values, row } of said) {
    const { accountId, ref, seenOn } = mention;
    const id = contacts.idOf(accountId, ref)!;
    // An e-mail address that is the identity stands in the row itself; one told besides is a field with its history.
    const email = ref.externalId === null ? ref.email : null;
    const name = ref.externalId === null && ref.email === null ? ref.name : null;
    const first = row?.row.fields.firstSeenOn ?? seenOn;
    const last = row?.row.fields.lastSeenOn ?? seenOn;
    const hold = values.size > 0;
    const known = byId.get(id);
    if (!known) {
      const internal = names.ownEmailDomains.has((ref.email ?? '').toLowerCase().split('@')[1] ?? '');
      byId.set(id, {
        accountId,
        id,
        externalId: ref.externalId,
        email,
        name,
        internal,
        firstSeen: first,
        lastSeen: last,
        hold,
      });
      continue;
    }
    widen(known, first, last);
    known.hold ||= hold;
  }
  for (const { accountId, id, externalId, first, last } of seen) {
    const known = byId.get(id);
    if (known) widen(known, first, last);
    else {
      const kept = { accountId, id, externalId, email: null, name: null, internal: false, hold: false };
      byId.set(id, { ...kept, firstSeen: first, lastSeen: last });
    }
  }
  return [...byId.values()].sort((a, b) => {
    if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });
}

function widen(contact: ContactToKeep, first: IsoDay | null, last: IsoDay | null): void {
  if (first !== null && (contact.firstSeen === null || first < contact.firstSeen)) contact.firstSeen = first;
  if (last !== null && (contact.lastSeen === null || last > contact.lastSeen)) contact.lastSeen = last;
}

function markInternal(
  contacts: Contacts,
  kept: readonly KeptContact[],
  flipped: readonly { id: string; internal: boolean }[],
): void {
  for (const { id, internal } of kept) if (internal) contacts.internal.add(id);
  for (const { id, internal } of flipped) {
    if (internal) contacts.internal.add(id);
    else contacts.internal.delete(id);
  }
}
