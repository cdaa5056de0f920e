import { useMemo } from 'react';
import { type DotItemDotProps, Line } from 'recharts';
import { type ChartCell, type ChartData, cellAt } from './chart-data.js';
import { niceTicks } from './chart-scale.js';
import { markWords } from './chart-words.js';
import { Mark } from './mark.js';
import { Plot, PlotMark, type PlotRow } from './plot.js';
import { PlotTip } from './plot-tip.js';
import { BEFORE_STROKE } from './series-look.js';

export interface LineFigureProps {
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

interface LineRow extends PlotRow {
  values: (number | null)[];
  before: (number | null)[];
}

const known = (cells: readonly ChartCell[]): number[] => cells.flatMap(({ value }) => (value === null ? [] : [value]));

/** A line a series, with a mark of its own shape at each column; what is not known is a gap, what is compared with is pale. */
export function LineFigure({ label, data, fromZero = true, whole, most, height }: LineFigureProps) {
  const { series, columns, format } = data;
  const ticks = useMemo(() => {
    const values = series.flatMap(({ cells, before = [] }) => known([...cells, ...before]));
    return niceTicks(values, { fromZero, whole, most });
  }, [series, fromZero, whole, most]);
  const rows = useMemo(
    () =>
      columns.map(
        (column, at): LineRow => ({
          column: at,
          label: column.label,
          values: series.map((each) => cellAt(each, at).value),
          before: series.map((each) => each.before?.[at]?.value ?? null),
        }),
      ),
    [columns, series],
  );
  return (
    <Plot
      label={label}
      columns={columns}
      rows={rows}
      ticks={ticks}
      short={format.short}
      height={height}
      tip={(column) => <PlotTip data={data} column={column} />}
    >
      {series.map((each, row) =>
        each.before ? (
          <Line
            key={`${each.key} before`}
            type="linear"
            dataKey={({ before }: LineRow) => before[row]}
            stroke={each.look.color}
            {...BEFORE_STROKE}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ) : null,
      )}
      {series.map((each, row) => (
        <Line
          key={each.key}
          type="linear"
          dataKey={({ values }: LineRow) => values[row]}
          stroke={each.look.color}
          strokeWidth={1.8}
          strokeDasharray={each.look.dash}
          activeDot={false}
          isAnimationActive={false}
          dot={({ key, cx, cy, index }: DotItemDotProps) => {
            const cell = cellAt(each, index);
            if (cell.value === null || cx == null || cy == null) return <g key={key} />;
            const words = markWords(each.label, columns[index]?.title ?? '', cell, format.text, each.before?.[index]);
            return (
              <PlotMark key={key} row={row} column={index} label={words} door={cell.door}>
                <circle cx={cx} cy={cy} r={9} fill="transparent" stroke="none" data-focus />
                <Mark shape={each.look.shape} x={cx} y={cy} r={3.4} color={each.look.color} />
              </PlotMark>
            );
          }}
        />
      ))}
    </Plot>
  );
}
