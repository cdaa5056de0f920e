import { NONE } from '../../lib/format.js';
import { type ChartData, cellAt } from './chart-data.js';
import { LegendMark } from './mark.js';
import classes from './plot.module.css';

/** The exact values of a column, a line each series. */
export function PlotTip({ data, column, stacked = false }: { data: ChartData; column: number; stacked?: boolean }) {
  const { series, format } = data;
  // What is stacked is read from top to bottom.
  const shown = stacked ? series.toReversed() : series;
  return (
    <>
      {shown.map((each) => {
        const cell = cellAt(each, column);
        const before = each.before?.[column];
        if (stacked && (cell.value ?? 0) === 0) return null;
        return (
          <div key={each.key} className={classes.tipLine}>
            <LegendMark look={each.look} />
            <span>{each.label}</span>
            <span>
              {cell.value === null ? (cell.why ?? NONE) : format.text(cell.value)}
              {cell.note && cell.value !== null ? <span className={classes.tipNote}> · {cell.note}</span> : null}
              {before?.value == null ? null : (
                <span className={classes.tipNote}> · before {format.text(before.value)}</span>
              )}
            </span>
          </div>
        );
      })}
    </>
  );
}
