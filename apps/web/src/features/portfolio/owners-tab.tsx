import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CardError, ChartSkeleton } from '../../components/report/chart-card.js';
import { ReportEmpty } from '../../components/report/report-empty.js';
import { ReportGrid } from '../../components/report/report-page.js';
import { TableCard } from '../../components/report/table-card.js';
import { portfolioQuery, portfolioWorkQuery } from './get-portfolio.js';
import { type OwnerPage, sortOf, sortText, sortValue } from './owner-columns.js';
import { ownerRows, sortedRows, teamRows, totalRow } from './owner-rows.js';
import { OwnerTable } from './owner-table.js';
import { ownerTable, ownerWords } from './owner-words.js';
import { pageOf, type TabProps } from './portfolio-question.js';

/** Who looks after what: books, what is due, what was done, and how fast. */
export function OwnersTab(props: TabProps) {
  const { question, search, set } = props;
  const books = useQuery(portfolioQuery(props));
  const work = useQuery(portfolioWorkQuery(props));
  const title = search.by === 'team' ? 'Teams and their owners' : 'Owners';
  if (books.error) {
    return (
      <ReportGrid>
        <CardError title={title} error={books.error} wide onRetry={() => void books.refetch()} />
      </ReportGrid>
    );
  }
  if (books.data === undefined) {
    return (
      <ReportGrid>
        <ChartSkeleton wide height={420} />
      </ReportGrid>
    );
  }
  const { data } = books;
  const rows = ownerRows(data, work.data);
  if (rows.length === 0) return <ReportEmpty question={question} what="live account" onChange={set} />;
  const sort = sortOf(search.sort);
  const value = sortValue(sort);
  const byTeam = search.by === 'team';
  const sorted = sortedRows(rows, value, sort.rising);
  const teams = byTeam
    ? teamRows(data, work.data, sorted).toSorted((a, b) => {
        const order = sortedRows([a.team, b.team], value, sort.rising);
        return order[0] === a.team ? -1 : 1;
      })
    : null;
  const total = totalRow(data, work.data);
  const page: OwnerPage = {
    page: pageOf(props, data),
    from: data.from,
    to: data.to,
    currency: data.currency,
    tiers: data.tiers,
  };
  const shown = teams === null ? sorted : teams.flatMap(({ team, members }) => [team, ...members]);
  return (
    <ReportGrid stale={books.isPlaceholderData || work.isPlaceholderData}>
      <TableCard
        title={title}
        means="Books as they are on the day; renewals, touches and alerts over the months of the page. Every figure opens the accounts behind it."
        summary={ownerWords(rows, total, page)}
        table={ownerTable(shown, total, page)}
        day={data.day}
        tools={
          <SegmentedControl
            aria-label="By owner or by team"
            data={[
              { value: 'owner', label: 'By owner' },
              { value: 'team', label: 'By team' },
            ]}
            value={byTeam ? 'team' : 'owner'}
            onChange={(by) => set({ by: by === 'team' ? by : undefined })}
          />
        }
      >
        <OwnerTable
          rows={sorted}
          teams={teams}
          total={total}
          page={page}
          sort={sort}
          pending={work.isPending}
          onSort={(key) => set({ sort: sortText(sort, key) })}
        />
      </TableCard>
      {work.error ? (
        <CardError title="Renewals, work and alerts" error={work.error} wide onRetry={() => void work.refetch()} />
      ) : null}
    </ReportGrid>
  );
}
