/** Axes of charts: pure arithmetic on values and pixels. */

/**
 * Round numbers that span the values, about `count` of them, 0 among them unless `fromZero` is false. Without any
 * value, or where all are 0, it is 0 to 1: an axis is never of length 0.
 */
export function niceTicks(
  values: readonly number[],
  { count = 4, fromZero = true, whole = false, most }: TickOptions = {},
): number[] {
  const low = Math.min(...values, ...(fromZero ? [0] : []));
  const high = Math.max(...values, ...(fromZero ? [0] : []));
  if (values.length === 0) return [0, 1];
  const span = high - low || Math.abs(high) || 1;
  const step = Math.max(niceStep(span / count), whole ? 1 : 0);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil((low === high ? low + span : high) / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step, step));
  // A share does not pass 100 % for the sake of a round axis.
  return most === undefined || high > most ? ticks : ticks.filter((tick) => tick <= most);
}

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

/** Pixels of a value on an axis that runs from the first tick at `start` to the last at `end`. */
export function scaleOf(ticks: readonly number[], start: number, end: number): (value: number) => number {
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const span = high - low || 1;
  return (value) => round(start + ((value - low) / span) * (end - start));
}

/** Every nth label, so that neighbours of `labelWidth` pixels do not touch. */
export function labelStep(columns: number, width: number, labelWidth: number): number {
  if (columns === 0 || width <= 0) return 1;
  return Math.max(1, Math.ceil((labelWidth * columns) / width));
}

export const round = (value: number): number => Math.round(value * 10) / 10;

export interface StackPart {
  series: number;
  from: number;
  to: number;
}

/** Where each part of a stacked column begins and ends: what is above 0 upwards, what is below downwards. Nulls and zeros have no part. */
export function stackParts(values: readonly (number | null)[]): StackPart[] {
  let up = 0;
  let down = 0;
  return values.flatMap((value, series) => {
    if (value === null || value === 0) return [];
    const from = value > 0 ? up : down;
    const to = from + value;
    if (value > 0) up = to;
    else down = to;
    return [{ series, from, to }];
  });
}
