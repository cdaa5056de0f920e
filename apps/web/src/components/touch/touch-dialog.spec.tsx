import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { forgetAllWriting, keptWritings } from '../../lib/kept-writing.js';
import { TouchDialog } from './touch-dialog.js';

const LOGGED = {
  touchpoint: { id: 'p-1', kind: 'call', counts: true },
  changed: { daysSinceTouchBefore: null, daysSinceTouch: 0, task: null, told: [] },
};

/** The dialog for somebody; closing it takes it away, as does the end of the session, which asks nobody. */
function open({ user = 'u-1', account = 'a-1', isSignedIn = true } = {}) {
  globalThis.fetch = jest.fn(async (_address: string, init?: RequestInit) => {
    const isSent = init?.method === 'POST';
    const refused = { code: 'NOT_SIGNED_IN', message: 'Sign in, or send an API key.' };
    const body = isSignedIn ? LOGGED : refused;
    const ok = !isSent || isSignedIn;
    return {
      ok,
      status: ok ? 200 : 401,
      text: async () => JSON.stringify(isSent ? body : { templates: [] }),
    } as Response;
  }) as never;
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(['me'], { user: { id: user }, workspace: { timeZone: 'UTC', today: '2026-11-22' } });
  const onClose = jest.fn();
  const { unmount } = render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <TouchDialog accountId={account} onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { onClose, endSession: unmount };
}

const text = () => screen.findByPlaceholderText(/What happened/);

beforeEach(() => sessionStorage.clear());

it('has what was written when the session ended, and says so', async () => {
  const { endSession } = open({ isSignedIn: false });
  await userEvent.type(await text(), 'The sponsor leaves in May');
  await userEvent.click(screen.getByRole('button', { name: 'Log it' }));
  endSession();
  expect(keptWritings()).toEqual(['a touch']);
  open();
  expect(await text()).toHaveValue('The sponsor leaves in May');
  expect(screen.getByText('Kept from before')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Start anew' }));
  expect(await text()).toHaveValue('');
  expect(screen.queryByText('Kept from before')).not.toBeInTheDocument();
  await waitFor(() => expect(keptWritings()).toEqual([]));
});

it.each([
  ['another person in the same tab', { user: 'u-2' }],
  ['another account', { account: 'a-2' }],
])('shows nothing of it to %s', async (_, other) => {
  const { endSession } = open();
  await userEvent.type(await text(), 'The sponsor leaves in May');
  endSession();
  open(other);
  expect(await text()).toHaveValue('');
  expect(screen.queryByText('Kept from before')).not.toBeInTheDocument();
});

it.each(['Cancel', 'Log it'])('keeps nothing after “%s”', async (button) => {
  const { onClose } = open();
  await userEvent.type(await text(), 'The sponsor leaves in May');
  await userEvent.click(screen.getByRole('button', { name: button }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(keptWritings()).toEqual([]);
});

it('keeps nothing for whoever signs out', async () => {
  const { endSession } = open();
  await userEvent.type(await text(), 'The sponsor leaves in May');
  endSession();
  forgetAllWriting();
  expect(sessionStorage).toHaveLength(0);
});

it('asks before a touch that was written is left by Escape, and keeps nothing once it is left', async () => {
  const { onClose } = open();
  await userEvent.type(await text(), 'The sponsor leaves in May');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(await screen.findByRole('button', { name: 'Stay' }));
  expect(await text()).toHaveValue('The sponsor leaves in May');
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  await userEvent.click(await screen.findByRole('button', { name: 'Leave, without my changes' }));
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(keptWritings()).toEqual([]);
});

it('asks nothing where no touch was begun', async () => {
  const { onClose } = open();
  await text();
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledTimes(1);
});
