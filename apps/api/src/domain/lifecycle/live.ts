import type { AccountStatus } from '@steward/shared/common';
import { isLive } from '@steward/shared/lifecycle';
import type { Day } from '../calendar/day.js';

export interface StatusVersion {
  from: Day;
  status: AccountStatus;
}

/** The status on a day; a first value holds backwards. Null: no status known. */
export function statusAt(history: readonly StatusVersion[], day: Day): AccountStatus | null {
  let held: StatusVersion | null = null;
  let first: StatusVersion | null = null;
  for (const version of history) {
    if (version.from <= day && (held === null || version.from >= held.from)) held = version;
    if (first === null || version.from < first.from) first = version;
  }
  return (held ?? first)?.status ?? null;
}

const isNotLive = ({ status }: StatusVersion) => !isLive(status);
const isCustomer = ({ status }: StatusVersion) => status === 'customer';
const isChurned = ({ status }: StatusVersion) => status === 'churned';
const isNotChurned = ({ status }: StatusVersion) => status !== 'churned';
const byDay = (a: StatusVersion, b: StatusVersion) => a.from - b.from;

function knownOn(history: readonly StatusVersion[], day: Day): StatusVersion[] {
  return history.filter(({ from }) => from <= day).sort(byDay);
}

export interface Starts {
  trialSince: Day | null;
  customerSince: Day | null;
}

/**
 * The status on a day, where the first one known holds backwards, but not beyond the start of the trial or of the customer
 * relation where one is known: before that, an account was on trial, or nobody's yet. Null: no status known.
 */
export function statusSinceStart(
  history: readonly StatusVersion[],
  { trialSince, customerSince }: Starts,
  day: Day,
): AccountStatus | null {
  const status = statusAt(history, day);
  if (history.some(({ from }) => from <= day)) return status;
  const isBefore = (start: Day | null) => start !== null && day < start;
  if (status === 'trial' && isBefore(trialSince)) return 'prospect';
  if (status !== 'customer' || !isBefore(customerSince)) return status;
  return trialSince === null || isBefore(trialSince) ? 'prospect' : 'trial';
}

/**
 * Since when an account has been live without a break, as of a day. The first known status holds backwards, but not
 * beyond the start of the trial or of the customer relation where one is known. `since` null: since before anything is
 * known. Null: not live on the day.
 */
export function liveSince(history: readonly StatusVersion[], started: Starts, day: Day): { since: Day | null } | null {
  const known = knownOn(history, day);
  const status = statusAt(history, day);
  if (status === null || !isLive(status)) return null;
  const broken = known.findLastIndex(isNotLive);
  if (broken >= 0) return { since: known[broken + 1]?.from ?? null };
  const starts = [started.trialSince, started.customerSince].filter((start) => start !== null);
  return { since: starts.length === 0 ? null : (Math.min(...starts) as Day) };
}

/**
 * The day on which an account that had churned became a customer again, as of a day. Null: it never left, or is no
 * customer.
 */
export function returnedOn(history: readonly StatusVersion[], day: Day): Day | null {
  if (statusAt(history, day) !== 'customer') return null;
  const known = knownOn(history, day);
  const churned = known.findLastIndex(isChurned);
  return churned < 0 ? null : (known.slice(churned).find(isCustomer)?.from ?? null);
}

/** The day on which an account churned and stayed away, as of a day. Null: it has not churned. */
export function churnedOn(history: readonly StatusVersion[], day: Day): Day | null {
  if (statusAt(history, day) !== 'churned') return null;
  const known = knownOn(history, day);
  const stayed = known.findLastIndex(isNotChurned);
  return known[stayed + 1]?.from ?? null;
}
