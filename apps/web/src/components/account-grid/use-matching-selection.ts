import type { AccountRow } from '@steward/shared/accounts';
import type { GridApi, SelectionChangedEvent } from 'ag-grid-community';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { type AccountSelection, NOTHING_SELECTED } from './account-selection.js';
import type { AccountQuestion } from './count-accounts.js';
import { createMatchingSelection } from './matching-selection.js';
import type { SelectAllState } from './select-all-header.js';

export interface SelectionHandles {
  selectAll: () => void;
  clear: () => void;
}

interface MatchingSelectionOptions {
  api: RefObject<GridApi<AccountRow> | null>;
  question: AccountQuestion;
  total: number | null;
  selection: AccountSelection;
  onSelect: (selection: AccountSelection) => void;
}

/** Ties the ticks in the grid to the page's selection: single rows, or all that match but some. */
export function useMatchingSelection({ api, question, total, selection, onSelect }: MatchingSelectionOptions) {
  const [matching] = useState(createMatchingSelection);
  const all = selection.kind === 'matching' && selection.without.length === 0;
  const some = selection.kind === 'matching' ? !all : selection.rows.length > 0;

  const clear = () => {
    matching.stop();
    api.current?.deselectAll();
    onSelect(NOTHING_SELECTED);
  };
  const selectAll = () => {
    if (api.current === null) return;
    matching.start(api.current);
    onSelect({ kind: 'matching', without: [] });
  };
  const latest = useRef({ clear, selectAll, toggle: clear });
  useEffect(() => {
    latest.current = { clear, selectAll, toggle: all ? clear : selectAll };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another list, of which nothing is selected yet
  useEffect(() => latest.current.clear(), [question]);

  const header = useMemo<SelectAllState>(
    () => ({ total, selected: all ? 'all' : some ? 'some' : 'none', onToggle: () => latest.current.toggle() }),
    [total, all, some],
  );
  const [handles] = useState<SelectionHandles>(() => ({
    selectAll: () => latest.current.selectAll(),
    clear: () => latest.current.clear(),
  }));
  return {
    header,
    handles,
    toggle: () => latest.current.toggle(),
    onModelUpdated: (grid: GridApi<AccountRow>) => matching.tick(grid),
    /** Only what a person did counts here; what the program ticks is known already. */
    onSelectionChanged: (event: SelectionChangedEvent<AccountRow>) => {
      if (event.source.startsWith('api')) return;
      if (!matching.isOn()) {
        onSelect({ kind: 'rows', rows: event.api.getSelectedRows() });
        return;
      }
      matching.read(event.api);
      onSelect({ kind: 'matching', without: matching.without() });
    },
  };
}
