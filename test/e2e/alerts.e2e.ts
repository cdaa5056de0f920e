import type { AlertInbox } from '@steward/shared/alerts';
import { expect, test } from './support/test.js';

test('an alert is acknowledged and snoozed by keyboard, and each is taken back', async ({ page, api }) => {
  const { rows } = await api.get<AlertInbox>('/alerts?scope=all&state=open');
  const account = rows[0]?.account;
  await page.goto('/alerts?state=open');
  const list = page.getByRole('list', { name: 'Alerts by account' });
  await expect(list.getByRole('link', { name: account?.name, exact: true })).toBeVisible();

  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect(list.getByRole('link', { name: account?.name, exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('link', { name: account?.name, exact: true })).toBeVisible();

  await page.getByRole('button', { name: `Snooze: ${account?.name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Snooze: ${account?.name}` });
  await dialog.getByLabel('Reason').fill('A meeting is planned');
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  await expect(page.getByText(/snoozed until/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(list.getByRole('link', { name: account?.name, exact: true })).toBeVisible();
});

test('filters stand in the address, and what they leave empty can be cleared', async ({ page }) => {
  await page.goto('/alerts?text=nobody-at-all');
  await expect(page.getByRole('heading', { name: 'No alert matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page).toHaveURL('/alerts');
  await expect(page.getByRole('list', { name: 'Alerts by account' })).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('looks on, and can act on nothing', async ({ page }) => {
    await page.goto('/alerts');
    await expect(page.getByRole('list', { name: 'Alerts by account' })).toBeVisible();
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Acknowledge/ })).toHaveCount(0);
  });
});
