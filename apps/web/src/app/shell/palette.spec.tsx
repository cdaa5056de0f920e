import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Palette } from './palette.js';

const anAccount = (id: string, name: string) => ({ id, name, externalId: null, tier: 'Key', arrMinor: 1_000_00 });

const answer = (body: unknown) => ({ ok: true, status: 200, text: async () => JSON.stringify(body) });

async function openPalette(segments: object[] = []) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(['me'], { workspace: { currency: 'USD' }, permissions: ['accounts:read'] });
  client.setQueryData(['segments', 'list'], segments);
  const rootRoute = createRootRoute();
  const route = (path: string, component: () => React.ReactNode) =>
    createRoute({ getParentRoute: () => rootRoute, path, component });
  const router = createRouter({
    routeTree: rootRoute.addChildren([
      route('/', () => <Palette asked={1} onShortcuts={() => {}} />),
      route('/accounts/$accountId', () => null),
    ]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  window.scrollTo = () => {};
  await router.load();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { router, search: await screen.findByLabelText('Search accounts, pages and actions') };
}

describe('the palette', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it('opens the first account that the server answers on Enter, also above a page that matched at once', async () => {
    const rows = [anAccount('a1', 'Account Works'), anAccount('a2', 'Accounting House')];
    globalThis.fetch = (async () => answer({ rows })) as unknown as typeof fetch;
    const { router, search } = await openPalette();
    await userEvent.type(search, 'account');
    await screen.findByText(/Works/);
    await userEvent.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/accounts/a1');
  });

  it('does so where nothing matched before the answer came', async () => {
    globalThis.fetch = (async () => answer({ rows: [anAccount('a1', 'Harbor Works')] })) as unknown as typeof fetch;
    const { router, search } = await openPalette();
    await userEvent.type(search, 'harb');
    await screen.findByText(/Works/);
    await userEvent.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/accounts/a1');
  });

  it('opens nothing of an older text on Enter while the answer to another is awaited', async () => {
    let asked = 0;
    globalThis.fetch = (async () => {
      asked += 1;
      if (asked === 1) return answer({ rows: [anAccount('a1', 'Harbor Works')] });
      return new Promise(() => {});
    }) as unknown as typeof fetch;
    const { router, search } = await openPalette();
    await userEvent.type(search, 'harb');
    await screen.findByText(/Works/);
    await userEvent.type(search, 'x');
    expect(screen.queryByText(/Works/)).toBeNull();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(asked).toBe(2));
    expect(screen.queryByText(/Works/)).toBeNull();
    await userEvent.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/');
    expect(screen.getByText('Searching…')).toBeTruthy();
  });

  it('says that nothing matches once it is known', async () => {
    globalThis.fetch = (async () => answer({ rows: [] })) as unknown as typeof fetch;
    const { search } = await openPalette();
    await userEvent.type(search, 'harb');
    expect(screen.queryByText('Nothing matches')).toBeNull();
    await screen.findByText('Nothing matches');
  });

  it('names no segment for the accounts that it counts', async () => {
    globalThis.fetch = (async () => answer({ rows: [anAccount('a1', 'Account Works')] })) as unknown as typeof fetch;
    const { search } = await openPalette([{ id: 's1', name: 'At risk', members: 12, of: 'account' }]);
    await userEvent.type(search, 'acc');
    await screen.findByText(/Works/);
    expect(screen.queryByText('At risk')).toBeNull();
  });

  it('says that the search failed, and tries again on Enter', async () => {
    let reachable = false;
    globalThis.fetch = (async () => {
      if (!reachable) throw new TypeError('no network');
      return answer({ rows: [anAccount('a1', 'Harbor Works')] });
    }) as unknown as typeof fetch;
    const { router, search } = await openPalette();
    await userEvent.type(search, 'harb');
    await screen.findByText('Accounts could not be searched: try again');
    expect(screen.queryByText('Nothing matches')).toBeNull();
    reachable = true;
    await userEvent.keyboard('{Enter}');
    await screen.findByText(/Works/);
    await userEvent.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/accounts/a1');
  });
});
