import { accountLinks, openAccounts, scoredAccount } from './support/accounts-list.js';
import { expect, test } from './support/test.js';

test('⌘K finds an account by a part of its name and opens it', async ({ page, api }) => {
  const account = await scoredAccount(api);
  await openAccounts(page);
  await page.keyboard.press('Control+k');
  await page.getByLabel('Search accounts, pages and actions').fill(account.name.slice(0, 6));
  await page.getByRole('dialog').getByText(account.name, { exact: true }).click();
  await expect(page).toHaveURL(`/accounts/${account.id}`);
  await expect(page.getByRole('heading', { name: account.name })).toBeVisible();
});

test('⌘K goes to a page and shows the keyboard sheet', async ({ page }) => {
  await openAccounts(page);
  await page.keyboard.press('Control+k');
  await page.getByLabel('Search accounts, pages and actions').fill('settings');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/settings/people');
  await page.keyboard.press('Control+k');
  await page.getByLabel('Search accounts, pages and actions').fill('keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('? tells the keys, G and a letter goes, and neither happens while typing', async ({ page }) => {
  await openAccounts(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Peek at the account');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page).toHaveURL('/data');
  await page.keyboard.press('g');
  await page.keyboard.press(',');
  await expect(page).toHaveURL('/settings/people');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL('/segments');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL('/accounts');

  await expect(accountLinks(page).first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search by name, id or domain')).toBeFocused();
  await page.keyboard.type('gd?');
  await expect(page.getByLabel('Search by name, id or domain')).toHaveValue('gd?');
  await expect(sheet).toBeHidden();
});

test('single keys can be switched off, for good', async ({ page }) => {
  await openAccounts(page);
  await page.keyboard.press('?');
  await page.getByRole('switch', { name: 'Single-key shortcuts on' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(accountLinks(page).first()).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.keyboard.press('?');
  await expect(page).toHaveURL('/accounts');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('dark is chosen in the menu of the person and outlives the visit', async ({ page }) => {
  await openAccounts(page);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: /Ingrid Admin/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(accountLinks(page).first()).toBeVisible();
  expect(await background()).toBe(dark);
});

test('the day that pages are as of goes along from page to page', async ({ page, api }) => {
  const { workspace } = await api.get<{ workspace: { today: string } }>('/me');
  const yesterday = new Date(Date.parse(workspace.today) - 86_400_000).toISOString().slice(0, 10);
  await openAccounts(page, `?asOf=${yesterday}`);
  await accountLinks(page).first().click();
  await expect(page.getByText('Nothing can be changed in the past.')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`asOf=${yesterday}`));
  await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeHidden();
  // The inbox is of now: it says so, and keeps the day for the pages that follow.
  await page.getByRole('navigation').getByRole('link', { name: 'Alerts' }).click();
  await expect(page.getByText('This page tells of today.')).toBeVisible();
  await expect(page.getByText('Nothing can be changed in the past.')).toBeHidden();
  await page.goBack();
  await page.getByRole('button', { name: 'Back to today' }).click();
  await expect(page.getByText('Nothing can be changed in the past.')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeVisible();
});

test('an address that leads nowhere says so and offers the way back', async ({ page }) => {
  await page.goto('/no-such-page');
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Go to accounts' }).click();
  await expect(page).toHaveURL('/accounts');
});

test('an account that was never opened cannot be loaded offline, and is when the network is back', async ({ page }) => {
  await openAccounts(page);
  // The page's own code is here; of the next account nothing is.
  await accountLinks(page).first().click();
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
  await page.goBack();
  const second = accountLinks(page).nth(1);
  const name = (await second.textContent()) ?? '';
  await page.context().setOffline(true);
  await second.click();
  await expect(page.getByText('Steward cannot be reached.').first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByRole('heading', { name })).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('has no door to what is not open to the role', async ({ page }) => {
    await openAccounts(page);
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await expect(pages.getByRole('link', { name: 'Accounts' })).toBeVisible();
    await expect(pages.getByRole('link', { name: 'Data' })).toBeHidden();
    await page.goto('/data');
    await expect(page.getByRole('heading', { name: 'Data is not open to your role' })).toBeVisible();
    await page.goto('/settings');
    await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add a person' })).toBeHidden();
    await expect(page.getByRole('link', { name: 'API keys' })).toBeHidden();
  });
});
