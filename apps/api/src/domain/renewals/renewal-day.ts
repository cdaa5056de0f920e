import type { Day } from '../calendar/day.js';
import { type ContractTerm, contractEnds, type EndState, onlyEndAhead, stateOfEnd } from './contract-ends.js';

/**
 * The day on which the account is due for renewal as of a day: the first end of its subscriptions that is ahead or overdue;
 * of an account that has churned by then the end ahead, else the newest that nothing followed; without any, the account's
 * own renewal date. Null: neither is known.
 */
export function renewalDay(
  subscriptions: readonly ContractTerm[],
  { renewalDate, churnedOn }: { renewalDate: Day | null; churnedOn: Day | null },
  day: Day,
): Day | null {
  const lostOn = churnedOn !== null && churnedOn <= day ? churnedOn : null;
  const ahead = lostOn === null ? onlyEndAhead(subscriptions, day) : undefined;
  if (ahead !== undefined) return ahead ?? renewalDate;
  const ends = contractEnds(subscriptions, day, lostOn);
  const firstOf = (...states: EndState[]) => ends.find((end) => states.includes(stateOfEnd(end, renewalDate, day)));
  const due =
    lostOn === null
      ? firstOf('ahead', 'overdue')
      : (firstOf('ahead') ?? ends.findLast(({ goingOn }) => goingOn.length === 0));
  return due?.dueOn ?? renewalDate;
}
