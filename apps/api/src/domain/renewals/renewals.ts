import type { RenewalOutcome } from '@steward/shared/renewals';
import { assertUnreachable } from '../assert-unreachable.js';
import { addDays, type Day, later } from '../calendar/day.js';
import { contractEnds, GRACE_DAYS, HISTORY_DAYS, SAME_RENEWAL_DAYS, stateOfEnd } from './contract-ends.js';
import { type RenewalFacts, type Since, yearlyAmount } from './facts.js';

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

/** A renewal date that moves on earlier than that before it is due is a correction, too. */
export const RENEWED_EARLY_DAYS = 90;

/**
 * The renewals of an account as of a day, oldest first: one for each day on which subscriptions end, or for the account's
 * renewal date where none has an end. What begins within 14 days of an end (or, if nothing does, in the 60 days before it)
 * renews it: for as much, or smaller. An end that nothing follows is lost once the 14 days have passed where other
 * subscriptions run on, renewed where none does and the account's renewal date has moved on, and else overdue, until the
 * account is churned: then it is lost. Only customers, and those who were, have renewals.
 */
export function renewalsOn(facts: RenewalFacts, asOf: Day): ToldRenewal[] {
  const { status, churnedOn } = facts;
  if (status !== 'customer' && status !== 'churned') return [];
  const lostOn = status === 'churned' ? (churnedOn ?? asOf) : null;
  const known = facts.subscriptions.filter(({ start }) => start <= asOf);
  const told = bySubscriptions(facts, asOf, lostOn);
  const openEnded = known.filter(({ end }) => end === null);
  // Dates of the account itself tell where no subscription has an end to tell.
  if (known.length === 0) told.push(...byDates(facts.renewalDates, (day) => heldOn(facts.arr, day), asOf, lostOn));
  else if (openEnded.length > 0 && openEnded.length === known.length) {
    const active = (day: Day) => yearlyAmount(openEnded.filter(({ start }) => start <= day));
    told.push(...byDates(facts.renewalDates, active, asOf, lostOn));
  }
  return told.sort((a, b) => a.dueOn - b.dueOn);
}

function bySubscriptions(facts: RenewalFacts, asOf: Day, lostOn: Day | null): ToldRenewal[] {
  const date = facts.renewalDates.findLast(({ from }) => from <= asOf);
  return contractEnds(facts.subscriptions, asOf, lostOn)
    .filter(({ dueOn }) => dueOn >= asOf - HISTORY_DAYS)
    .map((end): ToldRenewal => {
      const { dueOn, ending, goingOn } = end;
      const amountMinor = yearlyAmount(ending);
      const told = { dueOn, amountMinor, outcome: null, outcomeDay: null, renewedMinor: null };
      const lost = (outcomeDay: Day): ToldRenewal => ({ ...told, outcome: 'lost', outcomeDay, renewedMinor: 0 });
      const state = stateOfEnd(end, date?.value ?? null, asOf);
      if (lostOn !== null && (lostOn <= dueOn || (state !== 'ahead' && state !== 'followed'))) return lost(lostOn);
      switch (state) {
        case 'ahead':
        case 'overdue':
          return told;
        case 'followed': {
          const renewedMinor = yearlyAmount(goingOn);
          const outcomeDay = goingOn.reduce((day, { start }) => later(day, start), addDays(dueOn, 1));
          return { ...told, outcome: renewedOf(amountMinor, renewedMinor), outcomeDay, renewedMinor };
        }
        case 'over':
          return lost(addDays(dueOn, GRACE_DAYS + 1));
        case 'movedOn':
          return { ...told, outcome: 'renewed', outcomeDay: later(date?.from ?? dueOn, addDays(dueOn, 1)) };
        default:
          return assertUnreachable(state);
      }
    });
}

/** For as much or more: renewed, also where one of the amounts is not known; for nothing: lost. */
export function renewedOf(amountMinor: number | null, renewedMinor: number | null): RenewalOutcome {
  if (amountMinor === null || renewedMinor === null || renewedMinor >= amountMinor) return 'renewed';
  return renewedMinor === 0 ? 'lost' : 'renewedSmaller';
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
