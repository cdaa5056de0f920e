import { useCallback, useMemo } from 'react';
import { type ChartCell, type ChartData, cellAt } from './chart-data.js';
import { niceTicks } from './chart-scale.js';
import { markWords } from './chart-words.js';
import { Mark } from './mark.js';
import { Plot, type PlotFrame, PlotMark } from './plot.js';
import { PlotTip } from './plot-tip.js';

interface FigureProps {
  label: string;
  data: ChartData;
  /** False lets the axis begin near the lowest value. */
  fromZero?: boolean;
  /** Only whole numbers on the axis. */
  whole?: boolean;
  /** The axis ends here unless a value is above: 100 for shares. */
  most?: number;
  height?: number;
}

const valuesOf = ({ series }: ChartData): number[] =>
  series.flatMap(({ cells, before = [] }) =>
    [...cells, ...before].flatMap(({ value }) => (value === null ? [] : [value])),
  );

/** A line a series, with a mark of its own shape at each column; what is not known is a gap, what is compared with is pale. */
export function LineFigure({ label, data, fromZero = true, whole, most, height }: FigureProps) {
  const ticks = useMemo(() => niceTicks(valuesOf(data), { fromZero, whole, most }), [data, fromZero, whole, most]);
  const marks = useCallback((frame: PlotFrame) => <Lines data={data} frame={frame} />, [data]);
  return (
    <Plot
      label={label}
      columns={data.columns}
      ticks={ticks}
      short={data.format.short}
      height={height}
      tip={(column) => <PlotTip data={data} column={column} />}
    >
      {marks}
    </Plot>
  );
}

function Lines({ data: { series, columns, format }, frame }: { data: ChartData; frame: PlotFrame }) {
  return (
    <>
      <g aria-hidden fill="none">
        {series.map(({ key, look, cells, before }) => (
          <g key={key} stroke={look.color}>
            {before ? (
              <path d={linePath(before, frame)} strokeWidth={1.2} strokeDasharray="2 4" opacity={0.75} />
            ) : null}
            <path d={linePath(cells, frame)} strokeWidth={1.8} strokeDasharray={look.dash} strokeLinejoin="round" />
          </g>
        ))}
      </g>
      {series.map((each, row) =>
        columns.map(({ key, title }, column) => {
          const cell = cellAt(each, column);
          if (cell.value === null) return null;
          const x = frame.x(column);
          const y = frame.y(cell.value);
          const words = markWords(each.label, title, cell, format.text, each.before?.[column]);
          return (
            <PlotMark key={`${each.key} ${key}`} row={row} column={column} label={words} door={cell.door}>
              <circle cx={x} cy={y} r={9} fill="transparent" data-focus />
              <Mark shape={each.look.shape} x={x} y={y} r={3.4} color={each.look.color} />
            </PlotMark>
          );
        }),
      )}
    </>
  );
}

/** Moves over gaps. */
function linePath(cells: readonly ChartCell[], { x, y }: PlotFrame): string {
  let open = false;
  return cells
    .map(({ value }, column) => {
      if (value === null) {
        open = false;
        return '';
      }
      const step = `${open ? 'L' : 'M'}${x(column)} ${y(value)}`;
      open = true;
      return step;
    })
    .join('');
}
