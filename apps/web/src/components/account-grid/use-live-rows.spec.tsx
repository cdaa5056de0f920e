import type { AccountRow } from '@steward/shared/accounts';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { GridApi } from 'ag-grid-community';
import { keepLive } from '../../lib/live.js';
import type { AccountQuestion } from './count-accounts.js';
import { reloadLists } from './reload-lists.js';
import { useLiveRows } from './use-live-rows.js';

const QUESTION: AccountQuestion = { rule: null, text: '', asOf: null };
const SORT: [] = [];
const aRow = (id: string, some: Partial<AccountRow> = {}) => ({ id, externalId: id, name: id, ...some }) as AccountRow;

/** A grid that holds these rows, before a server that answers those of `seen`, with the page's live connection. */
function aList({ rows, seen }: { rows: AccountRow[]; seen: AccountRow[] }) {
  const nodes = rows.map((data) => ({
    data,
    setData(next: AccountRow) {
      this.data = next;
    },
  }));
  const api = {
    isDestroyed: () => false,
    refreshInfiniteCache: jest.fn(),
    getRenderedNodes: () => nodes,
    forEachNode: (take: (node: unknown) => void) => nodes.forEach(take),
  };
  const answer = JSON.stringify({ rows: seen });
  globalThis.fetch = (async () => ({ ok: true, status: 200, text: async () => answer })) as unknown as typeof fetch;
  const grid = { current: api as unknown as GridApi<AccountRow> };
  const { result } = renderHook(() => useLiveRows(grid, { question: QUESTION, sort: SORT }));
  return { api, nodes, result };
}

/** The page's live connection. */
class Source extends EventTarget {
  close() {}
}
let source: Source;
let stop: () => void;

beforeEach(() => {
  source = new Source();
  globalThis.EventSource = jest.fn(() => source) as unknown as typeof EventSource;
  stop = keepLive({ onEnded: () => {} });
});
afterEach(() => stop());

const hint = (ids: string[]) => {
  const data = JSON.stringify({ topic: 'accounts', ids, version: 1 });
  act(() => void source.dispatchEvent(new MessageEvent('hint', { data })));
};

describe('rows of the list', () => {
  it('follow the server where they stand, and are counted', async () => {
    const { api, nodes, result } = aList({
      rows: [aRow('a'), aRow('b')],
      seen: [aRow('a'), aRow('b', { arrMinor: 5 })],
    });
    hint(['a', 'b']);
    await waitFor(() => expect(result.current.changed).toBe(1));
    expect(nodes[1]?.data.arrMinor).toBe(5);
    expect(api.refreshInfiniteCache).not.toHaveBeenCalled();
  });

  it('are loaded anew where one of them is no longer in sight', async () => {
    const { api } = aList({ rows: [aRow('a'), aRow('b')], seen: [aRow('b')] });
    hint(['a', 'b']);
    await waitFor(() => expect(api.refreshInfiniteCache).toHaveBeenCalledTimes(1));
  });

  it('are loaded anew when the reader has changed many, and nothing counts as changed any more', async () => {
    const { api, result } = aList({ rows: [aRow('a')], seen: [aRow('a', { arrMinor: 5 })] });
    hint(['a']);
    await waitFor(() => expect(result.current.changed).toBe(1));
    act(() => reloadLists());
    expect(api.refreshInfiniteCache).toHaveBeenCalledTimes(1);
    expect(result.current.changed).toBe(0);
  });
});
