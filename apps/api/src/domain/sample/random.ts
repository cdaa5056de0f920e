/**
 * Repeatable pseudo-random numbers: the same key gives the same numbers on every machine. Every account and day has a
 * generator of its own, so that any day can be produced without producing the days before it.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** Whole number in [from, to], both included. */
  between(from: number, to: number): number;
  /** Uniform in [from, to). */
  uniform(from: number, to: number): number;
  /** Normal with the given mean and standard deviation (Box and Muller). */
  normal(mean: number, deviation: number): number;
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T;
  /** One of the items, in proportion to their weights. */
  weighted<T>(items: readonly { weight: number; item: T }[]): T;
}

/** FNV-1a over the parts (text by character, numbers as 32-bit integers) with a final avalanche: 32 bits. */
export function hashOf(...parts: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === 'number') {
      hash = Math.imul(hash ^ part, 0x01000193);
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    } else {
      for (let index = 0; index < part.length; index += 1) {
        hash = Math.imul(hash ^ part.charCodeAt(index), 0x01000193);
      }
    }
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x7feb352d);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Uniform in [0, 1): the first look at a day, cheap enough to be taken for every account and day. */
export function shareOf(...parts: (string | number)[]): number {
  return hashOf(...parts) / 4294967296;
}

/** Mulberry32, seeded by the hash of the parts. */
export function randomOf(...parts: (string | number)[]): Random {
  let state = hashOf(...parts);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    uniform: (from, to) => from + next() * (to - from),
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick,
    weighted: <T>(items: readonly { weight: number; item: T }[]): T => {
      let left = next() * items.reduce((sum, { weight }) => sum + weight, 0);
      for (const { weight, item } of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items).item;
    },
  };
}
