import type { IDatasource, IGetRowsParams } from 'ag-grid-community';

export interface GridSort {
  column: string;
  direction: 'asc' | 'desc';
}

export interface BlockRequest {
  offset: number;
  limit: number;
  sort: GridSort[];
  signal: AbortSignal;
}

/**
 * A datasource of the infinite row model for one question. Each use of it has its own signal: when the grid lets go of
 * it, for a new question or for good, answers that come later belong to nobody and are dropped. Each load is ended all the same:
 * the grid counts those under way and begins no more than two.
 */
export function createBlockSource<Row>(
  load: (request: BlockRequest) => Promise<Row[]>,
  onError: (error: unknown) => void,
): IDatasource {
  let abort = new AbortController();
  return {
    getRows(params: IGetRowsParams) {
      const { signal } = abort;
      const limit = params.endRow - params.startRow;
      const sort = params.sortModel.map(({ colId, sort: direction }) => ({ column: colId, direction }));
      const loaded = (rows: Row[]) => {
        if (signal.aborted) params.failCallback();
        else params.successCallback(rows, rows.length < limit ? params.startRow + rows.length : -1);
      };
      const failed = (error: unknown) => {
        params.failCallback();
        if (!signal.aborted) onError(error);
      };
      void load({ offset: params.startRow, limit, sort, signal }).then(loaded, failed);
    },
    destroy() {
      abort.abort();
      abort = new AbortController();
    },
  };
}
