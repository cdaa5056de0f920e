import { MantineProvider } from '@mantine/core';
import type { Me } from '@steward/shared/access';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import { meQuery } from '../../lib/me.js';
import { SampleBanner } from './sample-banner.js';

const me = (samplePastUnderWay: boolean) =>
  ({ workspace: { sampleLoaded: true, samplePastUnderWay } }) as unknown as Me;

function shown(isUnderWay: boolean) {
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, me(isUnderWay));
  client.setQueryData(['alerts'], 'of before');
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <SampleBanner />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return client;
}

describe('the banner of the sample company', () => {
  it('says that its past is being made, until it is there and every page asks anew', async () => {
    const client = shown(true);
    expect(screen.getByRole('status').textContent).toContain('being lived through');
    expect(client.getQueryState(['alerts'])?.isInvalidated).toBe(false);
    await act(async () => void client.setQueryData(meQuery.queryKey, me(false)));
    await waitFor(() => expect(screen.queryByRole('status')).toBeNull());
    expect(client.getQueryState(['alerts'])?.isInvalidated).toBe(true);
  });

  it('is not there otherwise', () => {
    shown(false);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
