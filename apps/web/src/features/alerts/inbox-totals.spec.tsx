import type { AlertTotals } from '@steward/shared/alerts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { asksForEnded } from './inbox-filters.js';
import { InboxTotals } from './inbox-totals.js';

const totals: AlertTotals = {
  accounts: 3,
  alerts: 4,
  unread: 0,
  arrMinor: 900_000,
  arrAtStakeMinor: 500_000,
  arrInPlayMinor: 700_000,
  bySeverity: { critical: 0, high: 4, medium: 0, low: 0, info: 0 },
  byKind: { churn: 2, renewal: 0, billing: 0, expansion: 2, lifecycle: 0, data: 0 },
};

function words(state: string | undefined): string | null {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { workspace: { currency: 'USD' } });
  render(
    <QueryClientProvider client={client}>
      <InboxTotals totals={totals} withEnded={asksForEnded({ scope: 'all', state })} />
    </QueryClientProvider>,
  );
  return screen.getByRole('status').textContent;
}

it.each([undefined, 'open', 'snoozed,open'])('of alerts that wait (%s) says what is at stake and in play', (state) => {
  expect(words(state)).toBe('3 accounts, 4 alerts · $5K ARR at stake · $7K in play');
});

it.each(['resolved', 'cleared', 'open,resolved'])('of alerts that are over (%s) says the ARR alone', (state) => {
  expect(words(state)).toBe('3 accounts, 4 alerts · $9K ARR');
});
