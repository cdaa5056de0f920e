import type { DraftEffect } from '@steward/shared/health-studio';
import { ChartCard } from '../../../components/report/chart-card.js';
import type { ChartData, ChartSeries } from '../../../components/report/chart-data.js';
import { ColumnFigure } from '../../../components/report/figures.js';
import { tableOf } from '../../../components/report/report-table.js';
import type { SeriesLook } from '../../../components/report/series-look.js';
import { formatNumber } from '../../../lib/format.js';

const NOW: SeriesLook = { color: 'var(--band-unknown)', shape: 'square' };
const THEN: SeriesLook = { color: 'var(--accent)', shape: 'circle' };

interface HistogramProps {
  title: string;
  summary: string;
  day: string;
  steps: readonly { from: number; to: number }[];
  series: readonly { key: string; label: string; look: SeriesLook; counts: readonly number[] }[];
  empty?: string | undefined;
}

/** Accounts by score, in steps of points. */
function ScoreHistogram({ title, summary, day, steps, series, empty }: HistogramProps) {
  const data: ChartData = {
    of: 'Score',
    columns: steps.map(({ from, to }) => ({ key: String(from), label: String(from), title: `${from} to ${to}` })),
    series: series.map(({ counts, ...each }): ChartSeries => ({ ...each, cells: counts.map((value) => ({ value })) })),
    format: {
      text: (value) => formatNumber(value),
      short: (value) => formatNumber(value),
      plain: (value) => value,
    },
  };
  return (
    <ChartCard title={title} summary={summary} table={tableOf(data)} legend={data.series} day={day} empty={empty}>
      <ColumnFigure label={title} data={data} whole height={150} />
    </ChartCard>
  );
}

/** Scores as they are and as they would be. */
export function EffectHistogram({ effect, summary }: { effect: DraftEffect; summary: string }) {
  const { histogram, asOf, before, after } = effect;
  return (
    <ScoreHistogram
      title="Accounts by score"
      summary={summary}
      day={asOf}
      steps={histogram}
      series={[
        { key: 'before', label: 'As published', look: NOW, counts: histogram.map((step) => step.before) },
        { key: 'after', label: 'With the draft', look: THEN, counts: histogram.map((step) => step.after) },
      ]}
      empty={before.scored + after.scored === 0 ? 'No account has a score, before or after.' : undefined}
    />
  );
}

interface TodayHistogramProps {
  title: string;
  day: string;
  steps: readonly { from: number; to: number; accounts: number }[];
  summary: string;
}

/** Scores as they are today. */
export function TodayHistogram({ title, day, steps, summary }: TodayHistogramProps) {
  const counts = steps.map(({ accounts }) => accounts);
  return (
    <ScoreHistogram
      title={title}
      summary={summary}
      day={day}
      steps={steps}
      series={[{ key: 'accounts', label: 'Accounts', look: THEN, counts }]}
      empty={counts.every((count) => count === 0) ? 'No account has a score today.' : undefined}
    />
  );
}
