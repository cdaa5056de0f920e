import { MantineProvider } from '@mantine/core';
import type { ImportDetail, ImportPreview } from '@steward/shared/import-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pick } from '../../../lib/search-text.js';
import { ImportWizardPage } from './import-wizard-page.js';

const NONE = {
  rows: 0,
  shortRows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  duplicates: 0,
  empty: 0,
  rejected: 0,
  quarantined: 0,
  disagreements: 0,
};
const anImport = (given: Partial<ImportDetail>) =>
  ({
    id: 'import-1',
    kind: 'account',
    fileName: 'accounts.csv',
    state: 'uploaded',
    mapping: { kind: 'account', columns: [{ column: 'id', field: 'account' }], constants: {} },
    wouldDo: null,
    problem: null,
    progress: 0,
    rejections: [],
    withoutRate: [],
    ...given,
  }) as unknown as ImportDetail;
const checking = anImport({ state: 'checking', progress: 0.4 });
const checked = anImport({ state: 'checked', wouldDo: { ...NONE, rows: 3, created: 3 } });
const preview = {
  encoding: 'utf-8',
  delimiter: ',',
  headers: [{ name: 'id', renamed: null }],
  rows: [],
  rowsRead: 3,
  kind: 'account',
  complete: true,
  columns: [],
  suggestions: [],
  savedMappings: [],
} as unknown as ImportPreview;

/** What the server holds of the import; a refusal is what it answers to an order. */
async function open(held: ImportDetail, search = '') {
  const server = { held, refusal: null as { code: string; message: string } | null };
  globalThis.fetch ??= jest.fn();
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, { method } = {}) => {
    const refused = method !== 'GET' && server.refusal !== null;
    const body = refused ? server.refusal : String(url).includes('/preview') ? preview : server.held;
    return { ok: !refused, status: refused ? 409 : 200, text: async () => JSON.stringify(body) } as Response;
  });
  const client = new QueryClient();
  const workspace = { timeZone: 'UTC', today: '2026-04-15', currency: 'EUR' };
  client.setQueryDefaults(['me'], { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryData(['me'], { workspace, permissions: ['imports:write'] });
  const rootRoute = createRootRoute();
  const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell' });
  const page = createRoute({
    getParentRoute: () => shellRoute,
    path: '/data/import',
    validateSearch: (given: Record<string, unknown>) => pick(given, ['id', 'step']),
    component: ImportWizardPage,
  });
  const router = createRouter({
    routeTree: rootRoute.addChildren([shellRoute.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: [`/data/import?id=import-1${search}`] }),
  });
  window.scrollTo = () => {};
  await router.load();
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <RouterProvider router={router as never} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { server, router, refresh: () => act(() => client.invalidateQueries({ queryKey: ['imports'] })) };
}

const columns = () => screen.findByRole('button', { name: 'Check the file' });
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

afterEach(() => {
  jest.restoreAllMocks();
  sessionStorage.clear();
});

describe('the wizard opened anew', () => {
  it('shows how far a check is, and then what came of it', async () => {
    const { server, refresh } = await open(checking);
    expect(await screen.findByText('Reading the whole file, 40 %')).toBeTruthy();
    server.held = checked;
    await refresh();
    expect(await screen.findByText(/^Importing this file would create 3 /)).toBeTruthy();
  });

  it('shows what came of a check', async () => {
    await open(checked);
    expect(await screen.findByText(/^Importing this file would create 3 /)).toBeTruthy();
  });

  it('says of a file without rows that there is nothing to import', async () => {
    await open(anImport({ state: 'checked', wouldDo: NONE }));
    expect(await screen.findByText(/holds no rows/)).toBeTruthy();
    expect(screen.getByText('Rows read').nextElementSibling?.textContent).toBe('0');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import' }).disabled).toBe(true);
  });

  it('shows why a check has failed', async () => {
    await open(
      anImport({ state: 'failed', problem: { code: 'X', message: 'Day or month?', problems: [], questions: [] } }),
    );
    expect(await screen.findByText('Day or month?')).toBeTruthy();
  });

  it('shows the columns of a file that was not checked', async () => {
    await open(anImport({}));
    expect(await columns()).toBeTruthy();
  });
});

describe('the columns of a file that was checked', () => {
  it('can be gone back to, and stay after a reload', async () => {
    const { router } = await open(checked);
    await press('Back to the columns');
    expect(await columns()).toBeTruthy();
    expect(router.state.location.search).toEqual({ id: 'import-1', step: 'columns' });
  });

  it('lead to the new check, never to the counts of the one before', async () => {
    const { server, router } = await open(checked, '&step=columns');
    await columns();
    server.held = checking;
    await press('Check the file');
    expect(await screen.findByText('Reading the whole file, 40 %')).toBeTruthy();
    expect(router.state.location.search).toEqual({ id: 'import-1' });
  });

  it('give way to a check that was begun elsewhere, and its refusal does not outlast it', async () => {
    const { server, refresh } = await open(anImport({}));
    await columns();
    server.held = checking;
    server.refusal = { code: 'IMPORT_BUSY', message: 'The import is being worked on.' };
    await press('Check the file');
    expect(await screen.findByText('Reading the whole file, 40 %')).toBeTruthy();
    server.held = checked;
    await refresh();
    expect(await screen.findByText(/^Importing this file would create 3 /)).toBeTruthy();
    expect(screen.queryByText('The mapping was not taken')).toBeNull();
  });
});
