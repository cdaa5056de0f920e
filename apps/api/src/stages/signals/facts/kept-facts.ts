import { createHash } from 'node:crypto';
import type { SignalDefinition } from '@steward/shared/signals';
import { addDays, type Day, earlier } from '../../../domain/calendar/day.js';
import type { SignalContext } from '../../../domain/signals/context.js';
import { factNeeds, needsOfBoth } from '../../../domain/signals/needs.js';
import { bucketOf } from '../../batch.js';
import type { FactsToLoad } from './facts-to-load.js';
import { PACKING } from './packed-draft.js';

/** Accounts are read anew on one day in so many, and whenever something about them arrives. */
const TURN_DAYS = 32;
/** Neighbouring buckets, which are computed together, have the same turn. */
const BUCKETS_OF_A_TURN = 8;

/** How facts are kept from the day of a run on, for later runs to use while nothing about their account has arrived. */
export interface KeepingFacts {
  /** What facts are loaded for, but for the day: those loaded for something else are not used. A 64-bit number. */
  basis: string;
  /** What the days share for which facts are kept at most. */
  together: FactsToLoad;
}

/** The last day that an account's facts serve: the one before its bucket's next turn. */
export function keptThrough(accountId: string, asOf: Day, latest: Day): Day {
  const turn = Math.floor(bucketOf(accountId) / BUCKETS_OF_A_TURN);
  return earlier(addDays(asOf, TURN_DAYS - 1 - ((asOf + turn) % TURN_DAYS)), latest);
}

/** Amounts are converted where they are loaded: no day after the next exchange rate shares them. */
export function latestTogether({ asOf, rates }: Pick<FactsToLoad, 'asOf' | 'rates'>): Day {
  return rates.reduce(
    (last, { from }) => (from > asOf ? earlier(last, addDays(from, -1)) : last),
    addDays(asOf, TURN_DAYS - 1),
  );
}

/** What a day's run loads to be kept: enough for every day up to the last, while it runs and once it has ended. */
export function keepingFacts(
  wanted: FactsToLoad,
  definitions: readonly SignalDefinition[],
  context: SignalContext,
): KeepingFacts {
  const { asOf } = wanted;
  const last = latestTogether(wanted);
  // Changes of a running day look back one day further than those of one that has ended.
  const first = factNeeds(definitions, { ...context, lastClosedDay: addDays(asOf, -1) });
  // From a month's end a span can reach over all of February: neither of its ends needs that month for a short window.
  const between = [addDays(asOf, (last - asOf) >> 1), last];
  const needs = between
    .map((day) => factNeeds(definitions, { ...context, asOf: day, lastClosedDay: day }))
    .reduce(needsOfBoth, first);
  const { windowDays, metricPeriods, activeContactsMetric } = context;
  const { timeZone, currency, rates, untrackedFeatures, seenOnly } = wanted;
  const basis = [
    PACKING,
    definitions,
    [windowDays, Object.entries(metricPeriods).sort(), activeContactsMetric],
    [timeZone, currency, rates, untrackedFeatures, [...seenOnly].sort()],
  ];
  return {
    basis: createHash('sha256').update(JSON.stringify(basis)).digest().readBigInt64BE().toString(),
    // The day may be read once it has ended, by its close.
    together: { ...wanted, through: last, past: true, needs },
  };
}
