import type { ScoreChange } from '@steward/shared/health';

export interface ChangeLine {
  key: string;
  kind: 'measure' | 'data' | 'limits' | 'model';
  points: number;
  /** Score before and after this line: the waterfall's bar runs between them. */
  from: number;
  to: number;
}

const cents = (value: number): number => Math.round(value * 100) / 100;

/**
 * The change as lines that run from the first score to the last: measures by size, then data that appeared or
 * vanished, then caps, and the model's own change last, apart. Lines without points are left out.
 */
export function changeLines(change: ScoreChange): ChangeLine[] {
  const parts: Pick<ChangeLine, 'key' | 'kind' | 'points'>[] = [
    ...[...change.measures]
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || a.signal.localeCompare(b.signal))
      .map(({ signal, points }) => ({ key: signal, kind: 'measure' as const, points })),
    { key: 'data', kind: 'data', points: change.data.points },
    { key: 'limits', kind: 'limits', points: change.limits.points },
    { key: 'model', kind: 'model', points: change.model },
  ];
  let at = change.from.score;
  return parts
    .filter(({ points }) => cents(points) !== 0)
    .map((part) => {
      const from = at;
      at = cents(at + part.points);
      return { ...part, from, to: at };
    });
}
