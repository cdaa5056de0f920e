import './accounts-grid.css';
import type { AccountRow } from '@steward/shared/accounts';
import type {
  CellFocusedEvent,
  CellKeyDownEvent,
  CellPosition,
  GridApi,
  SuppressKeyboardEventParams,
} from 'ag-grid-community';
import { AgGridProvider, AgGridReact } from 'ag-grid-react';
import { type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { shortcutsEnabled } from '../../lib/shortcuts.js';
import { createBlockSource } from '../grid/block-source.js';
import { gridTheme } from '../grid/grid-theme.js';
import { GRID_MODULES } from '../grid/modules.js';
import type { AccountSelection } from './account-selection.js';
import { ChangedPill } from './changed-pill.js';
import { type ColumnLayoutEntry, completeLayout } from './column-layout.js';
import { columnDefs, columnOf, columnSortedBy } from './columns.js';
import type { AccountQuestion } from './count-accounts.js';
import { FailedLoadNote } from './failed-load-note.js';
import type { GridContext } from './grid-context.js';
import { queryAccounts } from './query-accounts.js';
import { SelectAllContext, SelectAllHeader } from './select-all-header.js';
import type { SortEntry } from './sort.js';
import { useFailedLoad } from './use-failed-load.js';
import { useLiveRows } from './use-live-rows.js';
import { type SelectionHandles, useMatchingSelection } from './use-matching-selection.js';
import { usePlaceInHistory } from './use-place-in-history.js';

export interface AccountsGridProps {
  question: AccountQuestion;
  sort: SortEntry[];
  sortable: (field: string) => boolean;
  context: GridContext;
  total: number | null;
  layout: ColumnLayoutEntry[];
  peek: string | null;
  selection: AccountSelection;
  onReady: (api: GridApi<AccountRow>, selection: SelectionHandles) => void;
  onSort: (sort: SortEntry[]) => void;
  onLayout: (layout: ColumnLayoutEntry[]) => void;
  onPeek: (id: string | null) => void;
  onOpen: (id: string) => void;
  onSelect: (selection: AccountSelection) => void;
  /** Fields of the question that are known as of now only, where it asks for a past day. */
  onNowOnly: (fields: readonly string[]) => void;
}

const BLOCK = 100;
/** Keys that the page gives a meaning of its own; the grid must not act on them too. */
const OWN_KEYS = [' ', 'Enter', 'j', 'k', 'x', 'Escape'];
const isSelectAll = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a';
/**
 * Leaves a key to the page. The grid tells of it too late to keep the browser from scrolling a page on or marking all
 * text, so that is done here.
 */
function leaveToPage({ event }: SuppressKeyboardEventParams): boolean {
  if (!OWN_KEYS.includes(event.key) && !isSelectAll(event)) return false;
  const inCell = !(event.target instanceof HTMLInputElement || event.target instanceof HTMLAnchorElement);
  if (inCell && (event.key === ' ' || isSelectAll(event))) event.preventDefault();
  return true;
}
const rowId = ({ data }: { data: AccountRow }) => data.id;
const DEFAULT_COLUMN = { suppressKeyboardEvent: leaveToPage, resizable: true, suppressHeaderMenuButton: true };

export function AccountsGrid(props: AccountsGridProps) {
  const api = useRef<GridApi<AccountRow> | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const { question, sort, sortable, total, layout, context, selection } = props;
  const ticks = useMatchingSelection({ api, question, total, selection, onSelect: props.onSelect });

  const place = usePlaceInHistory(question, sort);
  const liveRows = useLiveRows(api, { question, sort });
  const { onError, ...failed } = useFailedLoad(api);
  const columns = useMemo(() => columnDefs(sortable), [sortable]);
  const datasource = useMemo(
    () =>
      createBlockSource<AccountRow>(async ({ offset, limit, sort: model, signal }) => {
        const by = model.flatMap(({ column, direction }) => {
          const field = columnOf(column)?.sortField;
          return field ? [{ field, direction }] : [];
        });
        const page = await queryAccounts({ ...question, sort: by, offset, limit }, signal);
        latest.current.onNowOnly(page.nowOnlyFields);
        return page.rows;
      }, onError),
    [question, onError],
  );

  useEffect(() => applySort(api.current, sort), [sort]);
  useEffect(() => {
    applyLayout(api.current, layout);
  }, [layout]);
  useEffect(() => {
    // The bar is as long as the list from the start, not only as far as it was scrolled.
    if (total !== null && api.current && !api.current.isDestroyed()) api.current.setRowCount(total, true);
  }, [total]);

  const focusedId = (event: CellFocusedEvent<AccountRow> | CellKeyDownEvent<AccountRow>) =>
    event.rowIndex === null ? null : (event.api.getDisplayedRowAtIndex(event.rowIndex)?.data?.id ?? null);

  // The grid tells of the focus too late where a link is followed in the same moment.
  const noteFollowed = ({ target }: MouseEvent) => {
    const row = target instanceof Element ? target.closest('a')?.closest('[row-index]') : null;
    if (row) place.note(Number(row.getAttribute('row-index')));
  };

  return (
    <div className="accounts-grid" onClickCapture={noteFollowed}>
      <SelectAllContext value={ticks.header}>
        <AgGridProvider modules={GRID_MODULES}>
          <AgGridReact<AccountRow>
            theme={gridTheme}
            rowModelType="infinite"
            columnDefs={columns}
            defaultColDef={DEFAULT_COLUMN}
            datasource={datasource}
            getRowId={rowId}
            context={context}
            cacheBlockSize={BLOCK}
            maxBlocksInCache={30}
            cacheOverflowSize={2}
            infiniteInitialRowCount={40}
            blockLoadDebounceMillis={40}
            rowSelection={{ mode: 'multiRow', headerCheckbox: false, checkboxes: true, enableClickSelection: false }}
            selectionColumnDef={{
              headerName: 'Selected',
              headerComponent: SelectAllHeader,
              pinned: 'left',
              lockPosition: 'left',
              width: 40,
              resizable: false,
              suppressKeyboardEvent: leaveToPage,
            }}
            animateRows={false}
            suppressNoRowsOverlay
            suppressCellFocus={false}
            maintainColumnOrder
            onGridReady={(event) => {
              api.current = event.api;
              event.api.setGridAriaProperty('label', 'Accounts');
              applyLayout(event.api, latest.current.layout);
              applySort(event.api, latest.current.sort);
              if (latest.current.total !== null) event.api.setRowCount(latest.current.total, true);
              latest.current.onReady(event.api, ticks.handles);
            }}
            onSortChanged={(event) => {
              if (event.source === 'api') return;
              latest.current.onSort(sortOf(event.api));
            }}
            onColumnMoved={(event) => {
              if (event.finished && event.source === 'uiColumnMoved') latest.current.onLayout(layoutOf(event.api));
            }}
            onColumnResized={(event) => {
              if (event.finished && event.source === 'uiColumnResized') latest.current.onLayout(layoutOf(event.api));
            }}
            onModelUpdated={(event) => {
              ticks.onModelUpdated(event.api);
              failed.onModelUpdated(event.api);
              const row = place.rowToReturnTo(event.api.getDisplayedRowCount());
              if (row !== null) focusRow(event.api, row, 'name');
            }}
            onSelectionChanged={ticks.onSelectionChanged}
            onRowClicked={(event) => {
              const target = event.event?.target;
              if (target instanceof Element && target.closest('a, input, .ag-selection-checkbox')) return;
              if (event.data) latest.current.onPeek(event.data.id === latest.current.peek ? null : event.data.id);
            }}
            onCellFocused={(event) => {
              if (event.rowIndex !== null) place.note(event.rowIndex);
              const id = focusedId(event);
              if (id !== null && latest.current.peek !== null && id !== latest.current.peek) latest.current.onPeek(id);
            }}
            onCellKeyDown={(event) => {
              if (!('column' in event)) return;
              if (event.event instanceof KeyboardEvent && isSelectAll(event.event)) {
                event.event.preventDefault();
                ticks.toggle();
                return;
              }
              onRowKey(event, focusedId(event), latest.current);
            }}
          />
        </AgGridProvider>
      </SelectAllContext>
      <ChangedPill {...liveRows} />
      <FailedLoadNote error={failed.error} retry={failed.retry} />
    </div>
  );
}

function onRowKey(event: CellKeyDownEvent<AccountRow>, id: string | null, props: AccountsGridProps): void {
  const keyboard = event.event;
  if (!(keyboard instanceof KeyboardEvent) || keyboard.ctrlKey || keyboard.metaKey || keyboard.altKey) return;
  const single = shortcutsEnabled();
  if (keyboard.key === 'Enter') {
    if (id !== null) props.onOpen(id);
  } else if (keyboard.key === ' ') {
    if (id !== null) props.onPeek(props.peek === id ? null : id);
  } else if (keyboard.key === 'Escape') {
    props.onPeek(null);
  } else if (single && keyboard.key === 'x') {
    event.node.setSelected(!event.node.isSelected(), false, 'checkboxSelected');
  } else if (single && (keyboard.key === 'j' || keyboard.key === 'k')) {
    moveFocus(event.api, keyboard.key === 'j' ? 1 : -1);
  } else {
    return;
  }
  keyboard.preventDefault();
  keyboard.stopPropagation();
}

/** Moves the focused row, starting at the first; the peek follows through onCellFocused. */
export function moveFocus(api: GridApi<AccountRow>, by: 1 | -1): void {
  // Typed as null while nothing is focused, but undefined before the first focus.
  const focused: CellPosition | null | undefined = api.getFocusedCell();
  const index = focused ? focused.rowIndex + by : 0;
  if (index < 0 || index >= api.getDisplayedRowCount()) return;
  focusRow(api, index, focused?.column ?? 'name');
}

function focusRow(api: GridApi<AccountRow>, index: number, column: CellPosition['column'] | string): void {
  api.ensureIndexVisible(index);
  api.setFocusedCell(index, column);
}

function sortOf(api: GridApi<AccountRow>): SortEntry[] {
  return api
    .getColumnState()
    .filter((column) => column.sort)
    .sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0))
    .flatMap((column) => {
      const field = columnOf(column.colId)?.sortField;
      return field && column.sort ? [{ field, direction: column.sort }] : [];
    });
}

function layoutOf(api: GridApi<AccountRow>): ColumnLayoutEntry[] {
  return api
    .getColumnState()
    .filter(({ colId }) => columnOf(colId) !== null)
    .map(({ colId, width, hide }) => ({ colId, width: width ?? 120, hide: hide ?? false }));
}

const SELECTION_COLUMN = 'ag-Grid-SelectionColumn';

function applyLayout(api: GridApi<AccountRow> | null, layout: readonly ColumnLayoutEntry[]): void {
  if (api === null || api.isDestroyed()) return;
  api.applyColumnState({ state: [{ colId: SELECTION_COLUMN }, ...completeLayout(layout)], applyOrder: true });
}

function applySort(api: GridApi<AccountRow> | null, sort: readonly SortEntry[]): void {
  if (api === null || api.isDestroyed()) return;
  const wanted = sort.flatMap(({ field, direction }, index) => {
    const column = columnSortedBy(field);
    return column ? [{ colId: column.id, sort: direction, sortIndex: index }] : [];
  });
  const current = sortOf(api);
  const same =
    current.length === sort.length &&
    current.every((entry, i) => entry.field === sort[i]?.field && entry.direction === sort[i]?.direction);
  if (!same) api.applyColumnState({ state: wanted, defaultState: { sort: null } });
}
