import { hasOutcome, NONE, type Observations } from './observations.js';
import { type Clustered, type ClusteredRate, clusteredRate } from './rates.js';

/** Share of the taken observations that `counts`, with its interval over accounts. */
export function shareOf(
  of: Observations,
  takes: (at: number) => boolean,
  counts: (at: number) => boolean,
): ClusteredRate {
  const events = new Int32Array(of.accounts);
  const observations = new Int32Array(of.accounts);
  for (let at = 0; at < of.size; at += 1) {
    if (!takes(at)) continue;
    const account = of.account[at]!;
    observations[account]! += 1;
    if (counts(at)) events[account]! += 1;
  }
  return clusteredRate(byAccount(events, observations));
}

function* byAccount(events: Int32Array, observations: Int32Array): Generator<Clustered> {
  for (let account = 0; account < observations.length; account += 1) {
    if (observations[account]! > 0) yield { events: events[account]!, observations: observations[account]! };
  }
}

/** How often the outcome came among the taken observations. */
export function outcomeRate(of: Observations, takes: (at: number) => boolean): ClusteredRate {
  return shareOf(of, takes, (at) => hasOutcome(of, at));
}

/** From and to, both included, in hundredths. */
export interface Part {
  from: number;
  to: number;
}

/**
 * Parts of about the same size, lowest points first: each ends where at least its share of the observations lies in it
 * and before it. Equal points are never in two parts, so there may be fewer. −1 (none) is in no part.
 */
export function partsOf(points: Int16Array, parts: number): Part[] {
  const counts = new Map<number, number>();
  let all = 0;
  for (const place of points) {
    if (place === NONE) continue;
    counts.set(place, (counts.get(place) ?? 0) + 1);
    all += 1;
  }
  const found: Part[] = [];
  let before = 0;
  let open = null as Part | null;
  for (const [place, count] of [...counts].sort(([a], [b]) => a - b)) {
    open = { from: open?.from ?? place, to: place };
    before += count;
    if (before * parts < all * (found.length + 1)) continue;
    // One value may fill several parts: they are one.
    while (before * parts >= all * (found.length + 1) && found.length < parts) found.push(open);
    open = null;
  }
  return [...new Set(found)];
}
