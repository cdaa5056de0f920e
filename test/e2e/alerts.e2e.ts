import type { AlertInbox } from '@steward/shared/alerts';
import { expect, test } from './support/test.js';

test('an alert is acknowledged and snoozed by keyboard, and each is taken back', async ({ page, api }) => {
  const { rows } = await api.get<AlertInbox>('/alerts?scope=all&state=open');
  // With one alert only: where there are more, the next one takes the place of what is answered.
  const account = rows.find(({ more }) => more === 0)?.account;
  await page.goto(`/alerts?state=open&text=${encodeURIComponent(account?.name ?? '')}`);
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

test('a rule is written with a dry run, stands in the list, is switched off, and goes once its name is typed', async ({
  page,
  api,
}) => {
  const isLive = { kind: 'compare', field: 'account.status', op: 'in', value: ['customer', 'trial'] };
  const { accounts: total } = await api.post<{ accounts: number }>('/accounts/count', { rule: isLive });
  await page.goto('/alerts');
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('link', { name: 'New rule' }).click();
  await expect(page.getByRole('heading', { name: /New rule/ })).toBeVisible();
  await page.getByRole('button', { name: 'Create rule' }).click();
  await expect(page.getByText('Enter a name')).toBeVisible();

  await page.getByLabel('Name').fill('All that live');
  await page.getByLabel('Reason').fill('Health is ');
  await page.getByRole('combobox', { name: 'Insert a value of the account' }).fill('Health score');
  await page.getByRole('option', { name: 'Health score', exact: true }).click();
  await expect(page.getByLabel('Reason')).toHaveValue('Health is {{health.score}}');
  await expect(page.getByText(/Health is (\d|unknown)/)).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const found = page.getByRole('complementary', { name: 'What it would find' });
  await expect(found.getByText(`Would fire on ${total} accounts today`)).toBeVisible();
  await expect(
    found.getByText(/^In the last \d+ days (not once|\d+ times?, of which \d+ before a churn)\.$/),
  ).toBeVisible();
  await expect(found.getByRole('list', { name: /^Accounts/ }).getByRole('link')).toHaveCount(20);
  await page.getByRole('button', { name: 'Create rule' }).click();

  const list = page.getByRole('table', { name: 'Alert rules' });
  const on = list.getByRole('switch', { name: 'All that live is on' });
  await expect(on).toBeChecked();
  await on.press('Space');
  await expect(on).not.toBeChecked();
  await list.getByRole('link', { name: 'All that live' }).click();
  await expect(page.getByRole('region', { name: 'Versions' }).getByRole('listitem')).not.toHaveCount(0);
  await page.getByRole('link', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Actions for All that live' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “All that live”?' });
  await dialog.getByRole('textbox').fill('All that live');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(list.getByRole('link', { name: 'All that live' })).toHaveCount(0);
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('looks on, and can act on nothing', async ({ page }) => {
    await page.goto('/alerts');
    await expect(page.getByRole('list', { name: 'Alerts by account' })).toBeVisible();
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Acknowledge/ })).toHaveCount(0);
  });

  test('reads the rules, and changes none', async ({ page }) => {
    await page.goto('/alerts/rules');
    const list = page.getByRole('table', { name: 'Alert rules' });
    await expect(list.getByRole('switch').first()).toBeDisabled();
    await expect(page.getByRole('link', { name: 'New rule' })).toHaveCount(0);
    await list.getByRole('link').first().click();
    await expect(page.getByRole('heading', { name: 'What it says' })).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
  });
});
