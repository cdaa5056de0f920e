import { useCallback, useMemo } from 'react';
import { type ChartData, cellAt } from './chart-data.js';
import { niceTicks, stackParts } from './chart-scale.js';
import { markWords } from './chart-words.js';
import { Mark } from './mark.js';
import { Plot, type PlotFrame, PlotMark } from './plot.js';
import { PlotTip } from './plot-tip.js';

interface ColumnFigureProps {
  label: string;
  data: ChartData;
  /** On top of each other: what is below 0 goes down. Otherwise beside each other. */
  stacked?: boolean;
  whole?: boolean;
  most?: number;
  height?: number;
}

interface Bar {
  series: number;
  column: number;
  from: number;
  to: number;
  /** Place and number of the bars that stand beside each other. */
  place: number;
  of: number;
}

function barsOf({ series, columns }: ChartData, stacked: boolean): Bar[] {
  return columns.flatMap((_, column) => {
    const values = series.map((each) => cellAt(each, column).value);
    if (stacked) return stackParts(values).map((part) => ({ ...part, column, place: 0, of: 1 }));
    return values.flatMap((value, at) =>
      value === null ? [] : [{ series: at, column, from: 0, to: value, place: at, of: values.length }],
    );
  });
}

/** Columns, stacked or beside each other; each part carries the shape of its series where there is room. */
export function ColumnFigure({ label, data, stacked = false, whole, most, height }: ColumnFigureProps) {
  const bars = useMemo(() => barsOf(data, stacked), [data, stacked]);
  const ticks = useMemo(
    () =>
      niceTicks(
        bars.flatMap(({ from, to }) => [from, to]),
        { whole, most },
      ),
    [bars, whole, most],
  );
  const marks = useCallback((frame: PlotFrame) => <Bars data={data} bars={bars} frame={frame} />, [data, bars]);
  return (
    <Plot
      label={label}
      columns={data.columns}
      ticks={ticks}
      short={data.format.short}
      height={height}
      tip={(column) => <PlotTip data={data} column={column} stacked={stacked} />}
    >
      {marks}
    </Plot>
  );
}

const WIDEST = 44;
const ROOM = 13;

function Bars({ data: { series, columns, format }, bars, frame }: { data: ChartData; bars: Bar[]; frame: PlotFrame }) {
  return bars.map((bar) => {
    const each = series[bar.series];
    const column = columns[bar.column];
    if (each === undefined || column === undefined) return null;
    const cell = cellAt(each, bar.column);
    const group = Math.min(frame.columnWidth * 0.72, WIDEST * bar.of);
    const width = Math.max(1, group / bar.of - (bar.of > 1 ? 1 : 0));
    const x = frame.x(bar.column) - group / 2 + (bar.place * group) / bar.of;
    const top = Math.min(frame.y(bar.from), frame.y(bar.to));
    // What is not nothing can be seen.
    const height = Math.max(1.5, Math.abs(frame.y(bar.from) - frame.y(bar.to)));
    const words = markWords(each.label, column.title, cell, format.text, each.before?.[bar.column]);
    return (
      <PlotMark key={`${each.key} ${column.key}`} row={bar.series} column={bar.column} label={words} door={cell.door}>
        <rect
          x={x}
          y={top}
          width={width}
          height={height}
          fill={each.look.color}
          stroke="var(--surface-page)"
          strokeWidth={height > 4 ? 1 : 0}
          data-focus
        />
        {width >= ROOM && height >= ROOM ? (
          <g pointerEvents="none">
            <Mark shape={each.look.shape} x={x + width / 2} y={top + height / 2} r={3.6} color="var(--surface-page)" />
          </g>
        ) : null}
      </PlotMark>
    );
  });
}
