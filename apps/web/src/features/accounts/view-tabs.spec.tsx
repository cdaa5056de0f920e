import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import type { View } from '@steward/shared/views';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ViewTabs } from './view-tabs.js';

const aView = (some: Partial<View> = {}): View => ({
  ...{ id: 'v-1', name: 'Reds', visibility: 'shared', rule: null, text: '', columns: null, sort: [] },
  ...{ owner: { userId: 'u-1', name: 'Ana' }, revision: 1, schedules: 0, mayEdit: true, ...some },
});

let sent: string[];

async function renderTabs(view: View) {
  sent = [];
  globalThis.fetch = (async (path: string, { method = 'GET' }: RequestInit = {}) => {
    if (method !== 'GET') sent.push(`${method} ${path.replace(/^.*\/views/, '/views')}`);
    return { ok: true, status: 200, text: async () => JSON.stringify(method === 'GET' ? { views: [view] } : view) };
  }) as unknown as typeof fetch;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { user: { role: 'csm' }, workspace: {}, permissions: [] });
  const rootRoute = createRootRoute();
  const tabs = () => (
    <ViewTabs
      {...{ views: [view], segments: [], tab: { view: view.id }, isEdited: false, isKeepable: true }}
      shown={() => view}
      onReset={() => {}}
    />
  );
  const accounts = createRoute({ getParentRoute: () => rootRoute, path: '/accounts', component: tabs });
  const router = createRouter({
    routeTree: rootRoute.addChildren([accounts]),
    history: createMemoryHistory({ initialEntries: [`/accounts?view=${view.id}`] }),
  });
  window.scrollTo = () => {};
  await router.load();
  notifications.clean();
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Change the view Reds' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  return router;
}

describe('deleting a view', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it('is taken back by the view itself, under its old address', async () => {
    const router = await renderTabs(aView());
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(sent).toEqual(['DELETE /views/v-1', 'POST /views/v-1/restore']));
    await waitFor(() => expect(router.state.location.search).toEqual({ view: 'v-1' }));
  });

  it('says first that reports by mail show it', async () => {
    await renderTabs(aView({ schedules: 2 }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete the view “Reds”?' }));
    expect(dialog.getByText(/^2 reports by mail show it/)).toBeInTheDocument();
    expect(sent).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(sent).toEqual(['DELETE /views/v-1']));
  });
});
