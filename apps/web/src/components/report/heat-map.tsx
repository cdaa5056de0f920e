import { useRef } from 'react';
import { NONE } from '../../lib/format.js';
import type { ChartCell } from './chart-data.js';
import { markWords } from './chart-words.js';
import { DoorLink } from './door-link.js';
import classes from './heat-map.module.css';
import { type ReportTable, textCell } from './report-table.js';
import { useRovingMarks } from './use-roving-marks.js';

export interface HeatData {
  /** What a row is: Feature. */
  of: string;
  rows: readonly { key: string; label: string; note?: string }[];
  columns: readonly { key: string; label: string; note?: string }[];
  /** By row, then column. */
  cells: readonly (readonly ChartCell[])[];
  text: (value: number) => string;
  plain: (value: number) => number;
  unit?: string;
  /** The value that is coloured most: 100 for shares; without it the highest of all. */
  most?: number;
}

/** Cells as dark as their value is high, with the value written in each. */
export function HeatMap({ label, data }: { label: string; data: HeatData }) {
  const area = useRef<HTMLTableElement>(null);
  const onKeyDown = useRovingMarks(area);
  const { of, rows, columns, cells, text } = data;
  const most = data.most ?? Math.max(0, ...cells.flat().map(({ value }) => value ?? 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={`${label}: arrow keys go from cell to cell`}>
      <table ref={area} className={classes.map} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col" title={column.note} className={classes.column}>
                {column.label}
                {column.note ? <span className={classes.note}>{column.note}</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, y) => (
            <tr key={row.key}>
              <th scope="row" title={row.note}>
                {row.label}
              </th>
              {columns.map((column, x) => {
                const cell = cells[y]?.[x] ?? { value: null };
                const words = markWords(row.label, column.label, cell, text);
                const share = most > 0 && cell.value !== null ? Math.max(0, Math.min(1, cell.value / most)) : 0;
                const shown = cell.value === null ? NONE : text(cell.value);
                return (
                  <td key={column.key} style={{ '--heat': `${Math.round(share * 46)}%` } as React.CSSProperties}>
                    {cell.door ? (
                      <DoorLink
                        door={cell.door}
                        data-row={y}
                        data-column={x}
                        tabIndex={-1}
                        aria-label={words}
                        title={words}
                        className={classes.cell}
                      >
                        {shown}
                      </DoorLink>
                    ) : (
                      <span className={classes.cell} title={cell.value === null ? cell.why : words}>
                        {shown}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function heatTable({ of, rows, columns, cells, text, plain, unit }: HeatData): ReportTable {
  return {
    columns: [
      { label: of, numeric: false },
      ...columns.map(({ label }) => ({
        label,
        numeric: true,
        fileLabel: unit === undefined ? label : `${label} (${unit})`,
      })),
    ],
    rows: rows.map(({ key, label }, y) => ({
      key,
      cells: [
        textCell(label),
        ...columns.map((_, x) => {
          const { value, note, why, door } = cells[y]?.[x] ?? { value: null };
          return value === null
            ? { text: NONE, plain: null, title: why }
            : { text: text(value), plain: plain(value), title: note, door };
        }),
      ],
    })),
  };
}
