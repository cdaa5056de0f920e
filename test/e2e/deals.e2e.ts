import type { AccountDeals, Deal } from '@steward/shared/deals';
import type { RenewalList } from '@steward/shared/renewals';
import type { AccountSubscriptions, Subscription } from '@steward/shared/subscriptions';
import { expectAccessible } from './support/accessible.js';
import { daysBefore } from './support/days.js';
import { type Api, expect, test } from './support/test.js';

/** One whose imported subscriptions have not changed lately: a deal that is won there now waits for its bill. */
async function anyAccount(api: Api): Promise<{ id: string; name: string }> {
  const { today } = await api.get<{ today: string }>('/workspace');
  const { rows } = await api.get<RenewalList>('/renewals?scope=all&state=upcoming&limit=200');
  for (const { account } of rows.filter((row) => !row.account.leaving).reverse()) {
    const { subscriptions } = await api.get<AccountSubscriptions>(`/accounts/${account.id}/subscriptions`);
    const days = subscriptions.flatMap(({ start, end }) => [start, ...(end === null ? [] : [end])]);
    if (subscriptions.length === 0 || subscriptions.some(({ keptByHand }) => keptByHand)) continue;
    if (days.every((day) => day < daysBefore(today, 70) || day > daysBefore(today, -70))) return account;
  }
  throw new Error('The sample has no customer whose subscriptions have rested.');
}

const addDeal = (api: Api, accountId: string, over: Partial<Deal> & { name: string }): Promise<Deal> =>
  api.post(`/accounts/${accountId}/deals`, { kind: 'expansion', amountMinor: 1_200_000, currency: 'USD', ...over });

/** Deals of a test go with it, so that it can run again. */
async function removeDeals(api: Api, accountId: string, name: string): Promise<void> {
  const { deals } = await api.get<AccountDeals>(`/accounts/${accountId}/deals`);
  for (const deal of deals.filter((each) => each.name === name)) {
    await api.del(`/accounts/${accountId}/deals/${deal.id}?revision=${deal.revision}`);
  }
}

async function removeSubscriptions(api: Api, accountId: string): Promise<void> {
  const { subscriptions } = await api.get<AccountSubscriptions>(`/accounts/${accountId}/subscriptions`);
  for (const each of subscriptions.filter(({ keptByHand }) => keptByHand)) {
    await api.del(`/accounts/${accountId}/subscriptions/${each.id}?revision=${each.revision}`);
  }
}

test('a deal is added by hand, moved by keyboard, and won where an import keeps the subscriptions', async ({
  page,
  api,
}) => {
  const account = await anyAccount(api);
  const name = 'Seats for the new office';
  await removeDeals(api, account.id, name);
  await page.goto(`/accounts/${account.id}?tab=revenue`);
  await page.getByRole('button', { name: 'Add a deal' }).click();
  const form = page.getByRole('dialog', { name: `New deal with ${account.name}` });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Amount').fill('12000');
  await form.getByRole('button', { name: 'Add deal' }).click();
  await expect(page.getByRole('table', { name: 'Deals' }).getByRole('button', { name })).toBeVisible();

  await page.goto(`/renewals/deals?scope=all&text=${encodeURIComponent(name)}`);
  const identified = page.getByRole('list', { name: 'Deals in Identified' });
  const qualified = page.getByRole('list', { name: 'Deals in Qualified' });
  await identified.getByRole('button', { name, exact: true }).press('Shift+ArrowRight');
  await expect(qualified.getByRole('button', { name, exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  // Not before the answer: what comes with it takes an open menu away.
  await expect(page.getByText('Undone', { exact: true })).toBeVisible();
  await expect(identified.getByRole('button', { name, exact: true })).toBeVisible();
  await identified.getByRole('button', { name: `Move ${name}` }).press('Enter');
  await page.getByRole('menuitem', { name: 'Verbal agreement' }).click();
  const verbal = page.getByRole('list', { name: 'Deals in Verbal agreement' });
  await verbal.getByRole('button', { name, exact: true }).click();

  const drawer = page.getByRole('complementary', { name: 'Deal' });
  await expect(drawer.getByText('Moved from Identified to Verbal agreement')).toBeVisible();
  await drawer.getByRole('button', { name: 'Won…' }).click();
  const won = page.getByRole('dialog', { name: `Won: ${name}` });
  await expect(won.getByText(/come from an import or the API, so winning writes nothing/)).toBeVisible();
  await won.getByLabel('What decided it').fill('The office opens in spring');
  await won.getByRole('button', { name: 'Mark as won' }).click();
  await expect(drawer.getByText(/^Not yet billed/)).toBeVisible();

  await page.getByText('Won, not yet billed', { exact: true }).first().click();
  const waiting = page.getByRole('table', { name: 'Won, not yet billed' });
  await expect(waiting.getByRole('button', { name })).toBeVisible();
  await drawer.getByRole('button', { name: 'Undo that it was won' }).click();
  await expect(waiting).toBeHidden();
  await removeDeals(api, account.id, name);
});

test('a card is dragged to another stage', async ({ page, api }) => {
  const account = await anyAccount(api);
  const name = 'More storage';
  await removeDeals(api, account.id, name);
  await addDeal(api, account.id, { name });
  await page.goto(`/renewals/deals?scope=all&text=${encodeURIComponent(name)}`);
  const card = page.getByRole('button', { name, exact: true });
  await card.dragTo(page.getByRole('list', { name: 'Deals in Proposal' }).locator('..'));
  await expect(
    page.getByRole('list', { name: 'Deals in Proposal' }).getByRole('button', { name, exact: true }),
  ).toBeVisible();
  await expect(page.getByText(`${name}: now in Proposal`)).toBeVisible();
  await removeDeals(api, account.id, name);
});

test('winning changes a subscription that is kept by hand, and undo gives it back', async ({ page, api }) => {
  const account = await anyAccount(api);
  const name = 'Twenty seats more';
  await removeDeals(api, account.id, name);
  await removeSubscriptions(api, account.id);
  const subscription = await api.post<Subscription>(`/accounts/${account.id}/subscriptions`, {
    plan: 'Add-on by hand',
    quantity: 10,
    mrrMinor: 50_000,
    start: '2025-01-01',
  });
  await addDeal(api, account.id, { name });
  await page.goto(`/accounts/${account.id}?tab=revenue`);
  await page.getByRole('table', { name: 'Deals' }).getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Won…' }).click();
  const won = page.getByRole('dialog', { name: `Won: ${name}` });
  await expect(won.getByLabel('MRR')).toHaveValue('1,500');
  await won.getByLabel('Seats').fill('30');
  await won.getByRole('button', { name: 'Mark as won' }).click();
  await page.getByRole('button', { name: 'Close the deal' }).click();
  const line = page.getByRole('table', { name: 'Subscriptions' }).getByRole('row', { name: /Add-on by hand/ });
  // What was before has ended the day before; what follows has the new figures.
  await expect(line.filter({ hasText: 'not active' }).getByText('10 seats')).toBeVisible();
  await expect(line.filter({ hasText: '30 seats' }).getByText('$1,500')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(line).toHaveCount(1);
  await expect(line.getByText('10 seats')).toBeVisible();
  await expect(line.getByText('$500')).toBeVisible();

  await line.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Add-on by hand?' });
  await dialog.getByRole('textbox').fill('delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(line).toBeHidden();
  expect(subscription.keptByHand).toBe(true);
  await removeDeals(api, account.id, name);
});

test('an amount without a rate is in no sum, and says so', async ({ page, api }) => {
  const account = await anyAccount(api);
  const name = 'Far away branch';
  await removeDeals(api, account.id, name);
  await addDeal(api, account.id, { name, currency: 'ISK', amountMinor: 900_000 });
  await page.goto(`/renewals/deals?scope=all&show=list&text=${encodeURIComponent(name)}`);
  await expect(page.getByRole('table', { name: 'List' }).getByText('no rate for ISK')).toBeVisible();
  await expect(page.getByText('1 in no sum')).toBeVisible();
  await removeDeals(api, account.id, name);
});

test('a lost deal tells why and can be open again', async ({ page, api }) => {
  const account = await anyAccount(api);
  const name = 'A second region';
  await removeDeals(api, account.id, name);
  const deal = await addDeal(api, account.id, { name });
  await page.goto(`/renewals/deals?scope=all&open=${account.id}~${deal.id}`);
  const drawer = page.getByRole('complementary', { name: 'Deal' });
  await drawer.getByRole('button', { name: 'Lost…' }).click();
  const lost = page.getByRole('dialog', { name: `Lost: ${name}` });
  await lost.getByLabel('Why').fill('Put off to next year');
  await lost.getByRole('button', { name: 'Mark as lost' }).click();
  await expect(drawer.getByText(/Put off to next year/)).toBeVisible();
  await drawer.getByRole('button', { name: 'Reopen' }).click();
  await expect(drawer.getByRole('button', { name: 'Won…' })).toBeVisible();
  await removeDeals(api, account.id, name);
});

test('the board, a deal beside it, and the settings of both are accessible in both schemes', async ({ page, api }) => {
  const account = await anyAccount(api);
  const name = 'Something to look at';
  await removeDeals(api, account.id, name);
  const deal = await addDeal(api, account.id, { name });
  await page.goto(`/renewals/deals?scope=all&open=${account.id}~${deal.id}`);
  await expect(page.getByRole('complementary', { name: 'Deal' }).getByText('Added')).toBeVisible();
  await expectAccessible(page, { picture: 'deals' });
  await page.goto('/renewals/deals?scope=all&show=list');
  await expect(page.getByRole('table', { name: 'List' })).toBeVisible();
  await expectAccessible(page, { picture: 'deals-list' });
  await page.goto('/settings/sales');
  await expect(page.getByRole('table', { name: 'Churn reasons' })).toBeVisible();
  await expectAccessible(page, { picture: 'settings-sales' });
  await removeDeals(api, account.id, name);
});
