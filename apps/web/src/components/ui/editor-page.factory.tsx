import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { act, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';

interface EditorPage {
  where: () => string;
  /** As the page does by itself: to sign in, once the session has ended. */
  goTo: (address: string) => void;
  sent: { method: string; path: string; body: unknown }[];
}

interface Saved {
  path: string;
  answer: unknown;
  /** Of a refusal. */
  status?: number;
}

/**
 * An editor on a page of its own, with a link beside it that leads elsewhere. The server knows of nothing, and takes
 * what is saved for `saved`.
 */
export async function showEditor(editor: ReactNode, saved: Saved): Promise<EditorPage> {
  const sent: EditorPage['sent'] = [];
  globalThis.fetch = jest.fn(async (address: string, init?: RequestInit) => {
    const path = address.replace('/api/v1', '');
    const method = init?.method ?? 'GET';
    if (method !== 'GET') sent.push({ method, path, body: JSON.parse(String(init?.body)) });
    const isSave = path === saved.path && method !== 'GET';
    const body = isSave ? saved.answer : { segments: [] };
    const status = (isSave && saved.status) || 200;
    return { ok: status < 400, status, text: async () => JSON.stringify(body) } as Response;
  }) as never;
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(['me'], {
    user: { id: 'u-1' },
    permissions: [],
    workspace: { today: '2026-11-22', currency: 'USD' },
  });
  client.setQueryData(['catalogue'], { fields: [], contactFields: [], playbooks: [] });
  client.setQueryData(['segments', 'list'], []);
  client.setQueryData(['event-names'], { events: [], features: [], metrics: [], accountsRead: 0 });
  return { ...(await showOnPage(editor, client)), sent };
}

/** What asks before its page is left, on a page of its own, with a link beside it that leads elsewhere. */
export async function showOnPage(editor: ReactNode, client: QueryClient): Promise<Omit<EditorPage, 'sent'>> {
  globalThis.scrollTo = () => undefined;
  const root = createRootRoute({
    component: () => (
      <>
        <Link to="/">Today</Link>
        <Outlet />
      </>
    ),
    notFoundComponent: () => null,
  });
  const page = createRoute({ getParentRoute: () => root, path: '/editor', component: () => editor });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/editor'] }),
  });
  await act(() => router.load());
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByRole('link', { name: 'Today' });
  return {
    where: () => router.state.location.pathname,
    goTo: (address) => void router.navigate({ to: address }),
  };
}
