import type { BacktestResult } from '@steward/shared/health-studio';
import { ChartCard } from '../../../components/report/chart-card.js';
import type { ChartData } from '../../../components/report/chart-data.js';
import { lineWords } from '../../../components/report/chart-words.js';
import { LineFigure } from '../../../components/report/figures.js';
import { type ReportTable, textCell } from '../../../components/report/report-table.js';
import { seriesLook } from '../../../components/report/series-look.js';
import { formatDay } from '../../../lib/days.js';
import { formatNumber, NONE } from '../../../lib/format.js';

/** How well the score told from month to month. */
export function MonthsChart({ months }: { months: BacktestResult['months'] }) {
  const data: ChartData = {
    of: 'Month-end',
    columns: months.map(({ day }) => ({ key: day, label: day.slice(2, 7), title: formatDay(day) })),
    series: [
      {
        key: 'auc',
        label: 'AUC',
        look: seriesLook(1),
        cells: months.map(({ auc, events, observations }) => ({
          value: auc,
          note: `${events} of ${observations}`,
          why: events === 0 ? 'nobody had the outcome afterwards' : 'everybody had the outcome afterwards',
        })),
      },
    ],
    format: {
      text: (value) => formatNumber(value, 2),
      short: (value) => formatNumber(value, 2),
      plain: (value) => value,
    },
  };
  const isBlank = months.every(({ auc }) => auc === null);
  return (
    <ChartCard
      title="AUC by month-end"
      means="From the scores of one month-end alone: few accounts leave in one month, so it goes up and down."
      summary={lineWords(data)}
      table={monthsTable(months)}
      day={months.at(-1)?.day ?? 'history'}
      wide
      empty={isBlank ? 'No month-end has both accounts with the outcome and accounts without.' : undefined}
    >
      <LineFigure label="AUC by month-end" data={data} most={1} height={150} />
    </ChartCard>
  );
}

function monthsTable(months: BacktestResult['months']): ReportTable {
  const number = (value: number | null, digits = 0) => ({
    text: value === null ? NONE : formatNumber(value, digits),
    plain: value,
  });
  return {
    columns: [
      { label: 'Month-end', numeric: false },
      ...['Observations', 'With a score', 'With the outcome', 'AUC'].map((label) => ({ label, numeric: true })),
    ],
    rows: months.map(({ day, observations, scored, events, auc }) => ({
      key: day,
      cells: [textCell(formatDay(day)), number(observations), number(scored), number(events), number(auc, 2)],
    })),
  };
}
