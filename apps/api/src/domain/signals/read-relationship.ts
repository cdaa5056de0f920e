import type { ComputeOf } from '@steward/shared/signals';
import { type Day, later } from '../calendar/day.js';
import { contains, type Window } from '../calendar/window.js';
import type { SignalContext } from './context.js';
import { coverageOf } from './coverage.js';
import type { AccountFacts, ContactFacts } from './facts.js';
import type { Reader, Reading } from './reading.js';
import { lastActiveDayOf } from './usage-ledger.js';

/** The newest counting touchpoint up to the day; null when there never was one. */
export function lastTouch(facts: AccountFacts, day: Day): Day | null {
  let last = facts.lastTouchBefore !== null && facts.lastTouchBefore <= day ? facts.lastTouchBefore : null;
  for (const touch of facts.touchpoints) {
    if (touch.counts && touch.day <= day && (last === null || touch.day > last)) last = touch.day;
  }
  return last;
}

/**
 * The day that days-since-touch counts from. Never touched: the later of customer since and the workspace's first
 * touchpoint, because before that nobody could have been touched (or it was not recorded).
 */
export function touchStart(
  context: SignalContext,
  facts: AccountFacts,
  day: Day,
): { from: Day; never: boolean } | null {
  const last = lastTouch(facts, day);
  if (last !== null) return { from: last, never: false };
  const first = context.firstTouchDay;
  if (first === null || first > day) return null;
  const since = facts.account.customerSince;
  return { from: since !== null && since <= day ? later(since, first) : first, never: true };
}

/** Contacts in a counting touchpoint of the window. */
export function touchedContacts(facts: AccountFacts, window: Window): Set<number> {
  const touched = new Set<number>();
  for (const touch of facts.touchpoints) {
    if (!touch.counts || !contains(window, touch.day)) continue;
    for (const contact of touch.contacts) if (facts.contacts[contact]?.internal === false) touched.add(contact);
  }
  return touched;
}

/**
 * Contact with the account: days since the last counting touchpoint, that ÷ the tier's cadence (×, 1 = exactly due), or
 * contacts touched in the window. The tier of a day is found after its signals, from them: the lag takes the tier at
 * the close of the day before. Null: "no feed" without a touchpoint source, "no cadence" where the tier has none or
 * there is no tier yet.
 */
export function touchpointsReader(compute: ComputeOf<'touchpoints'>, context: SignalContext): Reader {
  const covered = coverageOf(context, 'touchpoints');
  const daysSince = (facts: AccountFacts, day: Day): Reading => {
    const start = touchStart(context, facts, day);
    return start === null ? 'no_data' : day - start.from;
  };
  switch (compute.aggregation) {
    case 'daysSince':
      return (facts, span) => (covered(facts) ? daysSince(facts, span.to) : 'no_feed');
    case 'distinctContacts':
      return (facts, span) => (covered(facts) ? touchedContacts(facts, span).size : 'no_feed');
    case 'lag':
      return (facts, span) => {
        if (!covered(facts)) return 'no_feed';
        const cadence = facts.tierBefore === null ? null : (context.cadenceDays[facts.tierBefore] ?? null);
        if (cadence === null) return 'no_cadence';
        const days = daysSince(facts, span.to);
        return typeof days === 'number' ? days / cadence : days;
      };
  }
}

export function isChampion(contact: ContactFacts): boolean {
  return !contact.internal && contact.role === 'champion';
}

export function hasLeft(contact: ContactFacts, day: Day): boolean {
  return contact.leftOn !== null && contact.leftOn <= day;
}

/** The newest day up to `day` on which a contact was active or in a touchpoint; null when never seen. */
export function lastSeenDay(facts: AccountFacts, contact: number, day: Day): Day | null {
  const known = facts.contacts[contact]?.lastSeen ?? null;
  let last = known !== null && known <= day ? known : null;
  const active = lastActiveDayOf(facts, contact, day);
  if (active !== null && (last === null || active > last)) last = active;
  for (const touch of facts.touchpoints) {
    if (touch.day <= day && (last === null || touch.day > last) && touch.contacts.includes(contact)) last = touch.day;
  }
  return last;
}

/**
 * Champions: how many there are, how many have left, or the fewest days since one of those present was seen (active or
 * in a touchpoint; champions never seen are left out). Null: "no feed" without contacts, "never seen".
 */
export function championsReader(compute: ComputeOf<'champions'>, context: SignalContext): Reader {
  const covered = coverageOf(context, 'contacts');
  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    let present = 0;
    let left = 0;
    let newest: Day | null = null;
    facts.contacts.forEach((contact, index) => {
      if (!isChampion(contact)) return;
      if (hasLeft(contact, span.to)) {
        left += 1;
        return;
      }
      present += 1;
      if (compute.aggregation !== 'daysSince') return;
      const seen = lastSeenDay(facts, index, span.to);
      if (seen !== null && (newest === null || seen > newest)) newest = seen;
    });
    switch (compute.aggregation) {
      case 'count':
        return present;
      case 'countLeft':
        return left;
      case 'daysSince':
        return newest === null ? 'never_seen' : span.to - newest;
    }
  };
}
