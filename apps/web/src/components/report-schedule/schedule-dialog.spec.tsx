import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ScheduleDialog } from './schedule-dialog.js';

const realFetch = globalThis.fetch;
afterAll(() => {
  globalThis.fetch = realFetch;
});

it('says when a report comes, its weekday with a capital', async () => {
  const list = { schedules: [], mailWorks: true, timeZone: 'UTC' };
  globalThis.fetch = (async (_path: string, { method, body }: RequestInit) => {
    const answer = method === 'POST' ? { id: 's-1', ...JSON.parse(String(body)) } : list;
    return { ok: true, status: 200, text: async () => JSON.stringify(answer) };
  }) as unknown as typeof fetch;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { user: { id: 'u-1', role: 'csm' }, workspace: { timeZone: 'UTC' } });
  client.setQueryData(['report-schedules', 'list'], list);
  notifications.clean();
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={client}>
        <ScheduleDialog
          what="The view “Reds”"
          name="Reds"
          content={{ kind: 'view', viewId: 'v-1' }}
          onClose={() => {}}
        />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByText('“Reds” comes by mail: every Monday at 08:00')).toBeInTheDocument();
});
