import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { undoLastDeed, useActOnTasks } from './act-on-tasks.js';

const TASKS = [
  { id: 't-1', title: 'Send the plan' },
  { id: 't-2', title: 'Call the sponsor' },
  { id: 't-3', title: 'Send the plan' },
];

function Tasks() {
  const { mutate } = useActOnTasks();
  return TASKS.map(({ id, title }) => (
    <button
      key={id}
      type="button"
      onClick={() =>
        mutate({
          deed: { action: 'complete', note: null },
          tasks: [{ accountId: 'a-1', id, revision: 1 }],
          said: `${title}: done`,
        })
      }
    >
      {id}
    </button>
  ));
}

/** Which tasks the server was asked to take back, in turn. */
let undone: string[];

beforeEach(() => {
  undone = [];
  globalThis.fetch = jest.fn(async (_address: string, init?: RequestInit) => {
    const { action, tasks } = JSON.parse(String(init?.body)) as { action: string; tasks: { id: string }[] };
    if (action === 'undo') undone.push(...tasks.map(({ id }) => id));
    const results = tasks.map((task) => ({ ok: true, task }));
    return { ok: true, status: 200, text: async () => JSON.stringify({ results }) } as Response;
  }) as never;
  notifications.clean();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <Notifications />
        <Tasks />
      </QueryClientProvider>
    </MantineProvider>,
  );
});

/** Completes them one after the other, and waits for the toast of each. */
async function complete(...ids: string[]): Promise<void> {
  for (const [place, id] of ids.entries()) {
    await userEvent.click(screen.getByRole('button', { name: id }));
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(place + 1));
  }
}

const undoIn = (toast: HTMLElement) => userEvent.click(within(toast).getByRole('button', { name: 'Undo' }));
const toastOf = (title: string, place = 0) => screen.getAllByText(`${title}: done`)[place] as HTMLElement;

it('takes back with a toast what that toast tells of, whatever was done since', async () => {
  await complete('t-1', 't-2');
  await undoIn(toastOf('Send the plan'));
  await waitFor(() => expect(undone).toEqual(['t-1']));
  await undoIn(toastOf('Call the sponsor'));
  await waitFor(() => expect(undone).toEqual(['t-1', 't-2']));
});

it('tells of each of two tasks of one name, and takes back each', async () => {
  await complete('t-1', 't-3');
  await undoIn(toastOf('Send the plan', 1));
  await waitFor(() => expect(undone).toEqual(['t-3']));
});

it('takes back the last deed for Z, once', async () => {
  await complete('t-1', 't-2');
  act(undoLastDeed);
  act(undoLastDeed);
  await waitFor(() => expect(undone).toEqual(['t-2']));
});
