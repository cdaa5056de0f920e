import { UnstyledButton } from '@mantine/core';
import type { Task, TaskRowOfList } from '@steward/shared/tasks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { focusRow, useKeptPlace } from '../ui/use-kept-place.js';
import { undoLastDeed } from './act-on-tasks.js';
import { GROUP_WORDS, grouped, type TaskGroup } from './task-groups.js';
import classes from './task-list.module.css';
import { TaskRow } from './task-row.js';
import { type TaskDeeds, targetOf } from './use-task-deeds.js';

interface TaskListProps {
  label: string;
  rows: readonly TaskRowOfList[];
  deeds: TaskDeeds;
  /** A dialog of the deeds stands open. */
  isAsking: boolean;
  /** Under headings by due day, or one after the other. */
  inGroups?: boolean;
  withAccount?: boolean;
  /** False beside another list that has J and K: the keys then answer only where a task has the focus. */
  keys?: boolean;
  selection?: { ids: ReadonlySet<string>; onToggle: (id: string) => void };
  openId?: string | null;
  onOpen: (row: TaskRowOfList) => void;
}

const NOTHING: ReadonlySet<string> = new Set();
/** What rests is no work of today: folded until it is asked for. */
const FOLDED: ReadonlySet<TaskGroup> = new Set(['snoozed']);

/**
 * Tasks by due day. J and K move, Enter opens, X selects, C completes, E completes with a note, S snoozes, D sets the
 * day, A assigns, Z takes the last deed back.
 */
export function TaskList(props: TaskListProps) {
  const {
    label,
    rows,
    deeds,
    isAsking,
    inGroups = true,
    withAccount = true,
    keys = true,
    selection,
    openId = null,
    onOpen,
  } = props;
  const { permissions, workspace } = useMe();
  const mayAct = permissions.includes('goals:write');
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const [folded, setFolded] = useState(FOLDED);
  const groups = useMemo(
    () => (inGroups ? grouped(rows, workspace.today) : [{ group: null, rows: [...rows] }]),
    [rows, inGroups, workspace.today],
  );
  const shown = groups.flatMap(({ group, rows: own }) => (group !== null && folded.has(group) ? [] : own));
  const at = shown.findIndex(({ task }) => task.id === active);
  const current = shown[at];
  const elementOf = (id: string) => root.current?.querySelector<HTMLElement>(`[data-task="${id}"]`);
  const ids = shown.map(({ task }) => task.id);
  useKeptPlace({ ids, active, onActive: setActive, isAsking, elementOf });
  const latest = useRef({ selection, onOpen });
  latest.current = { selection, onOpen };
  const select = useCallback((id: string) => latest.current.selection?.onToggle(id), []);
  const open = useCallback((row: TaskRowOfList) => latest.current.onOpen(row), []);
  const activate = useCallback((id: string) => setActive(id), []);

  const move = (by: 1 | -1) => {
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    setActive(next.task.id);
    focusRow(elementOf(next.task.id));
    // What stands open beside the list follows.
    if (openId !== null) onOpen(next);
  };
  const isOurs = () => keys || (root.current?.contains(document.activeElement) ?? false);
  const on = (run: (task: Task) => void) => () => {
    if (!isOurs()) return false;
    if (current !== undefined) run(current.task);
    return true;
  };
  const rests = (task: Task) => task.snoozedUntil !== null && task.snoozedUntil > workspace.today;
  useShortcuts({
    j: () => isOurs() && move(1),
    k: () => isOurs() && move(-1),
    ...(selection ? { x: on((task) => selection.onToggle(task.id)) } : {}),
    ...(mayAct
      ? {
          c: on((task) => (task.state === 'open' ? deeds.complete(targetOf(task)) : deeds.reopen(targetOf(task)))),
          e: on((task) => deeds.ask('complete', targetOf(task))),
          s: on((task) => (rests(task) ? deeds.unsnooze(targetOf(task)) : deeds.ask('snooze', targetOf(task)))),
          a: on((task) => deeds.ask('assign', targetOf(task))),
          d: on((task) => deeds.ask('due', targetOf(task))),
          z: () => isOurs() && undoLastDeed(),
        }
      : {}),
  });
  const fold = (group: TaskGroup) =>
    setFolded((now) => new Set(now.has(group) ? [...now].filter((each) => each !== group) : [...now, group]));

  return (
    <div ref={root}>
      {groups.map(({ group, rows: own }) => {
        const isFolded = group !== null && folded.has(group);
        const Chevron = isFolded ? IconChevronRight : IconChevronDown;
        return (
          <section
            key={group ?? 'all'}
            className={classes.group}
            aria-label={group === null ? label : GROUP_WORDS[group]}
          >
            {group === null ? null : (
              <h2 className={classes.groupHead}>
                <UnstyledButton aria-expanded={!isFolded} onClick={() => fold(group)}>
                  <Chevron size={12} aria-hidden /> {GROUP_WORDS[group]}
                </UnstyledButton>
                <span className={`${classes.count} tabular`}>{formatNumber(own.length)}</span>
              </h2>
            )}
            {isFolded ? null : (
              <ul className={classes.list} aria-label={group === null ? label : `${label}: ${GROUP_WORDS[group]}`}>
                {own.map((row) => (
                  <TaskRow
                    key={row.task.id}
                    row={row}
                    deeds={mayAct ? deeds : null}
                    isSelected={selection && mayAct ? (selection.ids ?? NOTHING).has(row.task.id) : null}
                    isOpen={openId === row.task.id}
                    isActive={active === row.task.id}
                    withAccount={withAccount}
                    onSelect={select}
                    onOpen={open}
                    onActive={activate}
                  />
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}
