import { Skeleton } from '@mantine/core';
import type { TodayScope } from '@steward/shared/today';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { tasksQuery } from '../../components/task/get-tasks.js';
import { TaskList } from '../../components/task/task-list.js';
import { useTaskDeeds } from '../../components/task/use-task-deeds.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatNumber } from '../../lib/format.js';
import classes from './today.module.css';

const ROWS = 8;

/** Tasks that are due, and after them those that were never given a day, done in place; the whole list is one click away. */
export function TodayTasks({ scope }: { scope: TodayScope }) {
  const navigate = useNavigate();
  const { deeds, dialogs } = useTaskDeeds();
  const { data, error, refetch } = useQuery(tasksQuery({ scope, due: 'overdue,today,none', limit: ROWS }));
  const { overdue = 0, today = 0, none = 0 } = data?.counts ?? {};
  const parts = [
    today > 0 ? `${formatNumber(today)} today` : null,
    none > 0 ? `${formatNumber(none)} without a day` : null,
  ].filter((part) => part !== null);
  return (
    <Section
      title="Tasks due"
      note={
        <>
          {overdue > 0 ? <span className={classes.late}>{formatNumber(overdue)} overdue</span> : null}
          {overdue > 0 && parts.length > 0 ? ' · ' : null}
          {parts.join(' · ')}
        </>
      }
      aside={
        <Link to="/goals/tasks" search={{ scope }} className={classes.all}>
          All tasks
        </Link>
      }
    >
      {error ? <LoadFailed title="Tasks could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={80} />}
      {data?.rows.length === 0 ? (
        <p className={classes.quiet}>
          Nothing is due today.
          {data.counts.week > 0 ? ` ${formatNumber(data.counts.week)} within the week.` : ''}
        </p>
      ) : null}
      {data && data.rows.length > 0 ? (
        <div className={classes.alerts}>
          <TaskList
            label="Tasks due"
            rows={data.rows}
            deeds={deeds}
            isAsking={dialogs !== null}
            inGroups={false}
            keys={false}
            onOpen={({ task }) =>
              void navigate({ to: '/goals/tasks', search: { scope, open: `${task.accountId}~${task.id}` } })
            }
          />
        </div>
      ) : null}
      {dialogs}
    </Section>
  );
}
