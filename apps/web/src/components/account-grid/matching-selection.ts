import type { AccountRow } from '@steward/shared/accounts';
import type { GridApi } from 'ag-grid-community';

/**
 * "All that match" in a grid that holds only some of its rows: rows are ticked as they arrive, and those that a person
 * takes out stay out, also after their block was dropped and loaded again.
 */
export function createMatchingSelection() {
  const without = new Map<string, AccountRow>();
  let on = false;

  return {
    isOn: () => on,
    without: (): AccountRow[] => [...without.values()],
    start(api: GridApi<AccountRow>): void {
      on = true;
      without.clear();
      this.tick(api);
    },
    stop(): void {
      on = false;
      without.clear();
    },
    /** Ticks what has been loaded since. */
    tick(api: GridApi<AccountRow>): void {
      if (!on) return;
      api.forEachNode((node) => {
        if (node.data && !node.isSelected() && !without.has(node.data.id)) node.setSelected(true, false, 'api');
      });
    },
    /** Notes which of the loaded rows a person has taken out or put back. */
    read(api: GridApi<AccountRow>): void {
      api.forEachNode((node) => {
        if (!node.data) return;
        if (node.isSelected()) without.delete(node.data.id);
        else without.set(node.data.id, node.data);
      });
    },
  };
}
