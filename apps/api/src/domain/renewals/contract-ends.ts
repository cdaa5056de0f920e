import { addDays, type Day, earlier, later } from '../calendar/day.js';
import { addMonths, dayOfMonth, isMonthEnd, monthOf } from '../calendar/month.js';

/** The days on which contracts come to their end, and what goes on from there: of renewals and of the renewal date. */

/** What is said of a subscription's time. */
export interface ContractTerm {
  start: Day;
  /** Last day; null = open-ended. */
  end: Day | null;
  termMonths: number | null;
  autoRenew: boolean;
}

/** Subscriptions that come to their end on one day. */
interface ContractEnd<Subscription extends ContractTerm> {
  dueOn: Day;
  ending: Subscription[];
  /** Those of them that went on by themselves, and those that followed. */
  goingOn: Subscription[];
  /** Other subscriptions run beyond the 14 days in which something may follow. */
  othersRunOn: boolean;
}

/** Between the end of one contract and the start of the next: the gap of a late renewal. */
export const GRACE_DAYS = 14;
/** A next contract may begin so long before the end of the one it follows. */
const EARLY_DAYS = 60;
/** A renewal date that moves by less is a correction. */
export const SAME_RENEWAL_DAYS = 28;
/** Contracts that ended longer ago are left as they were told. */
export const HISTORY_DAYS = 1_100;

/**
 * What became of an end by a day. `ahead`: its day has not passed. `followed`: it was renewed by what goes on. `over`:
 * nothing followed in 14 days, and other subscriptions ran on. `movedOn`: nothing else runs, and the account's renewal date
 * is four weeks later or more. `overdue`: none of these.
 */
export type EndState = 'ahead' | 'followed' | 'over' | 'movedOn' | 'overdue';

/** `renewalDate`: the account's own, as of the day. */
export function stateOfEnd(end: ContractEnd<ContractTerm>, renewalDate: Day | null, asOf: Day): EndState {
  const { dueOn, goingOn, othersRunOn } = end;
  if (dueOn >= asOf) return 'ahead';
  if (goingOn.length > 0) return 'followed';
  if (othersRunOn) return asOf > dueOn + GRACE_DAYS ? 'over' : 'overdue';
  return renewalDate !== null && renewalDate >= dueOn + SAME_RENEWAL_DAYS ? 'movedOn' : 'overdue';
}

/**
 * The ends of the subscriptions that had begun by the day, oldest first. What begins within 14 days of a subscription's end
 * succeeds it. An auto-renewing one without a successor rolls by its term up to the term that holds the day or, where the
 * customer has left (`lostOn`), the day before that. The end of one that was changed in the middle of its term is none.
 */
export function contractEnds<Subscription extends ContractTerm>(
  subscriptions: readonly Subscription[],
  asOf: Day,
  lostOn: Day | null,
): ContractEnd<Subscription>[] {
  const { known, lastEnds, newest } = termsOn(subscriptions, asOf, lostOn);
  const runsOn = lastEnds.includes(null);
  const since = addDays(earlier(asOf, newest), -HISTORY_DAYS);
  const ends = new Map<Day, ContractEnd<Subscription>>();
  const add = (dueOn: Day, subscription: Subscription, rolled: boolean) => {
    let end = ends.get(dueOn);
    if (!end) {
      end = { dueOn, ending: [], goingOn: [], othersRunOn: runsOn || newest > dueOn + GRACE_DAYS };
      ends.set(dueOn, end);
    }
    end.ending.push(subscription);
    if (rolled) end.goingOn.push(subscription);
  };
  for (const [index, subscription] of known.entries()) {
    const last = lastEnds[index] ?? null;
    if (last === null || last < since || isChange(subscription, known)) continue;
    for (const due of rolledEnds(subscription, since, last)) add(due, subscription, true);
    add(last, subscription, false);
  }
  const inOrder = [...ends.values()].sort((a, b) => a.dueOn - b.dueOn);
  const passed = inOrder.filter(({ dueOn }) => dueOn < asOf);
  if (passed.length > 0) addFollowers(passed, known);
  return inOrder;
}

/** The days on which subscriptions known on the day were changed in the middle of their term. */
export function changesOf(subscriptions: readonly ContractTerm[], asOf: Day): Set<Day> {
  const known = knownOn(subscriptions, asOf);
  return new Set(known.flatMap((each) => (each.end !== null && isChange(each, known) ? [each.end] : [])));
}

/**
 * The first end ahead, if no end that has passed can be overdue: each lies more than 14 days back and others have run since.
 * Undefined: some end may be; null: none is ahead. Runs ask it of every account, and most have no end but the one ahead.
 */
export function onlyEndAhead(subscriptions: readonly ContractTerm[], asOf: Day): Day | null | undefined {
  const { lastEnds, newest } = termsOn(subscriptions, asOf, null);
  let ahead: Day | null = null;
  for (const end of lastEnds) {
    if (end === null) continue;
    if (end >= asOf) ahead = ahead === null ? end : earlier(ahead, end);
    else if (end + GRACE_DAYS >= earlier(asOf, newest)) return undefined;
  }
  return ahead;
}

interface KnownTerms<Subscription> {
  /** Those that had begun by the day, by their start. */
  known: Subscription[];
  /** The ends of their last terms; null: open-ended. */
  lastEnds: (Day | null)[];
  /** The newest of them; what is open-ended runs on the day. */
  newest: Day;
}

function termsOn<Subscription extends ContractTerm>(
  subscriptions: readonly Subscription[],
  asOf: Day,
  lostOn: Day | null,
): KnownTerms<Subscription> {
  const known = knownOn(subscriptions, asOf);
  const rollsUntil = lostOn === null ? asOf : earlier(asOf, addDays(lostOn, -1));
  const lastEnds = known.map((each) => lastEnd(each, known, rollsUntil));
  let newest = known[0]?.start ?? asOf;
  for (const end of lastEnds) newest = later(newest, end ?? asOf);
  return { known, lastEnds, newest };
}

/** Those that had begun by the day, by their start. */
function knownOn<Subscription extends ContractTerm>(all: readonly Subscription[], asOf: Day): Subscription[] {
  return all
    .filter(({ start, end }) => start <= asOf && (end === null || end >= start))
    .sort((a, b) => a.start - b.start || (a.end ?? asOf) - (b.end ?? asOf));
}

/** The place of the first that stands at the day or after it, in a list in the order of days. */
function placeOf<Item>(items: readonly Item[], day: Day, dayOf: (item: Item) => Day): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dayOf(items[middle]!) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True when one of them, which stand by their start, begins within so many days after the end. */
function beginsAfter(end: Day, days: number, known: readonly ContractTerm[]): boolean {
  const next = known[placeOf(known, addDays(end, 1), ({ start }) => start)];
  return next !== undefined && next.start <= end + days;
}

/**
 * A subscription that was changed in the middle of its term: it ends before its term does, and another begins on the
 * next day. Its end is not a renewal.
 */
function isChange({ start, end, termMonths }: ContractTerm, known: readonly ContractTerm[]): boolean {
  if (end === null || termMonths === null || termMonths <= 0) return false;
  return beginsAfter(end, 1, known) && !isWholeTerms(start, addDays(end, 1), termMonths);
}

/**
 * True when the next term begins a whole number of terms after the start. What begins on the last day of a short month may
 * be of a later day of the month, as the next term is again: of one of the 30th, 28 February is followed by 30 March.
 */
function isWholeTerms(start: Day, next: Day, termMonths: number): boolean {
  const months = monthOf(next) - monthOf(start);
  if (months <= 0 || months % termMonths !== 0) return false;
  const [from, to] = [dayOfMonth(start), dayOfMonth(next)];
  return from === to || (from < to ? isMonthEnd(start) : isMonthEnd(next));
}

/** The end of its last term, of those begun by `rollsUntil`; null: open-ended. */
function lastEnd(subscription: ContractTerm, known: readonly ContractTerm[], rollsUntil: Day): Day | null {
  const { end, autoRenew, termMonths } = subscription;
  if (end === null || end >= rollsUntil || !autoRenew || termMonths === null || termMonths <= 0) return end;
  if (beginsAfter(end, GRACE_DAYS + 1, known)) return end;
  let terms = termsWithin(end, rollsUntil, termMonths);
  while (addMonths(end, terms * termMonths) < rollsUntil) terms += 1;
  return addMonths(end, terms * termMonths);
}

/** The ends from `since` on after which it rolled on, up to its last one. */
function rolledEnds({ end, termMonths }: ContractTerm, since: Day, last: Day): Day[] {
  if (end === null || termMonths === null || end >= last) return [];
  const ends: Day[] = [];
  // Counted from the first end each time, so that a month's end stays a month's end.
  for (let terms = termsWithin(end, since, termMonths); ; terms += 1) {
    const due = addMonths(end, terms * termMonths);
    if (due >= last) return ends;
    if (due >= since) ends.push(due);
  }
}

/** So many terms at least after the end are over by the day. */
function termsWithin(end: Day, day: Day, termMonths: number): number {
  return Math.max(0, Math.floor((day - end) / 31 / termMonths));
}

/**
 * What follows the ends: each subscription that begins follows the last end before it, at most 14 days earlier. An end
 * without a follower takes what began in the 60 days before it and goes on, if that follows nothing else.
 */
function addFollowers<Subscription extends ContractTerm>(
  ends: readonly ContractEnd<Subscription>[],
  known: readonly Subscription[],
): void {
  const followed = new Set<ContractEnd<Subscription>>();
  const follow = (end: ContractEnd<Subscription>, subscription: Subscription) => {
    followed.add(end);
    end.goingOn.push(subscription);
  };
  const free: { subscription: Subscription; place: number }[] = [];
  for (const subscription of known) {
    const { start } = subscription;
    const place = placeOf(ends, start, ({ dueOn }) => dueOn);
    const ended = ends[place - 1];
    if (ended && start <= ended.dueOn + GRACE_DAYS + 1) follow(ended, subscription);
    else free.push({ subscription, place });
  }
  for (const { subscription, place } of free) {
    const { start, end } = subscription;
    let at = place;
    while (at < ends.length && ends[at]!.dueOn < start + EARLY_DAYS && followed.has(ends[at]!)) at += 1;
    const next = ends[at];
    if (!next || next.dueOn >= start + EARLY_DAYS || (end !== null && end <= next.dueOn)) continue;
    if (next.ending.includes(subscription)) continue;
    if (next.ending.some((each) => each.start < start)) follow(next, subscription);
  }
}
