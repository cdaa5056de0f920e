import { ActionIcon, Checkbox, UnstyledButton } from '@mantine/core';
import type { TaskRowOfList } from '@steward/shared/tasks';
import { IconBell, IconCalendar, IconClock, IconMessagePlus, IconNote, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { ChurnedMark } from '../leaving/churned-mark.js';
import { askTouch } from '../touch/ask-touch.js';
import classes from './task-list.module.css';
import { dueText, endedText, STATE_WORDS } from './task-words.js';
import { type TaskDeeds, targetOf } from './use-task-deeds.js';

interface TaskRowProps {
  row: TaskRowOfList;
  /** Null for those who only look on. */
  deeds: TaskDeeds | null;
  /** Null: nothing can be selected here. */
  isSelected: boolean | null;
  isOpen: boolean;
  /** It has the focus or the pointer: its buttons are drawn. */
  isActive: boolean;
  withAccount: boolean;
  onSelect: (id: string) => void;
  onOpen: (row: TaskRowOfList) => void;
  onActive: (id: string) => void;
}

/** One task: done or not, what it is, of which account and goal, by when and whose. */
export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { row, deeds, isSelected, isOpen, isActive, withAccount, onSelect, onOpen, onActive } = props;
  const { account, task } = row;
  const { today } = useMe().workspace;
  const ended = task.state !== 'open';
  return (
    // The row takes the keys; all that they do has a button of its own too.
    <li
      className={classes.row}
      data-task={task.id}
      data-account={account.id}
      data-open={isOpen || undefined}
      data-selected={isSelected || undefined}
      data-selects={isSelected !== null || undefined}
      data-alone={withAccount ? undefined : true}
      tabIndex={-1}
      onFocus={() => onActive(task.id)}
      onMouseEnter={() => onActive(task.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row);
      }}
    >
      {isSelected === null ? null : (
        <Checkbox
          className={classes.select}
          size="16px"
          radius="4px"
          aria-label={`Select ${task.title}, ${account.name}`}
          checked={isSelected}
          onChange={() => onSelect(task.id)}
        />
      )}
      <Checkbox
        size="17px"
        radius="xl"
        aria-label={ended ? `Open again: ${task.title}` : `Complete: ${task.title}`}
        title={ended ? `${STATE_WORDS[task.state]} ${endedText(task)}` : undefined}
        checked={ended}
        indeterminate={task.state === 'skipped' || task.state === 'cancelled'}
        disabled={deeds === null}
        onChange={() => (ended ? deeds?.reopen(targetOf(task)) : deeds?.complete(targetOf(task)))}
      />
      <span className={classes.what}>
        <UnstyledButton className={classes.title} title={task.title} onClick={() => onOpen(row)}>
          {task.title}
        </UnstyledButton>
        {task.required && !ended ? null : task.goal && !ended ? (
          <span className={classes.optional}>optional</span>
        ) : null}
        {task.goal ? (
          <span className={classes.goal} title={task.goal.name}>
            {task.goal.name}
            {task.goal.isMissed ? <span className={classes.late}> missed</span> : null}
          </span>
        ) : null}
      </span>
      {withAccount ? (
        <span className={classes.account}>
          <Link to="/accounts/$accountId" params={{ accountId: account.id }} className={classes.name}>
            {account.name}
          </Link>
          <ChurnedMark status={account.status} />
          {account.tier ? <span className={classes.tier}>{account.tier}</span> : null}
        </span>
      ) : null}
      <span className={classes.end}>
        <span className={classes.facts}>
          <span className={classes.who} title={task.assignee?.name}>
            {task.assignee?.name ?? 'unassigned'}
          </span>
          <span
            className={`${classes.due} tabular ${task.isOverdue ? classes.late : ''}`}
            title={task.dueDay ? `Due ${formatDay(task.dueDay)}` : undefined}
          >
            {task.snoozedUntil && task.snoozedUntil > today && !ended
              ? `rests to ${formatDay(task.snoozedUntil)}`
              : dueText(task, today)}
          </span>
        </span>
        {isActive && deeds && !ended ? <Buttons row={row} deeds={deeds} /> : null}
      </span>
    </li>
  );
});

function Buttons({ row: { task }, deeds }: { row: TaskRowOfList; deeds: TaskDeeds }) {
  const { today } = useMe().workspace;
  const target = targetOf(task);
  const rests = task.snoozedUntil !== null && task.snoozedUntil > today;
  const buttons = [
    { label: 'Complete with a note', keys: 'E', icon: IconNote, run: () => deeds.ask('complete', target) },
    rests
      ? { label: 'Wake', keys: 'S', icon: IconBell, run: () => deeds.unsnooze(target) }
      : { label: 'Snooze', keys: 'S', icon: IconClock, run: () => deeds.ask('snooze', target) },
    { label: 'Due day', keys: 'D', icon: IconCalendar, run: () => deeds.ask('due', target) },
    { label: 'Assign', keys: 'A', icon: IconUser, run: () => deeds.ask('assign', target) },
    { label: 'Log a touch', keys: 'T', icon: IconMessagePlus, run: () => askTouch(task.accountId) },
  ];
  return (
    <span className={classes.buttons}>
      {buttons.map(({ label, keys, icon: Icon, run }) => (
        <ActionIcon
          key={label}
          size={26}
          title={`${label} (${keys})`}
          aria-label={`${label}: ${task.title}`}
          onClick={run}
        >
          <Icon size={15} aria-hidden />
        </ActionIcon>
      ))}
    </span>
  );
}
