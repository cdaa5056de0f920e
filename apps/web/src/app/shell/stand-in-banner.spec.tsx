import { MantineProvider } from '@mantine/core';
import type { Me, StandsInFor } from '@steward/shared/access';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { meQuery } from '../../lib/me.js';
import { StandInBanner } from './stand-in-banner.js';

function shown(standsInFor: StandsInFor[]) {
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { standsInFor } as unknown as Me);
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <StandInBanner />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const carla = { userId: 'c', name: 'Carla Chen', toDay: '2026-12-05' };
const dan = { userId: 'd', name: 'Dan Roe', toDay: '2026-12-07' };

describe('the banner of who stands in', () => {
  it('names whom they stand in for, and until when', () => {
    shown([carla]);
    expect(screen.getByRole('status').textContent).toContain('You stand in for Carla Chen until 5 Dec 2026');
  });

  it('names all of several', () => {
    shown([carla, dan]);
    expect(screen.getByRole('status').textContent).toContain(
      'for Carla Chen until 5 Dec 2026 and Dan Roe until 7 Dec 2026',
    );
  });

  it('is not there for anybody else', () => {
    shown([]);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
