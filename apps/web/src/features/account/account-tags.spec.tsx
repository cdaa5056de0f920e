import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { AccountTags } from './account-tags.js';
import { anAccount, renderAccount } from './render-account.factory.js';

const account = anAccount({ tags: ['vip', 'emea'], revision: 7 });

const openTags = async () => {
  renderAccount(<AccountTags account={account} source={undefined} />, [
    [accountDetailQuery(account.id, undefined).queryKey, account],
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Edit Tags' }));
  return screen.getByRole('combobox', { name: 'Tags' });
};
afterEach(() => jest.mocked(globalThis.fetch).mockClear());

const sent = () =>
  jest
    .mocked(globalThis.fetch)
    .mock.calls.filter(([, init]) => init?.method === 'PATCH')
    .map(([, init]) => JSON.parse(String(init?.body)));

it('are saved with what was typed last, over the revision that was read', async () => {
  await userEvent.type(await openTags(), 'pilot{Enter}beta');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent()).toEqual([{ tags: ['vip', 'emea', 'pilot', 'beta'], revision: 7 }]));
});

it('are left as they were by Esc, and where nothing differs', async () => {
  await userEvent.type(await openTags(), 'pilot{Enter}{Escape}');
  expect(screen.getByRole('button', { name: 'Edit Tags' })).toHaveTextContent('vip, emea');
  await userEvent.click(screen.getByRole('button', { name: 'Edit Tags' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(sent()).toEqual([]);
});
