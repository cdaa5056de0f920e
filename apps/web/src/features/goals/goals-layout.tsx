import { Button, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDocumentTitle } from '@mantine/hooks';
import { KIND_WORDS } from '@steward/shared/goal-words';
import { GOAL_STATUSES } from '@steward/shared/goals';
import { PLAYBOOK_KINDS } from '@steward/shared/playbooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { usePlaybooks } from '../../components/goal/get-goals.js';
import { GoalPanel } from '../../components/goal/goal-panel.js';
import { SCOPE_WORDS, STATUS_WORDS } from '../../components/goal/goal-words.js';
import { usePeople } from '../../components/task/use-assignees.js';
import frame from '../../components/ui/frame.module.css';
import { PageHeader } from '../../components/ui/page-header.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { type GoalSearch, usualScope } from './goal-filters.js';
import { GOAL_TABS, tabOf } from './goal-tabs.js';
import { GoalTotals } from './goal-totals.js';
import classes from './goals-layout.module.css';
import { useGoalSearch } from './use-goal-search.js';

/** The goals' pages: tabs that keep the filters, the filters, the chosen tab, and the goal that stands open beside it. */
export function GoalsLayout() {
  const pathname = useLocation({ select: (location) => location.pathname });
  const tab = tabOf(pathname);
  useDocumentTitle(`${tab.title} · Steward`);
  const { search, question, set, open, setOpen } = useGoalSearch();
  const mayWrite = useMe().permissions.includes('playbooks:write');
  useShortcuts({ escape: () => open && setOpen(null) });
  return (
    <div className={frame.page}>
      <PageHeader
        title={tab.title}
        aside={tab.isGoals ? <GoalTotals question={question} /> : null}
        actions={
          tab.to === '/goals/playbooks' && mayWrite ? (
            <Button component={Link} to="/goals/playbooks/new" leftSection={<IconPlus size={14} aria-hidden />}>
              New playbook
            </Button>
          ) : null
        }
      />
      <nav className={classes.tabs} aria-label="Goals">
        {GOAL_TABS.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className={classes.tab}
            activeOptions={{ exact: true, includeSearch: false }}
            search={(now: GoalSearch) => ({
              scope: now.scope,
              kind: now.kind,
              playbook: now.playbook,
              owner: now.owner,
              text: now.text,
            })}
          >
            {label}
          </Link>
        ))}
      </nav>
      {tab.isGoals ? <Filters search={search} set={set} withStatus={tab.to === '/goals/list'} /> : null}
      <div className={frame.besideList}>
        <div className={classes.main}>
          <Outlet />
        </div>
        {tab.isGoals && open ? (
          <GoalPanel key={open.id} accountId={open.accountId} id={open.id} onClose={() => setOpen(null)} />
        ) : null}
      </div>
    </div>
  );
}

interface FiltersProps {
  search: GoalSearch;
  set: (change: GoalSearch) => void;
  withStatus: boolean;
}

function Filters({ search, set, withStatus }: FiltersProps) {
  const { user } = useMe();
  const { question } = useGoalSearch();
  const playbooks = usePlaybooks();
  const people = usePeople();
  const scopes = (['mine', 'team', 'all'] as const).filter((scope) => scope !== 'team' || user.role !== 'csm');
  const split = (text: string | undefined) => (text ? text.split(',') : []);
  const joined = (values: string[]) => (values.length === 0 ? undefined : values.join(','));
  return (
    <search className={frame.filters} aria-label="Filter goals">
      <SegmentedControl
        aria-label="Whose goals"
        data={scopes.map((scope) => ({ value: scope, label: SCOPE_WORDS[scope] }))}
        value={question.scope}
        onChange={(scope) => set({ scope: scope === usualScope(user.role) ? undefined : scope })}
      />
      <SearchInput text={search.text ?? ''} onChange={(text) => set({ text })} />
      <MultiSelect
        aria-label="Kind"
        placeholder={question.kind ? undefined : 'Any kind'}
        miw={130}
        clearable
        data={PLAYBOOK_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
        value={split(question.kind)}
        onChange={(kinds) => set({ kind: joined(kinds) })}
      />
      <Select
        aria-label="Playbook"
        placeholder="Any playbook"
        clearable
        searchable
        w={190}
        data={playbooks.map(({ id, definition }) => ({ value: id, label: definition.name }))}
        value={question.playbookId ?? null}
        onChange={(playbook) => set({ playbook: playbook ?? undefined })}
      />
      {question.scope === 'mine' ? null : (
        <Select
          aria-label="Owner"
          placeholder="Any owner"
          clearable
          searchable
          w={170}
          data={people}
          value={question.ownerUserId ?? null}
          onChange={(owner) => set({ owner: owner ?? undefined })}
        />
      )}
      {withStatus ? (
        <MultiSelect
          aria-label="Status"
          placeholder={search.status ? undefined : 'Live ones'}
          miw={130}
          clearable
          data={GOAL_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          value={split(search.status)}
          onChange={(status) => set({ status: joined(status) })}
        />
      ) : null}
    </search>
  );
}

interface SearchInputProps {
  text: string;
  onChange: (text: string | undefined) => void;
}

function SearchInput({ text, onChange }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  const later = useDebouncedCallback((next: string) => onChange(next.trim() === '' ? undefined : next.trim()), 250);
  useShortcuts({ '/': () => input.current?.focus() });
  // Cleared from elsewhere, or another address.
  if (text !== seen) {
    setSeen(text);
    if (typed.trim() !== text) setTyped(text);
  }
  return (
    <TextInput
      ref={input}
      aria-label="Search by account or goal"
      placeholder="Search account or goal"
      leftSection={<IconSearch size={14} aria-hidden />}
      w={200}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}
