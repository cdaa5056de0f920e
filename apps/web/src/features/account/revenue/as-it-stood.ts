import type { IsoDay } from '@steward/shared/common';
import type { Deal } from '@steward/shared/deals';
import type { Renewal } from '@steward/shared/renewals';
import type { Subscription } from '@steward/shared/subscriptions';

/** What was dated by an earlier day: amounts, and the days on which something is to end, are kept as they are now alone. */

/**
 * Renewals that had come up by the day: those that were due, and the next one; the ones after it follow from its outcome.
 * What became of one later had not become of it yet.
 */
export function renewalsOn(renewals: readonly Renewal[], day: IsoDay): Renewal[] {
  const next = renewals
    .map(({ dueOn }) => dueOn)
    .filter((dueOn) => dueOn >= day)
    .sort()[0];
  return renewals
    .filter(({ dueOn }) => dueOn < day || dueOn === next)
    .map((renewal) => {
      const isTold = renewal.state !== 'upcoming' && renewal.state !== 'overdue';
      if (isTold && (renewal.outcomeDay ?? renewal.dueOn) <= day) return renewal;
      const state = renewal.dueOn < day ? 'overdue' : 'upcoming';
      return { ...renewal, state, missingForecast: false, missingTouch: false, mayUndo: false };
    });
}

/** Deals that had been opened by the day. One that ended later was open, in a stage that nothing tells. */
export function dealsOn(deals: readonly Deal[], day: IsoDay): Deal[] {
  return deals
    .filter(({ openedOn }) => openedOn <= day)
    .map((deal) => {
      if (deal.endedOn !== null && deal.endedOn <= day) {
        return { ...deal, billedOn: deal.billedOn !== null && deal.billedOn <= day ? deal.billedOn : null };
      }
      const overdue = deal.closeOn !== null && deal.closeOn < day;
      return { ...deal, state: 'open', endedOn: null, reason: null, billedOn: null, overdue };
    });
}

/** Subscriptions that had started by the day. */
export function subscriptionsOn(subscriptions: readonly Subscription[], day: IsoDay): Subscription[] {
  return subscriptions
    .filter(({ start }) => start <= day)
    .map((each) => ({ ...each, active: each.end === null || each.end >= day }));
}
