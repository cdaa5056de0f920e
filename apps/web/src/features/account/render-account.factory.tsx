import { MantineProvider } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type { Permission } from '@steward/shared/permissions';
import { QueryClient, QueryClientProvider, type QueryKey } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { meQuery } from '../../lib/me.js';

export const TODAY = '2026-11-22';
export const EARLIER = '2026-09-23';

export const anAccount = (some: Partial<AccountDetail> = {}): AccountDetail =>
  ({
    id: 'a-1',
    name: 'Elm Hotels',
    status: 'customer',
    domain: null,
    industry: null,
    size: null,
    employees: null,
    country: null,
    region: null,
    plan: null,
    timeZone: null,
    mrrMinor: null,
    customerSince: null,
    noticeDays: null,
    churnedOn: null,
    churnReason: null,
    score: 52,
    asOf: EARLIER,
    leavesOn: null,
    noticeGivenOn: null,
    arrMinor: null,
    arrWithoutRate: [],
    fromSubscriptions: [],
    attributes: {},
    fieldSources: {},
    tags: [],
    csm: null,
    am: null,
    parent: null,
    children: [],
    sources: [],
    ...some,
  }) as AccountDetail;

/** Draws a part of the account's page for somebody who may do everything; answers are known by their query keys. */
export function renderAccount(children: ReactNode, answers: readonly (readonly [QueryKey, unknown])[]) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const permissions: Permission[] = ['accounts:edit', 'alerts:triage', 'deals:write', 'goals:write', 'renewals:write'];
  const workspace = { currency: 'USD', timeZone: 'Europe/Berlin', today: TODAY };
  client.setQueryData(meQuery.queryKey, { workspace, permissions, user: { id: 'u-1' } } as never);
  for (const [key, answer] of answers) client.setQueryData(key, answer);
  globalThis.fetch ??= jest.fn();
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => new Promise(() => {}));
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  return render(
    <RouterContextProvider router={router as never}>
      <QueryClientProvider client={client}>
        <MantineProvider env="test">{children}</MantineProvider>
      </QueryClientProvider>
    </RouterContextProvider>,
  );
}
