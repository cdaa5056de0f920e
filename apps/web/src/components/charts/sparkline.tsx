import { sparkSegments, sparkSummary } from './sparkline-path.js';

interface SparklineProps {
  values: readonly (number | null)[];
  /** Colour of the last point, as a CSS value. */
  accent?: string;
  width?: number;
  height?: number;
  /** The least that the height stands for, so that a wobble does not look like a fall. */
  minSpan?: number;
  /** What the values are, for those who do not see the line. */
  noun?: string;
}

export function Sparkline(props: SparklineProps) {
  const { values, accent = 'var(--spark)', width = 64, height = 20, minSpan, noun } = props;
  const segments = sparkSegments(values, { width, height, pad: 3 }, minSpan);
  const last = values.at(-1) === null ? undefined : segments.at(-1)?.at(-1);
  return (
    <svg width={width} height={height} role="img" aria-label={sparkSummary(values, noun)} focusable="false">
      {segments.map((points) =>
        // A line of one point is not drawn.
        points.length === 1 ? (
          <circle key={points[0]?.x} cx={points[0]?.x} cy={points[0]?.y} r="0.9" fill="var(--spark)" />
        ) : (
          <polyline
            key={points[0]?.x}
            points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
            fill="none"
            stroke="var(--spark)"
            strokeWidth="1.3"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        ),
      )}
      {last ? <circle cx={last.x} cy={last.y} r="2.2" fill={accent} /> : null}
    </svg>
  );
}
