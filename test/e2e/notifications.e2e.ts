import type { Me } from '@steward/shared/access';
import type { AccountPage } from '@steward/shared/accounts';
import { expect, test } from './support/test.js';

/** What a person raises waits for a clock of fifteen seconds. */
const HAND_OVER_MS = 40_000;

test.describe('a CSM', () => {
  test.use({ role: 'csm' });

  test('chooses what reaches them, and finds it kept', async ({ page }) => {
    await page.goto('/settings/notifications');
    await expect(page.getByText('This server sends no mail yet')).toBeVisible();
    const scope = page.getByRole('combobox', { name: 'Renewal: of accounts' });
    const before = await scope.inputValue();
    const next = before === 'all' ? 'mine' : 'all';
    await scope.selectOption(next);
    await expect(scope).toBeEnabled();
    await page.getByRole('combobox', { name: 'Daily mail at' }).selectOption('7');
    await expect(scope).toBeEnabled();
    await page.reload();
    await expect(scope).toHaveValue(next);
    await expect(page.getByRole('combobox', { name: 'Daily mail at' })).toHaveValue('7');
    await expect(page.getByRole('combobox', { name: 'Churn risk: of accounts' })).toHaveValue('mine');
  });

  test('opens the bell from any page and gets back by Escape', async ({ page }) => {
    await page.goto('/accounts');
    const bell = page.getByRole('button', { name: /^Notifications/ });
    await bell.click();
    const panel = page.getByRole('dialog', { name: 'Notifications' });
    await expect(panel.locator(':focus')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(bell).toBeFocused();
  });

  test('hears the bell on an open page when somebody hands an alert over', async ({
    page,
    api,
    playwright,
    baseURL,
    signedIn,
  }) => {
    const { user } = await api.get<Me>('/me');
    const { rows } = await api.post<AccountPage>('/accounts/query', { limit: 1 });
    const [account] = rows;
    const reason = `Call them about seats ${Date.now()}`;
    await page.goto('/settings/you');
    const bell = page.getByRole('button', { name: /^Notifications/ });
    await expect(bell).toBeVisible();
    const admin = await playwright.request.newContext({
      baseURL,
      storageState: await signedIn('admin'),
      extraHTTPHeaders: { 'x-steward-request': '1' },
    });
    const raised = await admin.post(`/api/v1/accounts/${account?.id}/alerts`, {
      data: { kind: 'expansion', severity: 'critical', reason, assigneeUserId: user.id },
    });
    expect(raised.ok(), await raised.text()).toBe(true);
    await admin.dispose();
    await expect(bell).toHaveAccessibleName(/unread$/, { timeout: HAND_OVER_MS });
    await bell.click();
    const told = page.getByRole('dialog', { name: 'Notifications' }).getByRole('link', { name: new RegExp(reason) });
    await expect(told).toContainText('Unread', { timeout: HAND_OVER_MS });
    await told.click();
    await expect(page).toHaveURL(new RegExp(`/accounts/${account?.id}`));
    await bell.click();
    await expect(told).not.toContainText('Unread');
  });

  test('has no page of webhooks', async ({ page }) => {
    await page.goto('/settings/notifications');
    await expect(page.getByRole('link', { name: 'Webhooks and mail' })).toBeHidden();
  });
});

test('an admin adds a webhook, sees its secret once, and learns why an address is refused', async ({ page }) => {
  const name = `Hook ${Date.now().toString(36)}`;
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Address').fill('https://169.254.169.254/latest');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('leads to an address that is not public');
  await dialog.getByLabel('Address').fill('https://hooks.example.com/steward');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const secret = page.getByRole('dialog', { name: `Secret of “${name}”` });
  await expect(secret).toContainText('whsec_');
  await secret.getByRole('button', { name: 'I have it' }).click();
  const row = page.getByRole('table', { name: 'Webhooks' }).getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('All kinds, from info');
  await page.getByRole('button', { name: `Remove: ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(row).toBeHidden();
});
