import { Button, Skeleton } from '@mantine/core';
import type { GoalRowOfList, GoalStatus } from '@steward/shared/goals';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type GoalQuestion, goalsQuery } from '../../components/goal/get-goals.js';
import { GoalStatusShape } from '../../components/goal/goal-status.js';
import { STATUS_WORDS } from '../../components/goal/goal-words.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { addDays } from '../../lib/days.js';
import { formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import classes from './board.module.css';
import { GoalCard } from './goal-card.js';
import { filtersSet } from './goal-filters.js';
import { NoGoals } from './no-goals.js';
import { useBoardKeys } from './use-board-keys.js';
import { useGoalSearch } from './use-goal-search.js';

const LIVE = ['notStarted', 'inProgress', 'atRisk'] as const;
const ENDED = 'achieved,missed,cancelled';
const AT_ONCE = 40;
const MOST = 500;
const ENDED_DAYS = 30;

/** Goals by status, the live ones by due day. Arrow keys move between the cards, Enter opens one beside the board. */
export function BoardPage() {
  const { search, question, set, open, setOpen } = useGoalSearch();
  const board = useRef<HTMLDivElement>(null);
  const probe = useQuery(goalsQuery({ ...question, limit: 1 }));
  const ended = useEnded(question);
  const onKeyDown = useBoardKeys(board);
  const goals = (probe.data?.total ?? 0) + (ended.rows?.length ?? 0);
  if (probe.error) {
    return <LoadFailed title="Goals could not be loaded" error={probe.error} onRetry={probe.refetch} />;
  }
  if (probe.data && ended.rows && goals === 0) {
    return (
      <NoGoals
        scope={question.scope}
        filters={filtersSet(search)}
        onClear={() => set({ kind: undefined, playbook: undefined, owner: undefined, text: undefined })}
        onAll={() => set({ scope: 'all' })}
      />
    );
  }
  const card = (row: GoalRowOfList, withStatus: boolean) => (
    <GoalCard
      key={row.goal.id}
      row={row}
      withStatus={withStatus}
      isOpen={open?.id === row.goal.id}
      onOpen={() => setOpen(row.goal)}
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the arrow keys of the cards within
    <div className={classes.board} ref={board} onKeyDown={onKeyDown}>
      {LIVE.map((status) => (
        <LiveColumn key={status} status={status} question={question} card={card} />
      ))}
      <Column
        title={`Ended in the last ${ENDED_DAYS} days`}
        count={ended.rows?.length ?? null}
        error={ended.error}
        onRetry={ended.refetch}
      >
        {ended.rows === null && !ended.error ? <ColumnSkeleton /> : null}
        {ended.rows?.length === 0 ? <p className={classes.none}>None</p> : null}
        {ended.rows?.map((row) => card(row, true))}
      </Column>
    </div>
  );
}

function useEnded(question: GoalQuestion) {
  const { today } = useMe().workspace;
  const since = addDays(today, -ENDED_DAYS);
  const { data, error, refetch } = useQuery(goalsQuery({ ...question, status: ENDED, limit: 100 }));
  return { rows: data?.rows.filter(({ goal }) => (goal.endedDay ?? '') > since) ?? null, error, refetch };
}

interface LiveColumnProps {
  status: (typeof LIVE)[number];
  question: GoalQuestion;
  card: (row: GoalRowOfList, withStatus: boolean) => React.ReactNode;
}

function LiveColumn({ status, question, card }: LiveColumnProps) {
  const [limit, setLimit] = useState(AT_ONCE);
  const { data, error, refetch } = useQuery(goalsQuery({ ...question, status, limit }));
  const rows = data?.rows ?? [];
  return (
    <Column title={STATUS_WORDS[status]} status={status} count={data?.total ?? null} error={error} onRetry={refetch}>
      {data || error ? null : <ColumnSkeleton />}
      {data && rows.length === 0 ? <p className={classes.none}>None</p> : null}
      {rows.map((row) => card(row, false))}
      {data && data.total > rows.length && limit < MOST ? (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setLimit(Math.min(MOST, limit * 3))}>
          Show more of {formatNumber(data.total)}
        </Button>
      ) : null}
      {data && data.total > rows.length && limit >= MOST ? (
        <p className={classes.none}>{formatNumber(data.total - rows.length)} more: filter to see them</p>
      ) : null}
    </Column>
  );
}

interface ColumnProps {
  title: string;
  status?: GoalStatus;
  count: number | null;
  error: Error | null;
  onRetry: () => unknown;
  children: React.ReactNode;
}

function Column({ title, status, count, error, onRetry, children }: ColumnProps) {
  return (
    <section className={classes.column} aria-label={title} data-column>
      <h2 className={classes.title}>
        {status ? <GoalStatusShape status={status} /> : null}
        {title}
        {count === null ? null : <span className={`${classes.count} tabular`}>{formatNumber(count)}</span>}
      </h2>
      {error ? <LoadFailed title="Goals could not be loaded" error={error} onRetry={onRetry} /> : null}
      <div className={classes.cards}>{children}</div>
    </section>
  );
}

const ColumnSkeleton = () => (
  <>
    <Skeleton h={104} />
    <Skeleton h={104} />
    <Skeleton h={104} />
  </>
);
