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

/** Whether the ledger knows of activity from the month up to the day: of a contact (`contactKey`), or of anybody. */
export function isActiveBetween({ ledger }: AccountDraft, since: Month, through: Day, contactKey = ''): boolean {
  const last = monthOf(through);
  const upToDay = (2 << (through - firstDayOf(last))) - 1;
  const { contacts } = ledger;
  // Digits of one width compare as their numbers do.
  const [firstDigits, lastDigits] = [digitsOf(since), digitsOf(last)];
  for (let at = 0; at < contacts.length; at += CONTACT_ROW) {
    if (contactKey !== '' && !contacts.startsWith(contactKey, at)) continue;
    const month = contacts.slice(at + UUID_DIGITS, at + UUID_DIGITS + INT_DIGITS);
    if (month < firstDigits || month > lastDigits) continue;
    // Rows without days are not loaded: in a month that is over, any row will do.
    if (month < lastDigits) return true;
    if ((Number.parseInt(contacts.slice(at + CONTACT_ROW - INT_DIGITS, at + CONTACT_ROW), 16) & upToDay) !== 0)
      return true;
  }
  if (contactKey !== '') return false;
  let isActive = false;
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

const [COMMA, ZERO, OPENING, CLOSING] = [44, 48, 123, 125];

/** Hexadecimal digits of an id, and of a 32-bit number. */
const [UUID_DIGITS, INT_DIGITS] = [32, 8];
/** Rows of contacts and features are of one width: who, the month, its active days. */
const CONTACT_ROW = UUID_DIGITS + 2 * INT_DIGITS;
const CONTACT_BYTES = CONTACT_ROW / 2;
const FEATURE_BYTES = 12;

function digitsOf(number: number): string {
  return number.toString(16).padStart(INT_DIGITS, '0');
}

function addContactMonths(draft: AccountDraft, text: string): void {
  const { contactMonths } = draft.facts.usage;
  const bytes = Buffer.from(text, 'hex');
  for (let at = 0; at < bytes.length; at += CONTACT_BYTES) {
    const contact = draft.indexOfKey(text.slice(2 * at, 2 * at + UUID_DIGITS));
    contactMonths.push({ contact, month: intAt(bytes, at + 16) as Month, days: intAt(bytes, at + 20) });
  }
}

function addFeatureMonths(draft: AccountDraft, text: string): void {
  const { featureMonths } = draft.facts.usage;
  const bytes = Buffer.from(text, 'hex');
  for (let at = 0; at < bytes.length; at += FEATURE_BYTES) {
    featureMonths.push({
      feature: intAt(bytes, at),
      month: intAt(bytes, at + 4) as Month,
      days: intAt(bytes, at + 8),
    });
  }
}

/** The 32-bit number of four bytes, the highest first. Buffer's own reading checks its bounds each time. */
function intAt(bytes: Buffer, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

/** The counts of each month in `<month>:{1,0,3};…`: where they begin in the text, and where they end. */
function eachMonth(text: string, take: (month: Month, from: number, to: number) => void): void {
  for (let at = 0; at < text.length; ) {
    const colon = text.indexOf(':', at);
    const semicolon = text.indexOf(';', colon);
    const end = semicolon === -1 ? text.length : semicolon;
    take(Number(text.slice(at, colon)) as Month, colon + 1, end);
    at = end + 1;
  }
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
