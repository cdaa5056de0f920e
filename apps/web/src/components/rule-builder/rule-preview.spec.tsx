import { MantineProvider } from '@mantine/core';
import type { SegmentPreview } from '@steward/shared/segment-preview';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { RulePreview } from './rule-preview.js';
import classes from './rule-preview.module.css';

const found = { of: 'account', total: 0, accounts: 0, arrMinor: 4_800_00 } as SegmentPreview;

function renderPreview(isStale: boolean) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { workspace: { currency: 'USD' } });
  const preview = { found, isStale, errors: [], withoutValue: [], failure: null };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RulePreview of="account" preview={preview} complete />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return screen.getByText(/ARR/);
}

it('dims the number of the rule before it while the new one is counted', () => {
  expect(renderPreview(true)).toHaveClass(classes.dim as string);
});

it('shows it in full once it is of the rule as it stands', () => {
  expect(renderPreview(false)).not.toHaveClass(classes.dim as string);
});
