import { MantineProvider } from '@mantine/core';
import type { AlertInboxRow } from '@steward/shared/alerts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { AlertList } from './alert-list.js';
import type { Triage } from './use-triage.js';

const aRow = (id: string, name: string) =>
  ({
    account: { id, name, tier: null, arrMinor: 100, health: { score: null, band: null } },
    top: {
      id: `alert-${id}`,
      accountId: id,
      kind: 'churn',
      severity: 'high',
      state: 'open',
      reason: 'Score fell',
      rule: null,
      openedAt: '2026-04-10T08:00:00Z',
      openedDay: '2026-04-10',
    },
    more: 0,
    others: [],
  }) as unknown as AlertInboxRow;
const rows = [aRow('a1', 'Harbor Works'), aRow('a2', 'Fable Supply')];
const triage = { isAsking: false } as Triage;

function Inbox() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const onToggle = (id: string) => setIds((now) => new Set([...now, id]));
  const onToggleAll = () => setIds(new Set(ids.size === rows.length ? [] : rows.map(({ account }) => account.id)));
  return (
    <AlertList
      label="Alerts"
      rows={rows}
      triage={triage}
      selection={{ ids, onToggle, onToggleAll }}
      onOpen={() => {}}
    />
  );
}

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const workspace = { currency: 'USD', timeZone: 'UTC', today: '2026-04-15' };
  client.setQueryData(['me'], { workspace, permissions: [] });
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  render(
    <RouterContextProvider router={router as never}>
      <QueryClientProvider client={client}>
        <MantineProvider env="test">
          <Inbox />
        </MantineProvider>
      </QueryClientProvider>
    </RouterContextProvider>,
  );
}

const ticked = () =>
  rows.map(({ account }) => screen.getByRole<HTMLInputElement>('checkbox', { name: `Select ${account.name}` }).checked);
const all = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all: 2 accounts shown' });

it('one box ticks all rows that are shown, or none where all are', async () => {
  show();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select Harbor Works' }));
  expect(all().indeterminate).toBe(true);
  await userEvent.click(all());
  expect(ticked()).toEqual([true, true]);
  await userEvent.click(all());
  expect(ticked()).toEqual([false, false]);
});

it('Ctrl+A does the same from a row', () => {
  show();
  fireEvent.keyDown(screen.getByText('Fable Supply'), { key: 'a', ctrlKey: true });
  expect(ticked()).toEqual([true, true]);
  expect(all().checked).toBe(true);
});
