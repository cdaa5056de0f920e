import type { Task } from '@steward/shared/tasks';
import { type ReactNode, useMemo, useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { type ActOnTasks, type TaskDeed, useActOnTasks } from './act-on-tasks.js';
import { AssignDialog, DayDialog, NoteDialog } from './task-dialogs.js';

export type Asked = 'complete' | 'skip' | 'snooze' | 'assign' | 'due';

/** Tasks to act on, and how they are called: the title, or how many. */
export interface TaskTarget {
  tasks: readonly Task[];
  what: string;
}

export const targetOf = (task: Task): TaskTarget => ({ tasks: [task], what: task.title });
export const manyTargets = (tasks: readonly Task[]): TaskTarget => ({ tasks, what: plural(tasks.length, 'task') });

export interface TaskDeeds {
  complete: (target: TaskTarget) => void;
  reopen: (target: TaskTarget) => void;
  unsnooze: (target: TaskTarget) => void;
  cancel: (target: TaskTarget) => void;
  /** Opens the dialog that asks what else has to be known; `complete` asks for a note. */
  ask: (what: Asked, target: TaskTarget) => void;
}

interface UsedTaskDeeds {
  deeds: TaskDeeds;
  /** What the server has not yet answered. */
  underWay: ActOnTasks | null;
  dialogs: ReactNode;
}

/** What people do with tasks, from wherever they stand; `onDone` runs after each deed that did something. */
export function useTaskDeeds(onDone?: () => void): UsedTaskDeeds {
  const { mutate, isPending, variables } = useActOnTasks();
  const [asked, setAsked] = useState<{ what: Asked; target: TaskTarget } | null>(null);
  const run = (deed: TaskDeed, { tasks, what }: TaskTarget, done: string) =>
    mutate(
      { deed, tasks, said: `${what}: ${done}` },
      {
        onSuccess: (answer) => {
          // All refused: what was written stays, beside the reason that the toast gives.
          if (answer.done === 0) return;
          setAsked(null);
          onDone?.();
        },
      },
    );
  // The rows of a deep list are drawn again only when something of theirs changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the deeds close over stays the same.
  const deeds = useMemo<TaskDeeds>(
    () => ({
      complete: (target) => run({ action: 'complete', note: null }, target, 'done'),
      reopen: (target) => run({ action: 'reopen' }, target, 'open again'),
      unsnooze: (target) => run({ action: 'unsnooze' }, target, 'awake'),
      cancel: (target) => run({ action: 'cancel' }, target, 'cancelled'),
      ask: (what, target) => setAsked({ what, target }),
    }),
    [mutate],
  );
  const underWay = isPending ? variables : null;
  if (asked === null) return { deeds, underWay, dialogs: null };
  const { target } = asked;
  const props = { what: target.what, isPending, onClose: () => setAsked(null) };
  return { deeds, underWay, dialogs: dialog() };

  function dialog(): ReactNode {
    switch (asked?.what) {
      case 'complete':
      case 'skip': {
        const action = asked.what;
        return (
          <NoteDialog
            {...props}
            action={action}
            onNote={(note) => run({ action, note }, target, action === 'complete' ? 'done' : 'skipped')}
          />
        );
      }
      case 'snooze':
        return (
          <DayDialog
            {...props}
            asks="snooze"
            onDay={(until) => until && run({ action: 'snooze', until }, target, `rests until ${formatDay(until)}`)}
          />
        );
      case 'due':
        return (
          <DayDialog
            {...props}
            asks="due"
            day={target.tasks.length === 1 ? target.tasks[0]?.dueDay : null}
            onDay={(dueDay) =>
              run({ action: 'due', dueDay }, target, dueDay === null ? 'without a day' : `due ${formatDay(dueDay)}`)
            }
          />
        );
      case 'assign':
        return (
          <AssignDialog
            {...props}
            accountIds={[...new Set(target.tasks.map(({ accountId }) => accountId))]}
            onAssign={(assigneeUserId, name) =>
              run({ action: 'assign', assigneeUserId }, target, `assigned to ${name}`)
            }
          />
        );
      default:
        return null;
    }
  }
}
