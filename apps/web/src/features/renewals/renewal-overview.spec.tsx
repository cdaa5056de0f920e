import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { meQuery } from '../../lib/me.js';
import { RenewalOverview } from './renewal-overview.js';

/** Nothing is laid out here: the chart gets its size, and words take no room. */
const sizeOf = (element: Element) =>
  element.classList.contains('recharts-responsive-container') ? { width: 600, height: 150 } : { width: 0, height: 0 };

beforeEach(() => {
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return sizeOf(this) as DOMRect;
  });
});
afterEach(() => jest.restoreAllMocks());

function show(amountMinor: number | null) {
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { workspace: { currency: 'USD' } } as never);
  const sums = { amountMinor, weightedMinor: null, renewals: 1 };
  const totals = {
    ...sums,
    atRiskMinor: null,
    overdue: { renewals: 0, amountMinor: null },
    missingForecast: 0,
    missingTouch: 0,
    byCategory: [],
    byMonth: [
      {
        ...sums,
        month: '2026-04',
        atRiskMinor: null,
        renewedMinor: null,
        lostMinor: null,
        byState: { upcoming: 1, overdue: 0, renewed: 0, renewedSmaller: 0, lost: 0 },
        byCategory: [{ ...sums, category: 'likely' as const }],
      },
    ],
    knownChurn: [],
  };
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <RenewalOverview totals={totals} onOpen={jest.fn()} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return [...document.querySelectorAll('.recharts-yAxis-tick-labels text')].map(({ textContent }) => textContent);
}

it('marks nothing but zero beside bars that have no height', () => {
  expect(show(null)).toEqual(['$0']);
});

it('marks amounts beside bars', () => {
  expect(show(300_000)).toEqual(['$0', '$1K', '$2K', '$3K']);
});
