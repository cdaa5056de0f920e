import type { AccountDetail } from '@steward/shared/accounts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { AccountDetails } from './account-details.js';
import { anAccount, renderAccount } from './render-account.factory.js';

function renderDetails(some: Partial<AccountDetail>, editable = true) {
  const account = anAccount({ revision: 7, ...some });
  const answers = [[accountDetailQuery(account.id, undefined).queryKey, account]] as const;
  renderAccount(<AccountDetails account={account} editable={editable} />, answers);
}

const edit = (name: string) => userEvent.click(screen.getByRole('button', { name: `Edit ${name}` }));
const sent = () =>
  jest
    .mocked(globalThis.fetch)
    .mock.calls.filter(([, init]) => init?.method === 'PATCH')
    .map(([, init]) => JSON.parse(String(init?.body)));

afterEach(() => jest.mocked(globalThis.fetch).mockClear());

describe('the details of an account', () => {
  it('are typed in their place and saved by Enter, over the revision that was read', async () => {
    renderDetails({ industry: 'Hotels' });
    await edit('industry');
    const input = screen.getByRole('textbox', { name: 'industry' });
    expect(input).toHaveValue('Hotels');
    await userEvent.clear(input);
    await userEvent.type(input, ' Travel {Enter}');
    await waitFor(() => expect(sent()).toEqual([{ industry: 'Travel', revision: 7 }]));
  });

  it('are told for the first time where nothing is known', async () => {
    renderDetails({});
    expect(screen.getByRole('button', { name: 'Edit plan' })).toHaveTextContent('not set');
    await edit('plan');
    await userEvent.type(screen.getByRole('textbox', { name: 'plan' }), 'Pro{Enter}');
    await waitFor(() => expect(sent()).toEqual([{ plan: 'Pro', revision: 7 }]));
  });

  it('are taken away by leaving nothing', async () => {
    renderDetails({ plan: 'Pro' });
    await edit('plan');
    await userEvent.clear(screen.getByRole('textbox', { name: 'plan' }));
    await userEvent.tab();
    await waitFor(() => expect(sent()).toEqual([{ plan: null, revision: 7 }]));
  });

  it('stay as they are where blanks alone were added, and by Esc', async () => {
    renderDetails({ plan: 'Pro', region: 'West' });
    await edit('plan');
    await userEvent.type(screen.getByRole('textbox', { name: 'plan' }), '{End} {Enter}');
    await edit('region');
    await userEvent.type(screen.getByRole('textbox', { name: 'region' }), 'ern{Escape}');
    expect(screen.getByRole('button', { name: 'Edit region' })).toHaveTextContent('West');
    expect(sent()).toEqual([]);
  });

  it('name a country that is told as a code, and give the code for editing', async () => {
    renderDetails({ country: 'CA' });
    expect(screen.getByRole('button', { name: 'Edit country' })).toHaveTextContent('Canada');
    await edit('country');
    expect(screen.getByRole('textbox', { name: 'country' })).toHaveValue('CA');
  });

  it('count employees in whole numbers', async () => {
    renderDetails({ employees: 1200 });
    await edit('employees');
    const input = screen.getByRole('spinbutton', { name: 'employees' });
    await userEvent.clear(input);
    await userEvent.type(input, '12.5{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('Give a whole number, 0 or more');
    expect(sent()).toEqual([]);
    await userEvent.clear(input);
    await userEvent.type(input, '1300{Enter}');
    await waitFor(() => expect(sent()).toEqual([{ employees: 1300, revision: 7 }]));
  });

  it('name only what is known to whoever may not edit them, and of an earlier day', () => {
    renderDetails({ industry: 'Hotels' }, false);
    const section = within(screen.getByRole('region', { name: 'Details' }));
    expect(section.getByText('Hotels')).toBeVisible();
    expect(section.queryByText('Plan')).toBeNull();
    expect(section.queryByRole('button')).toBeNull();
  });
});
