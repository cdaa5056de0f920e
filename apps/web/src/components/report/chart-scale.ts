/** Axes of charts: pure arithmetic on values and pixels. */

/**
 * Round numbers that span the values, about `count` of them, 0 among them unless `fromZero` is false or all values
 * are the same. Without any value it is 0 to 1, where all are 0 it is 0 to `most` or 1: an axis is never of length 0.
 */
export function niceTicks(
  values: readonly number[],
  { count = 4, fromZero = true, whole = false, most }: TickOptions = {},
): number[] {
  if (values.length === 0) return [0, 1];
  const zero = fromZero || Math.min(...values) === Math.max(...values) ? [0] : [];
  const low = Math.min(...values, ...zero);
  const highest = Math.max(...values, ...zero);
  const high = most !== undefined && highest <= most * ROUNDED ? Math.min(highest, most) : highest;
  const span = high - low || most || 1;
  // One more tick is worth it where the axis then ends nearer to the values.
  const [usual, finer] = [count, count + 1].map((ticks) => Math.max(niceStep(span / ticks), whole ? 1 : 0)) as [
    number,
    number,
  ];
  const reach = (step: number) => (Math.ceil(high / step - 1e-9) - Math.floor(low / step + 1e-9)) * step;
  const step = reach(finer) < reach(usual) ? finer : usual;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil((low === high ? low + span : high) / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step, step));
  // A share does not pass 100 % for the sake of a round axis.
  return most === undefined || high > most ? ticks : ticks.filter((tick) => tick <= most);
}

/** Rounded shares may add up to a little more than their whole. */
const ROUNDED = 1.002;

interface TickOptions {
  count?: number;
  fromZero?: boolean;
  /** Only whole numbers: things that are counted. */
  whole?: boolean;
  /** No tick above it unless a value is. */
  most?: number;
}

/** 1, 2, 2.5, 5 or 10 times a power of ten, at least the size asked for. */
function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const found = [1, 2, 2.5, 5, 10].find((each) => each * power >= size * (1 - 1e-9)) ?? 10;
  return found * power;
}

const tidy = (value: number, step: number): number => {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(step)));
  return Number(value.toFixed(Math.min(digits, 12)));
};

/** How far a stacked column reaches down and up: what is above 0 is stacked upwards, what is below downwards. */
export function stackEnds(values: readonly (number | null)[]): [number, number] {
  let down = 0;
  let up = 0;
  for (const value of values) {
    if (value !== null && value > 0) up += value;
    else down += value ?? 0;
  }
  return [down, up];
}

/** Of a letter in the size of the axes, and what stands between two words. */
const LETTER_WIDTH = 5.8;
const BETWEEN_WORDS = 6;

/**
 * How the words of an axis fit below their columns, each of which is `width` pixels wide: in one row, in two of which
 * each takes every other word, or else in two and cut short. None is left out.
 */
export function axisWords(words: readonly string[], width: number): { rows: 1 | 2; words: string[] } {
  const longest = Math.max(0, ...words.map((word) => word.length));
  const room = (rows: number) => Math.floor((rows * width - BETWEEN_WORDS) / LETTER_WIDTH);
  if (longest <= room(1)) return { rows: 1, words: [...words] };
  const most = Math.max(2, room(2));
  return { rows: 2, words: words.map((word) => (word.length <= most ? word : `${word.slice(0, most - 1)}…`)) };
}

/** Where each step of a waterfall begins and ends: a total at 0, all else where the step before it ended. */
export function waterfallBars(steps: readonly { value: number; total: boolean }[]): [number, number][] {
  let level = 0;
  return steps.map(({ value, total }) => {
    const before = level;
    level = total ? value : level + value;
    return [total ? 0 : before, level];
  });
}
