import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { scoreChangeQuery } from './get-score-change.js';
import { anAccount, EARLIER } from './render-account.factory.js';
import { WhatChanged } from './what-changed.js';

const MONTH_BEFORE = '2026-08-24';

// The page’s router puts it to its top, which there is no way to here.
beforeEach(() => jest.spyOn(window, 'scrollTo').mockImplementation(() => {}));

it('asks for the change from a day that was computed after the account’s own day was', async () => {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const account = anAccount({ asOf: EARLIER, score: 52, healthChange: null, sparkline: [null, 50, 52] });
  client.setQueryData(scoreChangeQuery(account.id, MONTH_BEFORE, EARLIER).queryKey, {
    from: { day: MONTH_BEFORE, score: 48 },
    to: { day: EARLIER, score: 52 },
    total: 4,
    model: 0,
    measures: [],
    data: { appeared: [], vanished: [], points: 0 },
    limits: { started: [], ended: [], points: 0 },
  } as never);
  const root = createRootRoute();
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Outlet });
  const page = createRoute({
    getParentRoute: () => shell,
    path: 'accounts/$accountId',
    component: () => <WhatChanged account={account} />,
  });
  const router = createRouter({
    routeTree: root.addChildren([shell.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: ['/accounts/a-1'] }),
  });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <RouterProvider router={router as never} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  expect(await screen.findByText('48')).toBeVisible();
  expect(screen.queryByText('Nothing to compare')).toBeNull();
});
