import { MantineProvider } from '@mantine/core';
import type { QuietPeriod } from '@steward/shared/quiet-periods';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { QuietPeriodsSection } from './quiet-periods-section.js';

const christmas: QuietPeriod = {
  id: '0190a1b2-0000-7000-8000-000000000001',
  name: 'Christmas',
  fromDay: '2025-12-22',
  toDay: '2026-01-02',
  revision: 3,
};

let stored: QuietPeriod[];
let sent: { method: string; path: string; body: unknown }[];

const answer = (body: unknown) => ({ ok: true, status: 200, text: async () => JSON.stringify(body) });

/** Stands in for the server: keeps what is sent, and answers the list that is stored. */
const server = async (path: string, init: RequestInit = {}) => {
  const method = init.method ?? 'GET';
  if (method === 'GET') return answer({ periods: stored });
  sent.push({ method, path, body: init.body ? JSON.parse(String(init.body)) : null });
  if (method === 'DELETE') stored = [];
  return answer(christmas);
};

function renderSection(permissions = ['workspace:write']) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['me'], { workspace: { today: '2025-12-24' }, permissions });
  client.setQueryDefaults(['me'], { staleTime: Number.POSITIVE_INFINITY });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <QuietPeriodsSection />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

describe('the quiet periods of the workspace', () => {
  const realFetch = globalThis.fetch;
  beforeEach(() => {
    stored = [christmas];
    sent = [];
    globalThis.fetch = server as unknown as typeof fetch;
  });
  afterAll(() => {
    globalThis.fetch = realFetch;
  });

  it('are listed with their days, and the one that holds today is marked', async () => {
    renderSection();
    const row = within(await screen.findByRole('row', { name: /Christmas/ }));
    expect(row.getByText('22 Dec 2025')).toBeInTheDocument();
    expect(row.getByText('2 Jan 2026')).toBeInTheDocument();
    expect(row.getByText('Today')).toBeInTheDocument();
  });

  it('are added with a name and two days in order', async () => {
    stored = [];
    renderSection();
    await userEvent.click(await screen.findByRole('button', { name: 'Add a quiet period' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add a quiet period' }));
    await userEvent.type(dialog.getByLabelText('Name'), 'Works closed');
    fireEvent.change(dialog.getByLabelText('First day'), { target: { value: '2026-08-10' } });
    fireEvent.change(dialog.getByLabelText('Last day'), { target: { value: '2026-08-01' } });
    await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
    expect(await dialog.findByText('Lies before the first day')).toBeInTheDocument();
    expect(sent).toEqual([]);

    fireEvent.change(dialog.getByLabelText('Last day'), { target: { value: '2026-08-21' } });
    await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(sent).toEqual([
      {
        method: 'POST',
        path: expect.stringContaining('/workspace/quiet-periods'),
        body: { name: 'Works closed', fromDay: '2026-08-10', toDay: '2026-08-21' },
      },
    ]);
  });

  it('are changed on the revision that was read', async () => {
    renderSection();
    await userEvent.click(await screen.findByRole('button', { name: 'Change Christmas' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByLabelText('First day')).toHaveValue('22 Dec 2025');
    fireEvent.change(dialog.getByLabelText('Last day'), { target: { value: '6 Jan 2026' } });
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ method: 'PATCH', body: { name: 'Christmas', toDay: '2026-01-06', revision: 3 } });
  });

  it('are removed after a question', async () => {
    renderSection();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Christmas' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove “Christmas”?' }));
    expect(sent).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('None yet: every day counts alike.')).toBeInTheDocument();
    expect(sent).toMatchObject([{ method: 'DELETE', path: expect.stringContaining(christmas.id) }]);
  });

  it('are only read by who may not change the workspace', async () => {
    renderSection([]);
    await screen.findByRole('row', { name: /Christmas/ });
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
