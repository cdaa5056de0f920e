import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { goalsQuery } from '../../components/goal/get-goals.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { formatNumber, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import classes from './calendar.module.css';
import { CalendarGrid } from './calendar-grid.js';
import { type DueItem, dueItems } from './due-items.js';
import { tasksDueQuery } from './get-tasks-due.js';
import { addMonths, monthOf, monthTitle, weeksOf } from './month-grid.js';
import { useGoalSearch } from './use-goal-search.js';

const MOST = 500;

/** When goals and tasks are due, a month at a time. */
export function CalendarPage() {
  const { search, question, set, setOpen } = useGoalSearch();
  const { today } = useMe().workspace;
  const month = monthOf(search.month, today);
  const weeks = weeksOf(month);
  const dueFrom = weeks[0]?.[0];
  const dueTo = weeks.at(-1)?.at(-1);
  const goals = useQuery(goalsQuery({ ...question, dueFrom, dueTo, limit: MOST }));
  // Tasks know neither kind nor playbook: where goals are chosen by these, tasks would be others'.
  const withTasks = question.kind === undefined && question.playbookId === undefined;
  const tasks = useQuery({
    ...tasksDueQuery({
      scope: question.scope,
      assigneeUserId: question.ownerUserId,
      text: question.text,
      dueFrom,
      dueTo,
      limit: MOST,
    }),
    enabled: withTasks,
  });
  const error = goals.error ?? (withTasks ? tasks.error : null);
  const items = dueItems(goals.data?.rows ?? [], withTasks ? (tasks.data?.rows ?? []) : []);
  const cut = (goals.data?.total ?? 0) > MOST || (withTasks && (tasks.data?.total ?? 0) > MOST);
  const go = (to: string) => set({ month: to === today.slice(0, 7) ? undefined : to });
  const open = (item: DueItem) => {
    if (item.goal !== null) setOpen(item.goal);
  };
  return (
    <div className={classes.page}>
      <div className={classes.bar}>
        <ActionIcon size={26} aria-label="Month before" onClick={() => go(addMonths(month, -1))}>
          <IconChevronLeft size={15} aria-hidden />
        </ActionIcon>
        <h2 className={classes.month} aria-live="polite">
          {monthTitle(month)}
        </h2>
        <ActionIcon size={26} aria-label="Month after" onClick={() => go(addMonths(month, 1))}>
          <IconChevronRight size={15} aria-hidden />
        </ActionIcon>
        <Button variant="default" size="compact-xs" onClick={() => go(today.slice(0, 7))}>
          Today
        </Button>
        <span className={classes.note}>
          {goals.data ? `${plural(goals.data.total, 'live goal')} due` : ''}
          {withTasks
            ? tasks.data
              ? `, ${plural(tasks.data.total, 'open task')}`
              : ''
            : '. Tasks are left out while a kind or a playbook is chosen.'}
          {cut ? ` Only the first ${formatNumber(MOST)} of each are shown: filter to see the others.` : ''}
        </span>
      </div>
      {error ? (
        <LoadFailed
          title="The calendar could not be loaded"
          error={error}
          onRetry={() => Promise.all([goals.refetch(), withTasks ? tasks.refetch() : null])}
        />
      ) : null}
      {!goals.data && !error ? <Skeleton h={480} /> : null}
      {goals.data ? (
        <CalendarGrid
          key={month}
          month={month}
          weeks={weeks}
          today={today}
          items={items}
          isBusy={goals.isPlaceholderData}
          onMonth={(by) => go(addMonths(month, by))}
          onOpen={open}
        />
      ) : null}
    </div>
  );
}
