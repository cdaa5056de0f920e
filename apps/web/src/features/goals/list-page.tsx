import { Skeleton, Table, UnstyledButton } from '@mantine/core';
import type { GoalRowOfList } from '@steward/shared/goals';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { goalsQuery } from '../../components/goal/get-goals.js';
import { GoalProgress } from '../../components/goal/goal-progress.js';
import { GoalStatusLabel } from '../../components/goal/goal-status.js';
import { isLive, riskWords } from '../../components/goal/goal-words.js';
import { ChurnedMark } from '../../components/leaving/churned-mark.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { formatDay, relativeDay } from '../../lib/days.js';
import { formatMoney, formatMoneyCompact, formatNumber, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { filtersSet, statusOfSearch } from './goal-filters.js';
import classes from './goal-list.module.css';
import { type GoalOrder, orderOf, orderText, SORT_COLUMNS, sortedGoals } from './goal-order.js';
import { NoGoals } from './no-goals.js';
import { useGoalSearch } from './use-goal-search.js';

const MOST = 500;

/** Goals as a table that sorts by each of its columns. J and K move, Enter opens. */
export function ListPage() {
  const { search, question, set, open, setOpen } = useGoalSearch();
  const { data, error, refetch } = useQuery(goalsQuery({ ...question, status: statusOfSearch(search), limit: MOST }));
  const order = orderOf(search.sort);
  const rows = data ? sortedGoals(data.rows, order) : [];
  const table = useRef<HTMLTableSectionElement>(null);
  const move = (by: 1 | -1) => {
    const names = [...(table.current?.querySelectorAll<HTMLElement>('[data-goal]') ?? [])];
    const at = names.indexOf(document.activeElement as HTMLElement);
    names[at < 0 ? 0 : Math.min(names.length - 1, Math.max(0, at + by))]?.focus();
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });
  if (error) return <LoadFailed title="Goals could not be loaded" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={360} m="lg" w="auto" />;
  if (rows.length === 0) {
    return (
      <NoGoals
        scope={question.scope}
        filters={filtersSet(search)}
        onClear={() =>
          set({ kind: undefined, playbook: undefined, owner: undefined, text: undefined, status: undefined })
        }
        onAll={() => set({ scope: 'all' })}
      />
    );
  }
  return (
    <div className={classes.list}>
      <Table.ScrollContainer minWidth={940} type="native">
        <Table aria-label="Goals" highlightOnHover verticalSpacing={6} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {SORT_COLUMNS.map(({ key, label, isNumber }) => (
                <SortHead
                  key={key}
                  label={label}
                  isNumber={isNumber}
                  order={order.by === key ? order : null}
                  onSort={() => set({ sort: orderText({ by: key, down: order.by === key ? !order.down : isNumber }) })}
                />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody ref={table}>
            {rows.map((row) => (
              <GoalLine
                key={row.goal.id}
                row={row}
                isOpen={open?.id === row.goal.id}
                onOpen={() => setOpen(row.goal)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {data.total > rows.length ? (
        <p className={classes.rest}>
          These are the {formatNumber(rows.length)} that are due first, of {plural(data.total, 'goal')}; the order of a
          column is theirs alone. Filter to see the others.
        </p>
      ) : null}
    </div>
  );
}

interface SortHeadProps {
  label: string;
  isNumber: boolean;
  order: GoalOrder | null;
  onSort: () => void;
}

function SortHead({ label, isNumber, order, onSort }: SortHeadProps) {
  const Arrow = order?.down ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      ta={isNumber ? 'right' : undefined}
      aria-sort={order === null ? 'none' : order.down ? 'descending' : 'ascending'}
    >
      <UnstyledButton className={classes.sort} onClick={onSort}>
        {label}
        {order === null ? null : <Arrow size={12} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  );
}

/** A goal in the list; it opens beside it. */
export function GoalLine({
  row: { account, goal },
  isOpen,
  onOpen,
}: {
  row: GoalRowOfList;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const { today, currency } = useMe().workspace;
  const { open, overdue } = goal.tasks;
  return (
    <Table.Tr className={classes.row} data-open={isOpen || undefined}>
      <Table.Td>
        <Link to="/accounts/$accountId" params={{ accountId: account.id }} className={classes.name}>
          {account.name}
        </Link>{' '}
        <ChurnedMark status={account.status} />
      </Table.Td>
      <Table.Td>
        <UnstyledButton className={classes.goal} data-goal={goal.id} onClick={onOpen}>
          {goal.name}
        </UnstyledButton>
      </Table.Td>
      <Table.Td title={riskWords(goal) ?? undefined}>
        <GoalStatusLabel status={goal.status} />
      </Table.Td>
      <Table.Td miw={130}>
        <GoalProgress goal={goal} />
      </Table.Td>
      <Table.Td title={formatDay(goal.dueDay)}>
        {formatDay(goal.dueDay)}{' '}
        {isLive(goal) ? <span className={classes.dim}>{relativeDay(goal.dueDay, today)}</span> : null}
      </Table.Td>
      <Table.Td>{goal.owner?.name ?? <span className={classes.dim}>nobody</span>}</Table.Td>
      <Table.Td ta="right" className="tabular">
        {formatNumber(open)}
        {overdue === 0 ? null : <span className={classes.late}> ({formatNumber(overdue)} overdue)</span>}
      </Table.Td>
      <Table.Td ta="right" className="tabular" title={formatMoney(account.arrMinor, currency)}>
        {formatMoneyCompact(account.arrMinor, currency)}
      </Table.Td>
    </Table.Tr>
  );
}
