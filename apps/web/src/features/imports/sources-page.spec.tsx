import { MantineProvider } from '@mantine/core';
import type { SourceList } from '@steward/shared/import-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { SourcesPage } from './sources-page.js';

type Source = SourceList['sources'][number];

const aSource = (given: Partial<Source>): Source => ({
  key: 'api/event',
  label: 'api: event',
  factKind: 'event',
  covers: 'seen',
  firstFactDay: '2026-01-01',
  lastReceivedAt: '2026-04-11T09:00:00.000Z',
  deliveryDays: 30,
  silent: false,
  silentSince: null,
  rows: 100,
  ...given,
});

it('a source that has fallen silent says so, and since when', () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { workspace: { timeZone: 'UTC', today: '2026-04-15' }, permissions: [] });
  client.setQueryData(
    ['sources'],
    [
      aSource({ silent: true, silentSince: '2026-04-12' }),
      aSource({ key: 'files/ticket', label: 'files: ticket', factKind: 'ticket' }),
    ],
  );
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <SourcesPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(screen.getByRole('row', { name: /api: event/ }).textContent).toContain('silent since 12 Apr 2026');
  expect(screen.getByRole('row', { name: /files: ticket/ }).textContent).not.toContain('silent');
});
