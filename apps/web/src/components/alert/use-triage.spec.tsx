import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import type { Alert } from '@steward/shared/alerts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { targetOf, useTriage } from './use-triage.js';

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

/** A desk with one alert before a server where it stands as `now`, other than on the screen. */
function shown(now: Partial<Alert>) {
  const desk = { now: { ...alert, ...now } as Alert, onDone: jest.fn(), sent: [] as object[] };
  const act = (revision: number) => {
    if (revision === desk.now.revision) return { done: 1, results: [{ ok: true, alert: desk.now }] };
    return { done: 0, results: [{ ok: false, status: 409, code: 'REVISION_MOVED', message: 'It moved.' }] };
  };
  globalThis.fetch = jest.fn(async (address: string, init?: RequestInit) => {
    const isAct = address.endsWith('/alerts/actions');
    if (isAct) desk.sent.push(JSON.parse(String(init?.body)));
    const answer = isAct ? act(JSON.parse(String(init?.body)).alerts[0].revision) : desk.now;
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

/** Asks for a snooze with a reason, and presses it. */
async function snooze() {
  await userEvent.click(screen.getByRole('button', { name: 'Snooze it' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Snooze: Harbor Works' }));
  const reason = dialog.getByLabelText(/^Reason/, { selector: 'input' });
  await userEvent.type(reason, 'The sponsor is away');
  const press = () => userEvent.click(dialog.getByRole('button', { name: 'Snooze' }));
  await press();
  return { dialog, reason, press };
}

it('tells in the dialog what somebody else did meanwhile, and goes on from it with what was written', async () => {
  const desk = shown({ revision: 5, state: 'acknowledged', acknowledgedBy: 'Ines Ito' });
  const { dialog, reason, press } = await snooze();
  expect(await dialog.findByText(/changed in the meantime. Now: Acknowledged by Ines Ito/)).toBeVisible();
  expect(reason).toHaveValue('The sponsor is away');
  expect(desk.onDone).not.toHaveBeenCalled();
  expect(screen.queryByText('Not everything was done')).not.toBeInTheDocument();

  await press();
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(desk.onDone).toHaveBeenCalledTimes(1);
});

it('says of an alert that has ended meanwhile how it did, and keeps what was written', async () => {
  shown({ revision: 5, state: 'resolved', outcome: 'successful', outcomeNote: 'They signed' });
  const { dialog, reason } = await snooze();
  expect(await dialog.findByText(/has ended in the meantime: Resolved, successful: They signed/)).toBeVisible();
  expect(reason).toHaveValue('The sponsor is away');
});

it('brings an alert back on the day that the shortcut, the field and the toast name', async () => {
  const desk = shown({});
  await userEvent.click(screen.getByRole('button', { name: 'Snooze it' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Snooze: Harbor Works' }));
  await userEvent.click(dialog.getByRole('radio', { name: 'Tomorrow' }));
  expect(dialog.getByLabelText(/^Back on/)).toHaveValue('23 Nov 2026');
  await userEvent.type(dialog.getByLabelText(/^Reason/, { selector: 'input' }), 'A call is planned');
  await userEvent.click(dialog.getByRole('button', { name: 'Snooze' }));
  expect(await screen.findByText('Harbor Works: snoozed until 23 Nov 2026')).toBeVisible();
  expect(desk.sent).toMatchObject([{ action: 'snooze', until: '2026-11-23' }]);
});
