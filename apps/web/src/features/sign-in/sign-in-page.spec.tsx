import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { act, render, renderHook, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { useKeptWriting } from '../../lib/kept-writing.js';
import { lastList, noteList } from '../../lib/last-list.js';
import { useSignIn, useSignOut } from '../../lib/session.js';
import { SignInPage } from './sign-in-page.js';

const isText = (value: unknown): value is string => typeof value === 'string';

function withClient() {
  const client = new QueryClient();
  client.setQueryData(['me'], { user: { id: 'u-1' } });
  return ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
}

async function showPage(): Promise<void> {
  globalThis.scrollTo = () => undefined;
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/sign-in'] }),
  });
  await act(() => router.load());
  const Client = withClient();
  render(
    <MantineProvider env="test">
      <Client>
        <RouterProvider router={router as never} />
      </Client>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { name: 'Sign in to Steward' });
}

const write = () => {
  const { result } = renderHook(() => useKeptWriting('a pinned note', 'a-1', () => '', isText), {
    wrapper: withClient(),
  });
  act(() => result.current.setDraft('Renewal hangs on the audit'));
};

beforeEach(() => sessionStorage.clear());

it('says that what was being written is kept, and not what it says', async () => {
  write();
  await showPage();
  expect(screen.getByRole('status')).toHaveTextContent(
    'You were signed out. What you wrote in a pinned note is kept, and there when you open it again.',
  );
});

it('says nothing of the kind to whoever wrote nothing', async () => {
  await showPage();
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
});

it('says nothing of the kind after signing out', async () => {
  write();
  globalThis.fetch = jest.fn(async () => ({ ok: true, status: 204, text: async () => '' }) as Response) as never;
  const { result } = renderHook(() => useSignOut(), { wrapper: withClient() });
  await act(() => result.current.mutateAsync());
  await showPage();
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
});

it('leads nobody back to the list that somebody else was looking at', async () => {
  noteList({ text: 'harbor' });
  globalThis.fetch = jest.fn(async () => ({ ok: true, status: 200, text: async () => '{}' }) as Response) as never;
  const { result } = renderHook(() => useSignIn(), { wrapper: withClient() });
  await act(() => result.current.mutateAsync({ email: 'ada@example.test', password: 'a long password' }));
  expect(lastList()).toEqual({});
});
