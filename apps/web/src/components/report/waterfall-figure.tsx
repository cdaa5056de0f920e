import { useCallback, useMemo } from 'react';
import type { ValueFormat } from './chart-data.js';
import { niceTicks } from './chart-scale.js';
import type { Door } from './door.js';
import { LegendMark, Mark } from './mark.js';
import { Plot, type PlotFrame, PlotMark } from './plot.js';
import classes from './plot.module.css';
import type { SeriesLook } from './series-look.js';

export interface WaterfallStep {
  key: string;
  label: string;
  /** What it adds; of a total what there is. */
  value: number;
  total: boolean;
  look: SeriesLook;
  note?: string;
  door?: Door | null;
}

/** From a start over what came and went to an end: each step begins where the one before it ended. */
export function WaterfallFigure({
  label,
  steps,
  format,
}: {
  label: string;
  steps: readonly WaterfallStep[];
  format: ValueFormat;
}) {
  const bars = useMemo(() => barsOf(steps), [steps]);
  const ticks = useMemo(() => niceTicks(bars.flatMap(({ from, to }) => [from, to])), [bars]);
  const columns = useMemo(
    () => steps.map((step) => ({ key: step.key, label: step.label, title: step.label })),
    [steps],
  );
  const shown = ({ total, value }: WaterfallStep): string =>
    total || value <= 0 ? format.text(value) : `+${format.text(value)}`;
  const marks = useCallback(
    (frame: PlotFrame) =>
      bars.map(({ from, to, before, step }, column) => {
        const width = Math.min(frame.columnWidth * 0.64, 56);
        const x = frame.x(column) - width / 2;
        const top = Math.min(frame.y(from), frame.y(to));
        const height = Math.max(1.5, Math.abs(frame.y(from) - frame.y(to)));
        const words = `${step.label}: ${format.text(step.value)}${step.note ? ` (${step.note})` : ''}`;
        return (
          <g key={step.key}>
            {column === 0 ? null : (
              <line
                aria-hidden
                x1={frame.x(column - 1)}
                x2={frame.x(column)}
                y1={frame.y(before)}
                y2={frame.y(before)}
                className={classes.zero}
              />
            )}
            <PlotMark row={0} column={column} label={words} door={step.door}>
              <rect x={x} y={top} width={width} height={height} fill={step.look.color} data-focus />
              {height >= 14 ? (
                <Mark
                  shape={step.look.shape}
                  x={frame.x(column)}
                  y={top + height / 2}
                  r={3.6}
                  color="var(--surface-page)"
                />
              ) : null}
            </PlotMark>
          </g>
        );
      }),
    [bars, format],
  );
  return (
    <Plot
      label={label}
      columns={columns}
      ticks={ticks}
      short={format.short}
      tip={(column) => {
        const step = steps[column];
        return step ? (
          <div className={classes.tipLine}>
            <LegendMark look={step.look} />
            <span>{step.note ?? ''}</span>
            <span>{shown(step)}</span>
          </div>
        ) : null;
      }}
    >
      {marks}
    </Plot>
  );
}

function barsOf(steps: readonly WaterfallStep[]) {
  let level = 0;
  return steps.map((step) => {
    const before = level;
    level = step.total ? step.value : level + step.value;
    return { step, before, from: step.total ? 0 : before, to: level };
  });
}
