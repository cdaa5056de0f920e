import { useMemo } from 'react';
import { Bar, type BarShapeProps } from 'recharts';
import { BarMark } from './bar-mark.js';
import type { ValueFormat } from './chart-data.js';
import { niceTicks, waterfallBars } from './chart-scale.js';
import type { Door } from './door.js';
import { LegendMark } from './mark.js';
import { Plot, PlotMark, type PlotRow } from './plot.js';
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

export interface WaterfallFigureProps {
  label: string;
  steps: readonly WaterfallStep[];
  format: ValueFormat;
}

interface StepRow extends PlotRow {
  span: [number, number];
}

/** From a start over what came and went to an end: each step begins where the one before it ended. */
export function WaterfallFigure({ label, steps, format }: WaterfallFigureProps) {
  const bars = useMemo(() => waterfallBars(steps), [steps]);
  const rows = useMemo(
    () => bars.map((span, column): StepRow => ({ column, label: steps[column]?.label ?? '', span })),
    [bars, steps],
  );
  const ticks = useMemo(() => niceTicks(bars.flat()), [bars]);
  const columns = useMemo(
    () => steps.map((step) => ({ key: step.key, label: step.label, title: step.label })),
    [steps],
  );
  const shown = ({ total, value }: WaterfallStep): string =>
    total || value <= 0 ? format.text(value) : `+${format.text(value)}`;
  return (
    <Plot
      label={label}
      columns={columns}
      rows={rows}
      ticks={ticks}
      short={format.short}
      nameAll
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
      <Bar
        dataKey="span"
        maxBarSize={56}
        isAnimationActive={false}
        shape={({ x, y, width, height, payload }: BarShapeProps) => {
          const { column } = payload as StepRow;
          const step = steps[column];
          if (step === undefined) return <g />;
          const words = `${step.label}: ${shown(step)}${step.note ? ` (${step.note})` : ''}`;
          return (
            <PlotMark row={0} column={column} label={words} door={step.door}>
              <BarMark x={x} y={y} width={width} height={height} look={step.look} />
            </PlotMark>
          );
        }}
      />
    </Plot>
  );
}
