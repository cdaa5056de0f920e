import { Button, Select } from '@mantine/core';
import { type ReportFilters, revenueBehind } from '@steward/shared/report-filters';
import type { Retention, RevenueDimension, RevenueReport } from '@steward/shared/revenue-report';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { monthsWords, monthWords } from '../../components/renewal/renewal-words.js';
import { ChartCard, ChartSkeleton } from '../../components/report/chart-card.js';
import { isBlank } from '../../components/report/chart-data.js';
import { lineWords } from '../../components/report/chart-words.js';
import { doorOf } from '../../components/report/door.js';
import { DoorLink } from '../../components/report/door-link.js';
import { ColumnFigure, LineFigure, WaterfallFigure } from '../../components/report/figures.js';
import { ReportEmpty } from '../../components/report/report-empty.js';
import { ReportGrid } from '../../components/report/report-page.js';
import { queryOf, type ReportQuestion } from '../../components/report/report-search.js';
import { tableOf } from '../../components/report/report-table.js';
import { TableCard } from '../../components/report/table-card.js';
import { ReportTableView } from '../../components/report/table-twin.js';
import { useReportSearch } from '../../components/report/use-report-search.js';
import { wholeMoneyFormat } from '../../components/report/value-formats.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { toastError } from '../../components/ui/toast.js';
import { download } from '../../lib/api.js';
import { formatDelta, formatPercent, plural } from '../../lib/format.js';
import { dimensionOf, revenueQuery } from './get-revenue.js';
import classes from './revenue.module.css';
import {
  builtMonths,
  firstKnownMonth,
  mostMonthsWords,
  movementChart,
  movementSteps,
  movementWords,
  reconciles,
  reconciliationTable,
  retentionChart,
  retentionNote,
  retentionWords,
} from './revenue-charts.js';
import { DIMENSION_TITLES, DIMENSION_WORDS, retentionRowsWords, retentionTable } from './revenue-rows.js';

/** What came and went of recurring revenue, what was kept of it, and by whom. */
export function RevenueTab() {
  const { search, question, set } = useReportSearch();
  const by = dimensionOf(search.by);
  const { data, error, isPlaceholderData, refetch } = useQuery(revenueQuery(question, by));
  if (error && !data) {
    return <LoadFailed title="Revenue could not be loaded" error={error} onRetry={refetch} />;
  }
  if (!data) return <Loading />;
  const months = builtMonths(data.period);
  const nothing = months.every(({ startMinor, endMinor, movements }) => {
    return startMinor === 0 && endMinor === 0 && Object.values(movements).every(({ accounts }) => accounts === 0);
  });
  if (nothing && !data.preparing) {
    return (
      <ReportEmpty
        question={question}
        what="paying customer"
        rests="Revenue is made from subscriptions with their monthly amount, and none that you see runs in these months."
        onChange={set}
      />
    );
  }
  return (
    <ReportGrid stale={isPlaceholderData}>
      <RetentionFigures data={data} question={question} />
      <MovementCards data={data} question={question} />
      <RetentionCard data={data} question={question} />
      <RowsCard
        data={data}
        question={question}
        by={by}
        onBy={(next) => set({ by: next === 'tier' ? undefined : next })}
      />
      <ReconciliationCard data={data} question={question} />
    </ReportGrid>
  );
}

interface PartProps {
  data: RevenueReport;
  question: ReportQuestion;
}

const RATES = [
  { key: 'grossRetention', title: 'Gross revenue retention', part: 'start', better: 'up' },
  { key: 'netRetention', title: 'Net revenue retention', part: 'start', better: 'up' },
  { key: 'logoChurn', title: 'Logo churn', part: 'lost', better: 'down' },
] as const;

/** The three figures of the period, each with what it is made of and what it was before. */
function RetentionFigures({ data, question }: PartProps) {
  const { period, compared, currency, unknownSubscriptions } = data;
  return (
    <section className={classes.rates} aria-label={`Retention, ${monthsWords(period)}`}>
      {RATES.map((rate) => (
        <Rate
          key={rate.key}
          rate={rate}
          now={period.retention}
          then={compared?.retention ?? null}
          currency={currency}
          filters={question}
          to={period.to}
        />
      ))}
      <p className={classes.words}>
        {retentionWords(period.retention)}
        {unknownSubscriptions === 0
          ? null
          : ` ${plural(unknownSubscriptions, 'subscription')} without an MRR, or in a currency without a rate, ${unknownSubscriptions === 1 ? 'is' : 'are'} in no figure.`}
      </p>
    </section>
  );
}

interface RateProps {
  rate: (typeof RATES)[number];
  now: Retention;
  then: Retention | null;
  currency: string;
  filters: Partial<ReportFilters>;
  to: string;
}

function Rate({ rate: { key, title, part, better }, now, then, currency, filters, to }: RateProps) {
  const value = now[key];
  const before = then?.[key] ?? null;
  const change = value === null || before === null ? null : value - before;
  const behind = part === 'lost' ? now.lostAccounts : now.accounts;
  const door = behind === 0 ? null : doorOf(revenueBehind(filters, { month: to, span: 'period', part }));
  const news = change === null || change === 0 ? undefined : change > 0 === (better === 'up') ? 'good' : 'bad';
  const shown = <strong className={classes.rateValue}>{formatPercent(value, 1)}</strong>;
  return (
    <div className={classes.rate}>
      <h2 className={classes.rateTitle}>{title}</h2>
      {door ? (
        <DoorLink
          door={door}
          className={classes.rateDoor}
          aria-label={`${title}: ${formatPercent(value, 1)}, the accounts behind it`}
        >
          {shown}
        </DoorLink>
      ) : (
        shown
      )}
      <span className={classes.rateNote}>
        {value === null ? 'nobody paid at the start' : retentionNote(now, key, currency)}
      </span>
      {then === null ? null : (
        <span className={classes.change} data-news={news}>
          {change === null
            ? 'nothing to compare with'
            : `${formatDelta(change, 1)} points, before ${formatPercent(before, 1)}`}
        </span>
      )}
    </div>
  );
}

function MovementCards({ data, question }: PartProps) {
  const { asOf, currency } = data;
  const steps = movementSteps(data, question);
  const firstKnown = firstKnownMonth(data);
  const chart = movementChart(data, question);
  const format = wholeMoneyFormat(currency);
  const still = steps.every(({ total, value }) => total || value === 0);
  return (
    <>
      <ChartCard
        title="MRR from start to end"
        means={`Monthly recurring revenue at ${firstKnown === null ? 'both ends of the period' : `the start of ${monthWords(firstKnown)}, with which figures begin, and at the end of the period`}, and all that moved between.`}
        summary={movementWords(steps, currency, firstKnown)}
        table={{
          columns: [
            { label: 'Step', numeric: false },
            { label: 'MRR', numeric: true, fileLabel: `MRR (${currency})` },
          ],
          rows: steps.map(({ key, label, value, door, note }) => ({
            key,
            cells: [
              { text: label, plain: label },
              { text: format.text(value), plain: format.plain(value), door, title: note },
            ],
          })),
        }}
        day={asOf}
      >
        <WaterfallFigure label="MRR from start to end" steps={steps} format={format} />
      </ChartCard>
      <ChartCard
        title="Movements by month"
        means="What came stands above 0, what went below: one net movement an account and month."
        summary={mostMonthsWords(data)}
        table={tableOf(chart)}
        legend={chart.series}
        day={asOf}
        empty={
          isBlank(chart) ? 'There are no figures for these months.' : still ? 'Nothing moved in these months.' : null
        }
      >
        <ColumnFigure label="Movements by month" data={chart} stacked />
      </ChartCard>
    </>
  );
}

function RetentionCard({ data, question }: PartProps) {
  const chart = retentionChart(data, question);
  return (
    <ChartCard
      title="Retention of the last twelve months"
      means="At the end of each month, of the MRR and the accounts twelve months before."
      summary={lineWords(chart)}
      table={tableOf(chart)}
      legend={chart.series}
      before={chart.before}
      lines
      day={data.asOf}
      wide
      empty={
        isBlank(chart)
          ? 'Nobody paid twelve months before any of these months, so nothing could be kept or lost.'
          : null
      }
    >
      <LineFigure label="Retention of the last twelve months" data={chart} most={100} />
    </ChartCard>
  );
}

function RowsCard({ data, question, by, onBy }: PartProps & { by: RevenueDimension; onBy: (by: string) => void }) {
  const table = retentionTable(data, question);
  return (
    <TableCard
      title={`Retention by ${by === 'whole' ? 'tier' : DIMENSION_TITLES[by]}`}
      means={
        by === 'segment'
          ? 'Of the period. Segments overlap: an account stands in each of its own, so the rows do not add up.'
          : 'Of the period: those who paid at its start, under where they stood then.'
      }
      summary={retentionRowsWords(data)}
      table={table}
      day={data.asOf}
      tools={
        <Select
          aria-label="Retention by what"
          w={150}
          data={Object.entries(DIMENSION_WORDS).map(([value, label]) => ({ value, label }))}
          value={by === 'whole' ? 'tier' : by}
          onChange={(next) => next && onBy(next)}
        />
      }
      empty={data.rows.length === 0 ? 'Nobody paid at the start of this period.' : null}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Retention of the period, as a table">
        <ReportTableView table={table} label="Retention of the period" />
      </section>
    </TableCard>
  );
}

function ReconciliationCard({ data, question }: PartProps) {
  const months = builtMonths(data.period);
  const table = reconciliationTable(data, question);
  return (
    <TableCard
      title="Month by month"
      means="Start + movements = end, each month at the rates of its first day; between months: other rates, and accounts that came under the filters."
      summary={
        reconciles(months)
          ? `All ${plural(months.length, 'month')} add up to the cent.`
          : 'These months do not add up: facts changed while they were put down. They will be put down anew.'
      }
      table={table}
      day={data.asOf}
      empty={months.length === 0 ? 'There are no figures for these months.' : null}
      tools={
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconDownload size={13} aria-hidden />}
          onClick={() =>
            void download('GET', '/reports/revenue/export', 'revenue.csv', {
              query: { ...queryOf(question), by: data.by },
            }).catch((failure) => toastError('The file could not be made', failure))
          }
        >
          Every figure by month
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Revenue month by month, as a table">
        <ReportTableView table={table} label="Revenue month by month" />
      </section>
    </TableCard>
  );
}

function Loading() {
  return (
    <ReportGrid>
      <ChartSkeleton wide height={110} />
      <ChartSkeleton />
      <ChartSkeleton />
      <ChartSkeleton wide />
      <ChartSkeleton wide height={240} />
    </ReportGrid>
  );
}
