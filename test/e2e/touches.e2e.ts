import type { Page } from '@playwright/test';
import type { AccountPlan } from '@steward/shared/account-plan';
import type { AccountRow } from '@steward/shared/accounts';
import type { TaskList } from '@steward/shared/tasks';
import type { Timeline } from '@steward/shared/timeline';
import { expectAccessible } from './support/accessible.js';
import { scoredAccount } from './support/accounts-list.js';
import { type Api, expect, test } from './support/test.js';

const touchesOf = async (api: Api, { id }: AccountRow): Promise<Timeline['entries']> =>
  (await api.get<Timeline>(`/accounts/${id}/timeline?kinds=touchpoint`)).entries;

async function openAccount(page: Page, account: AccountRow, search = ''): Promise<void> {
  await page.goto(`/accounts/${account.id}${search}`);
  await expect(page.getByRole('heading', { name: account.name })).toBeVisible();
}

test('T, one line and Ctrl+Enter log a touch on the account in view; undo takes it back', async ({ page, api }) => {
  const account = await scoredAccount(api);
  const text = `Spoke about the rollout ${Date.now()}`;
  await openAccount(page, account, '?tab=timeline');
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Log a touch' });
  await expect(dialog.getByText(account.name)).toBeVisible();
  await expect(dialog.getByLabel('What happened')).toBeFocused();
  await expectAccessible(page, { part: '[role=dialog]', picture: 'touch' });
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Timeline' }).getByText(text)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The touch was taken back')).toBeVisible();
  expect((await touchesOf(api, account)).map((entry) => entry.text)).not.toContain(text);
});

test('a touch with a colleague named and a next step tells them, makes a task and stands on the plan', async ({
  page,
  api,
}) => {
  const account = await scoredAccount(api, ({ csm }) => csm !== null);
  const step = `Send the plan ${Date.now()}`;
  const first = account.csm?.name.split(' ')[0] ?? '';
  await openAccount(page, account);
  await page.getByRole('button', { name: 'Log a touch' }).click();
  const dialog = page.getByRole('dialog', { name: 'Log a touch' });
  await dialog.getByText('Meeting', { exact: true }).click();
  await dialog.getByLabel('What happened').fill('');
  await dialog.getByLabel('What happened').pressSequentially(`Went through the numbers, @${first}`);
  await expect(page.getByRole('option', { name: new RegExp(`^${account.csm?.name}`) })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('What happened')).toHaveValue(`Went through the numbers, @${account.csm?.name} `);
  await dialog.getByRole('button', { name: 'Next step' }).click();
  await page.keyboard.type(step);
  await dialog.getByRole('button', { name: 'Log it' }).click();
  await expect(page.getByText(`told ${account.csm?.name}`)).toBeVisible();
  await expect(page.getByText(step)).toBeVisible();
  const { rows } = await api.get<TaskList>(`/tasks?scope=mine&accountId=${account.id}`);
  expect(rows.map(({ task }) => task.title)).toContain(step);
  expect((await api.get<AccountPlan>(`/accounts/${account.id}/plan`)).nextStep?.text).toBe(step);

  await page.getByRole('button', { name: 'The next step is done' }).click();
  await expect(page.getByText('No next step is set')).toBeVisible();
});

test('from a page without an account one is picked first; what lies ahead is no touch', async ({ page, api }) => {
  const account = await scoredAccount(api);
  await page.goto('/segments');
  await expect(page.getByRole('heading', { name: 'Segments', exact: true })).toBeVisible();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Log a touch' });
  await dialog.getByRole('combobox', { name: 'Account' }).fill(account.name);
  await page.getByRole('option', { name: account.name, exact: true }).click();
  await dialog.getByRole('button', { name: 'Log it' }).click();
  await expect(dialog.getByText('Say in a line what happened')).toBeVisible();
});

test('the timeline is filtered by kind and by words, and a touch is changed and removed there', async ({
  page,
  api,
}) => {
  const account = await scoredAccount(api);
  const text = `A note to find ${Date.now()}`;
  await api.post(`/accounts/${account.id}/touchpoints`, { kind: 'note', text });
  await openAccount(page, account, '?tab=timeline');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('textbox', { name: 'Search the timeline' }).fill(text);
  await expect(timeline.getByRole('listitem')).toHaveCount(1);
  await expect(page).toHaveURL(/text=/);
  await timeline.getByRole('button', { name: /^Touches 1$/ }).click();
  await expect(page).toHaveURL(/kinds=touchpoint/);
  await expectAccessible(page, { picture: 'timeline' });
  await timeline.getByRole('button', { name: 'Edit this touch' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit the touch' });
  await dialog.getByLabel('What happened').fill(`${text}, corrected`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(timeline.getByText(`${text}, corrected`)).toBeVisible();
  await timeline.getByRole('button', { name: 'Remove this touch' }).click();
  await expect(timeline.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(timeline.getByText(`${text}, corrected`)).toBeVisible();
});
