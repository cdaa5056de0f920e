import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { catalogueQuery } from '../../lib/catalogue.js';
import { meQuery } from '../../lib/me.js';
import { peopleQuery } from '../touch/get-people.js';
import { useAssignees, usePeople } from './use-assignees.js';

const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
const options = [
  { value: 'cora', label: 'Cora', acts: true },
  { value: 'lena', label: 'Lena', acts: true },
  { value: 'otto', label: 'Otto, who has left', acts: false },
  { value: 'vito', label: 'Vito, a viewer', acts: false },
];
client.setQueryData(meQuery.queryKey, { user: { id: 'lena', fullName: 'Lena' } } as never);
client.setQueryData(catalogueQuery.queryKey, { fields: [{ key: 'account.csm', options }] } as never);
client.setQueryData(peopleQuery('a-1').queryKey, [
  { userId: 'cora', name: 'Cora', role: 'csm' },
  { userId: 'vito', name: 'Vito, a viewer', role: 'viewer' },
] as never);
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const labels = (use: () => { label: string }[]) =>
  renderHook(use, { wrapper }).result.current.map(({ label }) => label);

it('work is given to those who act, oneself first', () => {
  expect(labels(() => useAssignees(null))).toEqual(['Lena (you)', 'Cora']);
  expect(labels(() => useAssignees('a-1'))).toEqual(['Lena (you)', 'Cora']);
});

it('work is looked for by everybody who has had some', () => {
  expect(labels(usePeople)).toEqual(['Lena (you)', 'Cora', 'Otto, who has left', 'Vito, a viewer']);
});
