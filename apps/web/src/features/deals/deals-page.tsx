import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { DEAL_KINDS, type Deal } from '@steward/shared/deals';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useDealSteps } from '../../components/deal/change-deals.js';
import { DealPanel } from '../../components/deal/deal-panel.js';
import { DEAL_KIND_WORDS } from '../../components/deal/deal-words.js';
import { dealBoardQuery, dealListQuery, dealStagesQuery } from '../../components/deal/get-deals.js';
import { Choice, PersonChoice, SearchInput } from '../../components/sales/filter-inputs.js';
import { Pager } from '../../components/sales/pager.js';
import classes from '../../components/sales/sales.module.css';
import { SalesHeader } from '../../components/sales/sales-header.js';
import frame from '../../components/ui/frame.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { DealBoard } from './deal-board.js';
import {
  boardQuestion,
  type DealScope,
  type DealsSearch,
  filtersSet,
  listQuestion,
  openOf,
  ROWS_AT_ONCE,
  SCOPE_WORDS,
  SHOW_WORDS,
  SHOWS,
  type Show,
  showOf,
  usualScope,
} from './deal-filters.js';
import { DealTable } from './deal-table.js';
import { DealTotalsLine } from './deal-totals-line.js';
import { NoDeals } from './no-deals.js';

const route = getRouteApi('/shell/renewals/deals');
const NO_FILTERS: DealsSearch = Object.fromEntries(
  ['kind', 'owner', 'text', 'stage', 'from', 'to'].map((key) => [key, undefined]),
);

/** Deals as a board, as lists, and those that were won and not yet billed. All of it stands in the address. */
export function DealsPage() {
  useDocumentTitle('Deals · Steward');
  const search = route.useSearch();
  const navigate = useNavigate();
  const { user, permissions } = useMe();
  const show = showOf(search);
  const board = boardQuestion(search, user.role);
  const list = listQuestion(search, user.role);
  const boardAnswer = useQuery({ ...dealBoardQuery(board), enabled: show === 'board' });
  const listAnswer = useQuery({ ...dealListQuery(list), enabled: show !== 'board' });
  const stages = useQuery(dealStagesQuery).data?.stages ?? [];
  const { step } = useDealSteps();
  const searchRef = useRef<HTMLInputElement>(null);
  const open = openOf(search.open);
  const set = (change: DealsSearch) =>
    void navigate({
      to: '/renewals/deals',
      search: (now) => ({ ...now, page: undefined, ...change }),
      replace: true,
    });
  const setOpen = (deal: Pick<Deal, 'accountId' | 'id'> | null) =>
    void navigate({
      to: '/renewals/deals',
      search: (now) => ({ ...now, open: deal ? `${deal.accountId}~${deal.id}` : undefined }),
      replace: true,
    });
  useShortcuts({ '/': () => searchRef.current?.focus(), escape: () => open && setOpen(null) });

  const { error, isPlaceholderData, refetch } = show === 'board' ? boardAnswer : listAnswer;
  const columns = boardAnswer.data?.columns;
  const rows = listAnswer.data?.rows ?? [];
  const found = show === 'board' ? columns?.reduce((sum, { deals }) => sum + deals, 0) : listAnswer.data?.totals.deals;
  const filters = filtersSet(show === 'board' ? board : list);
  const scopes = (Object.keys(SCOPE_WORDS) as DealScope[]).filter((scope) => scope !== 'team' || user.role !== 'csm');
  return (
    <div className={frame.page}>
      <SalesHeader
        title="Deals"
        aside={
          show === 'board' ? (
            columns ? (
              <DealTotalsLine sums={columns} />
            ) : null
          ) : listAnswer.data ? (
            <DealTotalsLine sums={[listAnswer.data.totals]} ended={show !== 'list'} />
          ) : null
        }
      />
      <search className={frame.filters} aria-label="Filter deals">
        <SegmentedControl
          aria-label="How deals are shown"
          data={SHOWS.map((value) => ({ value, label: SHOW_WORDS[value] }))}
          value={show}
          onChange={(next) => set({ show: next === 'board' ? undefined : (next as Show), stage: undefined })}
        />
        <SegmentedControl
          aria-label="Whose deals"
          data={scopes.map((scope) => ({ value: scope, label: SCOPE_WORDS[scope] }))}
          value={board.scope}
          onChange={(scope) => set({ scope: scope === usualScope(user.role) ? undefined : scope })}
        />
        <SearchInput
          label="Search deal or account"
          text={search.text ?? ''}
          inputRef={searchRef}
          onChange={(text) => set({ text })}
        />
        <Choice
          label="Kind"
          options={DEAL_KINDS.map((value) => ({ value, label: DEAL_KIND_WORDS[value] }))}
          value={board.kind}
          onChange={(kind) => set({ kind })}
        />
        <PersonChoice label="Owner" value={board.owner} onChange={(owner) => set({ owner })} />
        {list.stage && show !== 'board' ? (
          <Button variant="default" onClick={() => set({ stage: undefined })}>
            In {stages.find(({ key }) => key === list.stage)?.label ?? list.stage} ×
          </Button>
        ) : null}
      </search>
      <div className={classes.body}>
        <div className={classes.list} aria-busy={isPlaceholderData}>
          {error ? <LoadFailed title="Deals could not be loaded" error={error} onRetry={refetch} /> : null}
          {found === undefined && !error ? <Skeleton h={360} m="lg" w="auto" /> : null}
          {found === 0 ? (
            <NoDeals
              show={show}
              scope={board.scope}
              filters={filters}
              onClear={() => set(NO_FILTERS)}
              onAll={() => set({ scope: 'all' })}
            />
          ) : null}
          {show === 'board' && boardAnswer.data && (found ?? 0) > 0 ? (
            <DealBoard
              board={boardAnswer.data}
              stages={stages}
              openId={open?.id ?? null}
              mayMove={permissions.includes('deals:write')}
              onOpen={setOpen}
              onMove={(deal, to) => step.mutate({ deal, deed: 'move', to })}
              onMore={(stage) => set({ show: 'list', stage: stage === '' ? undefined : stage })}
            />
          ) : null}
          {show !== 'board' && rows.length > 0 ? (
            <DealTable
              rows={rows}
              label={SHOW_WORDS[show]}
              ended={show !== 'list'}
              openId={open?.id ?? null}
              onOpen={setOpen}
            />
          ) : null}
          {show !== 'board' && listAnswer.data ? (
            <Pager
              offset={list.offset ?? 0}
              shown={rows.length}
              total={listAnswer.data.totals.deals}
              atOnce={ROWS_AT_ONCE}
              onMove={(page) => set({ page })}
            />
          ) : null}
        </div>
        {open ? (
          <aside className={classes.drawer} aria-label="Deal">
            <DealPanel
              key={open.id}
              accountId={open.accountId}
              id={open.id}
              onClose={() => setOpen(null)}
              withAccount
            />
          </aside>
        ) : null}
      </div>
    </div>
  );
}
