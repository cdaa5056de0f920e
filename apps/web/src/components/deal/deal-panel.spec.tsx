import { MantineProvider } from '@mantine/core';
import type { DealDetail } from '@steward/shared/deals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DealPanel } from './deal-panel.js';
import { dealQuery, dealStagesQuery } from './get-deals.js';

const deal = (some: Partial<DealDetail> = {}): DealDetail =>
  ({
    ...{ accountId: 'a-1', id: 'd-1', kind: 'expansion', name: 'More seats', state: 'open', stage: null },
    ...{ amountMinor: 120_000, currency: 'USD', convertedMinor: 120_000, weightedMinor: null, withoutRate: false },
    ...{ probability: null, probabilityFrom: null, closeOn: null, owner: null, goal: null, events: [] },
    ...{ mayUndo: null, keptByHand: true, revision: 1 },
    ...some,
  }) as unknown as DealDetail;

/** Opens the deal; `told` is what the page hears of it later, `sent` what was asked of the server. */
function openDeal() {
  const sent: Record<string, unknown>[] = [];
  globalThis.fetch = jest.fn((_address: string, init?: RequestInit) => {
    if (init?.method === 'PATCH') sent.push(JSON.parse(String(init.body)));
    return new Promise(() => {});
  }) as never;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const { queryKey } = dealQuery('a-1', 'd-1');
  client.setQueryData(queryKey, deal());
  client.setQueryData(dealStagesQuery.queryKey, { stages: [], revision: 1 } as never);
  client.setQueryData(['account', 'a-1', 'goals'], { goals: [] });
  client.setQueryData(['catalogue'], { fields: [], contactFields: [] });
  const workspace = { currency: 'USD', today: '2026-11-23', timeZone: 'UTC' };
  client.setQueryData(['me'], { user: { id: 'u-1' }, permissions: ['deals:write'], workspace });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <DealPanel accountId="a-1" id="d-1" onClose={jest.fn()} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const told = (some: Partial<DealDetail>) => act(async () => client.setQueryData(queryKey, deal(some)));
  return { told, sent };
}

const name = () => screen.getByRole('textbox', { name: 'Name' });
const save = () => screen.getByRole('button', { name: 'Save' });

it('keeps what is being written while others change the rest, and saves it beside that', async () => {
  const { told, sent } = openDeal();
  await userEvent.type(name(), ' for Berlin');
  await told({ closeOn: '2027-01-31', revision: 2 });
  expect(await screen.findByDisplayValue('31 Jan 2027')).toBeVisible();
  expect(name()).toHaveValue('More seats for Berlin');
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.click(save());
  await waitFor(() => expect(sent).toEqual([{ name: 'More seats for Berlin', revision: 2 }]));
});

it('asks whose it shall be where somebody else wrote the same', async () => {
  const { told, sent } = openDeal();
  await userEvent.type(name(), ' for Berlin');
  await told({ name: 'Seats for Paris', revision: 2 });
  expect(await screen.findByRole('alert')).toHaveTextContent('Name: Seats for Paris');
  expect(save()).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: /Go on with mine/ }));
  await userEvent.click(save());
  await waitFor(() => expect(sent).toEqual([{ name: 'More seats for Berlin', revision: 2 }]));
});

it('follows what others write while nothing is being written, and is written over from there', async () => {
  const { told, sent } = openDeal();
  await told({ name: 'Seats for Paris', revision: 2 });
  await waitFor(() => expect(name()).toHaveValue('Seats for Paris'));
  await userEvent.type(name(), ' and Rome');
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.click(save());
  await waitFor(() => expect(sent).toEqual([{ name: 'Seats for Paris and Rome', revision: 2 }]));
});
