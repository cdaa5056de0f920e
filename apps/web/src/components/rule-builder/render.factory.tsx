import { MantineProvider } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { RuleBuilder } from './rule-builder.js';

export const aField = (key: string, label: string, more: Partial<CatalogueField> = {}): CatalogueField => ({
  key,
  label,
  group: 'Account',
  type: 'number',
  unit: null,
  description: '',
  stage: 'facts',
  history: 'snapshot',
  options: null,
  sortable: true,
  tracked: false,
  ...more,
});

/** Draws a builder with a condition; `written` is the rule that it has told last. */
export function renderCondition(leaf: Rule, catalogue: readonly CatalogueField[]): { written: () => Rule | null } {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(['event-names'], { events: [], features: [], metrics: [], accountsRead: 0 });
  const onChange = jest.fn<void, [Rule | null]>();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RuleBuilder
          of="account"
          value={{ kind: 'all', rules: [leaf] }}
          onChange={onChange}
          catalogue={catalogue}
          purpose="segment"
          segments={[]}
        />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { written: () => onChange.mock.lastCall?.[0] ?? null };
}
