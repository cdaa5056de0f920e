import { UnstyledButton } from '@mantine/core';
import { KIND_WORDS } from '@steward/shared/goal-words';
import type { GoalRowOfList } from '@steward/shared/goals';
import { GoalProgress } from '../../components/goal/goal-progress.js';
import { GoalStatusLabel } from '../../components/goal/goal-status.js';
import { riskWords, waitsWords } from '../../components/goal/goal-words.js';
import { ChurnedMark } from '../../components/leaving/churned-mark.js';
import { formatDay, formatDayShort, relativeDay } from '../../lib/days.js';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import classes from './board.module.css';

interface GoalCardProps {
  row: GoalRowOfList;
  withStatus: boolean;
  isOpen: boolean;
  onOpen: () => void;
}

/** A goal on the board; it opens beside it. */
export function GoalCard({ row: { account, goal }, withStatus, isOpen, onOpen }: GoalCardProps) {
  const { today, currency } = useMe().workspace;
  const risk = riskWords(goal);
  const waits = waitsWords(goal);
  const { open, overdue } = goal.tasks;
  return (
    <UnstyledButton
      className={classes.card}
      data-card={goal.id}
      data-open={isOpen || undefined}
      aria-label={`${account.name}${account.status === 'churned' ? ', churned' : ''}: ${goal.name}`}
      onClick={onOpen}
    >
      <span className={classes.head}>
        <span className={classes.account}>{account.name}</span>
        <ChurnedMark status={account.status} />
        {account.arrMinor === null ? null : (
          <span className={`${classes.dim} tabular`} title={`ARR ${formatMoney(account.arrMinor, currency)}`}>
            {formatMoneyCompact(account.arrMinor, currency)}
          </span>
        )}
      </span>
      <span className={classes.goal} title={`${goal.name} · ${KIND_WORDS[goal.kind]}`}>
        {goal.name}
      </span>
      {withStatus ? (
        <span className={classes.foot}>
          <GoalStatusLabel status={goal.status} />
          <span className={classes.dim}>{goal.endedDay === null ? '' : relativeDay(goal.endedDay, today)}</span>
        </span>
      ) : (
        <GoalProgress goal={goal} />
      )}
      {waits === null ? null : <span className={classes.dim}>{waits}</span>}
      {risk === null ? null : <span className={classes.risk}>{risk}</span>}
      <span className={classes.foot}>
        <span title={`Due ${formatDay(goal.dueDay)}`}>
          {goal.endedDay === null ? `due ${relativeDay(goal.dueDay, today)}` : `was due ${formatDayShort(goal.dueDay)}`}
        </span>
        {open === 0 ? null : (
          <span>
            {plural(open, 'task')}
            {overdue === 0 ? null : <strong className={classes.late}>, {overdue} overdue</strong>}
          </span>
        )}
        <span className={classes.owner} title="Owner">
          {goal.owner?.name ?? 'nobody'}
        </span>
      </span>
    </UnstyledButton>
  );
}
