import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import type { Alert } from '@steward/shared/alerts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { targetOf, useTriage } from './use-triage.js';

const ENDED = 'This alert has ended already.';
const alert = { accountId: 'a-1', id: 'x-1', revision: 4, state: 'open' } as Alert;

function Desk({ onDone }: { onDone: () => void }) {
  const triage = useTriage(onDone);
  return (
    <>
      <button type="button" onClick={() => triage.ask('snooze', targetOf('Harbor Works', alert))}>
        Snooze it
      </button>
      {triage.dialogs}
    </>
  );
}

/** A desk with one alert before a server that refuses what is asked until the alert is `live`. */
function shown() {
  const desk = { live: false, onDone: jest.fn() };
  globalThis.fetch = jest.fn(async () => {
    const refused = { ok: false, accountId: 'a-1', id: 'x-1', status: 409, code: 'ALERT_ENDED', message: ENDED };
    const result = desk.live ? { ok: true, accountId: 'a-1', id: 'x-1', alert } : refused;
    const answer = { done: desk.live ? 1 : 0, results: [result] };
    return { ok: true, status: 200, text: async () => JSON.stringify(answer) } as Response;
  }) as never;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { workspace: { today: '2026-11-22' } });
  notifications.clean();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Notifications />
        <Desk onDone={desk.onDone} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return desk;
}

it('keeps the dialog with what was written where nothing was done, and tells why', async () => {
  const desk = shown();
  await userEvent.click(screen.getByRole('button', { name: 'Snooze it' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Snooze: Harbor Works' }));
  const reason = () => dialog.getByLabelText(/^Reason/, { selector: 'input' });
  await userEvent.type(reason(), 'The sponsor is away');
  await userEvent.click(dialog.getByRole('button', { name: 'Snooze' }));
  expect(await screen.findByText(new RegExp(ENDED))).toBeVisible();
  await waitFor(() => expect(dialog.getByRole('button', { name: 'Snooze' })).toBeEnabled());
  expect(reason()).toHaveValue('The sponsor is away');
  expect(desk.onDone).not.toHaveBeenCalled();

  desk.live = true;
  await userEvent.click(dialog.getByRole('button', { name: 'Snooze' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(desk.onDone).toHaveBeenCalledTimes(1);
});
