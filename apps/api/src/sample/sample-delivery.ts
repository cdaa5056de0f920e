import type { Day } from '../domain/calendar/day.js';
import type { FactRow } from '../domain/values/fact-rows.js';

export interface DeliveredFacts {
  /** Day of the delivery: the last day told in it. */
  day: Day;
  facts: FactRow[];
  /** The day that tells the fact at the same place of `facts`. */
  toldOn: Day[];
}

/** Days whose deliveries stay apart, so that the rhythm of each source can be read from them. */
const KEPT_APART_DAYS = 75;

/**
 * Puts the days of the distant past together, up to `most` facts in one delivery: history arrives in fewer, larger
 * batches, the recent past day by day as a live feed would bring it.
 */
export function* deliveries(
  told: Iterable<{ day: Day; facts: FactRow[] }>,
  options: { today: Day; most: number },
): Generator<DeliveredFacts> {
  let open: DeliveredFacts | null = null;
  for (const { day, facts } of told) {
    const apart = day > options.today - KEPT_APART_DAYS;
    if (apart && open) {
      yield open;
      open = null;
    }
    open ??= { day, facts: [], toldOn: [] };
    open.day = day;
    for (const fact of facts) {
      open.facts.push(fact);
      open.toldOn.push(day);
    }
    if (apart || open.facts.length >= options.most) {
      yield open;
      open = null;
    }
  }
  if (open) yield open;
}
