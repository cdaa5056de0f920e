import { Button, MultiSelect, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDocumentTitle } from '@mantine/hooks';
import { ALERT_KINDS, ALERT_SEVERITIES, type Alert, SHOWN_ALERT_STATES } from '@steward/shared/alerts';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { AlertList } from '../../components/alert/alert-list.js';
import { KIND_WORDS, SEVERITY_WORDS, STATE_WORDS } from '../../components/alert/alert-words.js';
import { inboxQuery } from '../../components/alert/get-alerts.js';
import { manyTargets, useTriage } from '../../components/alert/use-triage.js';
import frame from '../../components/ui/frame.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { formatNumber, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { AlertDrawer } from './alert-drawer.js';
import classes from './alerts-page.module.css';
import {
  asksForEnded,
  filtersSet,
  type InboxScope,
  type InboxSearch,
  openOf,
  questionOfSearch,
  ROWS_AT_ONCE,
  SCOPE_WORDS,
  usualScope,
} from './inbox-filters.js';
import { InboxTotals } from './inbox-totals.js';
import { NoAlerts } from './no-alerts.js';

const route = getRouteApi('/shell/alerts');
const optionsOf = <K extends string>(values: readonly K[], words: Record<K, string>) =>
  values.map((value) => ({ value, label: words[value] }));

/** The inbox: one row an account, triaged in place, one or many at once. All of it stands in the address. */
export function AlertsPage() {
  useDocumentTitle('Alerts · Steward');
  const search = route.useSearch();
  const navigate = useNavigate();
  const { user, permissions } = useMe();
  const question = questionOfSearch(search, user.role);
  const { data, error, isPlaceholderData, refetch } = useQuery(inboxQuery(question));
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const triage = useTriage(() => setTicked(new Set()));
  const searchRef = useRef<HTMLInputElement>(null);
  const open = openOf(search.open);
  const mayTriage = permissions.includes('alerts:triage');
  const set = (change: InboxSearch) => {
    setTicked(new Set());
    void navigate({
      to: '/alerts',
      search: (now) => ({ ...now, from: undefined, ...change }),
      replace: true,
    });
  };
  const setOpen = (alert: Pick<Alert, 'accountId' | 'id'> | null) =>
    void navigate({
      to: '/alerts',
      search: (now) => ({ ...now, open: alert ? `${alert.accountId}~${alert.id}` : undefined }),
      replace: true,
    });
  useShortcuts({ '/': () => searchRef.current?.focus(), escape: () => open && setOpen(null) });

  const rows = data?.rows ?? [];
  const shownTicked = rows.filter(({ account }) => ticked.has(account.id));
  const chosen = shownTicked.flatMap(({ top, others }) => [top, ...others]);
  const toggle = (accountId: string) =>
    setTicked((now) => new Set(now.has(accountId) ? [...now].filter((id) => id !== accountId) : [...now, accountId]));
  const toggleAll = () =>
    setTicked(new Set(shownTicked.length === rows.length ? [] : rows.map(({ account }) => account.id)));
  const offset = question.offset ?? 0;
  const scopes = (Object.keys(SCOPE_WORDS) as InboxScope[]).filter((scope) => scope !== 'team' || user.role !== 'csm');
  return (
    <div className={frame.page}>
      <PageHeader
        title="Alerts"
        aside={data ? <InboxTotals totals={data.totals} withEnded={asksForEnded(question)} /> : null}
        actions={
          <Button variant="default" component={Link} to="/alerts/rules">
            Rules
          </Button>
        }
      />
      <search className={frame.filters} aria-label="Filter alerts">
        <SegmentedControl
          aria-label="Whose alerts"
          data={scopes.map((scope) => ({ value: scope, label: SCOPE_WORDS[scope] }))}
          value={question.scope}
          onChange={(scope) => set({ scope: scope === usualScope(user.role) ? undefined : scope })}
        />
        <SearchInput text={question.text ?? ''} inputRef={searchRef} onChange={(text) => set({ text })} />
        <Choice
          label="Kind"
          options={optionsOf(ALERT_KINDS, KIND_WORDS)}
          value={question.kind}
          onChange={(kind) => set({ kind })}
        />
        <Choice
          label="Severity"
          options={optionsOf(ALERT_SEVERITIES.toReversed(), SEVERITY_WORDS)}
          value={question.severity}
          onChange={(severity) => set({ severity })}
        />
        <Choice
          label="State"
          none="Open and acknowledged"
          options={optionsOf(SHOWN_ALERT_STATES, STATE_WORDS)}
          value={question.state}
          onChange={(state) => set({ state })}
        />
      </search>
      {chosen.length > 0 && mayTriage ? (
        <div className={classes.selection}>
          <span role="status">
            {plural(shownTicked.length, 'account')}, {plural(chosen.length, 'alert')} selected
          </span>
          <Button variant="default" size="compact-xs" onClick={() => triage.acknowledge(manyTargets(chosen))}>
            Acknowledge
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => triage.ask('snooze', manyTargets(chosen))}>
            Snooze
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => triage.ask('resolve', manyTargets(chosen))}>
            Resolve
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => triage.ask('assign', manyTargets(chosen))}>
            Assign
          </Button>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setTicked(new Set())}>
            Clear
          </Button>
        </div>
      ) : null}
      <div className={frame.besideList}>
        <div className={frame.list} aria-busy={isPlaceholderData}>
          {error ? <LoadFailed title="Alerts could not be loaded" error={error} onRetry={refetch} /> : null}
          {data || error ? null : <Skeleton h={360} m="lg" w="auto" />}
          {data && rows.length === 0 ? (
            <NoAlerts
              scope={question.scope}
              filters={filtersSet(question)}
              onClear={() => set({ state: undefined, kind: undefined, severity: undefined, text: undefined })}
              onAll={() => set({ scope: 'all' })}
            />
          ) : null}
          {rows.length > 0 ? (
            <AlertList
              label="Alerts by account"
              rows={rows}
              triage={triage}
              selection={mayTriage ? { ids: ticked, onToggle: toggle, onToggleAll: toggleAll } : undefined}
              openId={open?.id ?? null}
              onOpen={setOpen}
            />
          ) : null}
          {data && data.totals.accounts > ROWS_AT_ONCE ? (
            <div className={frame.pager}>
              <span className="tabular">
                {formatNumber(offset + 1)} to {formatNumber(offset + rows.length)} of{' '}
                {plural(data.totals.accounts, 'account')}
              </span>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset === 0}
                onClick={() => set({ from: offset <= ROWS_AT_ONCE ? undefined : String(offset - ROWS_AT_ONCE) })}
              >
                Before
              </Button>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset + rows.length >= data.totals.accounts}
                onClick={() => set({ from: String(offset + ROWS_AT_ONCE) })}
              >
                Next
              </Button>
            </div>
          ) : null}
        </div>
        {open ? (
          <AlertDrawer
            key={open.id}
            accountId={open.accountId}
            id={open.id}
            triage={mayTriage ? triage : null}
            onClose={() => setOpen(null)}
          />
        ) : null}
      </div>
      {triage.dialogs}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  /** What holds while nothing is chosen. */
  none?: string;
  options: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Choice({ label, none = 'Any', options, value, onChange }: ChoiceProps) {
  const chosen = value?.split(',') ?? [];
  return (
    <MultiSelect
      aria-label={label}
      placeholder={chosen.length === 0 ? `${label}: ${none.toLowerCase()}` : undefined}
      miw={none === 'Any' ? 150 : 240}
      clearable
      data={options}
      value={chosen}
      onChange={(next) => onChange(next.length === 0 ? undefined : next.join(','))}
    />
  );
}

interface SearchInputProps {
  text: string;
  inputRef: React.RefObject<HTMLInputElement | null>;
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
      aria-label="Search by account or reason"
      placeholder="Search account or reason"
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
