import type { LeavingState } from '@steward/shared/leaving';
import type { RenewalList, RenewalRow } from '@steward/shared/renewals';
import { expectAccessible } from './support/accessible.js';
import { type Api, expect, test } from './support/test.js';

/** A renewal that nobody has forecast, of an account that has no other on the page. */
async function openRenewal(api: Api): Promise<RenewalRow> {
  const { rows } = await api.get<RenewalList>('/renewals?scope=all&state=upcoming&limit=200');
  const found = rows.find(
    ({ accountId, account, forecast, amountMinor }) =>
      forecast.from === 'default' &&
      !account.leaving &&
      (amountMinor ?? 0) > 0 &&
      rows.filter((each) => each.accountId === accountId).length === 1,
  );
  if (!found) throw new Error('The sample has no renewal that nobody has forecast.');
  return found;
}

const addressOf = ({ account }: RenewalRow): string =>
  `/renewals?scope=all&state=upcoming&text=${encodeURIComponent(account.externalId)}`;

test('a renewal is forecast by keyboard, and each word is taken back', async ({ page, api }) => {
  const renewal = await openRenewal(api);
  const { name } = renewal.account;
  await page.goto(addressOf(renewal));
  const category = page.getByRole('button', { name: `Forecast of ${name}: Likely` });
  await category.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Commit' }).press('Enter');
  await expect(page.getByRole('button', { name: `Forecast of ${name}: Commit` })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(category).toBeVisible();

  const amount = page.getByRole('button', { name: `Forecast amount of ${name}` });
  await amount.focus();
  await page.keyboard.press('Enter');
  const input = page.getByRole('spinbutton', { name: `Forecast amount of ${name}` });
  await expect(input).toBeFocused();
  await input.fill('1234');
  await input.press('Enter');
  await expect(amount).toHaveText('$1,234');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(amount).not.toHaveText('$1,234');
});

test('a renewal at less than was due is renewed smaller, until that is taken back', async ({ page, api }) => {
  const renewal = await openRenewal(api);
  const { name } = renewal.account;
  await page.goto(`/renewals?scope=all&text=${encodeURIComponent(renewal.account.externalId)}`);
  const table = page.getByRole('table', { name: 'Renewals' });
  await table.getByRole('button', { name: `Outcome of ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Outcome: ${name}` });
  await expect(dialog.getByText('it counts as renewed.')).toBeVisible();
  await dialog.getByLabel('A year of what goes on').fill('5');
  await expect(dialog.getByText('it counts as renewed smaller.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save the outcome' }).click();
  await expect(table.getByText('Renewed smaller at $5')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(table.getByRole('button', { name: `Outcome of ${name}` })).toBeVisible();
  await expect(table.getByText('Renewed smaller at $5')).toBeHidden();
});

test('a lost renewal asks for a reason of the list and records notice with it, and both are taken back', async ({
  page,
  api,
}) => {
  const renewal = await openRenewal(api);
  const { name } = renewal.account;
  await page.goto(addressOf(renewal));
  await page.getByRole('button', { name: `Outcome of ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Outcome: ${name}` });
  await dialog.getByText('Lost', { exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Save the outcome' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'Why' }).click();
  await page.getByRole('option', { name: 'Price' }).click();
  await expect(dialog.getByRole('checkbox', { name: /^Record notice, too/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Save the outcome' }).click();
  const leaving = () => api.get<LeavingState>(`/accounts/${renewal.accountId}/leaving`);
  const undo = (said: string) =>
    page.getByRole('alert').filter({ hasText: said }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(`${name}: leaves on`)).toBeVisible();
  expect(await leaving()).toMatchObject({ leavesOn: renewal.dueOn, notice: { reason: { label: 'Price' } } });
  await undo(`${name}: leaves on`);
  await expect.poll(async () => (await leaving()).leavesOn).toBeNull();
  await undo(`${name}: renewal lost`);
  await expect(page.getByRole('button', { name: `Outcome of ${name}` })).toBeVisible();
});

test('bars and figures lead to their rows, the chart is a table too, and filters stand in the address', async ({
  page,
  api,
}) => {
  const { totals } = await api.get<RenewalList>('/renewals?scope=all');
  const month = totals.byMonth.at(-1);
  await page.goto('/renewals?scope=all');
  await expect(page.getByRole('figure').getByText(/open renewals: /)).toBeVisible();
  await page.getByRole('button', { name: 'Show due by month as a table' }).click();
  await page.getByRole('region', { name: 'Due by month as a table' }).getByRole('button').last().click();
  await expect(page).toHaveURL(new RegExp(`from=${month?.month}-01&to=${month?.month}-\\d\\d`));
  await expect(page.getByRole('table', { name: 'Renewals' }).getByRole('link')).toHaveCount(month?.renewals ?? 0);

  await page.goto('/renewals?scope=all&text=nobody-at-all');
  await expect(page.getByRole('heading', { name: 'No renewal matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page).toHaveURL('/renewals?scope=all');
  await expect(page.getByRole('table', { name: 'Renewals' })).toBeVisible();
});

test('a customer gives notice: the account says so, its renewal expects nothing, and it is taken back', async ({
  page,
  api,
}) => {
  const { accountId, account } = await openRenewal(api);
  await page.goto(`/accounts/${accountId}?tab=revenue`);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Notice was given…' }).click();
  const dialog = page.getByRole('dialog', { name: `Notice given: ${account.name}` });
  await dialog.getByLabel('Leaves on').fill('31 Dec 2099');
  await dialog.getByLabel('Leaves on').press('Tab');
  await dialog.getByRole('combobox', { name: 'Why' }).click();
  await page.getByRole('option', { name: 'Price' }).click();
  await dialog.getByRole('button', { name: 'Record the notice' }).click();
  await expect(page.getByText('Leaving on 31 Dec 2099', { exact: true })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Renewals' }).getByText('Lost').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Leaving on 31 Dec 2099')).toBeHidden();
});

test('renewals, and what an account pays, are accessible in both schemes', async ({ page, api }) => {
  const { accountId } = await openRenewal(api);
  await page.goto('/renewals?scope=all');
  await expect(page.getByRole('table', { name: 'Renewals' })).toBeVisible();
  await expect(page.getByRole('figure')).toBeVisible();
  await expectAccessible(page, { picture: 'renewals' });
  await page.goto(`/accounts/${accountId}?tab=revenue`);
  await expect(page.getByRole('table', { name: 'Subscriptions' })).toBeVisible();
  await expect(page.getByRole('figure').getByText(/^MRR from /)).toBeVisible();
  await expectAccessible(page, { picture: 'account-revenue' });
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('reads renewals, and changes none', async ({ page }) => {
    await page.goto('/renewals');
    const table = page.getByRole('table', { name: 'Renewals' });
    await expect(table).toBeVisible();
    await expect(table.getByRole('button')).toHaveCount(0);
  });
});
