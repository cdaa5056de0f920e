import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type AccountQuestion, useAccountCount } from './count-accounts.js';
import { CountTotals } from './count-totals.js';

const ALL: AccountQuestion = { rule: null, text: '', asOf: null };
const SOME: AccountQuestion = { ...ALL, text: 'harbor' };

function Totals() {
  return <CountTotals count={useAccountCount(SOME)} others={[useAccountCount(ALL)]} />;
}

describe('the totals of a list', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it('say that a count failed, and have it made again with those beside it', async () => {
    let down = true;
    const counted: string[] = [];
    globalThis.fetch = (async (_url: string, { body }: { body: string }) => {
      if (down) return { ok: false, status: 503, text: async () => '' };
      counted.push(JSON.parse(body).text);
      return { ok: true, status: 200, text: async () => JSON.stringify({ accounts: 3, arrMinor: null, byBand: {} }) };
    }) as unknown as typeof fetch;
    const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
    client.setQueryData(['me'], { workspace: { currency: 'USD' } });
    const { container } = render(
      <MantineProvider env="test">
        <QueryClientProvider client={client}>
          <Totals />
        </QueryClientProvider>
      </MantineProvider>,
    );
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(container.textContent).toContain('Not counted: Steward is not answering as it should.');
    down = false;
    await userEvent.click(retry);
    await screen.findByText('3');
    expect(counted.sort()).toEqual(['', 'harbor']);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
