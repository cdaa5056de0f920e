import type { SignalDryRun } from '@steward/shared/signal-dry-run';
import { formatNumber, plural } from '../../../lib/format.js';
import { formatSignal } from '../../../lib/signal-value.js';
import classes from './signals.module.css';

interface SignalHistogramProps {
  run: Pick<SignalDryRun, 'histogram' | 'unit' | 'before'>;
  currency: string;
}

/** How values spread over accounts; of an edited signal as it is now beside as it would be. The figures stand in a table. */
export function SignalHistogram({ run: { histogram, unit, before }, currency }: SignalHistogramProps) {
  const most = Math.max(1, ...histogram.flatMap((column) => [column.after, column.before ?? 0]));
  const value = (at: number) => formatSignal(at, unit, currency);
  const first = histogram[0];
  const last = histogram.at(-1);
  if (first === undefined || last === undefined) return null;
  const peak = histogram.toSorted((a, b) => b.after - a.after)[0] ?? first;
  return (
    <figure className={classes.figure}>
      <div
        className={classes.columns}
        role="img"
        aria-label={`Values from ${value(first.from)} to ${value(last.to)}; most accounts (${formatNumber(peak.after)}) have ${value(peak.from)} to ${value(peak.to)}`}
      >
        {histogram.map((column) => (
          <span
            key={column.from}
            className={classes.column}
            title={`${value(column.from)} to ${value(column.to)}: ${plural(column.after, 'account')}${column.before === null ? '' : `, now ${formatNumber(column.before)}`}`}
          >
            {column.before === null ? null : (
              <span className={classes.before} style={{ height: `${(100 * column.before) / most}%` }} />
            )}
            <span className={classes.after} style={{ height: `${(100 * column.after) / most}%` }} />
          </span>
        ))}
      </div>
      <div className={classes.axis}>
        <span>{value(first.from)}</span>
        <span>{value(last.to)}</span>
      </div>
      {before === null ? null : (
        <figcaption className={classes.legend}>
          <span className={classes.keyBefore} /> now <span className={classes.keyAfter} /> as it would be
        </figcaption>
      )}
      <details className={classes.details}>
        <summary>Show as table</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Value</th>
              {before === null ? null : <th scope="col">Now</th>}
              <th scope="col">Accounts</th>
            </tr>
          </thead>
          <tbody>
            {histogram.map((column) => (
              <tr key={column.from}>
                <td>
                  {value(column.from)} to {value(column.to)}
                </td>
                {before === null ? null : <td>{formatNumber(column.before ?? 0)}</td>}
                <td>{formatNumber(column.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
