import { Button, SegmentedControl, Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDocumentTitle } from '@mantine/hooks';
import type { Task, TaskRowOfList } from '@steward/shared/tasks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type RefObject, useRef, useState } from 'react';
import { undoLastDeed } from '../../components/task/act-on-tasks.js';
import { tasksQuery } from '../../components/task/get-tasks.js';
import { TaskDrawer } from '../../components/task/task-drawer.js';
import { TaskFormDialog } from '../../components/task/task-form-dialog.js';
import { TaskList } from '../../components/task/task-list.js';
import { usePeople } from '../../components/task/use-assignees.js';
import { manyTargets, useTaskDeeds } from '../../components/task/use-task-deeds.js';
import frame from '../../components/ui/frame.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { formatNumber, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { NoTasks } from './no-tasks.js';
import { openOf, questionOfSearch, SCOPE_WORDS, scopesOf, TASKS_AT_ONCE, type TaskSearch } from './task-filters.js';
import classes from './tasks-page.module.css';

/** What people are to do, by due day, done in place, one or many at once. All of it stands in the address. */
export function TasksPage() {
  useDocumentTitle('Tasks · Steward');
  const search: TaskSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { user, permissions } = useMe();
  const mayAct = permissions.includes('goals:write');
  const question = questionOfSearch(search, user.role);
  const { data, error, isPlaceholderData, refetch } = useQuery(tasksQuery(question));
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { deeds, dialogs } = useTaskDeeds(() => setTicked(new Set()));
  const [making, setMaking] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);
  const people = usePeople();
  const scopes = scopesOf(user.role);
  const open = openOf(search.open);
  const set = (change: TaskSearch) => {
    setTicked(new Set());
    void navigate({ to: '.', search: (now) => ({ ...now, from: undefined, ...change }), replace: true });
  };
  const setOpen = (task: Pick<Task, 'accountId' | 'id'> | null) =>
    void navigate({
      to: '.',
      search: (now) => ({ ...now, open: task ? `${task.accountId}~${task.id}` : undefined }),
      replace: true,
    });
  useShortcuts({
    '/': () => searchRef.current?.focus(),
    escape: () => (open ? setOpen(null) : setTicked(new Set())),
    ...(mayAct ? { n: () => setMaking(true) } : {}),
    // The list that hears it is gone with its last row.
    ...(mayAct && data?.rows.length === 0 ? { z: undoLastDeed } : {}),
  });

  const rows = data?.rows ?? [];
  const chosen = rows.flatMap(({ task }) => (ticked.has(task.id) ? [task] : []));
  const toggle = (id: string) =>
    setTicked((now) => new Set(now.has(id) ? [...now].filter((each) => each !== id) : [...now, id]));
  const offset = question.offset ?? 0;
  return (
    <div className={classes.page}>
      <search className={frame.filters} aria-label="Filter tasks">
        <SegmentedControl
          aria-label="Whose tasks"
          data={scopes.map((value) => ({
            value,
            label:
              value === 'unassigned' && data && data.counts.unassigned > 0
                ? `${SCOPE_WORDS[value]} · ${formatNumber(data.counts.unassigned)}`
                : SCOPE_WORDS[value],
          }))}
          value={question.scope}
          onChange={(scope) => set({ scope: scope === scopes[0] ? undefined : scope, who: undefined })}
        />
        <SearchInput text={search.text ?? ''} inputRef={searchRef} onChange={(text) => set({ text })} />
        {question.scope === 'mine' || question.scope === 'unassigned' ? null : (
          <Select
            aria-label="For whom"
            placeholder="For anybody"
            clearable
            searchable
            w={170}
            data={people}
            value={question.assigneeUserId ?? null}
            onChange={(who) => set({ who: who ?? undefined })}
          />
        )}
        <SegmentedControl
          aria-label="Open or ended"
          data={[
            { value: 'open', label: 'Open' },
            { value: 'ended', label: 'Ended' },
          ]}
          value={question.state === undefined ? 'open' : 'ended'}
          onChange={(show) => set({ show: show === 'ended' ? show : undefined })}
        />
        {mayAct ? (
          <Button
            ml="auto"
            leftSection={<IconPlus size={14} aria-hidden />}
            aria-keyshortcuts="N"
            onClick={() => setMaking(true)}
          >
            New task
          </Button>
        ) : null}
      </search>
      {chosen.length > 0 && mayAct ? (
        <Selection tasks={chosen} deeds={deeds} onClear={() => setTicked(new Set())} />
      ) : null}
      <div className={frame.besideList}>
        <div className={frame.list} aria-busy={isPlaceholderData}>
          {error ? <LoadFailed title="Tasks could not be loaded" error={error} onRetry={refetch} /> : null}
          {data || error ? null : <ListSkeleton />}
          {data && rows.length === 0 ? (
            <NoTasks
              question={question}
              onClear={() => set({ who: undefined, text: undefined })}
              onAll={scopes.includes('all') ? () => set({ scope: 'all' }) : null}
            />
          ) : null}
          {rows.length > 0 ? (
            <TaskList
              label="Tasks"
              rows={rows}
              deeds={deeds}
              isAsking={dialogs !== null}
              selection={{ ids: ticked, onToggle: toggle }}
              openId={open?.id ?? null}
              onOpen={({ task }) => setOpen(task)}
            />
          ) : null}
          {data && data.total > TASKS_AT_ONCE ? (
            <div className={frame.pager}>
              <span className="tabular">
                {formatNumber(offset + 1)} to {formatNumber(offset + rows.length)} of {plural(data.total, 'task')}
              </span>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset === 0}
                onClick={() => set({ from: offset <= TASKS_AT_ONCE ? undefined : String(offset - TASKS_AT_ONCE) })}
              >
                Before
              </Button>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset + rows.length >= data.total}
                onClick={() => set({ from: String(offset + TASKS_AT_ONCE) })}
              >
                Next
              </Button>
            </div>
          ) : null}
        </div>
        {open ? (
          <OpenTask
            key={open.id}
            open={open}
            listed={rows.find(({ task }) => task.id === open.id) ?? null}
            deeds={mayAct ? deeds : null}
            onClose={() => setOpen(null)}
          />
        ) : null}
      </div>
      {dialogs}
      {making ? <TaskFormDialog account={null} onClose={() => setMaking(false)} /> : null}
    </div>
  );
}

type Deeds = ReturnType<typeof useTaskDeeds>['deeds'];

function Selection({ tasks, deeds, onClear }: { tasks: readonly Task[]; deeds: Deeds; onClear: () => void }) {
  const target = manyTargets(tasks);
  const deed = (label: string, run: () => void) => (
    <Button key={label} variant="default" size="compact-xs" onClick={run}>
      {label}
    </Button>
  );
  return (
    <div className={classes.selection}>
      <span role="status">{plural(tasks.length, 'task')} selected</span>
      {tasks.every(({ state }) => state === 'open')
        ? [
            deed('Complete', () => deeds.complete(target)),
            deed('Snooze', () => deeds.ask('snooze', target)),
            deed('Due day', () => deeds.ask('due', target)),
            deed('Assign', () => deeds.ask('assign', target)),
          ]
        : deed('Open again', () => deeds.reopen(target))}
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

interface OpenTaskProps {
  open: { accountId: string; id: string };
  listed: TaskRowOfList | null;
  deeds: Deeds | null;
  onClose: () => void;
}

/** The task of the address; one that the filters leave out is looked for on its account. */
function OpenTask({ open, listed, deeds, onClose }: OpenTaskProps) {
  const { data } = useQuery({
    ...tasksQuery({
      scope: 'all',
      accountId: open.accountId,
      state: 'open,done,skipped,cancelled',
      snoozed: true,
      limit: TASKS_AT_ONCE,
    }),
    enabled: listed === null,
  });
  const row = listed ?? data?.rows.find(({ task }) => task.id === open.id) ?? null;
  return row ? <TaskDrawer row={row} deeds={deeds} onClose={onClose} /> : null;
}

interface SearchInputProps {
  text: string;
  inputRef: RefObject<HTMLInputElement | null>;
  onChange: (text: string | undefined) => void;
}

function SearchInput({ text, inputRef, onChange }: SearchInputProps) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  const later = useDebouncedCallback((next: string) => onChange(next.trim() === '' ? undefined : next.trim()), 250);
  // Cleared from elsewhere, or another address.
  if (text !== seen) {
    setSeen(text);
    if (typed.trim() !== text) setTyped(text);
  }
  return (
    <TextInput
      ref={inputRef}
      aria-label="Search by task or account"
      placeholder="Search task or account"
      leftSection={<IconSearch size={14} aria-hidden />}
      w={210}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}

const LINES = ['70%', '55%', '80%', '62%', '74%', '58%', '68%', '50%'];

function ListSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden>
      {LINES.map((width) => (
        <Skeleton key={width} h={16} w={width} />
      ))}
    </div>
  );
}
