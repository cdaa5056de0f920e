import { hasOutcome, NONE, type Observations, PLACES } from './observations.js';
import { type ClusteredRate, clusteredRate } from './rates.js';

/** Share of the taken observations that `counts`, with its interval over accounts. */
export function shareOf(
  of: Observations,
  takes: (at: number) => boolean,
  counts: (at: number) => boolean,
): ClusteredRate {
  const { events, observations } = countsByAccount(of);
  for (let at = 0; at < of.size; at += 1) {
    if (!takes(at)) continue;
    const account = of.account[at]!;
    observations[account]! += 1;
    if (counts(at)) events[account]! += 1;
  }
  return clusteredRate({ events, observations });
}

interface Counts {
  events: Int32Array;
  observations: Int32Array;
}

/** A test counts many shares, one after the other: all of them in the same room. */
const rooms = new WeakMap<Observations, Counts>();

function countsByAccount(of: Observations): Counts {
  const room = rooms.get(of) ?? { events: new Int32Array(of.accounts), observations: new Int32Array(of.accounts) };
  rooms.set(of, room);
  room.events.fill(0);
  room.observations.fill(0);
  return room;
}

/** How often the outcome came among the taken observations. */
export function outcomeRate(of: Observations, takes: (at: number) => boolean): ClusteredRate {
  return shareOf(of, takes, (at) => hasOutcome(of, at));
}

/** How many have each number of points that occurs, fewest first; those without any are left out. */
export function countsOf(points: Int16Array): { place: number; count: number }[] {
  const counts = new Int32Array(PLACES);
  for (let at = 0; at < points.length; at += 1) if (points[at] !== NONE) counts[points[at]!]! += 1;
  return Array.from(counts, (count, place) => ({ place, count })).filter(({ count }) => count > 0);
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
  const counts = countsOf(points);
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const found: Part[] = [];
  let before = 0;
  let open = null as Part | null;
  for (const { place, count } of counts) {
    open = { from: open?.from ?? place, to: place };
    before += count;
    if (before * parts < all * (found.length + 1)) continue;
    // One value may fill several parts: they are one.
    while (before * parts >= all * (found.length + 1) && found.length < parts) found.push(open);
    open = null;
  }
  return [...new Set(found)];
}
