import type { TimeInStage } from '@steward/shared/lifecycle-report';
import { type PageOfFigure, stageBehind } from '@steward/shared/portfolio-behind';
import type { ChartData } from '../../components/report/chart-data.js';
import { doorOf } from '../../components/report/door.js';
import type { ReportTable, ReportTableCell } from '../../components/report/report-table.js';
import { seriesLook } from '../../components/report/series-look.js';
import { formatNumber, plural } from '../../lib/format.js';

/** Few stays say little of how long one takes. */
const FEW = 10;

/** Median and 90th percentile of the days that completed stays took. */
export function timeColumns({ stages }: TimeInStage): ChartData {
  const series = [
    {
      key: 'median',
      label: 'Median',
      look: seriesLook(1),
      of: (stage: TimeInStage['stages'][number]) => stage.completed.median,
    },
    {
      key: 'p90',
      label: '90th percentile',
      look: seriesLook(4),
      of: (stage: TimeInStage['stages'][number]) => stage.completed.p90,
    },
  ];
  return {
    of: 'Stage',
    columns: stages.map(({ key, label }) => ({ key, label, title: label })),
    series: series.map(({ of, ...named }) => ({
      ...named,
      cells: stages.map((stage) => ({
        value: of(stage),
        note: plural(stage.completed.stays, 'completed stay'),
        why: 'no completed stay',
      })),
    })),
    format: {
      text: (value) => plural(value, 'day'),
      short: (value) => formatNumber(value),
      plain: (value) => value,
      unit: 'days',
    },
  };
}

/** “Onboarding takes 28 days (median of 40 stays; one in ten longer than 61).” */
export function timeWords({ stages }: TimeInStage): string {
  const known = stages.filter(({ completed }) => completed.median !== null);
  if (known.length === 0) return 'No stay was completed in these months.';
  const named = known.map(({ label, completed: { median, p90, stays } }) => {
    const longer = p90 === null ? '' : `, one in ten longer than ${formatNumber(p90)}`;
    return `${label} ${plural(median ?? 0, 'day')} (of ${plural(stays, 'stay')}${longer})`;
  });
  const few = known.some(({ completed }) => completed.stays < FEW) ? ` Fewer than ${FEW} stays say little.` : '';
  return `Median: ${named.join('; ')}.${few}`;
}

export function timeTable({ stages }: TimeInStage, page: PageOfFigure): ReportTable {
  const number = (value: number | null): ReportTableCell => ({ text: formatNumber(value), plain: value });
  const column = (label: string) => ({ label, numeric: true });
  return {
    columns: [
      { label: 'Stage', numeric: false },
      column('Completed stays'),
      column('Median days'),
      column('90th percentile'),
      column('In it now'),
      column('Median so far'),
      column('90th so far'),
      column('Expected'),
      column('Stuck after'),
    ],
    rows: stages.map(({ key, label, completed, running, expectedDays, stuckDays }) => ({
      key,
      cells: [
        { text: label, plain: label },
        number(completed.stays),
        number(completed.median),
        number(completed.p90),
        {
          ...number(running.accounts),
          door: running.accounts === 0 ? null : doorOf(stageBehind(page, key)),
          title:
            running.found === 0 ? undefined : `${formatNumber(running.found)} of them since before anything is known`,
        },
        { ...number(running.median), title: 'They are still there: a lower bound' },
        { ...number(running.p90), title: 'They are still there: a lower bound' },
        number(expectedDays),
        number(stuckDays),
      ],
    })),
  };
}
