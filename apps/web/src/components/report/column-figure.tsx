import { useMemo } from 'react';
import { Bar, type BarShapeProps } from 'recharts';
import { BarMark } from './bar-mark.js';
import { type ChartData, cellAt } from './chart-data.js';
import { niceTicks, stackEnds } from './chart-scale.js';
import { markWords } from './chart-words.js';
import { Plot, PlotMark, type PlotRow } from './plot.js';
import { PlotTip } from './plot-tip.js';

export interface ColumnFigureProps {
  label: string;
  data: ChartData;
  /** On top of each other: what is below 0 goes down. Otherwise beside each other. */
  stacked?: boolean;
  whole?: boolean;
  most?: number;
  height?: number;
  /** Every column is named: tiers or stages, not months. */
  nameAll?: boolean;
}

interface ColumnRow extends PlotRow {
  values: (number | null)[];
}

/** Columns, stacked or beside each other; each part carries the shape of its series where there is room. */
export function ColumnFigure({ label, data, stacked = false, whole, most, height, nameAll }: ColumnFigureProps) {
  const { series, columns, format } = data;
  const rows = useMemo(
    () =>
      columns.map(
        (column, at): ColumnRow => ({
          column: at,
          label: column.label,
          values: series.map((each) => cellAt(each, at).value),
        }),
      ),
    [columns, series],
  );
  const ticks = useMemo(() => {
    const ends = rows.flatMap(({ values }) => (stacked ? stackEnds(values) : values.map((value) => value ?? 0)));
    return niceTicks(ends, { whole, most });
  }, [rows, stacked, whole, most]);
  return (
    <Plot
      label={label}
      columns={columns}
      rows={rows}
      ticks={ticks}
      short={format.short}
      height={height}
      nameAll={nameAll}
      tip={(column) => <PlotTip data={data} column={column} stacked={stacked} />}
    >
      {series.map((each, row) => (
        <Bar
          key={each.key}
          dataKey={({ values }: ColumnRow) => values[row]}
          stackId={stacked ? 'all' : undefined}
          maxBarSize={stacked ? 44 : 30}
          isAnimationActive={false}
          shape={({ x, y, width, height: high, payload }: BarShapeProps) => {
            const { column } = payload as ColumnRow;
            const cell = cellAt(each, column);
            if (cell.value === null || (stacked && cell.value === 0)) return <g />;
            const words = markWords(each.label, columns[column]?.title ?? '', cell, format.text, each.before?.[column]);
            return (
              <PlotMark row={row} column={column} label={words} door={cell.door}>
                <BarMark x={x} y={y} width={width} height={high} look={each.look} />
              </PlotMark>
            );
          }}
        />
      ))}
    </Plot>
  );
}
