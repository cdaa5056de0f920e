import { ActionIcon, Checkbox, Menu } from '@mantine/core';
import type { Task } from '@steward/shared/tasks';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay, relativeDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { type TaskDeed, useActOnTask } from './act-on-goal.js';
import classes from './goal-tasks.module.css';
import { ANCHOR_WORDS } from './goal-words.js';
import { PersonDialog } from './person-dialog.js';
import { TaskDayDialog } from './task-day-dialog.js';

/** What ticking the box does, and taking it back. */
const TICKS: ReadonlySet<TaskDeed['action']> = new Set(['complete', 'reopen']);

interface GoalTasksProps {
  tasks: readonly Task[];
  mayAct: boolean;
}

/** The tasks of a goal, done, skipped, given away and dated where they stand. */
export function GoalTasks({ tasks, mayAct }: GoalTasksProps) {
  const act = useActOnTask();
  const [asked, setAsked] = useState<{ what: 'assign' | 'due'; task: Task } | null>(null);
  const close = () => setAsked(null);
  const run = (task: Task, deed: TaskDeed, done: string) =>
    act.mutate({ task, deed, said: `${task.title}: ${done}` }, { onSettled: close });
  if (tasks.length === 0) return <p className={classes.quiet}>It has no tasks.</p>;
  return (
    <>
      <ul className={classes.list}>
        {tasks.map((task) => (
          <TaskLine
            key={task.id}
            task={task}
            mayAct={mayAct}
            isPending={act.isPending && act.variables.task.id === task.id && TICKS.has(act.variables.deed.action)}
            onDo={(deed, done) => run(task, deed, done)}
            onAsk={(what) => setAsked({ what, task })}
          />
        ))}
      </ul>
      {asked?.what === 'assign' ? (
        <PersonDialog
          title={`Who does it: ${asked.task.title}`}
          accountId={asked.task.accountId}
          yes="Assign"
          current={asked.task.assignee?.userId ?? null}
          isPending={act.isPending}
          onClose={close}
          onChoose={(assigneeUserId, name) =>
            run(
              asked.task,
              { action: 'assign', assigneeUserId },
              `given to ${name.toLowerCase() === 'nobody' ? 'nobody' : name}`,
            )
          }
        />
      ) : null}
      {asked?.what === 'due' ? (
        <TaskDayDialog
          task={asked.task}
          isPending={act.isPending}
          onClose={close}
          onChoose={(dueDay) =>
            run(
              asked.task,
              { action: 'due', dueDay },
              dueDay === null ? 'without a day' : `due on ${formatDay(dueDay)}`,
            )
          }
        />
      ) : null}
    </>
  );
}

interface TaskLineProps {
  task: Task;
  mayAct: boolean;
  isPending: boolean;
  onDo: (deed: TaskDeed, done: string) => void;
  onAsk: (what: 'assign' | 'due') => void;
}

function TaskLine({ task, mayAct, isPending, onDo, onAsk }: TaskLineProps) {
  const [unfolded, setUnfolded] = useState(false);
  const open = task.state === 'open';
  const done = task.state === 'done';
  const hasMore = Boolean(task.guidance) || task.completesWhen !== null;
  return (
    <li className={classes.task}>
      <Checkbox
        aria-label={`${task.title} is done`}
        // It shows at once what it will be; a refusal turns it back.
        checked={isPending ? !done : done}
        disabled={!mayAct || isPending || (!open && !done)}
        onChange={() =>
          done ? onDo({ action: 'reopen' }, 'open again') : onDo({ action: 'complete', note: null }, 'done')
        }
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
                <Menu.Item onClick={() => onDo({ action: 'skip', note: null }, 'skipped')}>Skip</Menu.Item>
                <Menu.Item onClick={() => onAsk('assign')}>Assign…</Menu.Item>
                <Menu.Item onClick={() => onAsk('due')}>Set the day…</Menu.Item>
              </>
            ) : (
              <Menu.Item onClick={() => onDo({ action: 'reopen' }, 'open again')}>Reopen</Menu.Item>
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
