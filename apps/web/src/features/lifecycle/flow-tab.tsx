import type { LifecycleFunnel, LifecycleReport, TimeInStage } from '@steward/shared/lifecycle-report';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CardError, ChartCard, ChartSkeleton } from '../../components/report/chart-card.js';
import { heatWords } from '../../components/report/chart-words.js';
import { ColumnFigure } from '../../components/report/figures.js';
import { HeatMap, heatTable } from '../../components/report/heat-map.js';
import { ReportEmpty } from '../../components/report/report-empty.js';
import { ReportGrid } from '../../components/report/report-page.js';
import type { ReportQuestion } from '../../components/report/report-search.js';
import { TableCard } from '../../components/report/table-card.js';
import { ReportTableView } from '../../components/report/table-twin.js';
import { cohortHeat, funnelColumns, funnelTable, funnelWords } from './funnel.js';
import { funnelQuery, lifecycleQuery, timeInStageQuery } from './get-lifecycle.js';
import { pageOf } from './lifecycle-question.js';
import { stageColumns, stagesTable, stagesWords } from './stages-now.js';
import { timeColumns, timeTable, timeWords } from './time-in-stage.js';
import classes from './wide-table.module.css';

interface FlowTabProps {
  question: ReportQuestion;
  set: (change: Record<string, string | undefined>) => void;
}

/** Where accounts stand, how they go on from stage to stage, and how long it takes. */
export function FlowTab({ question, set }: FlowTabProps) {
  const stages = useQuery(lifecycleQuery(question));
  const funnel = useQuery(funnelQuery(question));
  const time = useQuery(timeInStageQuery(question));
  const nothing =
    stages.data !== undefined &&
    stages.data.noStage === 0 &&
    stages.data.stages.every(({ accounts }) => accounts === 0) &&
    (funnel.data?.stages.every(({ entered }) => entered === 0) ?? false);
  if (nothing) return <ReportEmpty question={question} what="account" onChange={set} />;
  return (
    <ReportGrid stale={[stages, funnel, time].some(({ isPlaceholderData }) => isPlaceholderData)}>
      <Loaded title="Where accounts stand" query={stages}>
        {(data) => <StagesCard data={data} question={question} />}
      </Loaded>
      <Loaded title="What became of those that entered" query={funnel}>
        {(data) => (
          <>
            <FunnelCard data={data} question={question} />
            <CohortsCard data={data} question={question} />
          </>
        )}
      </Loaded>
      <Loaded title="Days in stage" query={time}>
        {(data) => <TimeCards data={data} question={question} />}
      </Loaded>
    </ReportGrid>
  );
}

interface LoadedProps<T> {
  title: string;
  query: UseQueryResult<T>;
  children: (data: T) => React.ReactNode;
}

/** Each part of the page comes, and can fail, by itself. */
function Loaded<T>({ title, query, children }: LoadedProps<T>) {
  if (query.error) return <CardError title={title} error={query.error} wide onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <ChartSkeleton wide />;
  return children(query.data);
}

interface CardProps<T> {
  question: ReportQuestion;
  data: T;
}

function StagesCard({ data, question }: CardProps<LifecycleReport>) {
  const shown = useMemo(() => {
    const page = pageOf(question, data);
    return { columns: stageColumns(data, page), table: stagesTable(data, page) };
  }, [data, question]);
  return (
    <ChartCard
      title="Where accounts stand"
      means="Accounts by stage, and whether they are there longer than expected, or long enough to be stuck."
      summary={stagesWords(data)}
      table={shown.table}
      legend={shown.columns.series}
      day={data.day}
      wide
    >
      <ColumnFigure label="Where accounts stand" data={shown.columns} stacked whole nameAll />
    </ChartCard>
  );
}

function FunnelCard({ data, question }: CardProps<LifecycleFunnel>) {
  const shown = useMemo(() => {
    const page = pageOf(question, data);
    return { columns: funnelColumns(data, page), table: funnelTable(data, page) };
  }, [data, question]);
  const words = funnelWords(data);
  return (
    <ChartCard
      title="What became of those that entered"
      means="Accounts that entered each stage in the months of the page, by their next move up to now. Some are still there: conversion can still rise."
      summary={words}
      table={shown.table}
      legend={shown.columns.series}
      day={data.day}
      empty={data.stages.every(({ entered }) => entered === 0) ? words : undefined}
      wide
    >
      <ColumnFigure label="What became of those that entered" data={shown.columns} stacked whole nameAll />
    </ChartCard>
  );
}

function CohortsCard({ data, question }: CardProps<LifecycleFunnel>) {
  const heat = useMemo(() => cohortHeat(data, pageOf(question, data)), [data, question]);
  if (heat.columns.length === 0) return null;
  return (
    <ChartCard
      title="Conversion by month of entry"
      means="Of the accounts that entered a stage in a month, how many have moved on. A cell opens them."
      summary={heatWords(heat)}
      table={heatTable(heat)}
      day={data.day}
      wide
    >
      <HeatMap label="Conversion by month of entry" data={heat} />
    </ChartCard>
  );
}

function TimeCards({ data, question }: CardProps<TimeInStage>) {
  const shown = useMemo(
    () => ({ columns: timeColumns(data), table: timeTable(data, pageOf(question, data)) }),
    [data, question],
  );
  const none = data.stages.every(({ completed }) => completed.stays === 0);
  const words = timeWords(data);
  return (
    <>
      <ChartCard
        title="Days in stage"
        means="Of stays that ended in the months of the page."
        summary={words}
        table={shown.table}
        legend={shown.columns.series}
        day={data.day}
        empty={none ? words : undefined}
        wide
      >
        <ColumnFigure label="Days in stage" data={shown.columns} nameAll />
      </ChartCard>
      <TableCard
        title="Days in stage, completed and running"
        means="Those that are in a stage now have been there at least so long."
        table={shown.table}
        day={data.day}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
        <section className={classes.scroll} tabIndex={0} aria-label="Days in stage, completed and running">
          <ReportTableView table={shown.table} label="Days in stage, completed and running" />
        </section>
      </TableCard>
    </>
  );
}
