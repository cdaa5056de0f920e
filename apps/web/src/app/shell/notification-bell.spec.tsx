import { MantineProvider } from '@mantine/core';
import type { Notification } from '@steward/shared/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NotificationBell } from './notification-bell.js';

const aNotice = (overrides: Partial<Notification>): Notification => ({
  id: 'n-1',
  accountId: null,
  accountName: null,
  alertId: null,
  news: 'ruleHeld',
  alertKind: null,
  ruleId: null,
  severity: 'info',
  text: '',
  at: '2026-11-23T09:00:00Z',
  readAt: null,
  ...overrides,
});

async function openBell(notification: Notification) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(['me'], { workspace: { timeZone: 'UTC' } });
  client.setQueryData(['notifications', 'list'], { notifications: [notification], unread: 1 });
  const router = createRouter({
    routeTree: createRootRoute({ component: NotificationBell }),
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
  await userEvent.click(await screen.findByRole('button', { name: 'Notifications, 1 unread' }));
}

describe('a notification that is about no account', () => {
  it('leads to the day’s work where one is to stand in', async () => {
    await openBell(aNotice({ news: 'standIn', text: 'You stand in for Carla Chen' }));
    const link = await screen.findByRole('link', { name: /Stand-in.*You stand in for Carla Chen/ });
    expect(link).toHaveAttribute('href', '/');
  });

  it('leads to the rules where one is held', async () => {
    await openBell(aNotice({ ruleId: 'r-1', severity: 'high', text: 'Rule “Usage collapse” is held' }));
    const link = await screen.findByRole('link', { name: /Alert rules.*waits for you/ });
    expect(link).toHaveAttribute('href', '/alerts/rules');
  });
});
