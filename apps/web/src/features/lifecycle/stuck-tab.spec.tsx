import { MantineProvider } from '@mantine/core';
import type { StuckList } from '@steward/shared/lifecycle-report';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReportQuestion } from '../../components/report/report-search.js';
import { meQuery } from '../../lib/me.js';
import { stuckQuery } from './get-lifecycle.js';
import { StuckTab } from './stuck-tab.js';

const question: ReportQuestion = { from: '2025-12', to: '2026-11', tierMode: 'then', ownerMode: 'now' };

const anAccount = (name: string): StuckList['rows'][number]['account'] => ({
  id: `id-of-${name}`,
  externalId: name,
  name,
  status: 'customer',
  tier: 'T3',
  arrMinor: 2_149_200,
  score: 52.9,
  band: 'watch',
  csm: null,
  am: null,
  leaving: false,
  leavesOn: null,
});
const list = (some: Partial<StuckList> = {}): StuckList => ({
  day: '2026-11-22',
  from: '2025-12',
  to: '2026-11',
  live: true,
  currency: 'USD',
  total: 2,
  arrMinor: 4_298_400,
  rows: ['Raven', 'Alder'].map((name) => ({
    account: anAccount(name),
    stage: { key: 'adoption', label: 'Adoption' },
    since: '2026-05-01',
    days: 205,
    expectedDays: 90,
    stuckDays: 180,
    pace: 'stuck',
  })),
  ...some,
});

function show(data: StuckList, permissions: string[] = ['goals:write']) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const me = { user: { id: 'me', fullName: 'Me', role: 'manager' }, permissions, workspace: { today: '2026-11-22' } };
  client.setQueryData(meQuery.queryKey, me as never);
  client.setQueryData(stuckQuery(question, 'stuck', 0).queryKey, data);
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => new Promise(() => {}));
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  const set = jest.fn();
  render(
    <RouterContextProvider router={router as never}>
      <QueryClientProvider client={client}>
        <MantineProvider env="test">
          <StuckTab question={question} search={{}} set={set} />
        </MantineProvider>
      </QueryClientProvider>
    </RouterContextProvider>,
  );
  return set;
}

beforeAll(() => {
  globalThis.fetch ??= jest.fn();
});

it('tells how long who is there, and how many they are', () => {
  show(list());
  expect(screen.getByRole('status')).toHaveTextContent('2 accounts · $43K of ARR');
  const row = within(screen.getByRole('row', { name: /Raven/ }));
  expect(row.getByText('205 days')).toBeVisible();
  expect(row.getByRole('link', { name: 'Raven' })).toHaveAttribute('href', '/accounts/id-of-Raven');
});

it('a click on a row or its button peeks; a task is made in place', async () => {
  const set = show(list());
  await userEvent.click(screen.getByRole('button', { name: 'Peek at Alder' }));
  expect(set).toHaveBeenLastCalledWith({ peek: 'id-of-Alder' });
  await userEvent.click(within(screen.getByRole('row', { name: /Raven/ })).getByText('Adoption'));
  expect(set).toHaveBeenLastCalledWith({ peek: 'id-of-Raven' });
  await userEvent.click(within(screen.getByRole('row', { name: /Raven/ })).getByRole('button', { name: 'Task…' }));
  expect(await screen.findByRole('dialog', { name: 'New task' })).toBeVisible();
});

it('whoever only looks on, and whoever looks at the past, makes no tasks', () => {
  show(list(), []);
  expect(screen.queryByRole('button', { name: 'Task…' })).toBeNull();
});

it('nobody stuck is said in words', () => {
  show(list({ total: 0, arrMinor: null, rows: [] }));
  expect(screen.getByText('No account is stuck')).toBeVisible();
  expect(screen.queryByRole('status')).toBeNull();
});
