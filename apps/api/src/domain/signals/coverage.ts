import type { Day } from '../calendar/day.js';
import type { SignalContext } from './context.js';
import type { AccountFacts, SourceKey } from './facts.js';

/** True when the workspace had delivered this source at least once by the day computed. */
export function isConnected(context: SignalContext, source: SourceKey): boolean {
  const state = context.sources[source];
  return state !== undefined && state.connectedOn <= context.asOf;
}

/**
 * Whether a source speaks for an account, as of the day computed: every account once the source is connected (`all`),
 * or the accounts with at least one fact (`seen`). Where it does not, every value is null ("no feed"); where it does,
 * an empty window counts 0. Decided as of the day itself for both windows of a change.
 */
export function coverageOf(context: SignalContext, source: SourceKey): (facts: AccountFacts) => boolean {
  if (!isConnected(context, source)) return () => false;
  if (context.sources[source]?.covers === 'all') return () => true;
  return (facts) => isSeen(facts, source, context.asOf);
}

/** True when the account has had a fact of the source by the day. */
export function isSeen(facts: AccountFacts, source: SourceKey, day: Day): boolean {
  const first = facts.firstFactDay[source];
  return first !== undefined && first <= day;
}

/** Whether usage events cover the account: the rule field `source.usage.covered`. */
export function isUsageCovered(context: SignalContext, facts: AccountFacts): boolean {
  return coverageOf(context, 'events')(facts);
}
