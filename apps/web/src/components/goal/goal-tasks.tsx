import { ActionIcon, Checkbox, Menu } from '@mantine/core';
import type { Task } from '@steward/shared/tasks';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay, relativeDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { type TaskDeeds, targetOf, useTaskDeeds } from '../task/use-task-deeds.js';
import classes from './goal-tasks.module.css';
import { ANCHOR_WORDS } from './goal-words.js';

interface GoalTasksProps {
  tasks: readonly Task[];
  mayAct: boolean;
}

/** The tasks of a goal, done, skipped, given away and dated where they stand. */
export function GoalTasks({ tasks, mayAct }: GoalTasksProps) {
  const { deeds, underWay, dialogs } = useTaskDeeds();
  const isTicked = ({ id }: Task) =>
    (underWay?.deed.action === 'complete' || underWay?.deed.action === 'reopen') &&
    underWay.tasks.some((task) => task.id === id);
  if (tasks.length === 0) return <p className={classes.quiet}>It has no tasks.</p>;
  return (
    <>
      <ul className={classes.list}>
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} mayAct={mayAct} isPending={isTicked(task)} deeds={deeds} />
        ))}
      </ul>
      {dialogs}
    </>
  );
}

interface TaskLineProps {
  task: Task;
  mayAct: boolean;
  /** It is being ticked, or taken back. */
  isPending: boolean;
  deeds: TaskDeeds;
}

function TaskLine({ task, mayAct, isPending, deeds }: TaskLineProps) {
  const [unfolded, setUnfolded] = useState(false);
  const open = task.state === 'open';
  const done = task.state === 'done';
  const hasMore = Boolean(task.guidance) || task.completesWhen !== null;
  const target = targetOf(task);
  return (
    <li className={classes.task}>
      <Checkbox
        aria-label={`${task.title} is done`}
        // It shows at once what it will be; a refusal turns it back.
        checked={isPending ? !done : done}
        disabled={!mayAct || isPending || (!open && !done)}
        onChange={() => (done ? deeds.reopen(target) : deeds.complete(target))}
      />
      <button
        type="button"
        className={classes.title}
        data-ended={open ? undefined : done ? 'done' : 'dropped'}
        aria-expanded={hasMore ? unfolded : undefined}
        onClick={() => setUnfolded(!unfolded)}
      >
        {task.title}
      </button>
      {mayAct ? (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon size={22} aria-label={`More for ${task.title}`}>
              <IconDots size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {open ? (
              <>
                <Menu.Item onClick={() => deeds.ask('complete', target)}>Complete with a note…</Menu.Item>
                <Menu.Item onClick={() => deeds.ask('skip', target)}>Skip…</Menu.Item>
                <Menu.Item onClick={() => deeds.ask('assign', target)}>Assign…</Menu.Item>
                <Menu.Item onClick={() => deeds.ask('due', target)}>Set the day…</Menu.Item>
              </>
            ) : (
              <Menu.Item onClick={() => deeds.reopen(target)}>Reopen</Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span />
      )}
      <span className={classes.meta}>
        <TaskMeta task={task} />
      </span>
      {unfolded && hasMore ? (
        <div className={classes.guidance}>
          {task.guidance}
          {task.completesWhen === null ? null : (
            <div className={classes.quiet}>Completes itself when {task.completesWhen}</div>
          )}
        </div>
      ) : null}
    </li>
  );
}

function TaskMeta({ task }: { task: Task }) {
  const { today } = useMe().workspace;
  const { state, dueDay, waitsFor, isOverdue, assignee, required, completesItself, endedDay, endedBy, completedHow } =
    task;
  return (
    <>
      {state === 'open' ? (
        dueDay === null ? (
          <span>{waitsFor === null ? 'no day' : `waits for ${ANCHOR_WORDS[waitsFor]}`}</span>
        ) : (
          <span className={isOverdue ? classes.late : undefined} title={formatDay(dueDay)}>
            {isOverdue ? `overdue, ${relativeDay(dueDay, today)}` : `due ${relativeDay(dueDay, today)}`}
          </span>
        )
      ) : (
        <span>
          {state}
          {endedDay ? ` ${formatDay(endedDay)}` : ''}
          {completedHow === 'rule' ? ' by itself' : endedBy ? ` by ${endedBy}` : ''}
        </span>
      )}
      {assignee !== null && assignee.name === endedBy ? null : <span>{assignee?.name ?? 'nobody’s'}</span>}
      {required ? null : <span>optional</span>}
      {completesItself && state === 'open' ? <span>completes itself</span> : null}
      {task.note ? <span title="Note">“{task.note}”</span> : null}
    </>
  );
}
