import type { IsoDay } from '@steward/shared/common';
import type { Deal } from '@steward/shared/deals';
import type { Renewal } from '@steward/shared/renewals';
import type { Subscription } from '@steward/shared/subscriptions';
import { isOpen } from '../../../components/renewal/renewal-words.js';
import { addMonths, monthOfDay } from '../../../components/report/months.js';
import { addDays } from '../../../lib/days.js';

/** Behind all days. */
const NO_DAY = '9999-12-31';

/** What was dated by an earlier day: amounts, and the days on which something is to end, are kept as they are now alone. */

/**
 * Renewals that had come up by the day: those that were due or told of, those on which subscriptions ended that had
 * started, and the next one in any case; others follow from what was told later. What became of one later had not become
 * of it yet.
 */
export function renewalsOn(
  renewals: readonly Renewal[],
  subscriptions: readonly Subscription[],
  day: IsoDay,
): Renewal[] {
  const isTold = (renewal: Renewal) => !isOpen(renewal) && (renewal.outcomeDay ?? renewal.dueOn) <= day;
  const [next] = renewals
    .filter((renewal) => renewal.dueOn >= day && !isTold(renewal))
    .map(({ dueOn }) => dueOn)
    .sort();
  const ends = new Set(subscriptions.filter(({ start }) => start <= day).map((each) => endFrom(each, day)));
  return renewals
    .filter((renewal) => {
      const { dueOn } = renewal;
      return dueOn < day || dueOn === next || ends.has(dueOn) || isTold(renewal);
    })
    .map((renewal) => {
      if (isTold(renewal)) return renewal;
      const state = renewal.dueOn < day ? 'overdue' : 'upcoming';
      return { ...renewal, state, missingForecast: false, missingTouch: false, mayUndo: false };
    });
}

/** The first end of a subscription from the day on: one that renews itself goes on by its term. Null: it has none. */
function endFrom({ end, autoRenew, termMonths }: Subscription, day: IsoDay): IsoDay | null {
  if (end === null || end >= day) return end;
  if (!autoRenew || termMonths === null || termMonths < 1) return null;
  // Counted from the first end each time, so that a month’s end stays a month’s end.
  for (let months = termMonths; ; months += termMonths) {
    const month = addMonths(monthOfDay(end), months);
    const lastDay = addDays(`${addMonths(month, 1)}-01`, -1);
    const sameDay = `${month}-${end.slice(8)}`;
    const due = sameDay < lastDay ? sameDay : lastDay;
    if (due >= day) return due;
  }
}

/**
 * Deals that had been opened by the day: open ones first by the day they are to close on, then the newest end. One that
 * ended later was open, in a stage that nothing tells.
 */
export function dealsOn(deals: readonly Deal[], day: IsoDay): Deal[] {
  return deals
    .filter(({ openedOn }) => openedOn <= day)
    .map((deal): Deal => {
      if (deal.endedOn !== null && deal.endedOn <= day) {
        return { ...deal, billedOn: deal.billedOn !== null && deal.billedOn <= day ? deal.billedOn : null };
      }
      const overdue = deal.closeOn !== null && deal.closeOn < day;
      return { ...deal, state: 'open', endedOn: null, reason: null, billedOn: null, overdue };
    })
    .sort(
      (a, b) =>
        Number(b.state === 'open') - Number(a.state === 'open') ||
        (b.endedOn ?? '').localeCompare(a.endedOn ?? '') ||
        (a.closeOn ?? NO_DAY).localeCompare(b.closeOn ?? NO_DAY),
    );
}

/** Subscriptions that had started by the day. */
export function subscriptionsOn(subscriptions: readonly Subscription[], day: IsoDay): Subscription[] {
  return subscriptions
    .filter(({ start }) => start <= day)
    .map((each) => ({ ...each, active: each.end === null || each.end >= day }));
}
