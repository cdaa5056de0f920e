import { MantineProvider } from '@mantine/core';
import type { AccountPlan } from '@steward/shared/account-plan';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NoteDialog } from './note-dialog.js';

const plan = { note: 'Call Ada', mentions: [], objectives: [], nextStep: null, links: [], revision: 3 };

/** Writes a note while the plan is read again as `later`, and answers the revision that its save names. */
async function savedOver(later: Partial<AccountPlan>): Promise<number> {
  const sent: { revision: number }[] = [];
  globalThis.fetch = jest.fn(async (_address: string, init?: RequestInit) => {
    if (init?.method === 'PUT') sent.push(JSON.parse(String(init.body)));
    return { ok: true, status: 200, text: async () => JSON.stringify(plan) } as Response;
  }) as never;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], { user: { id: 'u-1' }, workspace: { timeZone: 'UTC', today: '2026-11-22' } });
  const dialog = (now: Partial<AccountPlan>) => (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <NoteDialog accountId="a-1" plan={{ ...plan, ...now } as AccountPlan} onClose={jest.fn()} />
      </QueryClientProvider>
    </MantineProvider>
  );
  const { rerender } = render(dialog({}));
  await userEvent.type(await screen.findByRole('textbox'), ' on Mondays');
  rerender(dialog({ ...later, revision: 4 }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  return (sent[0] as { revision: number }).revision;
}

beforeEach(() => sessionStorage.clear());

it('is refused where somebody else wrote another note meanwhile', async () => {
  expect(await savedOver({ note: 'Never call Ada' })).toBe(3);
});

it('is saved beside what somebody else changed of the rest of the plan', async () => {
  expect(await savedOver({ links: [{ name: 'Contract', url: 'https://contract.example' }] })).toBe(4);
});
