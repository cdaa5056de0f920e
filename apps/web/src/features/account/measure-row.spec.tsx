import { MantineProvider } from '@mantine/core';
import type { ExplainedMeasure } from '@steward/shared/health';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MeasureRow } from './measure-row.js';

const aMeasure = (some: Partial<ExplainedMeasure> = {}): ExplainedMeasure => ({
  signal: 'usage.seat_utilization',
  group: 'adoption',
  value: 40,
  nullReason: null,
  connected: true,
  normalized: 50,
  share: 13.5,
  effectiveShare: 15.5,
  pointsGiven: 7.75,
  pointsLost: 7.75,
  weightWentTo: null,
  evidence: {
    signal: 'usage.seat_utilization',
    value: 40,
    nullReason: null,
    window: { from: '2026-03-19', to: '2026-04-15' },
    previousWindow: null,
    facts: [{ label: 'Seats', value: 120 }],
    rows: [{ kind: 'contact', day: '2026-04-14', ref: 'c1', text: 'Jana Novak', value: null }],
  },
  ...some,
});

function renderRow(measure: ExplainedMeasure) {
  const client = new QueryClient();
  client.setQueryData(['me'], { workspace: { currency: 'EUR' }, permissions: [] });
  client.setQueryData(['catalogue'], {
    fields: [
      { key: 'usage.seat_utilization', label: 'Seat utilisation', unit: '%', description: 'Active contacts ÷ seats' },
    ],
    contactFields: [],
  });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MeasureRow measure={measure} widest={20} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('names the measure with its unit, its share and what it cost', () => {
  renderRow(aMeasure());
  const row = screen.getByRole('button', { name: /Seat utilisation/ });
  expect(row).toHaveTextContent('40 %');
  expect(row).toHaveTextContent('15.5 %');
  expect(row).toHaveTextContent('−7.75');
  expect(screen.getByRole('img', { name: '7.75 points given, 7.75 lost' })).toBeInTheDocument();
});

it('shows the evidence when it is asked for', async () => {
  renderRow(aMeasure());
  const row = screen.getByRole('button', { name: /Seat utilisation/ });
  expect(row).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(row);
  expect(row).toHaveAttribute('aria-expanded', 'true');
  await waitFor(() => expect(screen.getByText('19 Mar 2026 to 15 Apr 2026')).toBeVisible());
  expect(screen.getByText('Jana Novak')).toBeVisible();
});

it('says so when no evidence is kept', async () => {
  renderRow(aMeasure({ evidence: null }));
  await userEvent.click(screen.getByRole('button'));
  await waitFor(() => expect(screen.getByText('No evidence is kept for this day.')).toBeVisible());
});
