import { MantineProvider } from '@mantine/core';
import type { AccountPlan } from '@steward/shared/account-plan';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NoteDialog } from './note-dialog.js';

const plan = { note: 'Call Ada', mentions: [], objectives: [], nextStep: null, links: [], revision: 3 };

/** Writes a note while the plan is read again as `later`; `saved` answers the revision that its save names. */
async function written(later: Partial<AccountPlan>) {
  const sent: { revision: number }[] = [];
  const onClose = jest.fn();
  globalThis.fetch = jest.fn(async (_address: string, init?: RequestInit) => {
    if (init?.method === 'PUT') sent.push(JSON.parse(String(init.body)));
    return { ok: true, status: 200, text: async () => JSON.stringify(plan) } as Response;
  }) as never;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { user: { id: 'u-1' }, workspace: { timeZone: 'UTC', today: '2026-11-22' } });
  const dialog = (now: Partial<AccountPlan>) => (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <NoteDialog accountId="a-1" plan={{ ...plan, ...now } as AccountPlan} onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>
  );
  const { rerender } = render(dialog({}));
  await userEvent.type(await screen.findByRole('textbox'), ' on Mondays');
  rerender(dialog({ ...later, revision: 4 }));
  const saved = async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    return (sent[0] as { revision: number }).revision;
  };
  return { saved, onClose };
}

beforeEach(() => sessionStorage.clear());

describe('while somebody else writes another note', () => {
  it('shows theirs, and replaces it by choice only', async () => {
    const { saved } = await written({ note: 'Never call Ada' });
    expect(screen.getByRole('alert')).toHaveTextContent('Never call Ada');
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: /Go on with mine/ }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('textbox')).toHaveValue('Call Ada on Mondays');
    expect(screen.getByRole('textbox')).toHaveFocus();
    expect(await saved()).toBe(4);
  });

  it('says that they took it down', async () => {
    await written({ note: null });
    expect(screen.getByRole('alert')).toHaveTextContent('It is empty now.');
  });

  it('leaves theirs by choice', async () => {
    const { onClose } = await written({ note: 'Never call Ada' });
    await userEvent.click(screen.getByRole('button', { name: 'Drop mine, keep theirs' }));
    expect(onClose).toHaveBeenCalled();
  });
});

it('is saved beside what somebody else changed of the rest of the plan', async () => {
  const { saved } = await written({ links: [{ name: 'Contract', url: 'https://contract.example' }] });
  expect(screen.queryByRole('alert')).toBeNull();
  expect(await saved()).toBe(4);
});
