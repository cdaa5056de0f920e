import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { CardError, ChartCard, ChartSkeleton } from '../../components/report/chart-card.js';
import { isBlank } from '../../components/report/chart-data.js';
import { ColumnFigure } from '../../components/report/figures.js';
import { ReportEmpty } from '../../components/report/report-empty.js';
import { ReportGrid } from '../../components/report/report-page.js';
import { tableOf } from '../../components/report/report-table.js';
import { TableCard } from '../../components/report/table-card.js';
import { ReportTableView } from '../../components/report/table-twin.js';
import { renewalMonthsQuery } from './get-portfolio.js';
import { pageOf, type TabProps } from './portfolio-question.js';
import {
  type RenewalMeasure,
  renewalStacks,
  renewalTable,
  renewalWords,
  riskColumns,
  riskWords,
} from './renewals-chart.js';
import classes from './wide-table.module.css';

/** Renewals by the month they are due in: what became of them, and what of the rest is at risk. */
export function RenewalsTab(props: TabProps) {
  const { question, role, search, set } = props;
  const { data, error, isPlaceholderData, refetch } = useQuery(renewalMonthsQuery(props));
  const measure: RenewalMeasure = search.measure === 'count' ? 'count' : 'arr';
  const shown = useMemo(() => {
    if (data === undefined) return null;
    const page = pageOf({ question, role }, data);
    return {
      stacks: renewalStacks(data, page, measure),
      risk: riskColumns(data, page, measure),
      table: renewalTable(data, page),
    };
  }, [data, question, role, measure]);
  if (error) {
    return (
      <ReportGrid>
        <CardError title="Renewals by month" error={error} wide onRetry={() => void refetch()} />
      </ReportGrid>
    );
  }
  if (data === undefined || shown === null) {
    return (
      <ReportGrid>
        <ChartSkeleton wide />
        <ChartSkeleton wide />
      </ReportGrid>
    );
  }
  if (data.total.due.renewals === 0) {
    return (
      <ReportEmpty
        question={question}
        what="renewal"
        rests="Renewals are made from subscriptions that end, and from renewal dates of accounts; none falls into these months."
        onChange={set}
      />
    );
  }
  const { stacks, risk, table } = shown;
  return (
    <ReportGrid stale={isPlaceholderData}>
      <div className={classes.above}>
        <SegmentedControl
          aria-label="Charts show"
          data={[
            { value: 'arr', label: 'ARR' },
            { value: 'count', label: 'Renewals' },
          ]}
          value={measure}
          onChange={(next) => set({ measure: next === 'count' ? next : undefined })}
        />
        <Link to="/renewals">All renewals, with forecast and outcome</Link>
      </div>
      <ChartCard
        title="Renewals by month and state"
        means="By the month they are due in, from the first month of the page to a year ahead."
        summary={renewalWords(data)}
        table={tableOf(stacks)}
        legend={stacks.series}
        day={data.day}
        wide
      >
        <ColumnFigure label="Renewals by month and state" data={stacks} stacked whole={measure === 'count'} />
      </ChartCard>
      <ChartCard
        title="At risk by month"
        means="Open renewals of the next 12 months and overdue ones that are at risk by band or forecast, or whose account leaves."
        summary={riskWords(data)}
        table={tableOf(risk)}
        day={data.day}
        empty={isBlank(risk) || data.total.atRisk.renewals === 0 ? riskWords(data) : undefined}
        wide
      >
        <ColumnFigure label="At risk by month" data={risk} whole={measure === 'count'} height={150} />
      </ChartCard>
      <TableCard
        title="Month by month"
        means="Expected: of open ones, what is forecast times its probability."
        summary={renewalWords(data)}
        table={table}
        day={data.day}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
        <section className={classes.scroll} tabIndex={0} aria-label="Renewals month by month">
          <ReportTableView table={table} label="Renewals month by month" />
        </section>
      </TableCard>
    </ReportGrid>
  );
}
