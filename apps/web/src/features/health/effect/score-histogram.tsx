import type { DraftEffect } from '@steward/shared/health-studio';
import { ChartCard } from '../../../components/report/chart-card.js';
import type { ChartData, ChartSeries } from '../../../components/report/chart-data.js';
import { ColumnFigure } from '../../../components/report/figures.js';
import { tableOf } from '../../../components/report/report-table.js';
import type { SeriesLook } from '../../../components/report/series-look.js';
import { COUNT } from '../../../components/report/value-formats.js';

const TITLE = 'Accounts by score';
const NOW: SeriesLook = { color: 'var(--band-unknown)', shape: 'square' };
const THEN: SeriesLook = { color: 'var(--accent)', shape: 'circle' };

/** Accounts by score, as they are and as they would be. */
export function EffectHistogram({ effect, summary }: { effect: DraftEffect; summary: string }) {
  const { histogram, asOf, before, after } = effect;
  const series = (key: 'before' | 'after', label: string, look: SeriesLook): ChartSeries => ({
    key,
    label,
    look,
    cells: histogram.map((step) => ({ value: step[key] })),
  });
  const data: ChartData = {
    of: 'Score',
    columns: histogram.map(({ from, to }) => ({ key: String(from), label: String(from), title: `${from} to ${to}` })),
    series: [series('before', 'As published', NOW), series('after', 'With the draft', THEN)],
    format: COUNT,
  };
  return (
    <ChartCard
      title={TITLE}
      summary={summary}
      table={tableOf(data)}
      legend={data.series}
      day={asOf}
      empty={before.scored + after.scored === 0 ? 'No account has a score, before or after.' : undefined}
    >
      <ColumnFigure label={TITLE} data={data} whole height={150} />
    </ChartCard>
  );
}
