export interface SparkPoint {
  x: number;
  y: number;
}

/**
 * Points of a sparkline in a box, split where values are missing. The vertical scale spans the values, and at least
 * `minSpan`, so that a wobble of one point does not look like a fall.
 */
export function sparkSegments(
  values: readonly (number | null)[],
  box: { width: number; height: number; pad: number },
  minSpan = 20,
): SparkPoint[][] {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return [];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = Math.max(high - low, minSpan);
  const floor = (low + high - span) / 2;
  const innerHeight = box.height - 2 * box.pad;
  const step = values.length > 1 ? (box.width - 2 * box.pad) / (values.length - 1) : 0;
  const segments: SparkPoint[][] = [];
  let open: SparkPoint[] | null = null;
  values.forEach((value, index) => {
    if (value === null) {
      open = null;
      return;
    }
    if (open === null) {
      open = [];
      segments.push(open);
    }
    open.push({
      x: round(box.pad + index * step),
      y: round(box.pad + innerHeight * (1 - (value - floor) / span)),
    });
  });
  return segments;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** "from 62 to 48, lowest 41": what the line says, for those who do not see it. */
export function sparkSummary(values: readonly (number | null)[], noun = 'score'): string {
  const known = values.filter((value): value is number => value !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return `no ${noun}s`;
  if (known.length === 1) return `${noun} ${Math.floor(first)}`;
  return `from ${Math.floor(first)} to ${Math.floor(last)}, lowest ${Math.floor(Math.min(...known))}`;
}
