import { MantineProvider } from '@mantine/core';
import type { Renewal } from '@steward/shared/renewals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AmountCell } from './forecast-cells.js';

const renewal = {
  ...{ account: { id: 'a-1', name: 'Elm Hotels' }, id: 'r-1', state: 'upcoming', revision: 3, amountMinor: 120_00 },
  forecast: { category: 'likely', amountMinor: 120_00, weightedMinor: 84_00, probability: 70, from: 'default' },
} as unknown as Renewal;

let sent: unknown[];

async function openAmount() {
  sent = [];
  globalThis.fetch = (async (_path: string, { body }: RequestInit) => {
    if (body) sent.push(JSON.parse(String(body)));
    return { ok: true, status: 200, text: async () => JSON.stringify(renewal) };
  }) as unknown as typeof fetch;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { workspace: { currency: 'USD', today: '2026-11-22' }, permissions: [] });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <AmountCell renewal={renewal} name="Elm Hotels" editable />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: /^Forecast amount of Elm Hotels/ }));
  const field = screen.getByLabelText('Forecast amount of Elm Hotels');
  await userEvent.clear(field);
  return field;
}

describe('the amount of a forecast', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it('below 0 is refused with the reason', async () => {
    await userEvent.type(await openAmount(), '-500{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('Give an amount of 0 or more');
    expect(sent).toEqual([]);
  });

  it('is kept by going elsewhere', async () => {
    await userEvent.type(await openAmount(), '90.5');
    await userEvent.tab();
    await waitFor(() => expect(sent).toMatchObject([{ amountMinor: 90_50 }]));
  });
});
