import type { Day, Month } from '../../../domain/calendar/day.js';
import { firstDayOf, monthOf } from '../../../domain/calendar/month.js';
import { NO_CONTACT } from '../../../domain/signals/facts.js';
import type { AccountDraft } from './account-draft.js';

/** Usage of the account from the ledger, and since when there is any. */
export function readLedger(draft: AccountDraft): void {
  const { facts, ledger } = draft;
  if (draft.isLedgerRead) return;
  draft.isLedgerRead = true;
  addContactMonths(draft, ledger.contacts);
  addFeatureMonths(draft, ledger.features);
  addEventMonths(draft, ledger.events);
  const events = firstActiveDay(facts.usage.contactMonths);
  if (events !== null) facts.firstFactDay.events = events;
  const features = firstActiveDay(facts.usage.featureMonths);
  if (features !== null) facts.firstFactDay.features = features;
}

/** Whether the ledger knows of activity from the month up to the day: of a contact, or of anybody. */
export function isActiveBetween({ ledger }: AccountDraft, since: Month, through: Day, contactId = ''): boolean {
  const last = monthOf(through);
  const upToDay = (2 << (through - firstDayOf(last))) - 1;
  let isActive = false;
  eachMonth(ledger.contacts, (month, from, to) => {
    if (isActive || month < since || month > last) return;
    for (let at = ledger.contacts.indexOf(contactId, from); at !== -1 && at < to; ) {
      // Rows without days are not loaded: in a month that is over, any row will do.
      isActive ||= month < last || (Number.parseInt(ledger.contacts.slice(at + UUID_LENGTH + 1), 10) & upToDay) !== 0;
      const comma = isActive ? -1 : ledger.contacts.indexOf(',', at);
      at = comma === -1 ? -1 : ledger.contacts.indexOf(contactId, comma + 1);
    }
  });
  if (isActive || contactId !== '') return isActive;
  eachMonth(ledger.events, (month, from, to) => {
    if (isActive || month < since || month > last) return;
    const days = daysWithEvents(intArray(ledger.events.slice(from, to)));
    isActive = (month < last ? days : days & upToDay) !== 0;
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

const [COMMA, SPACE, ZERO, OPENING, CLOSING] = [44, 32, 48, 123, 125];
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
    if (code === COMMA || code === CLOSING) {
      if (text.charCodeAt(at - 1) !== OPENING) numbers.push(number);
      number = 0;
    } else number = number * 10 + code - ZERO;
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
