import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import type { Renewal, UpdateForecast } from '@steward/shared/renewals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ForecastChange, useForecast } from './change-renewals.js';

/** The one renewal of this server: 1,200.00 due, of which nobody has said anything yet. */
let kept: { category: string | null; amountMinor: number | null; revision: number };

const shownNow = (): Renewal =>
  ({
    accountId: 'a-1',
    dueOn: '2027-01-31',
    amountMinor: 120_000,
    forecast: {
      category: kept.category ?? 'likely',
      amountMinor: kept.amountMinor ?? 120_000,
      from: kept.category === null && kept.amountMinor === null ? 'default' : 'person',
    },
    revision: kept.revision,
  }) as Renewal;

function say({ revision, ...change }: UpdateForecast): { status: number; body: unknown } {
  if (revision !== kept.revision) return { status: 409, body: { code: 'REVISION_MOVED', message: 'It moved.' } };
  kept = { ...kept, ...change, revision: revision + 1 };
  return { status: 200, body: shownNow() };
}

function Cell({ name, change }: { name: string; change: ForecastChange }) {
  const forecast = useForecast();
  return (
    <button type="button" onClick={() => forecast.mutate({ renewal: shownNow(), change, said: name })}>
      Set {name}
    </button>
  );
}

beforeEach(() => {
  kept = { category: null, amountMinor: null, revision: 1 };
  globalThis.fetch = jest.fn(async (_address: string, init?: RequestInit) => {
    const answer =
      init?.method === 'PATCH' ? say(JSON.parse(String(init.body))) : { status: 200, body: { renewals: [shownNow()] } };
    const { status } = answer;
    return { ok: status < 400, status, text: async () => JSON.stringify(answer.body) } as Response;
  }) as never;
  notifications.clean();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <Notifications />
        <Cell name="commit" change={{ category: 'commit' }} />
        <Cell name="lost" change={{ category: 'lost' }} />
        <Cell name="5,000" change={{ amountMinor: 500_000 }} />
      </QueryClientProvider>
    </MantineProvider>,
  );
});

/** Makes a change, and answers its Undo. */
async function set(name: string): Promise<HTMLElement> {
  const before = screen.queryAllByRole('button', { name: 'Undo' });
  await userEvent.click(screen.getByRole('button', { name: `Set ${name}` }));
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(before.length + 1));
  const isNew = (each: HTMLElement) => !before.includes(each);
  return screen.getAllByRole('button', { name: 'Undo' }).find(isNew) as HTMLElement;
}

it('takes two changes of one forecast back, the later one first', async () => {
  const category = await set('commit');
  const amount = await set('5,000');
  await userEvent.click(amount);
  await waitFor(() => expect(kept).toMatchObject({ category: 'commit', amountMinor: null }));
  await userEvent.click(category);
  await waitFor(() => expect(kept).toMatchObject({ category: null, amountMinor: null }));
  expect(screen.queryByText('It was not taken back')).not.toBeInTheDocument();
});

it('takes the earlier change back alone, and leaves the later one', async () => {
  const category = await set('commit');
  await set('5,000');
  await userEvent.click(category);
  await waitFor(() => expect(kept).toMatchObject({ category: null, amountMinor: 500_000 }));
});

it('takes nothing back of what was changed again since, and blames nobody', async () => {
  const commit = await set('commit');
  await set('lost');
  await userEvent.click(commit);
  expect(await screen.findByText('This forecast has been changed again since.')).toBeVisible();
  expect(kept.category).toBe('lost');
});
