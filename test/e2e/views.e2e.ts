import type { Page } from '@playwright/test';
import type { Rule } from '@steward/shared/rules';
import type { SegmentList } from '@steward/shared/segments';
import type { View, viewListSchema } from '@steward/shared/views';
import type { z } from 'zod';
import { expectAccessible } from './support/accessible.js';
import { countAccounts, expectTotals, openAccounts } from './support/accounts-list.js';
import { type Api, expect, test } from './support/test.js';

const oneOf = (field: string, ...value: string[]): Rule => ({ kind: 'compare', field, op: 'in', value });

const tabs = (page: Page) => page.getByRole('navigation', { name: 'Views' });
const tab = (page: Page, name: string) => tabs(page).getByRole('link', { name: new RegExp(`^${name}`) });

async function keep(api: Api, view: Partial<View> & { name: string }): Promise<View> {
  return api.post<View>('/views', { rule: null, ...view });
}

test.afterEach(async ({ api }) => {
  const { views } = await api.get<z.infer<typeof viewListSchema>>('/views');
  for (const { id, mayEdit } of views) if (mayEdit) await api.del(`/views/${id}`);
});

test('a filter is kept as a view: its tab, a reload and a sent link show the same', async ({ page, api }) => {
  await openAccounts(page, '?tier=T2&sort=health.score:asc');
  await page.getByRole('button', { name: 'Save as view' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Tier two');
  await dialog.getByRole('switch', { name: /Shared/ }).click({ force: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(tab(page, 'Tier two')).toHaveAttribute('aria-current', 'page');
  await expect(tab(page, 'All accounts')).not.toHaveAttribute('aria-current');
  await expect(page).toHaveURL(/\/accounts\?view=[0-9a-f-]+$/);
  const wanted = await countAccounts(api, { rule: oneOf('tier', 'T2') });
  await expectTotals(page, wanted);
  await expect(page.getByRole('columnheader', { name: 'Health' })).toHaveAttribute('aria-sort', 'ascending');
  await page.reload();
  await expectTotals(page, wanted);
  await tab(page, 'All accounts').click();
  await expectTotals(page, await countAccounts(api));
  await tab(page, 'Tier two').click();
  await expectTotals(page, wanted);
});

test('a changed filter marks the tab; it is reset, and saved', async ({ page, api }) => {
  const { id } = await keep(api, { name: 'Customers', rule: oneOf('account.status', 'customer') });
  await openAccounts(page, `?view=${id}`);
  await expect(tabs(page).getByText('edited')).toBeHidden();
  await page.getByRole('button', { name: 'Tier', exact: true }).click();
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Tier 3', exact: true }).check();
  await page.keyboard.press('Escape');
  const both: Rule = { kind: 'all', rules: [oneOf('account.status', 'customer'), oneOf('tier', 'T3')] };
  await expect(tab(page, 'Customers')).toContainText('edited');
  await expectTotals(page, await countAccounts(api, { rule: both }));

  await page.reload();
  await expect(tab(page, 'Customers')).toContainText('edited');
  await expectTotals(page, await countAccounts(api, { rule: both }));
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(tabs(page).getByText('edited')).toBeHidden();
  await expectTotals(page, await countAccounts(api, { rule: oneOf('account.status', 'customer') }));

  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(tab(page, 'Customers')).toContainText('edited');
  await expectTotals(page, await countAccounts(api));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(tabs(page).getByText('edited')).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`view=${id}$`));
  await expectTotals(page, await countAccounts(api));
});

test('a view is renamed, deleted and brought back', async ({ page, api }) => {
  const { id } = await keep(api, { name: 'Mine to name' });
  await openAccounts(page, `?view=${id}`);
  await page.getByRole('button', { name: 'Change the view Mine to name' }).click();
  await page.getByRole('menuitem', { name: 'Rename or share' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Named');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Change the view Named' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(tab(page, 'Named')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tab(page, 'Named')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`view=${id}$`));
});

test('the tabs stand in the order that the person gives them, by menu and by dragging', async ({ page, api }) => {
  const made = [];
  for (const name of ['One', 'Two', 'Three']) made.push(await keep(api, { name }));
  await openAccounts(page, `?view=${made[2]?.id}`);
  const names = () =>
    tabs(page)
      .getByRole('link')
      .filter({ hasText: /^(One|Two|Three)$/ });
  await expect(names()).toHaveText(['One', 'Two', 'Three']);
  await page.getByRole('button', { name: 'Change the view Three' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Move left' }).press('Enter');
  await expect(names()).toHaveText(['One', 'Three', 'Two']);
  await tab(page, 'Two').dragTo(tab(page, 'One'));
  await expect(names()).toHaveText(['Two', 'One', 'Three']);
  await expect
    .poll(async () => (await api.get<z.infer<typeof viewListSchema>>('/views')).views.map(({ name }) => name))
    .toEqual(['Two', 'One', 'Three']);
  await page.reload();
  await expect(names()).toHaveText(['Two', 'One', 'Three']);
});

test('a view that was changed in another tab is not overwritten, and it is said so', async ({ page, api }) => {
  const { id } = await keep(api, { name: 'Edited twice' });
  await openAccounts(page, `?view=${id}`);
  await page.getByRole('button', { name: 'Change the view Edited twice' }).click();
  await page.getByRole('menuitem', { name: 'Rename or share' }).click();
  const inAnotherTab = { headers: { 'x-steward-request': '1' }, data: { revision: 1, name: 'First come' } };
  expect((await page.request.patch(`/api/v1/views/${id}`, inAnotherTab)).ok()).toBe(true);
  await page.getByRole('dialog').getByLabel('Name').fill('Second come');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The view could not be saved' })).toBeVisible();
  await expect(tab(page, 'First come')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(tab(page, 'Second come')).toBeVisible();
});

test('a segment opens as a tab', async ({ page, api }) => {
  const { segments } = await api.get<SegmentList>('/segments');
  const segment = segments.find(({ of, members }) => of === 'account' && members > 1);
  await openAccounts(page);
  await page.getByRole('combobox', { name: 'Open a segment' }).fill(segment?.name ?? '');
  await page.getByRole('option', { name: segment?.name, exact: true }).click();
  await expect(tab(page, segment?.name ?? '')).toHaveAttribute('aria-current', 'page');
  const rule: Rule = { kind: 'member', segment: segment?.id ?? '', is: true };
  await expectTotals(page, await countAccounts(api, { rule }));
  await expect(page.getByRole('search', { name: 'Filter accounts' })).toContainText(`is in segment “${segment?.name}”`);
});

test('the tabs are readable for everyone, light and dark', async ({ page, api }) => {
  const { id } = await keep(api, { name: 'At risk', rule: oneOf('health.band', 'watch') });
  await page.setViewportSize({ width: 1440, height: 480 });
  await openAccounts(page, `?view=${id}&edited=1&tier=T2,T3`);
  await expect(tab(page, 'At risk')).toContainText('edited');
  await expectAccessible(page, { picture: 'views' });
});
