import type { IGetRowsParams } from 'ag-grid-community';
import { createBlockSource } from './block-source.js';

interface Row {
  id: number;
}

function aRequest(startRow: number, endRow: number) {
  const outcome: { rows?: Row[]; lastRow?: number; failed?: boolean } = {};
  const params = {
    startRow,
    endRow,
    sortModel: [{ colId: 'score', sort: 'asc' }],
    successCallback: (rows: Row[], lastRow?: number) => Object.assign(outcome, { rows, lastRow }),
    failCallback: () => Object.assign(outcome, { failed: true }),
  } as unknown as IGetRowsParams;
  return { params, outcome };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const rows = (count: number): Row[] => Array.from({ length: count }, (_, id) => ({ id }));

it('asks for a block in the order that the grid shows', async () => {
  const asked: unknown[] = [];
  const source = createBlockSource<Row>(
    async ({ offset, limit, sort }) => {
      asked.push({ offset, limit, sort });
      return rows(limit);
    },
    () => {},
  );
  const { params, outcome } = aRequest(200, 300);
  source.getRows(params);
  await settled();
  expect(asked).toEqual([{ offset: 200, limit: 100, sort: [{ column: 'score', direction: 'asc' }] }]);
  expect(outcome).toMatchObject({ lastRow: -1 });
});

it('knows the end of the list from a block that is not full', async () => {
  const source = createBlockSource<Row>(
    async () => rows(42),
    () => {},
  );
  const { params, outcome } = aRequest(100, 200);
  source.getRows(params);
  await settled();
  expect(outcome.lastRow).toBe(142);
});

it('drops an answer that comes after the question has changed, and ends the load', async () => {
  let answer: (rows: Row[]) => void = () => {};
  let signal: AbortSignal | null = null;
  const source = createBlockSource<Row>(
    (request) => {
      signal = request.signal;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    () => {},
  );
  const { params, outcome } = aRequest(0, 100);
  source.getRows(params);
  source.destroy?.();
  answer(rows(1));
  await settled();
  expect(outcome).toEqual({ failed: true });
  expect(signal).toMatchObject({ aborted: true });
});

it('serves again after the grid has let go of it once', async () => {
  const source = createBlockSource<Row>(
    async () => rows(1),
    () => {},
  );
  source.destroy?.();
  const { params, outcome } = aRequest(0, 100);
  source.getRows(params);
  await settled();
  expect(outcome.rows).toHaveLength(1);
});

it('reports what went wrong and ends the load', async () => {
  const errors: unknown[] = [];
  const source = createBlockSource<Row>(
    async () => Promise.reject(new Error('down')),
    (error) => errors.push(error),
  );
  const { params, outcome } = aRequest(0, 100);
  source.getRows(params);
  await settled();
  expect(outcome.failed).toBe(true);
  expect(errors).toHaveLength(1);
});
