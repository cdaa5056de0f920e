import type { AccountRow } from '@steward/shared/accounts';
import { act, renderHook } from '@testing-library/react';
import type { GridApi } from 'ag-grid-community';
import { keepLive } from '../../lib/live.js';
import { useFailedLoad } from './use-failed-load.js';

/** A grid whose blocks of rows stand like this. */
function aList(...statuses: string[]) {
  const blocks = statuses.map((pageStatus) => ({ pageStatus }));
  const api = {
    isDestroyed: () => false,
    refreshInfiniteCache: jest.fn(),
    getCacheBlockState: () => ({ ...blocks }),
  };
  const grid = { current: api as unknown as GridApi<AccountRow> };
  const { result } = renderHook(() => useFailedLoad(grid));
  const settle = (at: number, pageStatus: string) => {
    blocks[at] = { pageStatus };
    act(() => result.current.onModelUpdated(grid.current));
  };
  return { api, result, settle };
}

const DOWN = new Error('down');

describe('a load of rows that failed', () => {
  it('is told until all rows are there', () => {
    const { result, settle } = aList('loaded', 'failed', 'loading');
    act(() => result.current.onError(DOWN));
    settle(2, 'loaded');
    expect(result.current.error).toBe(DOWN);
    settle(1, 'loaded');
    expect(result.current.error).toBeNull();
  });

  it('is told no longer once the list is asked for again', () => {
    const { api, result } = aList('failed');
    act(() => result.current.onError(DOWN));
    act(() => result.current.retry());
    expect(api.refreshInfiniteCache).toHaveBeenCalledTimes(1);
    expect(result.current.error).toBeNull();
  });

  it('is made up for when the browser is back online, once', () => {
    const { api, result } = aList('failed');
    act(() => void window.dispatchEvent(new Event('online')));
    expect(api.refreshInfiniteCache).not.toHaveBeenCalled();
    act(() => result.current.onError(DOWN));
    act(() => void window.dispatchEvent(new Event('online')));
    act(() => void window.dispatchEvent(new Event('online')));
    expect(api.refreshInfiniteCache).toHaveBeenCalledTimes(1);
  });

  it('is made up for when the live connection came back', () => {
    const source = Object.assign(new EventTarget(), { close: () => {} });
    globalThis.EventSource = jest.fn(() => source) as unknown as typeof EventSource;
    const stop = keepLive({ onEnded: () => {} });
    const { api, result } = aList('failed');
    act(() => result.current.onError(DOWN));
    act(() => void source.dispatchEvent(new MessageEvent('resync')));
    expect(api.refreshInfiniteCache).toHaveBeenCalledTimes(1);
    stop();
  });
});
