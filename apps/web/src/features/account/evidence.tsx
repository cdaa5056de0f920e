import type { SignalEvidence } from '@steward/shared/signals';
import { formatDay, isIsoDay } from '../../lib/days.js';
import { formatNumber, NONE } from '../../lib/format.js';
import classes from './why-score.module.css';

const shown = (value: number | string | null): string => {
  if (value === null) return NONE;
  if (typeof value === 'number') return formatNumber(value, 2);
  return isIsoDay(value) ? formatDay(value) : value;
};

/** What stands behind a value: the window, the counts and the rows. */
export function Evidence({ evidence }: { evidence: SignalEvidence | null }) {
  if (evidence === null) return <div className={classes.evidence}>No evidence is kept for this day.</div>;
  const { window, previousWindow, facts, rows } = evidence;
  return (
    <div className={classes.evidence}>
      <span className={classes.dim}>
        {window.from === window.to
          ? `On ${formatDay(window.to)}`
          : `${formatDay(window.from)} to ${formatDay(window.to)}`}
        {previousWindow ? `, compared with ${formatDay(previousWindow.from)} to ${formatDay(previousWindow.to)}` : ''}
      </span>
      {facts.length === 0 ? null : (
        <dl className={classes.facts}>
          {facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{shown(fact.value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {rows.length === 0 ? null : (
        <ul className={classes.evidenceRows}>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: equal rows may stand side by side, and their order never changes
            <li key={index}>
              <span className={classes.dim}>{formatDay(row.day)}</span>
              <span>{row.text}</span>
              <span className="tabular">{row.value === null ? '' : formatNumber(row.value, 2)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
