import { UnstyledButton } from '@mantine/core';
import { KIND_WORDS } from '@steward/shared/goal-words';
import type { Goal } from '@steward/shared/goals';
import { formatDay, relativeDay } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import classes from './goal-list.module.css';
import { GoalProgress } from './goal-progress.js';
import { GoalStatusLabel } from './goal-status.js';
import { isLive, riskWords, waitsWords } from './goal-words.js';

interface GoalListProps {
  label: string;
  goals: readonly Goal[];
  openId: string | null;
  onOpen: (goal: Goal) => void;
}

/** Goals of one account; each opens beside the list. */
export function GoalList({ label, goals, openId, onOpen }: GoalListProps) {
  return (
    <ul className={classes.goals} aria-label={label}>
      {goals.map((goal) => (
        <li key={goal.id}>
          <UnstyledButton
            className={classes.goal}
            data-open={openId === goal.id || undefined}
            onClick={() => onOpen(goal)}
          >
            <GoalLine goal={goal} />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

function GoalLine({ goal }: { goal: Goal }) {
  const { today } = useMe().workspace;
  const risk = riskWords(goal);
  const { open, overdue } = goal.tasks;
  return (
    <>
      <span className={classes.line}>
        <span className={classes.name}>{goal.name}</span>
        <GoalStatusLabel status={goal.status} />
        <GoalProgress goal={goal} />
        <span className={classes.dim} title={formatDay(goal.dueDay)}>
          {isLive(goal) ? `due ${relativeDay(goal.dueDay, today)}` : `ended ${formatDay(goal.endedDay)}`}
        </span>
        <span className={classes.dim}>{goal.owner?.name ?? 'nobody'}</span>
      </span>
      <span className={classes.dim}>
        {KIND_WORDS[goal.kind]} · {goal.targetWords}
        {open === 0 ? '' : ` · ${plural(open, 'open task')}`}
        {overdue === 0 ? null : <span className={classes.late}>, {overdue} overdue</span>}
        {waitsWords(goal) === null ? null : ` · ${waitsWords(goal)}`}
        {risk === null ? null : <span className={classes.late}> · {risk}</span>}
      </span>
    </>
  );
}
