import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ChartColumn } from './chart-data.js';
import { labelStep, round, scaleOf } from './chart-scale.js';
import type { Door } from './door.js';
import { DoorLink } from './door-link.js';
import classes from './plot.module.css';
import { useRovingMarks } from './use-roving-marks.js';

const HEIGHT = 200;
const TOP = 10;
const RIGHT = 12;
const BOTTOM = 22;
/** Of a digit in the size of the axes. */
const DIGIT_WIDTH = 6.4;

/** Where things are within the plot, in pixels. */
export interface PlotFrame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The middle of a column. */
  x: (column: number) => number;
  columnWidth: number;
  y: (value: number) => number;
}

interface PlotProps {
  /** What the marks are, for those who do not see them. */
  label: string;
  columns: readonly ChartColumn[];
  ticks: readonly number[];
  short: (value: number) => string;
  height?: number;
  /** What stands in the tooltip of a column. */
  tip: (column: number) => ReactNode;
  children: (frame: PlotFrame) => ReactNode;
}

/** Axes, grid and tooltip around the marks of a chart, as wide as its place; on paper it shrinks with it. */
export function Plot({ label, columns, ticks, short, height = HEIGHT, tip, children }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const area = useRef<SVGSVGElement>(null);
  const width = useWidth(box);
  const onKeyDown = useRovingMarks(area);
  const [at, setAt] = useState<number | null>(null);
  const frame = useMemo(
    () => frameOf({ width, height, columns: columns.length, ticks, short }),
    [width, height, columns.length, ticks, short],
  );
  const marks = useMemo(() => children(frame), [children, frame]);
  const longest = Math.max(0, ...columns.map((column) => column.label.length));
  const step = labelStep(columns.length, frame.right - frame.left, longest * DIGIT_WIDTH + 10);
  const columnAt = (clientX: number): number | null => {
    const rect = area.current?.getBoundingClientRect();
    if (!rect || rect.width === 0) return null;
    const column = Math.floor(((clientX - rect.left) * (width / rect.width) - frame.left) / frame.columnWidth);
    return column >= 0 && column < columns.length ? column : null;
  };
  return (
    <div ref={box} className={classes.plot}>
      {/* biome-ignore lint/a11y/useSemanticElements: nothing else groups the marks of a drawing */}
      <svg
        ref={area}
        role="group"
        aria-label={`${label}: arrow keys go from mark to mark`}
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        onPointerMove={(event) => setAt(columnAt(event.clientX))}
        onPointerLeave={() => setAt(null)}
        onFocus={({ target }) => setAt(columnOf(target))}
        onBlur={() => setAt(null)}
        onKeyDown={(event) => (event.key === 'Escape' ? setAt(null) : onKeyDown(event))}
      >
        <g aria-hidden>
          {ticks.map((tick) => (
            <g key={tick}>
              <line
                x1={frame.left}
                x2={frame.right}
                y1={frame.y(tick)}
                y2={frame.y(tick)}
                className={tick === 0 ? classes.zero : classes.grid}
              />
              <text x={frame.left - 8} y={frame.y(tick)} dy="0.32em" className={classes.tickY}>
                {short(tick)}
              </text>
            </g>
          ))}
          {columns.map(({ key, label: text }, index) =>
            (columns.length - 1 - index) % step === 0 ? (
              <text key={key} x={frame.x(index)} y={height - 6} className={classes.tickX}>
                {text}
              </text>
            ) : null,
          )}
          {at === null ? null : (
            <rect
              x={frame.x(at) - frame.columnWidth / 2}
              y={frame.top}
              width={frame.columnWidth}
              height={frame.bottom - frame.top}
              className={classes.at}
            />
          )}
        </g>
        {marks}
      </svg>
      {at === null || columns[at] === undefined ? null : (
        <div aria-hidden className={classes.tip} style={tipPlace(frame.x(at), width)}>
          <strong>{columns[at].title}</strong>
          {tip(at)}
        </div>
      )}
    </div>
  );
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(560);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => element.clientWidth > 0 && setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

interface FrameInput {
  width: number;
  height: number;
  columns: number;
  ticks: readonly number[];
  short: (value: number) => string;
}

function frameOf({ width, height, columns, ticks, short }: FrameInput): PlotFrame {
  const left = Math.ceil(Math.max(...ticks.map((tick) => short(tick).length)) * DIGIT_WIDTH) + 12;
  const right = width - RIGHT;
  const bottom = height - BOTTOM;
  const columnWidth = Math.max(1, (right - left) / Math.max(1, columns));
  return {
    left,
    right,
    top: TOP,
    bottom,
    columnWidth,
    x: (column) => round(left + (column + 0.5) * columnWidth),
    y: scaleOf(ticks, bottom, TOP),
  };
}

function columnOf(target: EventTarget): number | null {
  const mark = target instanceof Element ? target.closest<SVGElement>('[data-column]') : null;
  return mark === null ? null : Number(mark.dataset.column);
}

/** Beside the column, on the side that has room. */
const tipPlace = (x: number, width: number) =>
  x < width / 2 ? { left: `${(100 * (x + 16)) / width}%` } : { right: `${(100 * (width - x + 16)) / width}%` };

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
