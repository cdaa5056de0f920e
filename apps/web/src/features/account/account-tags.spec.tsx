import type { AccountDetail } from '@steward/shared/accounts';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { AccountTags } from './account-tags.js';
import { anAccount, renderAccount } from './render-account.factory.js';

const account = anAccount({ tags: ['vip', 'emea'], revision: 7 });

/** The tags on a page that hears, at the press of a button, of one that somebody else has added. */
function Page() {
  const [now, setNow] = useState<AccountDetail>(account);
  return (
    <>
      <AccountTags account={now} source={undefined} />
      <button type="button" onClick={() => setNow({ ...now, tags: [...now.tags, 'at-risk'] })}>
        Hear
      </button>
    </>
  );
}

const openTags = async () => {
  renderAccount(<Page />, [[accountDetailQuery(account.id, undefined).queryKey, account]]);
  await userEvent.click(screen.getByRole('button', { name: 'Edit Tags: vip, emea' }));
  return screen.getByRole('combobox', { name: 'Tags' });
};
const save = () => screen.getByRole('button', { name: 'Save' });
const hear = () => userEvent.click(screen.getByRole('button', { name: 'Hear' }));
const sent = () =>
  jest
    .mocked(globalThis.fetch)
    .mock.calls.filter(([, init]) => init?.method === 'PATCH')
    .map(([, init]) => JSON.parse(String(init?.body)));

afterEach(() => jest.mocked(globalThis.fetch).mockClear());

describe('the tags of an account', () => {
  it('are saved with what was typed last, over the revision that was read', async () => {
    await userEvent.type(await openTags(), 'pilot{Enter}beta');
    await userEvent.click(save());
    await waitFor(() => expect(sent()).toEqual([{ tags: ['vip', 'emea', 'pilot', 'beta'], revision: 7 }]));
  });

  it('are saved by Ctrl+Enter with what is being typed', async () => {
    await userEvent.type(await openTags(), 'pilot{Control>}{Enter}{/Control}');
    await waitFor(() => expect(sent()).toMatchObject([{ tags: ['vip', 'emea', 'pilot'] }]));
  });

  it('keep what somebody else has added meanwhile', async () => {
    await userEvent.type(await openTags(), 'pilot{Enter}');
    await hear();
    await userEvent.click(save());
    await waitFor(() => expect(sent()).toMatchObject([{ tags: ['vip', 'emea', 'at-risk', 'pilot'] }]));
  });

  it('are left as they are by Esc, and where nothing was written, whatever others did', async () => {
    await userEvent.type(await openTags(), 'pilot{Enter}{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Edit Tags: vip, emea' }));
    await hear();
    await userEvent.click(save());
    expect(screen.getByRole('button', { name: 'Edit Tags: vip, emea, at-risk' })).toBeVisible();
    expect(sent()).toEqual([]);
  });

  it('are none of blanks, and none too long, which is said', async () => {
    const input = await openTags();
    await userEvent.type(input, '   ,');
    await userEvent.click(input);
    await userEvent.paste('x'.repeat(61));
    expect(screen.getByText(/is longer than 60 characters/)).toBeVisible();
    expect(save()).toBeDisabled();
  });

  it('stay in the form until they are saved', async () => {
    await userEvent.type(await openTags(), 'pilot{Enter}');
    await userEvent.click(save());
    expect(screen.getByRole('combobox', { name: 'Tags' })).toBeVisible();
  });
});
