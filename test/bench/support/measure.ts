import { loadavg } from 'node:os';

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The value below which `share` (0–1) of the values lie; the median for 0.5. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

export interface Pair {
  product: number;
  yardstick: number;
}

/**
 * Both sides once a pair, taking turns at going first, so that whatever else the machine does meets both alike. Nothing
 * of the pair runs at the same time.
 */
export async function alternating(
  pairs: number,
  product: (pair: number) => Promise<number>,
  yardstick: (pair: number) => Promise<number>,
): Promise<Pair[]> {
  const measured: Pair[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? 'product' : 'yardstick';
    const values = { product: 0, yardstick: 0 };
    for (const side of first === 'product'
      ? (['product', 'yardstick'] as const)
      : (['yardstick', 'product'] as const)) {
      values[side] = await (side === 'product' ? product : yardstick)(pair);
    }
    measured.push(values);
  }
  return measured;
}

/** The median of the pairs' own ratios, product to yardstick. */
export const medianRatio = (pairs: readonly Pair[]) =>
  median(pairs.map(({ product, yardstick }) => product / yardstick));

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function sayMachine(): void {
  say(
    `load of the machine before: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
}

/** One line of the result: what, the figure, and whether it keeps to its limit. */
export function verdict(what: string, value: number, limit: { most?: number; least?: number }, unit = '×'): void {
  const held = limit.most !== undefined ? value <= limit.most : value >= (limit.least ?? 0);
  const bound = limit.most !== undefined ? `at most ${limit.most}` : `at least ${limit.least}`;
  say(`${held ? 'holds ' : 'MISSED'}  ${what}: ${value.toFixed(unit === '×' ? 2 : 0)} ${unit} (${bound})`);
  if (!held) process.exitCode = 1;
}

/** Ends the bench when what it measures is not right. */
export function proves(what: string, holds: boolean): void {
  if (!holds) throw new Error(`The bench measures something wrong: ${what}`);
  say(`proven  ${what}`);
}

/** Rewrites one line as the work goes on; on a log, a line now and then. */
export function progress(what: string): (done: number, total: number) => void {
  let saidAt = 0;
  return (done, total) => {
    const now = Date.now();
    if (done < total && now - saidAt < (process.stderr.isTTY ? 500 : 30_000)) return;
    saidAt = now;
    const line = `${what} ${Math.floor((100 * done) / total)} %`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}${done >= total ? '\n' : ''}` : `${line}\n`);
  };
}
