import type { RenewalOutcome } from '@steward/shared/renewals';
import { addDays, type Day, earlier, later } from '../calendar/day.js';
import {
  type DueSubscription,
  dueSubscriptions,
  EARLY_DAYS,
  GRACE_DAYS,
  HISTORY_DAYS,
  type RenewalFacts,
  type RenewalSubscription,
  type Since,
  yearlyAmount,
} from './due.js';

/** What the facts say of an account's renewals, as of a day. Money in minor units of the workspace's currency. */

export interface ToldRenewal {
  dueOn: Day;
  /** A year of what is due; null: not known. */
  amountMinor: number | null;
  /** Null: upcoming, or overdue. */
  outcome: RenewalOutcome | null;
  outcomeDay: Day | null;
  /** A year of what goes on; null: no outcome, or not known. */
  renewedMinor: number | null;
}

/** A renewal date that moves by less is a correction. */
export const SAME_RENEWAL_DAYS = 28;
/** A renewal date that moves on earlier than that before it is due is a correction, too. */
export const RENEWED_EARLY_DAYS = 90;

/**
 * The renewals of an account as of a day, oldest first: one for each day on which subscriptions end, or for the account's
 * renewal date where none has an end. What begins within 14 days of an end (or, if nothing does, in the 60 days before it)
 * renews it: for as much, or smaller. Once the 14 days have passed, an end that nothing follows is lost where other
 * subscriptions go on, renewed where the account's renewal date has moved on, and else overdue, until the account is
 * churned: then it is lost. Only customers, and those who were, have renewals.
 */
export function renewalsOn(facts: RenewalFacts, asOf: Day): ToldRenewal[] {
  const { status, churnedOn } = facts;
  if (status !== 'customer' && status !== 'churned') return [];
  const lostOn = status === 'churned' ? (churnedOn ?? asOf) : null;
  const known = facts.subscriptions.filter(({ start }) => start <= asOf);
  const told = known.length === 0 ? [] : bySubscriptions(facts, known, asOf, lostOn);
  const openEnded = known.filter(({ end }) => end === null);
  // Dates of the account itself tell where no subscription has an end to tell.
  if (known.length === 0) told.push(...byDates(facts.renewalDates, (day) => heldOn(facts.arr, day), asOf, lostOn));
  else if (openEnded.length > 0 && openEnded.length === known.length) {
    const active = (day: Day) => yearlyAmount(openEnded.filter(({ start }) => start <= day));
    told.push(...byDates(facts.renewalDates, active, asOf, lostOn));
  }
  return told.sort((a, b) => a.dueOn - b.dueOn);
}

function bySubscriptions(
  facts: RenewalFacts,
  known: readonly RenewalSubscription[],
  asOf: Day,
  lostOn: Day | null,
): ToldRenewal[] {
  // Nothing rolls on once the customer has gone.
  const rollsUntil = lostOn === null ? asOf : earlier(asOf, lostOn);
  const dues = dueSubscriptions(known, rollsUntil, addDays(asOf, -HISTORY_DAYS));
  const days = [...new Set(dues.map(({ due }) => due))].sort((a, b) => a - b);
  const followers = followersOf(days, dues, known);
  return days.map((dueOn) => {
    const due = dues.filter((each) => each.due === dueOn);
    const amountMinor = yearlyAmount(due.map(({ subscription }) => subscription));
    const told = (
      outcome: RenewalOutcome | null,
      outcomeDay: Day | null,
      renewedMinor: number | null,
    ): ToldRenewal => ({
      dueOn,
      amountMinor,
      outcome,
      outcomeDay,
      renewedMinor,
    });
    if (lostOn !== null && lostOn <= dueOn) return told('lost', lostOn, 0);
    if (dueOn >= asOf) return told(null, null, null);
    const goingOn = [
      ...due.filter(({ rolled }) => rolled).map(({ subscription }) => subscription),
      ...(followers.get(dueOn) ?? []),
    ];
    const [first] = goingOn;
    if (first) {
      const renewedMinor = yearlyAmount(goingOn);
      const newest = goingOn.reduce((day, { start }) => later(day, start), addDays(dueOn, 1));
      return told(renewedOf(amountMinor, renewedMinor), newest, renewedMinor);
    }
    if (lostOn !== null) return told('lost', lostOn, 0);
    const settles = addDays(dueOn, GRACE_DAYS + 1);
    if (asOf < settles) return told(null, null, null);
    if (known.some(({ start, end }) => start <= asOf && (end === null || end >= asOf))) return told('lost', settles, 0);
    const date = facts.renewalDates.findLast(({ from }) => from <= asOf);
    if (date?.value && date.value >= dueOn + SAME_RENEWAL_DAYS)
      return told('renewed', later(date.from, addDays(dueOn, 1)), null);
    return told(null, null, null);
  });
}

/** For as much or more: renewed, also where one of the amounts is not known; for nothing: lost. */
export function renewedOf(amountMinor: number | null, renewedMinor: number | null): RenewalOutcome {
  if (amountMinor === null || renewedMinor === null || renewedMinor >= amountMinor) return 'renewed';
  return renewedMinor === 0 ? 'lost' : 'renewedSmaller';
}

/**
 * What follows the ends: each subscription that begins follows the last end before it, at most 14 days earlier. An end
 * without a follower takes what began in the 60 days before it and goes on, if that follows nothing else.
 */
function followersOf(
  days: readonly Day[],
  dues: readonly DueSubscription[],
  known: readonly RenewalSubscription[],
): Map<Day, RenewalSubscription[]> {
  const followers = new Map<Day, RenewalSubscription[]>();
  const follow = (day: Day, subscription: RenewalSubscription) =>
    followers.set(day, [...(followers.get(day) ?? []), subscription]);
  const free: RenewalSubscription[] = [];
  for (const subscription of known) {
    const { start } = subscription;
    const ended = days.findLast((day) => day < start && start <= day + GRACE_DAYS + 1);
    if (ended === undefined) free.push(subscription);
    else follow(ended, subscription);
  }
  for (const subscription of free) {
    const { start, end } = subscription;
    const day = days.find((each) => each >= start && start > each - EARLY_DAYS && !followers.has(each));
    if (day === undefined || (end !== null && end <= day)) continue;
    const isDueItself = dues.some((due) => due.due === day && due.subscription === subscription);
    const replaces = dues.some((due) => due.due === day && due.subscription.start < start);
    if (!isDueItself && replaces) follow(day, subscription);
  }
  return followers;
}

/** The value that was known on the day; before the first one, the first. */
function heldOn<Value>(values: readonly Since<Value>[], day: Day): Value | null {
  return (values.findLast(({ from }) => from <= day) ?? values[0])?.value ?? null;
}

/**
 * Renewals by the account's own renewal date. A date that moves on by four weeks or more, at the earliest 90 days before
 * it is due, was renewed; any other move is a correction of the same renewal.
 */
function byDates(
  dates: readonly Since<Day | null>[],
  amountOn: (day: Day) => number | null,
  asOf: Day,
  lostOn: Day | null,
): ToldRenewal[] {
  // By due day: a date that was set back and moved on again was renewed once.
  const told = new Map<Day, ToldRenewal>();
  let due: Day | null = null;
  for (const { from, value } of dates) {
    if (from > asOf) break;
    if (due !== null && value !== null && value >= due + SAME_RENEWAL_DAYS && from >= due - RENEWED_EARLY_DAYS) {
      const amountMinor = amountOn(from <= due ? addDays(from, -1) : due);
      const renewedMinor = amountOn(addDays(from, SAME_RENEWAL_DAYS) <= asOf ? addDays(from, SAME_RENEWAL_DAYS) : asOf);
      told.set(due, {
        dueOn: due,
        amountMinor,
        outcome: renewedOf(amountMinor, renewedMinor),
        outcomeDay: from,
        renewedMinor,
      });
    }
    // A date that was taken away after it had passed is overdue all the same.
    if (value !== null || due === null || due >= from) due = value;
  }
  if (due === null) return [...told.values()];
  const amountMinor = amountOn(due < asOf ? due : asOf);
  const isLost = lostOn !== null;
  told.delete(due);
  return [
    ...told.values(),
    { dueOn: due, amountMinor, outcome: isLost ? 'lost' : null, outcomeDay: lostOn, renewedMinor: isLost ? 0 : null },
  ];
}

/** The first day after `asOf` on which the renewals may come out otherwise although no fact changes; null: never. */
export function nextDayOfRenewals(facts: RenewalFacts, told: readonly ToldRenewal[], asOf: Day): Day | null {
  const days = [
    ...facts.subscriptions.map(({ start }) => start),
    ...facts.renewalDates.map(({ from }) => from),
    ...facts.arr.map(({ from }) => from),
    ...told.flatMap(({ dueOn, outcome }) =>
      outcome === null ? [addDays(dueOn, 1), addDays(dueOn, GRACE_DAYS + 1)] : [],
    ),
  ].filter((day) => day > asOf);
  return days.length === 0 ? null : (Math.min(...days) as Day);
}
