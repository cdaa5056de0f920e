import { addDays, type Day, type Month } from '../calendar/day.js';
import { firstDayOf, monthOf } from '../calendar/month.js';
import type { Window } from '../calendar/window.js';
import { type AccountFacts, type ContactFacts, type ContactIndex, type ContactMonth, NO_CONTACT } from './facts.js';

/** Counts over bitmaps of active days (bit d − 1 = day d of the month). Internal contacts count nowhere. */

/** Number of set bits of a 32-bit mask. */
export function popcount(bits: number): number {
  let b = bits - ((bits >>> 1) & 0x55555555);
  b = (b & 0x33333333) + ((b >>> 2) & 0x33333333);
  return (((b + (b >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** The days of the month that lie in the window. Checked bounds: reading outside an array is many times slower. */
function maskOf(month: Month, window: Window): number {
  const index = month - window.firstMonth;
  return index >= 0 && index < window.masks.length ? window.masks[index]! : 0;
}

/** The active days of a row that lie in the window. */
function cut(row: { month: Month; days: number }, window: Window): number {
  return row.days & maskOf(row.month, window);
}

/** One of our own people. Rows that name nobody are nobody's of ours. */
export function isInternal(contacts: readonly ContactFacts[], contact: ContactIndex): boolean {
  return contact !== NO_CONTACT && contacts[contact]?.internal === true;
}

const BITS = 32;
const NOBODY = new Uint8Array(0);

/** Contacts with activity on at least one day of the window. */
export function activeContacts(facts: AccountFacts, window: Window): number {
  const few = facts.contacts.length <= BITS;
  // Most accounts have few contacts: then one number tells who was seen, without a list for each question.
  const seen = few ? NOBODY : new Uint8Array(facts.contacts.length);
  let seenFew = 0;
  let count = 0;
  for (const row of facts.usage.contactMonths) {
    const { contact } = row;
    if (contact === NO_CONTACT || (few ? seenFew & (1 << contact) : seen[contact]) !== 0) continue;
    if (cut(row, window) === 0 || facts.contacts[contact]?.internal) continue;
    if (few) seenFew |= 1 << contact;
    else seen[contact] = 1;
    count += 1;
  }
  return count;
}

/** Sum over contacts of their active days in the window. */
export function contactDays(facts: AccountFacts, window: Window): number {
  let count = 0;
  for (const row of facts.usage.contactMonths) {
    if (row.contact === NO_CONTACT) continue;
    const days = cut(row, window);
    if (days !== 0 && !isInternal(facts.contacts, row.contact)) count += popcount(days);
  }
  return count;
}

/** Days of the window with activity of anybody. */
export function activeDays(facts: AccountFacts, window: Window): number {
  let count = 0;
  for (const bits of activityByMonth(facts, window)) count += popcount(bits);
  return count;
}

/** For each month of the window the days with activity of anybody. */
export function activityByMonth(facts: AccountFacts, window: Window): number[] {
  const months = new Array<number>(window.masks.length).fill(0);
  for (const row of facts.usage.contactMonths) {
    const days = cut(row, window);
    if (days !== 0 && !isInternal(facts.contacts, row.contact)) months[row.month - window.firstMonth]! |= days;
  }
  return months;
}

/** The newest day with activity up to `day`; null when there never was any. */
export function lastActiveDay(facts: AccountFacts, day: Day): Day | null {
  let newest: ContactMonth | null = null;
  let newestBits = 0;
  const month = monthOf(day);
  const upToDay = bitsUpTo(day - firstDayOf(month));
  for (const row of facts.usage.contactMonths) {
    if (row.month > month || (newest && row.month < newest.month)) continue;
    const bits = row.month === month ? row.days & upToDay : row.days;
    if (bits === 0 || isInternal(facts.contacts, row.contact)) continue;
    newestBits = newest && newest.month === row.month ? newestBits | bits : bits;
    newest = row;
  }
  if (newest) return newestDay(newest.month, newestBits);
  const before = facts.usage.lastActiveBefore;
  return before !== null && before <= day ? before : null;
}

/** The newest active day of one contact up to `day`, in the rows loaded; null when there is none. */
export function lastActiveDayOf(facts: AccountFacts, contact: number, day: Day): Day | null {
  let newest: Day | null = null;
  const month = monthOf(day);
  for (const row of facts.usage.contactMonths) {
    if (row.contact !== contact || row.month > month) continue;
    const bits = row.month === month ? row.days & bitsUpTo(day - firstDayOf(month)) : row.days;
    if (bits === 0) continue;
    const last = newestDay(row.month, bits);
    if (newest === null || last > newest) newest = last;
  }
  return newest;
}

/** Bits 0 … last. */
function bitsUpTo(last: number): number {
  return last >= 31 ? -1 : (1 << (last + 1)) - 1;
}

function newestDay(month: Month, bits: number): Day {
  return addDays(firstDayOf(month), 31 - Math.clz32(bits));
}

/** Events in the window. */
export function eventCount(facts: AccountFacts, window: Window): number {
  let count = 0;
  for (const row of facts.usage.eventMonths) {
    let mask = maskOf(row.month, window);
    for (let day = 0; mask !== 0; day += 1, mask >>>= 1) if ((mask & 1) === 1) count += row.counts[day] ?? 0;
  }
  return count;
}

/** Tracked features used in the window. */
export function usedFeatures(facts: AccountFacts, window: Window): Set<number> {
  const used = new Set<number>();
  for (const row of facts.usage.featureMonths) if (cut(row, window) !== 0) used.add(row.feature);
  return used;
}
