import type { Tx } from '../../db/unit-of-work.js';
import type { ContactRef, ContactRow, IsoDay } from '../../domain/values/fact-rows.js';
import { attributeValues, contactValues } from './account-fields.js';
import { contactIdOf } from './account-ids.js';
import { type Arrival, fieldSource, isNewer, type Outcome, rejected, type TouchedAccounts } from './arrival.js';
import type { BatchMemory } from './batch-memory.js';
import {
  applyNewestContactFields,
  type ContactToKeep,
  findSamePeople,
  findStronger,
  type KeptContact,
  keepContacts,
  mergeContacts,
  mergeUsage,
  withNews,
} from './contacts.repository.js';
import { type Decision, type FieldVersion, storeVersions } from './field-versions.repository.js';
import type { Names } from './names.repository.js';
import type { SeenContact, SeenContacts } from './seen-contacts.js';
import { rebuildLedgerOfContacts } from './usage-ledger.repository.js';
import { addIsoDays } from './workspace-days.js';

/** A contact as some fact names it. */
export interface ContactMention {
  accountId: string;
  ref: ContactRef;
  arrival: Arrival;
  /** Day on which the fact saw the contact; null where it says nothing about that. */
  seenOn: IsoDay | null;
}

/** The contacts of a batch: rows about them, facts that name them, and facts that name them by nothing but their id. */
export interface ContactsOfBatch {
  rows: readonly { arrival: ContactArrival; accountId: string }[];
  mentions: readonly ContactMention[];
  seen: SeenContacts;
  at: Date;
}

export type ContactArrival = Arrival & { row: ContactRow };
type Settle = (arrival: Arrival, outcome: Outcome) => void;

/** Ids of the contacts that a batch names, and which of them are the workspace's own people. */
export class Contacts {
  private readonly ids = new Map<string, string>();
  readonly internal = new Set<string>();

  static keyOf(accountId: string, ref: ContactRef): string {
    return contactIdOf(accountId, ref);
  }

  set(plainId: string, id: string): void {
    this.ids.set(plainId, id);
  }

  /** The contact's id; null where the fact names nobody. */
  idOf(accountId: string, ref: ContactRef | null): string | null {
    if (ref === null || !isNamed(ref)) return null;
    const plain = contactIdOf(accountId, ref);
    return this.ids.get(plain) ?? plain;
  }

  replace(people: readonly { weak: string; strong: string }[]): void {
    const strongOf = new Map(people.map(({ weak, strong }) => [weak, strong]));
    for (const [plain, id] of this.ids) this.ids.set(plain, strongOf.get(id) ?? id);
    for (const { weak, strong } of people) this.ids.set(weak, strong);
  }
}

export function isNamed(ref: ContactRef): boolean {
  return ref.externalId !== null || ref.email !== null || ref.name !== null;
}

interface Said {
  mention: ContactMention;
  values: Map<string, unknown>;
  dated: boolean;
  fromDay: IsoDay;
  /** Set where a contact row says it; its outcome depends on the decisions. */
  row: ContactArrival | null;
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
  const flipped = await applyNewestContactFields(tx, changed, names.ownEmailDomains, at);

  const created = kept.filter((contact) => contact.created);
  const renamed = changed.filter(({ field }) => field === 'email' || field === 'name');
  // Most new contacts have an id and nothing else, and nothing by which another could be the same person.
  const alsoNamed = new Set(toKeep.filter(({ email, name }) => email !== null || name !== null).map(({ id }) => id));
  const people = await findSamePeople(tx, [
    ...created.filter(({ id }) => alsoNamed.has(id)),
    ...renamed.map(({ accountId, contactId }) => ({ accountId, id: contactId! })),
  ]);
  await mergeContacts(tx, people);
  if (flipped.length > 0 || people.length > 0) await memory.forget(tx);
  await mergeUsage(tx, people);
  contacts.replace(people);
  markInternal(contacts, kept, flipped);
  const recount = [
    ...flipped.map(({ accountId, id }) => ({ accountId, id })),
    ...people.map(({ accountId, strong }) => ({ accountId, id: strong })),
  ];
  const rebuilt = await rebuildLedgerOfContacts(tx, recount, names);
  for (const { accountId, month } of rebuilt) touched.add(accountId, month);
  for (const { accountId, fromDay } of changed) touched.add(accountId, fromDay);
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

function readRows(
  rows: readonly { arrival: ContactArrival; accountId: string }[],
  names: Names,
  settle: Settle,
): Said[] {
  const said: Said[] = [];
  for (const { arrival, accountId } of rows) {
    const { row } = arrival;
    const ref: ContactRef = {
      ...row.contact,
      email: row.contact.email ?? row.fields.email ?? null,
      name: row.contact.name ?? row.fields.name ?? null,
    };
    const fromDay = row.effectiveOn ?? arrival.asOfDay ?? names.days.dayOf(arrival.observedAt);
    const attributes = attributeValues('contact', row.attributes, names.attributes);
    if (!isNamed(ref)) {
      settle(
        arrival,
        rejected('MISSING_IDENTITY', 'A contact needs an external id, an e-mail address or a name.', 'contact'),
      );
    } else if (fromDay > addIsoDays(names.days.dayOf(arrival.receivedAt), 1)) {
      settle(
        arrival,
        rejected('DAY_IN_FUTURE', `The values would hold from ${fromDay} on, which is yet to come.`, 'effectiveOn'),
      );
    } else if (attributes.misfit !== null) {
      const column = `attribute.${attributes.misfit}`;
      settle(arrival, rejected('ATTRIBUTE_TYPE', `"${attributes.misfit}" takes another type of value.`, column));
    } else {
      const values = new Map([...extrasOf(ref), ...contactValues(row.fields), ...attributes.values]);
      const mention: ContactMention = { accountId, ref, arrival, seenOn: null };
      said.push({ mention, values, dated: row.effectiveOn !== null, fromDay, row: arrival });
    }
  }
  return said;
}

/** What a reference tells besides the identity. */
function extrasOf(ref: ContactRef): Map<string, unknown> {
  const extras = new Map<string, unknown>();
  if (ref.externalId !== null && ref.email !== null) extras.set('email', ref.email.toLowerCase());
  if ((ref.externalId !== null || ref.email !== null) && ref.name !== null) extras.set('name', ref.name);
  return extras;
}

function mentioned(mention: ContactMention, names: Names): Said {
  const fromDay = mention.seenOn ?? mention.arrival.asOfDay ?? names.days.dayOf(mention.arrival.observedAt);
  return { mention, values: extrasOf(mention.ref), dated: false, fromDay, row: null };
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

function versionsOf(said: readonly Said[], contacts: Contacts): { versions: FieldVersion[]; saidBy: Said[][] } {
  const byKey = new Map<string, { version: FieldVersion; newest: Arrival; said: Said[] }>();
  for (const one of said) {
    const { mention, values, fromDay, dated } = one;
    const { accountId, ref, arrival } = mention;
    const contactId = contacts.idOf(accountId, ref)!;
    for (const [field, value] of values) {
      const key = `${contactId}|${field}|${fromDay}`;
      const known = byKey.get(key);
      if (known && !isNewer(arrival, known.newest)) {
        known.said.push(one);
        continue;
      }
      const version: FieldVersion = {
        accountId,
        contactId,
        field,
        fromDay,
        value,
        source: fieldSource(arrival),
        observedAt: arrival.observedAt,
        receivedAt: arrival.receivedAt,
        dated,
      };
      byKey.set(key, { version, newest: arrival, said: [...(known?.said ?? []), one] });
    }
  }
  const entries = [...byKey.values()];
  return { versions: entries.map(({ version }) => version), saidBy: entries.map((entry) => entry.said) };
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

function settleRows(
  said: readonly Said[],
  saidBy: readonly Said[][],
  decisions: readonly Decision[],
  created: readonly KeptContact[],
  contacts: Contacts,
  settle: Settle,
  touched: TouchedAccounts,
): void {
  const decisionsOf = new Map<Said, Decision[]>();
  for (const [index, group] of saidBy.entries()) {
    for (const one of group) {
      const own = decisionsOf.get(one) ?? [];
      own.push(group.at(-1) === one ? decisions[index]! : 'same');
      decisionsOf.set(one, own);
    }
  }
  const isNew = new Set(created.map(({ id }) => id));
  const announced = new Set<string>();
  const seen = new Map<string, string>();
  for (const one of said) {
    if (one.row === null) continue;
    const id = contacts.idOf(one.mention.accountId, one.mention.ref)!;
    const own = decisionsOf.get(one) ?? [];
    const content = JSON.stringify([one.fromDay, [...one.values]]);
    const fromFile = one.row.importId !== null;
    const repeats = fromFile && seen.get(id) === content;
    seen.set(id, content);
    if (repeats || (fromFile && own.length > 0 && own.every((decision) => decision === 'duplicate'))) {
      settle(one.row, { status: 'duplicate' });
      continue;
    }
    const first = isNew.has(contactIdOf(one.mention.accountId, one.mention.ref)) && !announced.has(id);
    announced.add(id);
    if (first) touched.add(one.mention.accountId, one.fromDay);
    const status = first ? 'created' : own.includes('set') ? 'updated' : 'unchanged';
    settle(one.row, { status, keptByHand: own.includes('keptByHand') ? ['contact'] : [], ownerTexts: [] });
  }
}
