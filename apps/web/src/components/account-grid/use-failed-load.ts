import type { AccountRow } from '@steward/shared/accounts';
import type { GridApi } from 'ag-grid-community';
import { type RefObject, useCallback, useEffect, useState } from 'react';
import { onLive } from '../../lib/live.js';

export interface FailedLoad {
  /** Why rows are missing; null where none is. */
  error: unknown;
  /** Loads the list anew, where it was scrolled to. */
  retry: () => void;
  onError: (error: unknown) => void;
  onModelUpdated: (api: GridApi<AccountRow>) => void;
}

/**
 * The grid never asks by itself for rows whose load failed. They are asked for again by the reader, when the browser is
 * back online, and when the live connection came back; until all are there, the list says that some are missing.
 */
export function useFailedLoad(api: RefObject<GridApi<AccountRow> | null>): FailedLoad {
  const [error, setError] = useState<unknown>(null);
  const retry = useCallback(() => {
    setError(null);
    if (api.current && !api.current.isDestroyed()) api.current.refreshInfiniteCache();
  }, [api]);
  const onModelUpdated = useCallback((grid: GridApi<AccountRow>) => {
    if (!hasFailed(grid)) setError(null);
  }, []);
  const failed = error !== null;
  useEffect(() => {
    if (!failed) return;
    window.addEventListener('online', retry);
    const stop = onLive(({ topic }) => {
      if (topic === 'everything') retry();
    });
    return () => {
      window.removeEventListener('online', retry);
      stop();
    };
  }, [failed, retry]);
  return { error, retry, onError: setError, onModelUpdated };
}

interface BlockState {
  pageStatus: 'needsLoading' | 'loading' | 'loaded' | 'failed';
}

/** Typed as any by the grid. */
const hasFailed = (api: GridApi<AccountRow>): boolean =>
  Object.values<BlockState>(api.getCacheBlockState()).some(({ pageStatus }) => pageStatus === 'failed');
