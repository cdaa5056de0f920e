import { DEFAULT_WORKSPACE_SETTINGS } from '@steward/shared/workspace';
import { QueryClient } from '@tanstack/react-query';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { showOnPage } from '../../components/ui/editor-page.factory.js';
import { SalesPage } from './sales-page.js';
import { TouchPage } from './touch-page.js';
import { WorkspacePage } from './workspace-page.js';

type Stored = Record<string, unknown> & { revision: number };

const workspace = {
  ...{ name: 'Acme', timeZone: 'Europe/Berlin', currency: 'EUR', today: '2026-11-22', everyoneSeesAll: true },
  ...{ ownEmailDomains: ['acme.example'], settings: DEFAULT_WORKSPACE_SETTINGS, revision: 1 },
};
const chance = (atRisk: number) => ({
  settings: { ...DEFAULT_WORKSPACE_SETTINGS, renewalChance: { healthy: 90, watch: 70, at_risk: atRisk, unknown: 65 } },
});
const stages = (label: string) => ({ stages: [{ key: 'talk', label, probability: 20 }] });
const churn = (label: string) => ({ reasons: [{ key: 'price', label, canInfluence: true }] });
const pulse = (label: string) => ({ reasons: [{ key: 'value', label, active: false }] });

interface Form {
  form: string;
  page: ReactNode;
  path: string;
  key: string;
  /** What its field shows: at first, what is written into it, what is shown of that once saved, and what others write. */
  shows: { first: string; mine: string; saved: string; theirs: string };
  mine: object;
  theirs: object;
  line: string;
}

const FORMS: Form[] = [
  {
    form: 'the reasons of a pulse',
    ...{ page: <TouchPage />, path: '/pulse-reasons', key: 'pulse-reasons' },
    shows: { first: 'Value', mine: 'Value not seen ', saved: 'Value not seen', theirs: 'No value' },
    ...{ mine: pulse('Value not seen'), theirs: pulse('No value'), line: 'No value, no longer offered' },
  },
  {
    form: 'the stages of deals',
    ...{ page: <SalesPage />, path: '/deal-stages', key: 'deal-stages' },
    shows: { first: 'Talk', mine: 'First talk ', saved: 'First talk', theirs: 'Discovery' },
    ...{ mine: stages('First talk'), theirs: stages('Discovery'), line: 'Discovery, 20 %' },
  },
  {
    form: 'the chance of renewals',
    ...{ page: <SalesPage />, path: '/workspace', key: 'workspace' },
    shows: { first: '40 %', mine: '45 %', saved: '45 %', theirs: '30 %' },
    ...{ mine: chance(45), theirs: chance(30), line: 'At risk: 30 %' },
  },
  {
    form: 'the reasons of churn',
    ...{ page: <SalesPage />, path: '/churn-reasons', key: 'churn-reasons' },
    shows: { first: 'Price', mine: 'Too dear ', saved: 'Too dear', theirs: 'Budget' },
    ...{ mine: churn('Too dear'), theirs: churn('Budget'), line: 'Budget, which we can influence' },
  },
  {
    form: 'the workspace',
    ...{ page: <WorkspacePage />, path: '/workspace', key: 'workspace' },
    shows: { first: 'Acme', mine: 'Acme Ltd ', saved: 'Acme Ltd', theirs: 'Acme Group' },
    ...{ mine: { name: 'Acme Ltd ' }, theirs: { name: 'Acme Group' }, line: 'Name: Acme Group' },
  },
];

const trimmed = (body: Stored): Stored => (typeof body.name === 'string' ? { ...body, name: body.name.trim() } : body);

/** Opens the page over a server that takes a save only over the revision that stands; `change` is another admin's. */
async function open(page: ReactNode) {
  const stored: Record<string, unknown> = {
    '/me': {
      user: { id: 'u-1' },
      permissions: ['workspace:write'],
      workspace: { currency: 'EUR', today: '2026-11-22' },
    },
    '/workspace': { ...workspace, ...chance(40) },
    '/deal-stages': { ...stages('Talk'), revision: 1 },
    '/churn-reasons': { ...churn('Price'), revision: 1 },
    '/pulse-reasons': { ...pulse('Value'), revision: 1 },
    '/touch-templates': { templates: [] },
    '/workspace/exchange-rates': { rates: [], missing: [] },
    '/workspace/quiet-periods': { periods: [] },
    '/sample': { state: 'absent', signIns: [] },
  };
  const sent: Stored[] = [];
  const isUp = { now: true };
  globalThis.fetch = jest.fn(async (address: string, init?: RequestInit) => {
    const path = address.replace('/api/v1', '');
    const now = stored[path] as Stored;
    const answer = (status: number, body: unknown) => ({
      ok: status < 400,
      status,
      text: async () => JSON.stringify(body),
    });
    if (!isUp.now) return answer(503, null);
    if (!init?.method || init.method === 'GET') return answer(200, now);
    const body: Stored = JSON.parse(String(init.body));
    sent.push(body);
    if (body.revision !== now.revision) return answer(409, { code: 'REVISION_MOVED', message: 'Load it again.' });
    stored[path] = { ...now, ...trimmed(body), revision: now.revision + 1 };
    return answer(200, stored[path]);
  }) as never;
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(['me'], stored['/me']);
  await showOnPage(page, client);
  const change = (path: string, part: object) => {
    const now = stored[path] as Stored;
    stored[path] = { ...now, ...part, revision: now.revision + 1 };
  };
  const readAgain = (key: string) => act(() => client.invalidateQueries({ queryKey: [key] }));
  return { sent, change, readAgain, isUp };
}

const field = (shown: string) => screen.findByDisplayValue(shown.trim(), { exact: true });
const write = async (over: string, text: string) => fireEvent.change(await field(over), { target: { value: text } });
const save = () => screen.getByRole('button', { name: 'Save' });
const isSaved = () =>
  waitFor(() => {
    expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

const realFetch = globalThis.fetch;
afterAll(() => {
  globalThis.fetch = realFetch;
});

describe.each(FORMS)('$form', ({ page, path, key, shows, mine, theirs, line }) => {
  it('follows what others save while nothing is written, and shows what its own save made', async () => {
    const { sent, change, readAgain } = await open(page);
    await field(shows.first);
    change(path, theirs);
    await readAgain(key);
    await write(shows.theirs, shows.mine);
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(save());
    await isSaved();
    expect(await screen.findByDisplayValue(shows.saved, { normalizer: (text) => text })).toBeVisible();
    expect(sent).toEqual([{ ...mine, revision: 2 }]);
  });

  it('keeps what is being written while somebody else saves, and writes over theirs by choice only', async () => {
    const { sent, change, readAgain } = await open(page);
    await write(shows.first, shows.mine);
    change(path, theirs);
    await readAgain(key);
    expect(await screen.findByRole('alert')).toHaveTextContent(line);
    expect(await field(shows.mine)).toBeVisible();
    expect(save()).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: /Go on with mine/ }));
    await userEvent.click(save());
    await isSaved();
    expect(sent).toEqual([{ ...mine, revision: 2 }]);
  });

  it('leaves theirs by choice', async () => {
    const { sent, change, readAgain } = await open(page);
    await write(shows.first, shows.mine);
    change(path, theirs);
    await readAgain(key);
    await userEvent.click(await screen.findByRole('button', { name: 'Drop mine, keep theirs' }));
    await isSaved();
    expect(await field(shows.theirs)).toBeVisible();
    expect(sent).toEqual([]);
  });

  it('asks the same when a save comes too late, and is saved after that', async () => {
    const { sent, change } = await open(page);
    await write(shows.first, shows.mine);
    change(path, theirs);
    await userEvent.click(save());
    expect(await screen.findByRole('alert')).toHaveTextContent(line);
    await userEvent.click(screen.getByRole('button', { name: /Go on with mine/ }));
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(save());
    await isSaved();
    expect(sent.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('keeps what is being written when it cannot be read again', async () => {
    const { readAgain, isUp } = await open(page);
    await write(shows.first, shows.mine);
    isUp.now = false;
    await readAgain(key);
    expect(await screen.findAllByText(/could not be loaded$/)).not.toEqual([]);
    expect(await field(shows.mine)).toBeVisible();
  });
});

it('saves the chance of renewals beside other numbers that somebody else saved', async () => {
  const { sent, change, readAgain } = await open(<SalesPage />);
  await write('40 %', '45 %');
  const others = { ...chance(40).settings, windowDays: 14 };
  change('/workspace', { settings: others });
  await readAgain('workspace');
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.click(save());
  await isSaved();
  expect(sent).toEqual([{ revision: 2, settings: { ...chance(45).settings, windowDays: 14 } }]);
});

it('says to save again where a save came too late over something beside it', async () => {
  const { sent, change } = await open(<SalesPage />);
  await write('40 %', '45 %');
  change('/workspace', { name: 'Acme Group' });
  await userEvent.click(save());
  expect(await screen.findByRole('alert')).toHaveTextContent('Something beside it was changed meanwhile. Save again.');
  await userEvent.click(save());
  await isSaved();
  expect(sent.map(({ revision }) => revision)).toEqual([1, 2]);
});

it('saves a number of the workspace with those that stand beside it, and none that is left empty', async () => {
  const { sent } = await open(<WorkspacePage />);
  const promoters = await screen.findByLabelText('Promoters count for');
  await userEvent.clear(promoters);
  expect(save()).toBeDisabled();
  expect(screen.getByText('Give a number')).toBeVisible();
  await userEvent.type(promoters, '91');
  await userEvent.click(save());
  await isSaved();
  expect(sent).toEqual([{ revision: 1, settings: { ...chance(40).settings, promoterDays: 91 } }]);
});
