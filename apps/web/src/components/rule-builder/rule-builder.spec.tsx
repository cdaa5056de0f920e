import { MantineProvider } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import { RuleBuilder } from './rule-builder.js';

const winBack = '0b6c1f0e-7c7e-4f5e-8d3a-2f6f1f0d9c11';
const rule: Rule = {
  kind: 'related',
  of: 'goal',
  quantifier: 'none',
  rule: { kind: 'all', rules: [{ kind: 'compare', field: 'playbook', op: 'in', value: [winBack] }] },
};

test('conditions over goals choose among the workspace’s playbooks, and say them by name', () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['catalogue'], { fields: [], contactFields: [], playbooks: [{ id: winBack, name: 'Win back' }] });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <RuleBuilder
          of="account"
          purpose="segment"
          catalogue={[]}
          segments={[]}
          value={{ kind: 'all', rules: [rule] }}
          onChange={() => {}}
        />
      </MantineProvider>
    </QueryClientProvider>,
  );
  expect(screen.getByText('has no goal where (Playbook is Win back)')).toBeTruthy();
  const condition = screen.getByRole('listitem', { name: 'Condition 1.1' });
  expect(within(condition).getByText('Win back')).toBeTruthy();
});

test('conditions over child accounts choose among the account’s own bands', () => {
  const band: CatalogueField = {
    key: 'health.band',
    label: 'Health band',
    group: 'Health',
    type: 'enum',
    unit: null,
    description: '',
    stage: 'health',
    history: 'snapshot',
    options: [{ value: 'at_risk', label: 'At risk' }],
    sortable: true,
    tracked: true,
  };
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { enabled: false } } })}>
      <MantineProvider>
        <RuleBuilder
          of="account"
          purpose="segment"
          catalogue={[band]}
          segments={[]}
          value={{
            kind: 'related',
            of: 'childAccount',
            quantifier: 'any',
            rule: { kind: 'compare', field: 'band', op: 'in', value: ['at_risk'] },
          }}
          onChange={() => {}}
        />
      </MantineProvider>
    </QueryClientProvider>,
  );
  expect(screen.getByText('has a child account where (Health band is At risk)')).toBeTruthy();
  const condition = screen.getByRole('listitem', { name: 'Condition 1.1' });
  expect(within(condition).getByText('At risk')).toBeTruthy();
});
