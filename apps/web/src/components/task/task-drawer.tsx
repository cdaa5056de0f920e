import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { TaskRowOfList } from '@steward/shared/tasks';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { formatDay, formatInstant, relativeDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import drawer from '../ui/drawer.module.css';
import classes from './task-drawer.module.css';
import { TaskFormDialog } from './task-form-dialog.js';
import { ANCHOR_WORDS, endedText, isByHand, ROLE_WORDS, STATE_WORDS } from './task-words.js';
import { type TaskDeeds, targetOf } from './use-task-deeds.js';

interface TaskDrawerProps {
  row: TaskRowOfList;
  /** Null for those who only look on. */
  deeds: TaskDeeds | null;
  onClose: () => void;
}

/** One task beside the list: how to go about it, what it belongs to, and how it stands. */
export function TaskDrawer({ row: { task, account }, deeds, onClose }: TaskDrawerProps) {
  const { today, timeZone } = useMe().workspace;
  const [editing, setEditing] = useState(false);
  const target = targetOf(task);
  const isOpen = task.state === 'open';
  const rests = task.snoozedUntil !== null && task.snoozedUntil > today;
  const facts: [string, ReactNode][] = [
    ['Account', account.name],
    ['Goal', task.goal ? `${task.goal.name}${task.goal.isMissed ? ' (missed)' : ''}` : null],
    ['State', isOpen ? STATE_WORDS.open : `${STATE_WORDS[task.state]} ${endedText(task)}`],
    [
      'Due',
      task.dueDay
        ? `${formatDay(task.dueDay)}, ${relativeDay(task.dueDay, today)}`
        : task.waitsFor
          ? `waits for ${ANCHOR_WORDS[task.waitsFor]}`
          : 'without a day',
    ],
    ['Rests until', rests ? formatDay(task.snoozedUntil) : null],
    ['For', task.assignee?.name ?? 'nobody yet'],
    ['Role', task.role ? ROLE_WORDS[task.role] : null],
    ['Counts', task.goal ? (task.required ? 'required for the goal' : 'optional') : null],
    ['Completes itself', task.completesWhen ? `when ${task.completesWhen}` : null],
    ['Made', formatInstant(task.createdAt, timeZone)],
  ];
  return (
    <aside className={classes.drawer} aria-label={`Task: ${task.title}`}>
      <div className={classes.head}>
        <h2 className={classes.title}>{task.title}</h2>
        <Button
          variant="default"
          renderRoot={(props) => <Link {...props} to="/accounts/$accountId" params={{ accountId: account.id }} />}
        >
          Open account
        </Button>
        <Tooltip label="Close (Esc)">
          <ActionIcon size={30} onClick={onClose} aria-label="Close the task">
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={drawer.body}>
        {deeds ? (
          <div className={classes.buttons}>
            {isOpen ? (
              <>
                <Button size="compact-xs" onClick={() => deeds.complete(target)}>
                  Complete
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => deeds.ask('complete', target)}>
                  With a note…
                </Button>
                {rests ? (
                  <Button size="compact-xs" variant="default" onClick={() => deeds.unsnooze(target)}>
                    Wake
                  </Button>
                ) : (
                  <Button size="compact-xs" variant="default" onClick={() => deeds.ask('snooze', target)}>
                    Snooze…
                  </Button>
                )}
                <Button size="compact-xs" variant="default" onClick={() => deeds.ask('due', target)}>
                  Due day…
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => deeds.ask('assign', target)}>
                  Assign…
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => deeds.ask('skip', target)}>
                  Skip…
                </Button>
                {isByHand(task) ? (
                  <>
                    <Button size="compact-xs" variant="default" onClick={() => setEditing(true)}>
                      Edit…
                    </Button>
                    <Button size="compact-xs" variant="default" onClick={() => deeds.cancel(target)}>
                      Cancel it
                    </Button>
                  </>
                ) : null}
              </>
            ) : (
              <Button size="compact-xs" variant="default" onClick={() => deeds.reopen(target)}>
                Open again
              </Button>
            )}
          </div>
        ) : null}
        {task.note ? (
          <section aria-label="Note">
            <h3 className={drawer.section}>Note</h3>
            <p className={classes.text}>{task.note}</p>
          </section>
        ) : null}
        <section aria-label="Guidance">
          <h3 className={drawer.section}>Guidance</h3>
          <p className={classes.text}>{task.guidance ?? 'None is written for this task.'}</p>
        </section>
        <dl className={classes.facts}>
          {facts
            .filter(([, value]) => value !== null)
            .map(([label, value]) => (
              <div key={label} style={{ display: 'contents' }}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </div>
      {editing ? <TaskFormDialog account={account} task={task} onClose={() => setEditing(false)} /> : null}
    </aside>
  );
}
