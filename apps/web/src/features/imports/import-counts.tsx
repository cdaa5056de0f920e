import type { ImportCounts } from '@steward/shared/imports';
import { formatNumber } from '../../lib/format.js';
import classes from './import-counts.module.css';

const ALWAYS: { key: keyof ImportCounts; label: string }[] = [
  { key: 'rows', label: 'Rows read' },
  { key: 'created', label: 'Created' },
  { key: 'updated', label: 'Updated' },
  { key: 'unchanged', label: 'Unchanged' },
  { key: 'duplicates', label: 'Duplicates' },
  { key: 'quarantined', label: 'In quarantine' },
  { key: 'rejected', label: 'Rejected' },
];
const TITLES: Partial<Record<keyof ImportCounts, string>> = {
  duplicates: 'Facts that an earlier row of the file already brought',
  quarantined: 'Facts of accounts that are not known yet; they wait for them',
};
const WHEN_ANY: { key: keyof ImportCounts; label: string; title: string }[] = [
  {
    key: 'empty',
    label: 'Nothing to count',
    title: 'Rows that hold no fact: events that happened no times, rows without any value',
  },
  { key: 'shortRows', label: 'Short rows', title: 'Rows with fewer cells than the header, taken as they are' },
  { key: 'disagreements', label: 'Disagreements', title: 'Tickets whose status and resolution contradict each other' },
];

/** What an import did or would do; the rarer counts only where there is something to count. */
export function ImportCountsGrid({ counts }: { counts: ImportCounts }) {
  const rare = WHEN_ANY.filter(({ key }) => counts[key] > 0);
  return (
    <dl className={classes.grid}>
      {ALWAYS.map(({ key, label }) => (
        <div
          key={key}
          title={TITLES[key]}
          data-none={counts[key] === 0 ? '' : undefined}
          className={key === 'rejected' && counts.rejected > 0 ? `${classes.cell} ${classes.bad}` : classes.cell}
        >
          <dt>{label}</dt>
          <dd className="tabular">{formatNumber(counts[key])}</dd>
        </div>
      ))}
      {rare.map(({ key, label, title }) => (
        <div key={key} className={classes.cell} title={title}>
          <dt>{label}</dt>
          <dd className="tabular">{formatNumber(counts[key])}</dd>
        </div>
      ))}
    </dl>
  );
}
