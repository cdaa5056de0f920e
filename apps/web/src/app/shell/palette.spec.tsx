import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Palette } from './palette.js';

const anAccount = (id: string, name: string) => ({ id, name, externalId: null, tier: 'Key', arrMinor: 1_000_00 });

const answer = (body: unknown) => ({ ok: true, status: 200, text: async () => JSON.stringify(body) });

async function openPalette() {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(['me'], { workspace: { currency: 'USD' }, permissions: ['accounts:read'] });
  client.setQueryData(['segments', 'list'], []);
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
});
