import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { AccountRow } from '@steward/shared/accounts';
import type { View } from '@steward/shared/views';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { GridApi } from 'ag-grid-community';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  type AccountSelection,
  NOTHING_SELECTED,
  questionOfSelection,
  sizeOfSelection,
} from '../../components/account-grid/account-selection.js';
import {
  type ColumnLayoutEntry,
  DEFAULT_LAYOUT,
  fieldsShown,
  isColumnLayout,
  LAYOUT_KEY,
  layoutOfFields,
} from '../../components/account-grid/column-layout.js';
import { useAccountCount } from '../../components/account-grid/count-accounts.js';
import { CountTotals } from '../../components/account-grid/count-totals.js';
import { GridSkeleton } from '../../components/account-grid/grid-skeleton.js';
import { PeekDrawer } from '../../components/account-grid/peek-drawer.js';
import { DEFAULT_SORT, type SortEntry, sortFromText, sortText } from '../../components/account-grid/sort.js';
import { useGridContext } from '../../components/account-grid/use-grid-context.js';
import type { SelectionHandles } from '../../components/account-grid/use-matching-selection.js';
import { BulkBar } from '../../components/bulk/bulk-bar.js';
import { FirstSteps } from '../../components/first-steps/first-steps.js';
import { SampleUnderWay } from '../../components/first-steps/sample-offer.js';
import { AsOfPicker } from '../../components/ui/as-of-picker.js';
import frame from '../../components/ui/frame.module.css';
import { PageHeader } from '../../components/ui/page-header.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { noteList } from '../../lib/last-list.js';
import { useMe } from '../../lib/me.js';
import { useSample } from '../../lib/sample.js';
import { useSegments } from '../../lib/segments.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { useStoredState } from '../../lib/stored-state.js';
import { questionOf } from './account-question.js';
import classes from './accounts-page.module.css';
import { BandStrip } from './band-strip.js';
import { ChurnedNote, useChurnedCount } from './churned-note.js';
import { ColumnChooser } from './column-chooser.js';
import { useExportAccounts } from './export-accounts.js';
import { FilterBar } from './filter-bar.js';
import { ME, ruleOfFilters } from './filter-rule.js';
import { type AccountFilters, filtersFromSearch, isFiltered, NO_FILTERS, searchFromFilters } from './filters.js';
import { addressOf, type ListState, sameState, stateInAddress, stateOfSegment, stateOfView } from './list-state.js';
import { NoAccounts } from './no-accounts.js';
import { SampleMark } from './sample-mark.js';
import { ViewTabs } from './view-tabs.js';
import { viewsQuery } from './views.js';

const AccountsGrid = lazy(() =>
  import('../../components/account-grid/accounts-grid.js').then((module) => ({ default: module.AccountsGrid })),
);
const moveFocusLater = (api: GridApi<AccountRow>, by: 1 | -1) =>
  void import('../../components/account-grid/accounts-grid.js').then((module) => module.moveFocus(api, by));

/** Keys pressed in the grid are answered by the grid. */
const isInGrid = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('.ag-root') !== null;

const route = getRouteApi('/shell/accounts');

const NO_VIEWS: View[] = [];
/** The condition of a segment is known before its name is. */
const segmentById = (id: string | undefined): ListState =>
  id === undefined ? {} : stateOfSegment({ id, columns: null, sort: null });

export function AccountsPage() {
  useDocumentTitle('Accounts · Steward');
  const search = route.useSearch();
  const navigate = useNavigate();
  const { user, workspace, permissions } = useMe();
  const catalogue = useCatalogue();
  const [ownLayout, setOwnLayout] = useStoredState(LAYOUT_KEY, DEFAULT_LAYOUT, isColumnLayout);
  const [selection, setSelection] = useState<AccountSelection>(NOTHING_SELECTED);
  const [ticks, setTicks] = useState<SelectionHandles | null>(null);
  const [nowOnly, setNowOnly] = useState<readonly string[]>([]);
  const [grid, setGrid] = useState<GridApi<AccountRow> | null>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const exporting = useExportAccounts();

  const { asOf, peek } = search;
  useEffect(() => noteList(search), [search]);
  const views = useQuery(viewsQuery);
  const segments = useSegments();
  const tab = { view: search.view, segment: search.segment };
  const isWaiting = tab.view !== undefined && views.isPending;
  const view = views.data?.find(({ id }) => id === tab.view);
  const segment = segments.find(({ id }) => id === tab.segment);
  const kept = view ? stateOfView(view) : segment ? stateOfSegment(segment) : segmentById(tab.segment);
  const state = stateInAddress(search, kept);
  const { sort: sortInAddress, columns } = state;
  const layout = useMemo(
    () => (columns === undefined ? ownLayout : layoutOfFields(columns.split(','), ownLayout)),
    [columns, ownLayout],
  );
  const filters = filtersFromSearch(state);
  const filterText = JSON.stringify(searchFromFilters(filters));
  const question = useMemo(() => questionOf(filterText, asOf, user.id), [filterText, asOf, user.id]);
  const sort = useMemo(() => {
    const asked = sortFromText(sortInAddress);
    return asked.length === 0 ? [...DEFAULT_SORT] : asked;
  }, [sortInAddress]);
  const count = useAccountCount(question);
  const total = count.isPlaceholderData ? null : (count.data?.accounts ?? null);
  const matching = count.isPlaceholderData ? null : (count.data ?? null);
  // The strip shows what each band would give, so it is counted without the choice of bands itself.
  const spread = useAccountCount(useMemo(() => questionOf(filterText, asOf, user.id, []), [filterText, asOf, user.id]));
  const gone = useChurnedCount(filterText, asOf, user.id);

  const sample = useSample(permissions.includes('workspace:write'));
  const sampleUnderWay = sample?.state === 'loading' || sample?.state === 'removing';
  const first = total === 0 && asOf === undefined && !isFiltered(filters) && permissions.includes('imports:write');

  const setState = (next: ListState, keepPeek = false) =>
    void navigate({
      to: '/accounts',
      search: { asOf, ...(keepPeek && { peek }), ...addressOf(tab, next, kept) },
      replace: true,
    });
  const setFilters = (next: AccountFilters) => setState({ sort: sortInAddress, columns, ...searchFromFilters(next) });
  // Without a tab the columns are this browser's; a tab has its own, in the widths of this browser.
  const setLayout = (next: ColumnLayoutEntry[]) => {
    setOwnLayout(next);
    const isOfTab = tab.view !== undefined || tab.segment !== undefined || columns !== undefined;
    const shown = fieldsShown(next).join(',');
    if (isOfTab && shown !== fieldsShown(layout).join(',')) setState({ ...state, columns: shown }, true);
  };
  const setPeek = useCallback(
    (id: string | null) =>
      void navigate({ to: '/accounts', search: (now) => ({ ...now, peek: id ?? undefined }), replace: true }),
    [navigate],
  );
  const sortable = useCallback(
    (field: string) => catalogue.length === 0 || (fieldOf(catalogue, field)?.sortable ?? false),
    [catalogue],
  );
  const context = useGridContext(asOf);
  const step = (by: 1 | -1) => grid && moveFocusLater(grid, by);
  useShortcuts({
    '/': () => searchRef.current?.focus(),
    j: (event) => !isInGrid(event) && step(1),
    k: (event) => !isInGrid(event) && step(-1),
    escape: () => peek && setPeek(null),
  });

  if (isWaiting) {
    return (
      <div className={frame.page}>
        <PageHeader title="Accounts" />
        <GridSkeleton />
      </div>
    );
  }
  if (first || sampleUnderWay) {
    return (
      <div className={frame.page}>
        <PageHeader title="Accounts" />
        {sampleUnderWay ? <SampleUnderWay sample={sample} /> : <FirstSteps sample={sample} />}
      </div>
    );
  }
  return (
    <div className={frame.page}>
      <PageHeader
        title="Accounts"
        aside={workspace.sampleLoaded ? <SampleMark /> : null}
        actions={
          <>
            <AsOfPicker />
            <ColumnChooser layout={layout} onChange={setLayout} />
            <Button
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden />}
              loading={exporting.isPending}
              disabled={total === 0}
              onClick={() => exporting.mutate({ ...question, sort })}
            >
              Export
            </Button>
          </>
        }
      />
      <ViewTabs
        views={views.data ?? NO_VIEWS}
        segments={segments}
        tab={tab}
        isEdited={!isWaiting && !sameState(state, kept)}
        isKeepable={filters.parts.length === 0}
        shown={() => ({
          rule: ruleOfFilters(filters, ME),
          text: filters.text,
          columns: fieldsShown(layout),
          sort,
        })}
        onReset={() => setState(kept)}
      />
      <FilterBar
        filters={filters}
        catalogue={catalogue}
        currency={workspace.currency}
        searchRef={searchRef}
        onChange={setFilters}
      />
      <div className={classes.summary}>
        <span className={classes.totals} role="status">
          <CountTotals count={count} others={[spread]} />
        </span>
        <BandStrip
          byBand={spread.data?.byBand}
          chosen={filters.bands}
          onChange={(bands) => setFilters({ ...filters, bands })}
        />
        {gone && gone.accounts > 0 ? (
          <ChurnedNote
            churned={gone}
            onLeaveOut={() => setFilters({ ...filters, statuses: ['prospect', 'trial', 'customer'] })}
          />
        ) : null}
        <BulkBar
          question={question}
          selection={selection}
          size={sizeOfSelection(selection, matching)}
          total={total}
          onSelectAll={() => ticks?.selectAll()}
          onClear={() => ticks?.clear()}
          onExport={() => exporting.mutate({ ...questionOfSelection(selection, question), sort })}
        />
        {asOf !== undefined && nowOnly.length > 0 ? (
          <span className={classes.note}>
            {nowOnly.map((key) => fieldOf(catalogue, key)?.label ?? key).join(', ')}{' '}
            {nowOnly.length === 1 ? 'is' : 'are'} known as of now only
          </span>
        ) : null}
      </div>
      <div className={frame.gridBody}>
        <div className={frame.grid}>
          <Suspense fallback={<GridSkeleton />}>
            <AccountsGrid
              question={question}
              sort={sort}
              sortable={sortable}
              context={context}
              total={total}
              layout={layout}
              peek={peek ?? null}
              selection={selection}
              onReady={(api, handles) => {
                setGrid(api);
                setTicks(handles);
              }}
              onSort={(next: SortEntry[]) => setState({ ...state, sort: sortText(next) }, true)}
              onLayout={setLayout}
              onPeek={setPeek}
              onOpen={(id) => void navigate({ to: '/accounts/$accountId', params: { accountId: id } })}
              onSelect={setSelection}
              onNowOnly={setNowOnly}
            />
          </Suspense>
          {total === 0 ? (
            <NoAccounts filters={filters} past={asOf !== undefined} onClear={() => setFilters(NO_FILTERS)} />
          ) : null}
        </div>
        {peek ? <PeekDrawer id={peek} asOf={asOf} onClose={() => setPeek(null)} /> : null}
      </div>
    </div>
  );
}
