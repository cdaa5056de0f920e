import { Mark } from './mark.js';
import type { SeriesLook } from './series-look.js';

/** From here on a bar has room for the shape of its series. */
const ROOM = 13;

interface BarMarkProps {
  x: number;
  y: number;
  width: number;
  /** Below 0 where it hangs from the axis. */
  height: number;
  look: SeriesLook;
}

/** A bar with its series' shape in it, so that colour is not all that tells it apart. */
export function BarMark({ x, y, width, height, look }: BarMarkProps) {
  // What is not nothing can be seen; a 0 can be reached by keyboard alone.
  const high = Math.max(1.5, Math.abs(height));
  const top = Math.min(y, y + height);
  return (
    <>
      <rect
        x={x}
        y={top}
        width={Math.max(1, width)}
        height={high}
        fill={height === 0 ? 'transparent' : look.color}
        stroke="var(--surface-page)"
        strokeWidth={high > 4 ? 1 : 0}
        data-focus
      />
      {width >= ROOM && high >= ROOM ? (
        <g pointerEvents="none">
          <Mark shape={look.shape} x={x + width / 2} y={top + high / 2} r={3.6} color="var(--surface-page)" />
        </g>
      ) : null}
    </>
  );
}
