import type { Day, Month } from '../../../domain/calendar/day.js';
import type {
  AccountFacts,
  ContactFacts,
  MetricPoint,
  SelectedEvents,
  SourceKey,
} from '../../../domain/signals/facts.js';
import { AccountDraft, type ContactRoles } from './account-draft.js';
import type { AccountFactRow } from './account-fields.repository.js';
import { readLedger } from './ledger-texts.js';
import { type Packer, Unpacker } from './packed.js';

/** Whoever changes what is packed, or how, counts on: what was packed otherwise is then read no more. */
export const PACKING = 1;

const STATUSES = ['open', 'paid', 'failed', 'void'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
/** Sources of nearly all accounts, by their places; others by their keys. */
const USUAL_SOURCES: readonly SourceKey[] = ['events', 'features'];

type RoleVersion = ContactRoles['versions'][number];

/**
 * The facts of an account as they were loaded: all that signals read, but for the account's own row, which each run reads
 * anew, and for names and ids of single facts, which only explanations show.
 */
export function packDraft(to: Packer, draft: AccountDraft): Buffer {
  readLedger(draft);
  const { facts } = draft;
  const { usage } = facts;
  to.clear();
  list(to, facts.contacts, (contact) => packContact(to, contact));
  list(to, [...draft.rolesOfContacts()], ([contact, { leftOn, lastSeen, versions }]) => {
    to.count(contact);
    to.number(leftOn);
    to.number(lastSeen);
    list(to, versions, ({ from, role }) => {
      to.number(from);
      maybeText(to, role);
    });
  });
  list(to, draft.versions, ({ field, from_day, value }) => {
    to.text(field);
    to.number(from_day);
    to.text(JSON.stringify(value ?? null));
  });
  const first = [...usage.contactMonths, ...usage.featureMonths, ...usage.eventMonths].reduce(
    (least, { month }) => Math.min(least, month),
    Number.MAX_SAFE_INTEGER,
  ) as Month;
  to.count(first);
  list(to, usage.contactMonths, ({ contact, month, days }) => {
    to.count(contact + 1);
    to.count(month - first);
    to.bits(days);
  });
  list(to, usage.featureMonths, ({ feature, month, days }) => {
    to.number(feature);
    to.count(month - first);
    to.bits(days);
  });
  list(to, usage.eventMonths, ({ month, counts }) => {
    to.count(month - first);
    list(to, counts, (count) => to.count(count));
  });
  to.number(usage.lastActiveBefore);
  byKey(to, facts.eventSelections, ({ contact, day, count }) => {
    to.count(contact + 1);
    to.number(day);
    to.number(count);
  });
  byKey(to, facts.metrics, ({ day, value }) => {
    to.number(day);
    to.number(value);
  });
  list(to, facts.subscriptions, (each) => {
    to.count((each.seatBased ? 1 : 0) + (each.autoRenew ? 2 : 0));
    for (const value of [each.start, each.end, each.mrrMinor, each.quantity, each.termMonths]) to.number(value);
  });
  list(to, facts.invoices, (each) => {
    to.count(STATUSES.indexOf(each.status));
    for (const value of [each.issued, each.due, each.amountMinor, each.paidOn, each.failedOn]) to.number(value);
  });
  list(to, facts.tickets, (each) => {
    to.count(each.priority === null ? PRIORITIES.length : PRIORITIES.indexOf(each.priority));
    for (const value of [each.opened, each.closed, each.resolutionHours, each.satisfaction]) to.number(value);
  });
  list(to, facts.answers, ({ kind, contact, day, score }) => {
    to.count(kind === 'nps' ? 0 : 1);
    to.count(contact + 1);
    to.number(day);
    to.number(score);
  });
  list(to, facts.touchpoints, ({ counts, day, contacts }) => {
    to.count(counts ? 1 : 0);
    to.number(day);
    list(to, contacts, (contact) => to.count(contact + 1));
  });
  to.number(facts.lastTouchBefore);
  list(to, facts.pulses, ({ day, value }) => {
    to.number(day);
    to.number(value);
  });
  list(to, Object.entries(facts.firstFactDay) as [SourceKey, Day][], ([source, day]) => {
    to.count(USUAL_SOURCES.indexOf(source) + 1);
    if (!USUAL_SOURCES.includes(source)) to.text(source);
    to.number(day);
  });
  return to.packed();
}

/**
 * The draft of the account as it is now (`row`), with the facts that were packed, in hexadecimal digits. What reads one
 * item is a function of the module: one made for each account would be compiled anew whenever V8 has collected them all.
 */
export function unpackDraft(digits: string, row: AccountFactRow): AccountDraft {
  const from = new Unpacker(digits);
  const draft = new AccountDraft(row);
  const { facts } = draft;
  draft.isLedgerRead = true;
  each(from, facts.contacts, unpackContact);
  each(from, draft, unpackRoles);
  each(from, draft, unpackVersion);
  unpackUsage(from, facts.usage);
  eachKey(from, facts.eventSelections, unpackSelected);
  eachKey(from, facts.metrics, unpackPoint);
  each(from, facts.subscriptions, unpackSubscription);
  each(from, facts.invoices, unpackInvoice);
  each(from, facts.tickets, unpackTicket);
  each(from, facts.answers, unpackAnswer);
  each(from, facts.touchpoints, unpackTouchpoint);
  facts.lastTouchBefore = day(from);
  each(from, facts.pulses, unpackPulse);
  each(from, facts, unpackFirstFactDay);
  return draft;
}

function unpackRoles(from: Unpacker, draft: AccountDraft): void {
  const contact = from.count();
  const [leftOn, lastSeen] = [day(from), day(from)];
  const versions: RoleVersion[] = [];
  each(from, versions, unpackRole);
  draft.keepRoles(contact, { leftOn, lastSeen, versions });
}

function unpackRole(from: Unpacker, versions: RoleVersion[]): void {
  versions.push({ from: from.number() as Day, role: textOrNull(from) });
}

function unpackVersion(from: Unpacker, draft: AccountDraft): void {
  draft.versions.push({
    account_id: draft.row.id,
    field: from.text(),
    from_day: from.number() as number,
    value: JSON.parse(from.text()),
  });
}

function unpackUsage(from: Unpacker, usage: AccountFacts['usage']): void {
  const first = from.count();
  for (let left = from.count(); left > 0; left -= 1) {
    const contact = from.count() - 1;
    usage.contactMonths.push({ contact, month: (first + from.count()) as Month, days: from.bits() });
  }
  for (let left = from.count(); left > 0; left -= 1) {
    const feature = from.number() as number;
    usage.featureMonths.push({ feature, month: (first + from.count()) as Month, days: from.bits() });
  }
  for (let left = from.count(); left > 0; left -= 1) {
    const month = (first + from.count()) as Month;
    const counts: number[] = [];
    each(from, counts, unpackCount);
    usage.eventMonths.push({ month, counts });
  }
  usage.lastActiveBefore = day(from);
}

function unpackCount(from: Unpacker, counts: number[]): void {
  counts.push(from.count());
}

function unpackSelected(from: Unpacker): SelectedEvents {
  return { contact: from.count() - 1, day: from.number() as Day, count: from.number() as number };
}

function unpackPoint(from: Unpacker): MetricPoint {
  return { day: from.number() as Day, value: from.number() as number };
}

function unpackSubscription(from: Unpacker, subscriptions: AccountFacts['subscriptions']): void {
  const flags = from.count();
  subscriptions.push({
    start: from.number() as Day,
    end: day(from),
    mrrMinor: from.number(),
    quantity: from.number(),
    termMonths: from.number(),
    seatBased: (flags & 1) !== 0,
    autoRenew: (flags & 2) !== 0,
  });
}

function unpackInvoice(from: Unpacker, invoices: AccountFacts['invoices']): void {
  invoices.push({
    status: STATUSES[from.count()]!,
    issued: from.number() as Day,
    due: day(from),
    amountMinor: from.number(),
    paidOn: day(from),
    failedOn: day(from),
  });
}

function unpackTicket(from: Unpacker, tickets: AccountFacts['tickets']): void {
  tickets.push({
    priority: PRIORITIES[from.count()] ?? null,
    opened: from.number() as Day,
    closed: day(from),
    resolutionHours: from.number(),
    satisfaction: from.number(),
  });
}

function unpackAnswer(from: Unpacker, answers: AccountFacts['answers']): void {
  answers.push({
    kind: from.count() === 0 ? 'nps' : 'csat',
    contact: from.count() - 1,
    day: from.number() as Day,
    score: from.number() as number,
  });
}

function unpackTouchpoint(from: Unpacker, touchpoints: AccountFacts['touchpoints']): void {
  const counts = from.count() === 1;
  const contacts: number[] = [];
  const touchpoint = { counts, day: from.number() as Day, contacts };
  each(from, contacts, unpackPlace);
  touchpoints.push(touchpoint);
}

function unpackPlace(from: Unpacker, contacts: number[]): void {
  contacts.push(from.count() - 1);
}

function unpackPulse(from: Unpacker, pulses: AccountFacts['pulses']): void {
  pulses.push({ day: from.number() as Day, value: from.number() as number });
}

function unpackFirstFactDay(from: Unpacker, facts: AccountFacts): void {
  const source = USUAL_SOURCES[from.count() - 1] ?? (from.text() as SourceKey);
  facts.firstFactDay[source] = from.number() as Day;
}

/** Nearly all contacts are ordinary: one byte says so. */
function packContact(to: Packer, { role, internal, leftOn, lastSeen }: ContactFacts): void {
  to.count((internal ? 1 : 0) + (role === null ? 0 : 2) + (leftOn === null ? 0 : 4) + (lastSeen === null ? 0 : 8));
  if (role !== null) to.text(role);
  if (leftOn !== null) to.number(leftOn);
  if (lastSeen !== null) to.number(lastSeen);
}

function unpackContact(from: Unpacker, contacts: ContactFacts[]): void {
  const flags = from.count();
  contacts.push({
    internal: (flags & 1) !== 0,
    role: (flags & 2) === 0 ? null : from.text(),
    leftOn: (flags & 4) === 0 ? null : day(from),
    lastSeen: (flags & 8) === 0 ? null : day(from),
  });
}

function list<Item>(to: Packer, items: readonly Item[], pack: (item: Item) => void): void {
  to.count(items.length);
  for (const item of items) pack(item);
}

function each<Into>(from: Unpacker, into: Into, unpack: (from: Unpacker, into: Into) => void): void {
  for (let left = from.count(); left > 0; left -= 1) unpack(from, into);
}

function byKey<Item>(to: Packer, lists: Record<string, Item[]>, pack: (item: Item) => void): void {
  list(to, Object.entries(lists), ([key, items]) => {
    to.text(key);
    list(to, items, pack);
  });
}

function eachKey<Item>(from: Unpacker, lists: Record<string, Item[]>, unpack: (from: Unpacker) => Item): void {
  for (let keys = from.count(); keys > 0; keys -= 1) {
    const items: Item[] = [];
    lists[from.text()] = items;
    for (let left = from.count(); left > 0; left -= 1) items.push(unpack(from));
  }
}

function maybeText(to: Packer, text: string | null): void {
  to.count(text === null ? 0 : 1);
  if (text !== null) to.text(text);
}

function textOrNull(from: Unpacker): string | null {
  return from.count() === 0 ? null : from.text();
}

function day(from: Unpacker): Day | null {
  return from.number() as Day | null;
}
