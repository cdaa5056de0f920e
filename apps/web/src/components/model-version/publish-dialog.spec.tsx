import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ModelPart } from './model-part.js';
import { PublishDialog } from './publish-dialog.js';
import type { ModelDraft } from './use-model-draft.js';

const PART: ModelPart = { path: '/tiers', name: 'the tiers' };
const AT = '2026-04-15T09:00:00Z';

const aDraft = ({ basedOn, published }: { basedOn: number; published: number }): ModelDraft<string> =>
  ({
    part: PART,
    keeping: 'idle',
    draft: {
      revision: 7,
      body: 'as drafted',
      basedOn,
      startedBy: null,
      startedAt: AT,
      savedBy: null,
      savedAt: AT,
      problems: [],
    },
    published: {
      version: published,
      state: 'published',
      publishedAt: AT,
      publishedBy: null,
      note: null,
      rolledBackTo: null,
    },
    flush: async () => undefined,
    reload: async () => undefined,
  }) as unknown as ModelDraft<string>;

const DIFFS: Record<string, string> = { '/draft': 'T2: a touch every 45 days', '3/4': 'T3: a touch every 60 days' };

/** The dialog before a server that tells the differences; answers what it is asked to publish. */
function shown(draft: ModelDraft<string>, client = new QueryClient()): unknown[] {
  const asked: unknown[] = [];
  global.fetch = jest.fn(async (address: string, init?: RequestInit) => {
    if (init?.method === 'POST') asked.push(JSON.parse(String(init.body)));
    const query = new URL(address, 'http://steward.example').searchParams;
    const text = DIFFS[`${query.get('from') ?? ''}/${query.get('to')}`];
    const body = { from: 3, to: 'draft', version: 5, changes: [{ about: 'T2', kind: 'changed', text }] };
    return { ok: true, status: 200, text: async () => JSON.stringify(body), json: async () => body } as Response;
  }) as never;
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <PublishDialog draft={draft} after="All accounts are computed anew." onClose={() => undefined} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return asked;
}

it('publishes over a newer version only where the person has seen what it changed and says so', async () => {
  const asked = shown(aDraft({ basedOn: 3, published: 4 }));
  expect(await screen.findByText('T3: a touch every 60 days')).toBeVisible();
  expect(await screen.findByText('T2: a touch every 45 days')).toBeVisible();
  const publish = screen.getByRole('button', { name: 'Publish' });
  expect(publish).toBeDisabled();
  await userEvent.click(screen.getByRole('checkbox', { name: /Publish over version 4/ }));
  expect(publish).toBeEnabled();
  await userEvent.click(publish);
  expect(asked).toEqual([{ revision: 7, note: null, over: 4 }]);
});

it('asks nothing of a draft that follows what is published', async () => {
  const asked = shown(aDraft({ basedOn: 4, published: 4 }));
  expect(await screen.findByText('T2: a touch every 45 days')).toBeVisible();
  expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
  expect(asked).toEqual([{ revision: 7, note: null, over: null }]);
});

it('asks for no differences of a draft that it has published', async () => {
  const client = new QueryClient();
  shown(aDraft({ basedOn: 4, published: 4 }), client);
  expect(await screen.findByText('T2: a touch every 45 days')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
  const differencesAsked = () => jest.mocked(fetch).mock.calls.filter(([address]) => String(address).includes('/diff'));
  expect(differencesAsked()).toHaveLength(1);
  await client.invalidateQueries({ queryKey: ['model'] });
  expect(differencesAsked()).toHaveLength(1);
});
