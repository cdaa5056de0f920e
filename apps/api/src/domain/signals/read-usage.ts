import type { ComputeOf } from '@steward/shared/signals';
import type { SignalContext } from './context.js';
import { coverageOf, isConnected, isSeen } from './coverage.js';
import type { AccountFacts } from './facts.js';
import { metricReader } from './read-metric.js';
import { isValue, type Reader } from './reading.js';
import { activeContacts, activeDays, contactDays, eventCount, lastActiveDay, usedFeatures } from './usage-ledger.js';

/** True when active contacts of the account are read from the metric mapped to them: it never had an event. */
export function readsActiveContactsMetric(context: SignalContext, facts: AccountFacts): boolean {
  return context.activeContactsMetric !== null && !isSeen(facts, 'events', context.asOf);
}

/**
 * Activity in the product. Unit: contacts, days, events, or % (stickiness = mean daily active contacts ÷ the window's
 * active contacts × 100, 0–100). Null: "no feed" where events do not cover the account; days since activity "no data"
 * when it never had any; stickiness "no usage" when nobody was active.
 */
export function usageReader(compute: ComputeOf<'usage'>, context: SignalContext): Reader {
  const covered = coverageOf(context, 'events');
  switch (compute.aggregation) {
    case 'distinctContacts': {
      const mapped = context.activeContactsMetric;
      const metric: Reader =
        mapped === null
          ? () => 'no_feed'
          : metricReader({ source: 'metric', metric: mapped, aggregation: 'last' }, context);
      return (facts, span) => {
        if (!readsActiveContactsMetric(context, facts)) return covered(facts) ? activeContacts(facts, span) : 'no_feed';
        const reading = metric(facts, span);
        return !isValue(reading) && reading === 'no_feed' && covered(facts) ? 0 : reading;
      };
    }
    case 'distinctDays':
      return (facts, span) => (covered(facts) ? activeDays(facts, span) : 'no_feed');
    case 'count':
      return (facts, span) => (covered(facts) ? eventCount(facts, span) : 'no_feed');
    case 'daysSince':
      return (facts, span) => {
        if (!covered(facts)) return 'no_feed';
        const last = lastActiveDay(facts, span.to);
        return last === null ? 'no_data' : span.to - last;
      };
    case 'stickiness':
      return (facts, span) => {
        if (!covered(facts)) return 'no_feed';
        const active = activeContacts(facts, span);
        return active === 0 ? 'no_usage' : (contactDays(facts, span) / span.days / active) * 100;
      };
  }
}

/**
 * Tracked features used in the window: their number, or their share of all tracked features in % (0–100). Null:
 * "not tracked" where the workspace tracks none, "no feed" where neither events nor features cover the account.
 */
export function featuresReader(compute: ComputeOf<'features'>, context: SignalContext): Reader {
  if (context.trackedFeatures === 0) return () => 'not_tracked';
  if (!isConnected(context, 'features')) return () => 'no_feed';
  const byEvents = coverageOf(context, 'events');
  const byFeatures = coverageOf(context, 'features');
  const share = compute.aggregation === 'share';
  return (facts, span) => {
    if (!byEvents(facts) && !byFeatures(facts)) return 'no_feed';
    const used = usedFeatures(facts, span).size;
    return share ? (used / context.trackedFeatures) * 100 : used;
  };
}
