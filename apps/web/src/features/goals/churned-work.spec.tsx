import { MantineProvider, Table } from '@mantine/core';
import type { GoalRowOfList } from '@steward/shared/goals';
import type { TaskRowOfList } from '@steward/shared/tasks';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { TaskRow } from '../../components/task/task-row.js';
import { meQuery } from '../../lib/me.js';
import { GoalCard } from './goal-card.js';
import { GoalLine } from './list-page.js';

const nothing = () => undefined;
const anAccount = (status: string) => ({ id: 'a-1', name: 'Orchard Goods', status, tier: 'T2', arrMinor: null });
const task = { id: 't-1', accountId: 'a-1', title: 'Hold the value review', state: 'open', dueDay: '2026-09-02' };
const goal = {
  id: 'g-1',
  name: 'Win back',
  kind: 'retention',
  status: 'inProgress',
  target: { kind: 'tasks' },
  dueDay: '2026-12-28',
  endedDay: null,
  tasks: { open: 1, overdue: 0, required: 1, requiredDone: 0 },
};

function show(children: ReactNode): void {
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { workspace: { currency: 'USD', today: '2026-11-22' } } as never);
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  render(
    <RouterContextProvider router={router as never}>
      <QueryClientProvider client={client}>
        <MantineProvider env="test">{children}</MantineProvider>
      </QueryClientProvider>
    </RouterContextProvider>,
  );
}

const goalRow = (status: string) => ({ account: anAccount(status), goal }) as unknown as GoalRowOfList;
const WORK: [string, (status: string) => ReactNode][] = [
  ['card of a goal', (status) => <GoalCard row={goalRow(status)} withStatus={false} isOpen={false} onOpen={nothing} />],
  [
    'line of a goal',
    (status) => (
      <Table>
        <Table.Tbody>
          <GoalLine row={goalRow(status)} isOpen={false} onOpen={nothing} />
        </Table.Tbody>
      </Table>
    ),
  ],
  [
    'task',
    (status) => (
      <TaskRow
        row={{ account: anAccount(status), task } as unknown as TaskRowOfList}
        deeds={null}
        isSelected={null}
        isOpen={false}
        isActive={false}
        withAccount
        onSelect={nothing}
        onOpen={nothing}
        onActive={nothing}
      />
    ),
  ],
];

it.each(WORK)('a %s says that its customer has left', (_, of) => {
  show(of('churned'));
  expect(screen.getByText('churned')).toBeVisible();
});

it.each(WORK)('a %s says nothing of the kind where the customer is one', (_, of) => {
  show(of('customer'));
  expect(screen.getByText('Orchard Goods')).toBeVisible();
  expect(screen.queryByText('churned')).toBeNull();
});
