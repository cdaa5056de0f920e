import type { Deal, SubscriptionChange } from '@steward/shared/deals';
import type { Subscription } from '@steward/shared/subscriptions';

/** What winning makes of a subscription that is kept by hand, as far as the form has it. */
export interface ChangeDraft {
  kind: SubscriptionChange['kind'];
  subscription: Subscription;
  quantity: number | null;
  mrrMinor: number | null;
  /** First day of what is new, of an expansion. */
  from: string | null;
  /** The next term's last day, of a renewal; null: as long as the term before. */
  end: string | null;
}

type Won = Pick<Deal, 'kind' | 'amountMinor' | 'currency'>;

/**
 * How the form begins: a renewal follows the subscription's end, all else changes it from the day on. A deal's amount is
 * a year's, so a twelfth of it is the MRR: added to what there is, or in its place for a renewal. Amounts in another
 * currency say nothing about the subscription's.
 */
export function startingChange(deal: Won, subscription: Subscription, on: string | null): ChangeDraft {
  const kind = deal.kind === 'renewal' && subscription.end !== null ? 'renewal' : 'expansion';
  const sameMoney = deal.amountMinor !== null && deal.currency === subscription.currency;
  const twelfth = sameMoney ? Math.round((deal.amountMinor ?? 0) / 12) : null;
  const before = subscription.mrrMinor ?? 0;
  const mrrMinor = twelfth === null ? subscription.mrrMinor : kind === 'renewal' ? twelfth : before + twelfth;
  return { kind, subscription, quantity: subscription.quantity, mrrMinor, from: on, end: null };
}

/** As the server takes it; null: something is missing. */
export function changeOfDraft({
  kind,
  subscription,
  quantity,
  mrrMinor,
  from,
  end,
}: ChangeDraft): SubscriptionChange | null {
  if (mrrMinor === null) return null;
  const both = { subscriptionId: subscription.id, quantity, mrrMinor };
  if (kind === 'renewal') return { kind, ...both, end };
  return from === null ? null : { kind, ...both, from };
}

/** Those that winning may change: kept by hand, and not over. */
export const changeable = (subscriptions: readonly Subscription[], today: string): Subscription[] =>
  subscriptions.filter(({ keptByHand, end, active }) => keptByHand && (active || end === null || end >= today));
