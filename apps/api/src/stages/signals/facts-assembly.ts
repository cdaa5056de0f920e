import type { AccountStatus } from '@steward/shared/common';
import { type Day, type Month, toDay } from '../../domain/calendar/day.js';
import { firstDayOf } from '../../domain/calendar/month.js';
import { dictionary } from '../../domain/dictionary.js';
import { liveSince, returnedOn, type StatusVersion, statusAt } from '../../domain/lifecycle/live.js';
import { type AccountFacts, type ContactFacts, type ContactIndex, NO_CONTACT } from '../../domain/signals/facts.js';
import type { AccountFactRow, FieldVersionRow } from './facts.repository.js';
import type { ToWorkspaceMoney } from './money-rates.js';
import { statusHistory } from './status-history.js';

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

/** Usage of the account from the ledger, and since when there is any. */
export function readLedger(draft: AccountDraft): void {
  const { facts, ledger } = draft;
  addContactMonths(draft, ledger.contacts);
  addFeatureMonths(draft, ledger.features);
  addEventMonths(draft, ledger.events);
  const events = firstActiveDay(facts.usage.contactMonths);
  if (events !== null) facts.firstFactDay.events = events;
  const features = firstActiveDay(facts.usage.featureMonths);
  if (features !== null) facts.firstFactDay.features = features;
}

/** Whether the ledger knows of activity in the month or later: of a contact, or of anybody. */
export function isActiveSince({ ledger }: AccountDraft, month: Month, contactId?: string): boolean {
  let isActive = false;
  eachMonth(ledger.contacts, (each, from, to) => {
    if (each < month) return;
    if (contactId === undefined) isActive = true;
    else {
      const at = ledger.contacts.indexOf(contactId, from);
      isActive ||= at !== -1 && at < to;
    }
  });
  if (isActive || contactId !== undefined) return isActive;
  eachMonth(ledger.events, (each, from, to) => {
    if (each >= month && /[1-9]/.test(ledger.events.slice(from, to))) isActive = true;
  });
  return isActive;
}

/** First day of activity that stands among the rows loaded: proof enough that there is one by its own day. */
function firstActiveDay(rows: readonly { month: Month; days: number }[]): Day | null {
  let first: Month | null = null;
  let bits = 0;
  for (const { month, days } of rows) {
    if (days === 0 || (first !== null && month > first)) continue;
    bits = month === first ? bits | days : days;
    first = month;
  }
  return first === null ? null : ((firstDayOf(first) + 31 - Math.clz32(bits & -bits)) as Day);
}

const [COMMA, SPACE, ZERO] = [44, 32, 48];
const UUID_LENGTH = 36;

/** The rows of each month in `<month>:<rows>;…`: where they begin in the text, and where they end. */
function eachMonth(text: string, take: (month: Month, from: number, to: number) => void): void {
  for (let at = 0; at < text.length; ) {
    const colon = text.indexOf(':', at);
    const semicolon = text.indexOf(';', colon);
    const end = semicolon === -1 ? text.length : semicolon;
    take(Number(text.slice(at, colon)) as Month, colon + 1, end);
    at = end + 1;
  }
}

/** `<month>:<contact id> <days>,…;…` of one account. */
function addContactMonths(draft: AccountDraft, text: string): void {
  const { contactMonths } = draft.facts.usage;
  eachMonth(text, (month, from, to) => {
    for (let at = from; at < to; at += 1) {
      const contact = draft.contactIndex(text.slice(at, at + UUID_LENGTH));
      let days = 0;
      for (at += UUID_LENGTH + 1; at < to && text.charCodeAt(at) !== COMMA; at += 1) {
        days = days * 10 + text.charCodeAt(at) - ZERO;
      }
      contactMonths.push({ contact, month, days });
    }
  });
}

/** `<month>:<feature id> <days>,…;…` of one account. */
function addFeatureMonths(draft: AccountDraft, text: string): void {
  const { featureMonths } = draft.facts.usage;
  eachMonth(text, (month, from, to) => {
    let feature = 0;
    let number = 0;
    for (let at = from; at <= to; at += 1) {
      const code = at === to ? COMMA : text.charCodeAt(at);
      if (code === SPACE) {
        feature = number;
        number = 0;
      } else if (code === COMMA) {
        featureMonths.push({ feature, month, days: number });
        number = 0;
      } else number = number * 10 + code - ZERO;
    }
  });
}

/** `<month>:{1,0,3};…` of one account. Events that name nobody are activity too; days of people are among these days. */
function addEventMonths(draft: AccountDraft, text: string): void {
  const { usage } = draft.facts;
  eachMonth(text, (month, from, to) => {
    const counts = intArray(text.slice(from, to));
    usage.eventMonths.push({ month, counts });
    const days = daysWithEvents(counts);
    if (days !== 0) usage.contactMonths.push({ contact: NO_CONTACT, month, days });
  });
}

/** `{1,0,3}` → numbers. */
export function intArray(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (let at = 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 44 || code === 125) {
      if (text.charCodeAt(at - 1) !== 123) numbers.push(number);
      number = 0;
    } else number = number * 10 + code - 48;
  }
  return numbers;
}

/** Bit d − 1 for each day of the month with an event. */
export function daysWithEvents(counts: readonly number[]): number {
  let bits = 0;
  counts.forEach((count, index) => {
    if (count > 0) bits |= 1 << index;
  });
  return bits;
}

/** Account fields whose history decides what they were on a day; today's are those of the account itself. */
export const VERSIONED_FIELDS = [
  'status',
  'seats',
  'arr',
  'currency',
  'customerSince',
  'renewalDate',
  'csm',
  'am',
] as const;

/** The version of a field that held on the day; a first value holds backwards. */
function heldOn(versions: readonly FieldVersionRow[], field: string, day: Day): FieldVersionRow | null {
  let held: FieldVersionRow | null = null;
  let first: FieldVersionRow | null = null;
  for (const version of versions) {
    if (version.field !== field) continue;
    if (version.from_day <= day && (held === null || version.from_day > held.from_day)) held = version;
    if (first === null || version.from_day < first.from_day) first = version;
  }
  return held ?? first;
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const asDay = (value: unknown): Day | null =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? toDay(value) : null;
const asUser = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? asText((value as { userId?: unknown }).userId) : null;

export interface Owners {
  csm: string | null;
  am: string | null;
}

/**
 * The account's fields and owners as they stood on the day. Today (`past` false) they are those of the account itself;
 * the history of its status is read in either case, for since when it has been live. Subscriptions must be in place.
 */
export function setAccountFields(
  draft: AccountDraft,
  versions: readonly FieldVersionRow[],
  day: Day,
  past: boolean,
  money: ToWorkspaceMoney,
): Owners {
  const { row, facts } = draft;
  const fieldOf = <T>(field: (typeof VERSIONED_FIELDS)[number], now: T, read: (value: unknown) => T): T => {
    const version = past ? heldOn(versions, field, day) : null;
    return version === null ? now : read(version.value);
  };
  const delivered = versions.flatMap((version): StatusVersion[] =>
    version.field === 'status' && typeof version.value === 'string'
      ? [{ from: version.from_day as Day, status: version.value as AccountStatus }]
      : [],
  );
  const history = statusHistory(delivered, row.status as AccountStatus, row.churned_on as Day | null, day);
  const status = past ? (statusAt(history, day) ?? (row.status as AccountStatus)) : (row.status as AccountStatus);
  // The account's own day is derived from its subscriptions and its history as well.
  const since = fieldOf('customerSince', row.customer_since as Day | null, asDay) ?? (row.customer_since as Day | null);
  const currency = fieldOf('currency', row.currency, asText);
  const arrMinor = fieldOf('arr', row.arr_minor, asNumber);
  facts.account = {
    status,
    live: liveSince(history, { trialSince: row.trial_since as Day | null, customerSince: since }, day),
    customerSince: since !== null && since > day && past ? null : since,
    returnedOn: returnedOn(history, day),
    renewalDate: fieldOf('renewalDate', row.renewal_date as Day | null, asDay),
    arrMinor: arrMinor === null ? null : money(arrMinor, currency),
    seats: fieldOf('seats', row.seats, asNumber),
  };
  return { csm: fieldOf('csm', row.csm_user_id, asUser), am: fieldOf('am', row.am_user_id, asUser) };
}
