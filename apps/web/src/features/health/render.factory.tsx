import { MantineProvider } from '@mantine/core';
import type { Permission } from '@steward/shared/permissions';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';

const FIELDS = [
  { key: 'usage.seat_utilization', label: 'Seat utilisation', unit: 'percent' },
  { key: 'usage.active_days', label: 'Active days', unit: 'days' },
  { key: 'support.urgent_open', label: 'Urgent tickets open', unit: 'tickets' },
].map((field) => ({ ...field, description: '', group: 'Usage', type: 'number', stage: 'signals', options: null }));

/** Draws a part of the Health page within what it finds around it in the product: who is signed in, fields, links. */
export async function renderHealth(children: ReactNode, permissions: readonly Permission[] = []) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const workspace = { currency: 'USD', timeZone: 'Europe/Berlin', today: '2026-04-15', name: 'Sample' };
  client.setQueryData(['me'], { workspace, permissions, user: { id: 'u1', name: 'Ana Lind', role: 'admin' } });
  client.setQueryData(['catalogue'], { fields: FIELDS, contactFields: [] });
  client.setQueryData(['segments', 'list'], []);
  const rootRoute = createRootRoute();
  const page = createRoute({ getParentRoute: () => rootRoute, path: '/', component: () => children });
  const router = createRouter({
    routeTree: rootRoute.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  // What the router asks of a browser and jsdom lacks.
  window.scrollTo = () => {};
  await router.load();
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a router of a test alone is not the product's */}
        <RouterProvider router={router as any} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
