import { type FocusEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  type XAxisTickContentProps,
  YAxis,
} from 'recharts';
import type { ChartColumn } from './chart-data.js';
import { axisWords } from './chart-scale.js';
import type { Door } from './door.js';
import { DoorLink } from './door-link.js';
import classes from './plot.module.css';
import { useRovingMarks } from './use-roving-marks.js';

export const PLOT_HEIGHT = 200;
const WIDTH_AT_FIRST = 560;
/** Of a digit in the size of the axes. */
const DIGIT_WIDTH = 6.4;
const MARGIN = { top: 8, right: 10, bottom: 0, left: 0 };
const AXIS_HEIGHT = 30;
const WORD_HEIGHT = 13;

const TICK = { fill: 'var(--text-dim)', fontSize: 11 };

/** What a row of the plot's data is: a column, by its place. */
export interface PlotRow {
  column: number;
  label: string;
}

interface PlotProps<R extends PlotRow> {
  /** What the marks are, for those who do not see them. */
  label: string;
  columns: readonly ChartColumn[];
  rows: R[];
  ticks: readonly number[];
  short: (value: number) => string;
  height?: number;
  /** Every column is named: what follows from one to the next, as with months, may be left out where there is little room. */
  nameAll?: boolean;
  /** What stands in the tooltip of a column. */
  tip: (column: number) => ReactNode;
  /** Lines and bars, whose marks are PlotMarks. */
  children: ReactNode;
}

/** Axes, grid and tooltip around the marks of a chart. The marks are one stop of the Tab key; each shows its column's values. */
export function Plot<R extends PlotRow>(props: PlotProps<R>) {
  const { label, columns, rows, ticks, short, height = PLOT_HEIGHT, nameAll = false, tip, children } = props;
  const box = useRef<HTMLFieldSetElement>(null);
  const onKeyDown = useRovingMarks(box);
  const [focused, setFocused] = useState<{ column: number; x: number } | null>(null);
  const content = (column: number) => {
    const shown = columns[column];
    return shown === undefined ? null : (
      <div className={classes.tip}>
        <strong>{shown.title}</strong>
        {tip(column)}
      </div>
    );
  };
  const widest = Math.max(...ticks.map((each) => short(each).length));
  const valuesWidth = Math.ceil(widest * DIGIT_WIDTH) + 12;
  const [width, setWidth] = useState(WIDTH_AT_FIRST);
  const { rows: wordRows, words } = useMemo(() => {
    const labels = columns.map((column) => column.label);
    return nameAll
      ? axisWords(labels, (width - valuesWidth - MARGIN.right) / columns.length)
      : { rows: 1, words: labels };
  }, [columns, nameAll, width, valuesWidth]);
  // The same function as long as the words are the same: with another one the marks are drawn anew, and lose the focus.
  const wordOf = useCallback((column: number) => words[column] ?? '', [words]);
  const wordTick = useCallback(
    ({ x, y, payload }: XAxisTickContentProps) => (
      <text x={x} y={Number(y) + (payload.value % wordRows) * WORD_HEIGHT} {...TICK} dy="0.71em" textAnchor="middle">
        {words[payload.value]}
      </text>
    ),
    [words, wordRows],
  );
  return (
    // A field set groups controls, as these marks are; it looks like nothing.
    <fieldset
      ref={box}
      className={classes.plot}
      aria-label={`${label}: arrow keys go from mark to mark`}
      onFocus={(event) => setFocused(placeOf(event))}
      onBlur={() => setFocused(null)}
      onKeyDown={(event) => (event.key === 'Escape' ? setFocused(null) : onKeyDown(event))}
    >
      <div style={{ height }} className={classes.drawing}>
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: WIDTH_AT_FIRST, height }}
          onResize={setWidth}
        >
          <ComposedChart
            data={rows}
            margin={MARGIN}
            accessibilityLayer={false}
            stackOffset="sign"
            barCategoryGap="16%"
            barGap={1}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              // Months of two years have the same names, so that they are told apart by their place.
              dataKey="column"
              tickFormatter={wordOf}
              interval={nameAll ? 0 : 'equidistantPreserveStart'}
              tick={nameAll ? wordTick : TICK}
              height={AXIS_HEIGHT + (wordRows - 1) * WORD_HEIGHT}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tickLine={false}
              scale="band"
            />
            <YAxis
              width={valuesWidth}
              domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
              ticks={ticks}
              interval={0}
              tickFormatter={short}
              tick={{ ...TICK, className: 'tabular' }}
              axisLine={false}
              tickLine={false}
            />
            {(ticks[0] ?? 0) < 0 ? <ReferenceLine y={0} stroke="var(--text-dim)" strokeOpacity={0.6} /> : null}
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--surface-hover)', stroke: 'none', fillOpacity: 0.6 }}
              wrapperStyle={{ zIndex: 5 }}
              content={({ active, payload }) => {
                const row = payload?.[0]?.payload as PlotRow | undefined;
                return active && row && focused === null ? content(row.column) : null;
              }}
            />
            {children}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      {focused === null ? null : (
        <div aria-hidden className={classes.tipAtMark} style={sideOf(focused.x)}>
          {content(focused.column)}
        </div>
      )}
    </fieldset>
  );
}

/** Column of the mark that has the focus, and how far right it stands, in per cent. */
function placeOf({ target, currentTarget }: FocusEvent<HTMLElement>): { column: number; x: number } | null {
  const mark = target.closest('[data-column]');
  if (mark === null) return null;
  const [at, around] = [mark.getBoundingClientRect(), currentTarget.getBoundingClientRect()];
  const middle = at.left + at.width / 2 - around.left;
  return { column: Number(mark.getAttribute('data-column')), x: (100 * middle) / (around.width || 1) };
}

/** Beside the mark, on the side that has room. */
const sideOf = (x: number) => (x < 50 ? { left: `${x + 3}%` } : { right: `${103 - x}%` });

interface PlotMarkProps {
  row: number;
  column: number;
  label: string;
  door: Door | null | undefined;
  children: ReactNode;
}

/** A mark is a link to what stands behind it; one that nothing can be opened of only says what it is. */
export function PlotMark({ row, column, label, door, children }: PlotMarkProps) {
  const place = { 'data-row': row, 'data-column': column, tabIndex: -1, 'aria-label': label, className: classes.mark };
  if (door) {
    return (
      <DoorLink door={door} {...place}>
        {children}
      </DoorLink>
    );
  }
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: arrows reach it, so that its value is read out
    <g role="img" {...place}>
      {children}
    </g>
  );
}
