import { useQuery } from '@tanstack/react-query';
import { CardError, ChartSkeleton } from '../../components/report/chart-card.js';
import { ReportGrid } from '../../components/report/report-page.js';
import { TableCard } from '../../components/report/table-card.js';
import { ReportTableView } from '../../components/report/table-twin.js';
import { formatDay } from '../../lib/days.js';
import { playsQuery } from './get-portfolio.js';
import { playbooksTable, playbooksWords, rulesTable, rulesWords } from './plays-report.js';
import type { TabProps } from './portfolio-question.js';
import classes from './wide-table.module.css';

/** Which alerts are worth their noise, and which playbooks work. */
export function PlaysTab(props: TabProps) {
  const { data, error, isPlaceholderData, refetch } = useQuery(playsQuery(props));
  if (error) {
    return (
      <ReportGrid>
        <CardError title="Alerts and playbooks" error={error} wide onRetry={() => void refetch()} />
      </ReportGrid>
    );
  }
  if (data === undefined) {
    return (
      <ReportGrid>
        <ChartSkeleton wide />
        <ChartSkeleton wide />
      </ReportGrid>
    );
  }
  const when = `${formatDay(data.fromDay)} to ${formatDay(data.day)}`;
  const cards = [
    {
      title: 'Quality of alerts',
      means: `Alerts that opened from ${when}, without those that were true when their rule began or were found for past days afterwards. A name opens the rule.`,
      table: rulesTable(data),
      words: rulesWords(data),
      none: data.alertRules.length === 0,
    },
    {
      title: 'Effect of playbooks',
      means: `Goals that were started from ${when}. A name opens the playbook with its effect on score and ARR.`,
      table: playbooksTable(data),
      words: playbooksWords(data),
      none: data.playbooks.length === 0,
    },
  ];
  return (
    <ReportGrid stale={isPlaceholderData}>
      {cards.map(({ title, means, table, words, none }) => (
        <TableCard
          key={title}
          title={title}
          means={means}
          summary={words}
          table={table}
          day={data.day}
          empty={none ? words : undefined}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
          <section className={classes.scroll} tabIndex={0} aria-label={title}>
            <ReportTableView table={table} label={title} />
          </section>
        </TableCard>
      ))}
    </ReportGrid>
  );
}
