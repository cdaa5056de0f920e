import { readFile } from 'node:fs/promises';
import type { Me } from '@steward/shared/access';
import type { AccountRow } from '@steward/shared/accounts';
import {
  accountLinks,
  accountsGrid,
  countAccounts,
  expectAccounts,
  expectTotals,
  listAccounts,
  openAccounts,
} from './support/accounts-list.js';
import { daysBefore, longDay, shortDay } from './support/days.js';
import { expect, test } from './support/test.js';

const names = (accounts: readonly AccountRow[]): string[] => accounts.map(({ name }) => name);

test('the list shows the accounts with the highest ARR first, and how many there are', async ({ page, api }) => {
  const accounts = await listAccounts(api);
  await openAccounts(page);
  await expectAccounts(page, names(accounts));
  await expectTotals(page, await countAccounts(api));

  const [first] = accounts;
  const row = accountsGrid(page).getByRole('row').filter({ hasText: first?.name });
  await expect(row.getByTitle(/^Score \d/)).toContainText(String(Math.floor(first?.score ?? Number.NaN)));
  await expect(row).toContainText(first?.csm?.name ?? '–');
  if (first?.renewalDate) await expect(row).toContainText(shortDay(first.renewalDate));
});

test('the trend of an account is drawn whole, over 30 days, and the bands say how many accounts', async ({
  page,
  api,
}) => {
  await openAccounts(page);
  const cell = accountsGrid(page).locator('.ag-row-first .ag-cell[col-id="score"]');
  const line = await cell.locator('svg[role="img"]').boundingBox();
  const room = await cell.boundingBox();
  expect((line?.x ?? 0) + (line?.width ?? 0)).toBeLessThanOrEqual((room?.x ?? 0) + (room?.width ?? 0) - 4);
  const [first] = await listAccounts(api);
  expect(first?.sparkline).toHaveLength(30);
  const { byBand } = await countAccounts(api);
  for (const [band, words] of [
    ['at_risk', 'At risk'],
    ['healthy', 'Healthy'],
  ] as const) {
    const accounts = `${byBand[band]} ${byBand[band] === 1 ? 'account' : 'accounts'}`;
    await expect(page.getByRole('button', { name: `${words}: ${accounts}`, exact: true })).toBeVisible();
  }
});

test('a click on a heading sorts, a second one turns it round, and the address keeps it', async ({ page, api }) => {
  await openAccounts(page);
  const health = accountsGrid(page).getByRole('columnheader', { name: 'Health' });
  await health.click();
  await expect(health).toHaveAttribute('aria-sort', 'ascending');
  await expect(page).toHaveURL(/sort=health\.score(:|%3A)asc/);
  await expectAccounts(page, names(await listAccounts(api, { sort: [{ field: 'health.score', direction: 'asc' }] })));
  await health.click();
  await expect(health).toHaveAttribute('aria-sort', 'descending');
  const healthiest = await listAccounts(api, { sort: [{ field: 'health.score', direction: 'desc' }] });
  await expectAccounts(page, names(healthiest));
  await page.reload();
  await expectAccounts(page, names(healthiest));
});

test('Back from an account leads to its row, from which the keys go on; the list opened anew starts at its top', async ({
  page,
}) => {
  await openAccounts(page);
  const rowInFocus = () =>
    page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('row-index') ?? null);
  for (const row of ['0', '1', '2']) {
    await page.keyboard.press('j');
    await expect.poll(rowInFocus).toBe(row);
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/accounts\/[0-9a-f-]{36}/);
  await page.goBack();
  await expect.poll(rowInFocus).toBe('2');
  await page.keyboard.press('j');
  await expect.poll(rowInFocus).toBe('3');
  // A row whose account has not arrived yet has nothing to open.
  await expect(accountLinks(page).nth(3)).toBeVisible();

  // A tap follows the link before the row gets the focus.
  await accountsGrid(page).locator('[row-index="4"]').getByRole('link').dispatchEvent('click');
  await expect(page).toHaveURL(/\/accounts\/[0-9a-f-]{36}/);
  await page.goBack();
  await expect.poll(rowInFocus).toBe('4');
  await expect(accountLinks(page).nth(4)).toBeVisible();

  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/accounts\/[0-9a-f-]{36}/);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(accountLinks(page).first()).toBeVisible();
  await page.keyboard.press('j');
  await expect.poll(rowInFocus).toBe('0');
});

test('the name of the list above an account leads back to what it showed', async ({ page }) => {
  await openAccounts(page, '?tier=T2&sort=account.name:asc');
  await accountLinks(page).first().click();
  await page.getByRole('main').getByRole('link', { name: 'Accounts', exact: true }).click();
  await expect(page).toHaveURL(/\/accounts\?(?=.*tier=T2)(?=.*sort=account\.name)/);
});

test('as of a day shows the list as it stood, and nothing where there was nothing', async ({ page, api }) => {
  const { workspace } = await api.get<Me>('/me');
  const yesterday = daysBefore(workspace.today, 1);
  await openAccounts(page);
  await page.getByRole('button', { name: /^As of today/ }).click();
  const calendar = page.getByRole('dialog').filter({ hasText: 'See everything as it stood on a day' });
  if (yesterday.slice(0, 7) !== workspace.today.slice(0, 7))
    await calendar.locator('[data-direction=previous]').click();
  await calendar.getByRole('button', { name: longDay(yesterday), exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`asOf=${yesterday}`));
  await expect(page.getByText(`As it stood on ${shortDay(yesterday)}`)).toBeVisible();
  await expectTotals(page, await countAccounts(api, { asOf: yesterday }));
  await expectAccounts(page, names(await listAccounts(api, { asOf: yesterday })));

  await page.goto('/accounts?asOf=2015-01-01');
  await expect(page.getByRole('heading', { name: 'No accounts on that day' })).toBeVisible();
  await expect(page.getByText('There is no snapshot of that day')).toBeVisible();
  await page.getByRole('button', { name: 'Back to today' }).click();
  await expectTotals(page, await countAccounts(api));
});

test('the peek follows J and K, Esc closes it and Enter opens the account', async ({ page, api }) => {
  const [first, second] = await listAccounts(api);
  await openAccounts(page);
  const peek = (name?: string) => page.getByRole('complementary', { name: name ? `Peek: ${name}` : /^Peek/ });
  await accountsGrid(page)
    .getByRole('row')
    .filter({ hasText: first?.name })
    .getByTitle(/^Score/)
    .click();
  await expect(peek(first?.name)).toContainText('What costs the most points');
  await expect(page).toHaveURL(new RegExp(`peek=${first?.id}`));
  await page.keyboard.press('j');
  await expect(peek(second?.name)).toBeVisible();
  await page.keyboard.press('k');
  await expect(peek(first?.name)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(peek()).toBeHidden();
  await page.keyboard.press('j');
  await page.keyboard.press(' ');
  await expect(peek(second?.name)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/accounts/${second?.id}`);
  await expect(page.getByRole('heading', { name: second?.name })).toBeVisible();
});

test('the exported file holds the filtered list in its order, with amounts in full', async ({ page, api }) => {
  const healthy = await listAccounts(api, {
    rule: { kind: 'compare', field: 'health.band', op: 'in', value: ['healthy'] },
  });
  await openAccounts(page, '?band=healthy');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  const [header = '', ...rows] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const columns = header.split(',');
  const cell = (row: string, column: string) => row.split(',')[columns.indexOf(column)];
  expect(rows.map((row) => cell(row, 'Account id'))).toEqual(healthy.map(({ externalId }) => externalId));
  expect(rows.map((row) => Number(cell(row, 'ARR')))).toEqual(healthy.map(({ arrMinor }) => (arrMinor ?? 0) / 100));
  expect(new Set(rows.map((row) => cell(row, 'Health band')))).toEqual(new Set(['healthy']));
});

test('a filter that nothing meets says so and is cleared with one click', async ({ page, api }) => {
  await page.goto('/accounts?text=no-account-is-called-this');
  await expect(page.getByRole('heading', { name: 'No account matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page.getByRole('heading', { name: 'No account matches' })).toBeHidden();
  await expectTotals(page, await countAccounts(api));
});

test('columns are chosen, and stay chosen', async ({ page }) => {
  await openAccounts(page);
  const heading = (name: string) => accountsGrid(page).getByRole('columnheader', { name });
  await expect(heading('Band')).toBeHidden();
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await page.getByRole('checkbox', { name: 'Band' }).check();
  await page.getByRole('checkbox', { name: 'Renewal' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(heading('Renewal')).toBeHidden();
  await page.reload();
  await expect(accountLinks(page).first()).toBeVisible();
  await expect(heading('Renewal')).toBeHidden();
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await page.getByRole('button', { name: 'Back to the usual columns' }).click();
  await expect(heading('Renewal')).toBeVisible();
});

test.describe('a CSM', () => {
  test.use({ role: 'csm' });

  test('sees the own book and nobody else’s, not even by its address', async ({
    page,
    api,
    signedIn,
    playwright,
    baseURL,
  }) => {
    const { user } = await api.get<Me>('/me');
    const mine = await listAccounts(api);
    expect(mine.length).toBeGreaterThan(0);
    for (const { csm, am } of mine) {
      const owners = [csm?.userId, am?.userId].filter((id) => id !== undefined);
      expect(owners.length === 0 || owners.includes(user.id)).toBe(true);
    }
    const admin = await playwright.request.newContext({ baseURL, storageState: await signedIn('admin') });
    const answer = await admin.post('/api/v1/accounts/query', {
      headers: { 'x-steward-request': '1' },
      data: { limit: 500 },
    });
    const all = ((await answer.json()) as { rows: AccountRow[] }).rows;
    await admin.dispose();
    const foreign = all.find(({ id }) => !mine.some((account) => account.id === id));

    await openAccounts(page);
    await expectAccounts(page, names(mine));
    await expectTotals(page, await countAccounts(api));
    await page.getByLabel('Search by name, id or domain').fill(foreign?.name ?? '');
    await expect(page.getByRole('heading', { name: 'No account matches' })).toBeVisible();
    await page.goto(`/accounts/${foreign?.id}`);
    await expect(page.getByRole('heading', { name: 'There is no such account' })).toBeVisible();
    await expect(page.getByText(foreign?.name ?? '')).toBeHidden();
  });
});
