import type { SegmentList } from '@steward/shared/segments';
import { expect, test } from './support/test.js';

test('a segment is made with a live count, shows its members, and goes once its name is typed', async ({
  page,
  api,
}) => {
  const isLive = { kind: 'compare', field: 'account.status', op: 'in', value: ['customer', 'trial'] };
  const { accounts } = await api.post<{ accounts: number }>('/accounts/count', { rule: isLive });
  await page.goto('/segments');
  await page.getByRole('link', { name: 'New segment' }).click();
  await expect(page.getByRole('heading', { name: 'New segment' })).toBeVisible();
  await page.getByLabel('Name').fill('All that live');
  await expect(page.getByRole('complementary', { name: 'What it finds' })).toContainText(`${accounts} accounts`);
  await page.getByRole('button', { name: 'Create segment' }).click();
  await expect(page.getByRole('heading', { name: /All that live/ })).toBeVisible();
  await expect(page.getByText('Status is one of Trial, Customer')).toBeVisible();

  await page.getByRole('button', { name: 'Actions for All that live' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “All that live”?' });
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('All that live');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL('/segments');
  await expect(page.getByRole('table', { name: 'Segments' })).not.toContainText('All that live');
});

test('the list shows what each segment is used by and its menu on a narrow screen, too', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  await page.goto('/segments');
  const menu = page.getByRole('button', { name: 'Actions for At risk' });
  await expect(menu).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('columnheader', { name: 'Used by' })).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1100);
});

test('the peek of a member says by which conditions it is one', async ({ page, api }) => {
  const { segments } = await api.get<SegmentList>('/segments');
  const renewal = segments.find(({ key }) => key === 'renewal_90');
  await page.goto(`/segments/${renewal?.id}`);
  await expect(page.getByRole('status').filter({ hasText: 'ARR' })).toContainText(`${renewal?.members} account`);
  const arr = page.getByRole('grid', { name: 'Accounts' }).locator('.ag-row [col-id=arr]').first();
  await expect(arr).toContainText('$');
  await arr.click();
  const why = page.getByRole('region', { name: 'Why it is a member' });
  await expect(why.getByRole('listitem')).toHaveCount(3);
  await expect(why.getByRole('img', { name: 'holds', exact: true }).first()).toBeVisible();
});

test('a segment of contacts is made by conditions that stay as they were changed', async ({ page }) => {
  await page.goto('/segments/new');
  await page.getByLabel('Name').fill('People of those who left');
  await page.getByRole('radiogroup', { name: 'What the segment is of' }).getByText('Contacts').click();
  const found = page.getByRole('complementary', { name: 'What it finds' });
  await expect(found.getByRole('status')).toContainText(/contacts? of \d+ account/);
  await page.getByRole('button', { name: 'Change condition 1' }).click();
  await page.getByRole('menuitem', { name: 'Not', exact: true }).click();
  await expect(page.getByText('not (Status is one of Trial, Customer)')).toBeVisible();
  await page.getByRole('button', { name: 'Create segment' }).click();
  await expect(page.getByRole('heading', { name: /People of those who left/ })).toBeVisible();
  await expect(page.getByText('not (Status is one of Trial, Customer)')).toBeVisible();
  await expect(page.getByText('contacts', { exact: true })).toBeVisible();
});
