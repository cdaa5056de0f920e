import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { LeavingState } from '@steward/shared/leaving';
import type { Renewal } from '@steward/shared/renewals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { churnReasonsQuery, leavingQuery } from './get-renewals.js';
import { OutcomeDialog } from './outcome-dialog.js';

const TODAY = '2026-11-23';

interface World {
  dueOn?: string;
  leaving?: Partial<LeavingState>;
}

/** Opens the dialog, chooses that it was lost; `sent` are the paths that were posted to, the outcome is answered by `answer`. */
async function lose({ dueOn = '2026-12-31', leaving = {} }: World = {}) {
  const sent: string[] = [];
  let answer = () => {};
  globalThis.fetch = jest.fn(async (address: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push(address.replace(/.*\/api\/v1/, ''));
    if (init?.method === 'POST' && address.includes('outcome')) {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    }
    return { ok: true, status: 200, text: async () => '{}' } as Response;
  }) as never;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { workspace: { currency: 'USD', today: TODAY, timeZone: 'UTC' }, permissions: [] });
  const state = { accountId: 'a-1', status: 'customer', leaving: false, notice: null, noticeGivenOn: null, ...leaving };
  client.setQueryData(leavingQuery('a-1').queryKey, state as LeavingState);
  client.setQueryData(churnReasonsQuery.queryKey, {
    reasons: [{ key: 'price', label: 'Price', canInfluence: true }],
  } as never);
  const renewal = {
    accountId: 'a-1',
    id: 'r-1',
    dueOn,
    amountMinor: 100,
    forecast: {},
    revision: 1,
  } as unknown as Renewal;
  const draw = (isOpen: boolean) => (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Notifications />
        {isOpen ? <OutcomeDialog renewal={renewal} name="Elm" lost onClose={jest.fn()} /> : null}
      </QueryClientProvider>
    </MantineProvider>
  );
  const { rerender } = render(draw(true));
  await userEvent.click(screen.getByRole('combobox', { name: /Why/ }));
  await userEvent.click(await screen.findByRole('option', { name: 'Price' }));
  const save = () => userEvent.click(screen.getByRole('button', { name: 'Save the outcome' }));
  return { sent, save, answer: () => answer(), close: () => rerender(draw(false)) };
}

const box = () => screen.queryByRole('checkbox', { name: /Record notice, too/ });

describe('a renewal that is lost', () => {
  it('records notice with it, also where the dialog is gone before the answer', async () => {
    const { sent, save, answer, close } = await lose();
    await save();
    await waitFor(() => expect(sent).toHaveLength(1));
    close();
    answer();
    await waitFor(() => expect(sent[1]).toBe('/accounts/a-1/leaving'));
  });

  it('records none where nobody wants it', async () => {
    const { sent, save, answer } = await lose();
    await userEvent.click(box() as HTMLElement);
    await save();
    await waitFor(() => expect(sent).toHaveLength(1));
    answer();
    expect(await screen.findByText('Elm: renewal lost')).toBeVisible();
    expect(sent).toHaveLength(1);
  });

  it.each<[string, World]>([
    ['it was due long ago', { dueOn: '2026-10-01' }],
    ['the account leaves already', { leaving: { leaving: true, noticeGivenOn: '2026-11-01' } }],
    ['the account has left', { leaving: { status: 'churned' } }],
    ['the account is on trial', { leaving: { status: 'trial' } }],
  ])('offers none where %s', async (_why, world) => {
    await lose(world);
    expect(box()).toBeNull();
  });
});
