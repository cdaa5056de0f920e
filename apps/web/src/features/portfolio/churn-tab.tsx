import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { monthWords } from '../../components/renewal/renewal-words.js';
import { CardError, ChartCard, ChartSkeleton } from '../../components/report/chart-card.js';
import { ColumnFigure } from '../../components/report/figures.js';
import { ReportGrid } from '../../components/report/report-page.js';
import { comparedMonths } from '../../components/report/report-search.js';
import { type ReportTable, tableOf } from '../../components/report/report-table.js';
import { TableCard } from '../../components/report/table-card.js';
import { ReportTableView } from '../../components/report/table-twin.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import {
  churnColumns,
  churnWords,
  comparedWords,
  competitorTable,
  influenceTable,
  reasonTable,
} from './churn-report.js';
import { churnReasonsQuery } from './get-portfolio.js';
import { pageOf, type TabProps } from './portfolio-question.js';

/** Who left, why, whether we could have kept them, and to whom they went. */
export function ChurnTab(props: TabProps) {
  const { question, role } = props;
  const { data, error, isPlaceholderData, refetch } = useQuery(churnReasonsQuery(props));
  const months = comparedMonths(question);
  const then = useQuery({
    ...churnReasonsQuery({ question: { ...question, ...months, compare: undefined }, role }),
    enabled: months !== null,
  });
  const before = months === null || then.isPlaceholderData ? null : (then.data ?? null);
  const shown = useMemo(() => {
    if (data === undefined) return null;
    const page = pageOf({ question, role }, data);
    return {
      columns: churnColumns(data, page),
      reasons: reasonTable(data, page, before),
      influence: influenceTable(data, page),
      competitors: competitorTable(data, page),
    };
  }, [data, before, question, role]);
  if (error) {
    return (
      <ReportGrid>
        <CardError title="Churn" error={error} wide onRetry={() => void refetch()} />
      </ReportGrid>
    );
  }
  if (data === undefined || shown === null) {
    return (
      <ReportGrid>
        <ChartSkeleton wide />
        <ChartSkeleton />
        <ChartSkeleton />
      </ReportGrid>
    );
  }
  if (data.total.accounts === 0 && (before === null || before.total.accounts === 0)) {
    return (
      <EmptyState
        title="No churn in these months"
        text={`No customer left from ${monthWords(data.from)} to ${monthWords(data.to)}. Churn is recorded on an account’s page, under Change.`}
      />
    );
  }
  const { columns, reasons, influence, competitors } = shown;
  const words = before === null ? churnWords(data) : `${churnWords(data)} ${comparedWords(data, before)}`;
  return (
    <ReportGrid stale={isPlaceholderData}>
      <ChartCard
        title="ARR lost by month"
        means="By the month customers left in; as recorded, else the ARR of the day before."
        summary={words}
        table={tableOf(columns)}
        day={data.day}
        wide
      >
        <ColumnFigure label="ARR lost by month" data={columns} />
      </ChartCard>
      <LostCard title="Reasons" table={reasons} day={data.day} wide />
      <LostCard title="Could it be influenced?" table={influence} day={data.day} />
      <LostCard
        title="Where they went"
        table={competitors}
        day={data.day}
        empty={data.competitors.length === 0 ? 'Of nobody is it recorded where they went.' : undefined}
      />
    </ReportGrid>
  );
}

interface LostCardProps {
  title: string;
  table: ReportTable;
  day: string;
  empty?: string | undefined;
  wide?: boolean;
}

function LostCard({ title, table, day, empty, wide = false }: LostCardProps) {
  return (
    <TableCard title={title} table={table} day={day} empty={empty} wide={wide}>
      <ReportTableView table={table} label={title} />
    </TableCard>
  );
}
