import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { PulseDialog } from './pulse-dialog.js';
import { pulseReasonsQuery } from './set-pulse.js';

const SET = { setAt: '2026-11-22T09:30:00.000Z' };

function Page() {
  const [isOpen, setOpen] = useState(true);
  return isOpen ? <PulseDialog account={{ id: 'a-1', name: 'Elm Hotels' }} onClose={() => setOpen(false)} /> : null;
}

const realFetch = globalThis.fetch;
afterAll(() => {
  globalThis.fetch = realFetch;
});

it('sets a pulse, and offers to take that very one back', async () => {
  const sent: unknown[] = [];
  globalThis.fetch = (async (path: string, { method = 'GET', body }: RequestInit) => {
    if (method !== 'GET') sent.push([method, path.replace(/^.*\/accounts/, ''), JSON.parse(String(body))]);
    return { ok: true, status: 200, text: async () => JSON.stringify(method === 'PUT' ? SET : {}) };
  }) as unknown as typeof fetch;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['pulse-reasons'], { revision: 0, reasons: [] });
  notifications.clean();
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={client}>
        <Page />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Set pulse' }));
  expect(await screen.findByText('Pulse set: Elm Hotels, 4 of 6')).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() =>
    expect(sent).toEqual([
      ['PUT', '/a-1/pulse', { value: 4, reasons: [], note: null }],
      ['POST', '/a-1/pulse/undo', SET],
    ]),
  );
});

it('asks before the reasons and the note of a pulse are lost', async () => {
  const onClose = jest.fn();
  const client = new QueryClient();
  const reason = { key: 'sponsor', label: 'The sponsor left', active: true };
  client.setQueryData(pulseReasonsQuery.queryKey, { reasons: [reason], revision: 1 });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <PulseDialog account={{ id: 'a-1', name: 'Harbor Works' }} onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole('checkbox', { name: 'The sponsor left' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'Ada is gone');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(await screen.findByRole('button', { name: 'Stay' }));
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('Ada is gone');
  expect(screen.getByRole('checkbox', { name: 'The sponsor left' })).toBeChecked();
  expect(onClose).not.toHaveBeenCalled();
});
