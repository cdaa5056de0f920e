import { Button } from '@mantine/core';
import type { TierPerformance } from '@steward/shared/tier-performance';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { monthsWords, monthWords } from '../../components/renewal/renewal-words.js';
import { CardError, ChartCard, ChartSkeleton } from '../../components/report/chart-card.js';
import { isBlank } from '../../components/report/chart-data.js';
import { lineWords, mixWords } from '../../components/report/chart-words.js';
import { ColumnFigure, LineFigure } from '../../components/report/figures.js';
import { monthOfDay } from '../../components/report/months.js';
import { ReportEmpty } from '../../components/report/report-empty.js';
import { ReportFilterBar, type ReportFilterName } from '../../components/report/report-filter-bar.js';
import { keptFilters } from '../../components/report/report-keys.js';
import { ReportGrid, ReportPage } from '../../components/report/report-page.js';
import { queryOf, type ReportQuestion, type ReportSearch } from '../../components/report/report-search.js';
import { tableOf } from '../../components/report/report-table.js';
import { useReportSearch } from '../../components/report/use-report-search.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { toastError } from '../../components/ui/toast.js';
import { download } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { FeatureHeat } from './feature-heat.js';
import { tierFeaturesQuery, tierPerformanceQuery, tierTodayQuery } from './get-tiers.js';
import { glanceOf } from './glance.js';
import { GlanceCard } from './glance-card.js';
import { bandsByMonth, bandsByTier, bandsByTierWords, shownPoints, tierChart } from './tier-charts.js';
import { TIER_FIGURES, type TierFigure } from './tier-figures.js';
import { TiersTabs } from './tiers-tabs.js';

const FILTERS: readonly ReportFilterName[] = [
  'period',
  'compare',
  'tier',
  'segment',
  'owner',
  'region',
  'product',
  'tierMode',
  'asOf',
];

/** How each tier does, by month and today: activity, adoption, value, retention. */
export function TierPerformancePage() {
  const { search, question, set } = useReportSearch();
  const { data, error, isPlaceholderData, refetch } = useQuery(tierPerformanceQuery(question));
  return (
    <ReportPage
      title="Tiers"
      part="Performance"
      tabs={<TiersTabs kept={keptFilters(search)} />}
      question={question}
      state={data}
      actions={
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() =>
            void download('GET', '/reports/tiers/export', `tiers-${question.from}-${question.to}.csv`, {
              query: queryOf(question),
            }).catch((failure) => toastError('The file could not be made', failure))
          }
        >
          Export
        </Button>
      }
      filters={<ReportFilterBar question={question} shows={FILTERS} onChange={set} />}
    >
      {error && !data ? <LoadFailed title="The tiers could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Loading />}
      {data ? <Charts data={data} question={question} stale={isPlaceholderData} onChange={set} /> : null}
    </ReportPage>
  );
}

interface ChartsProps {
  data: TierPerformance;
  question: ReportQuestion;
  stale: boolean;
  onChange: (change: ReportSearch) => void;
}

function Charts({ data, question, stale, onChange }: ChartsProps) {
  const { workspace } = useMe();
  // What stands now belongs beside a period that runs until now.
  const untilNow = question.asOf === undefined && question.to === monthOfDay(workspace.today);
  const today = useQuery({ ...tierTodayQuery(question), enabled: untilNow });
  const { points } = shownPoints(data);
  const waits = untilNow && today.isPending;
  const glance = waits ? null : glanceOf({ data, today: (untilNow && today.data?.point) || null, filters: question });
  const nobody = points.every(({ all }) => all.accounts === 0) && (glance?.point.all.accounts ?? 0) === 0;
  if (nobody && waits) return <Loading />;
  if (nobody && !data.preparing) return <ReportEmpty question={question} what="live account" onChange={onChange} />;
  const compared = data.compared && monthsWords(data.compared);
  return (
    <ReportGrid stale={stale}>
      {glance ? (
        <GlanceCard glance={glance} currency={data.currency} asOf={data.asOf} comparedWith={compared} />
      ) : (
        <ChartSkeleton wide height={240} />
      )}
      {points.length === 0 ? (
        <MonthsToCome data={data} />
      ) : (
        <>
          <FigureCard data={data} question={question} figure={figureOf('accounts')} />
          <FigureCard data={data} question={question} figure={figureOf('arr')} />
          <BandCards data={data} question={question} />
          {TIER_FIGURES.filter(({ key }) => key !== 'accounts' && key !== 'arr').map((figure) => (
            <FigureCard key={figure.key} data={data} question={question} figure={figure} />
          ))}
        </>
      )}
      <Features data={data} question={question} />
    </ReportGrid>
  );
}

function figureOf(key: TierFigure['key']): TierFigure {
  const found = TIER_FIGURES.find((figure) => figure.key === key);
  if (found === undefined) throw new Error(`There is no figure ${key}`);
  return found;
}

interface CardProps {
  data: TierPerformance;
  question: ReportQuestion;
}

function FigureCard({ data, question, figure }: CardProps & { figure: TierFigure }) {
  const chart = tierChart(data, figure, question);
  return (
    <ChartCard
      title={figure.title}
      means={figure.means}
      summary={lineWords(chart)}
      table={tableOf(chart)}
      legend={chart.series}
      before={chart.before}
      lines
      day={data.asOf}
      empty={isBlank(chart) ? emptyWords(data, figure) : null}
    >
      <LineFigure label={figure.title} data={chart} fromZero={!figure.floats} whole={figure.whole} most={figure.most} />
    </ChartCard>
  );
}

/** One card in place of all charts while no month of the page is put down. */
function MonthsToCome({ data }: { data: TierPerformance }) {
  return (
    <ChartCard
      title="Month by month"
      means="Accounts, ARR, bands, adoption and retention of each tier over time."
      summary=""
      table={{ columns: [], rows: [] }}
      day={data.asOf}
      wide
      empty={
        data.preparing
          ? 'The figures of these months are being prepared.'
          : 'No month of this period is put down yet. The running one is each night; those before it are computed from dated facts by “backfill” of the command line.'
      }
    >
      {null}
    </ChartCard>
  );
}

/** Why a figure has no value in any month. */
function emptyWords(data: TierPerformance, { why }: TierFigure): string {
  if (shownPoints(data).points.length > 0) return `In none of these months: ${why}.`;
  return data.preparing ? 'The figures of these months are being prepared.' : 'There are no figures for these months.';
}

function BandCards({ data, question }: CardProps) {
  const byMonth = bandsByMonth(data, question);
  const byTier = bandsByTier(data, question);
  const last = shownPoints(data).points.at(-1);
  const none = isBlank(byMonth) ? emptyWords(data, figureOf('accounts')) : null;
  return (
    <>
      <ChartCard
        title="Bands over time"
        means="Live accounts by the band of their score, over all tiers that are shown."
        summary={mixWords(byMonth, 'account')}
        table={tableOf(byMonth)}
        legend={byMonth.series}
        day={data.asOf}
        empty={none}
      >
        <ColumnFigure label="Bands over time" data={byMonth} stacked whole />
      </ChartCard>
      <ChartCard
        title="Bands by tier"
        means={`Share of each tier’s live accounts${last ? ` at the end of ${monthWords(last.month)}` : ''}.`}
        summary={bandsByTierWords(byTier)}
        table={tableOf(byTier)}
        legend={byTier.series}
        day={data.asOf}
        empty={none}
      >
        <ColumnFigure label="Bands by tier" data={byTier} stacked most={100} nameAll />
      </ChartCard>
    </>
  );
}

function Features({ data, question }: CardProps) {
  const { data: features, error, refetch } = useQuery(tierFeaturesQuery(question));
  if (error && !features) {
    return <CardError title="Features by tier" error={error} wide onRetry={() => void refetch()} />;
  }
  return features ? (
    <FeatureHeat data={features} tiers={data.tiers} filters={question} />
  ) : (
    <ChartSkeleton wide height={300} />
  );
}

/** The page's shape while its figures are on their way. */
function Loading() {
  return (
    <ReportGrid>
      <ChartSkeleton wide height={240} />
      {['accounts', 'arr', 'bands', 'tiers', 'score', 'seats'].map((key) => (
        <ChartSkeleton key={key} />
      ))}
    </ReportGrid>
  );
}
