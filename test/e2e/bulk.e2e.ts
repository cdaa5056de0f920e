import type { Page } from '@playwright/test';
import type { AccountRow } from '@steward/shared/accounts';
import type { BulkAction } from '@steward/shared/bulk';
import type { Rule } from '@steward/shared/rules';
import { expectAccessible } from './support/accessible.js';
import {
  accountLinks,
  accountsGrid,
  countAccounts,
  expectAccounts,
  listAccounts,
  openAccounts,
} from './support/accounts-list.js';
import { type Api, expect, test } from './support/test.js';

const bar = (page: Page) => page.getByRole('toolbar', { name: 'The selected accounts' });
const toast = (page: Page, title: string | RegExp) => page.getByRole('alert').filter({ hasText: title });

async function selectFirst(page: Page, rows: number): Promise<void> {
  for (let row = 1; row <= rows; row += 1) await accountsGrid(page).getByRole('checkbox').nth(row).check();
  await expect(bar(page)).toContainText(`${rows} selected`);
}

/** The same by keyboard alone. */
async function selectFirstByKeys(page: Page, rows: number): Promise<void> {
  for (let row = 0; row < rows; row += 1) {
    await page.keyboard.press('j');
    await expect(accountsGrid(page).locator(`[row-index="${row}"] .ag-cell-focus`).first()).toBeVisible();
    await page.keyboard.press('x');
  }
  await expect(bar(page)).toContainText(`${rows} selected`);
}

const largest = async (api: Api, rows: number): Promise<AccountRow[]> => (await listAccounts(api)).slice(0, rows);

const newest = async (api: Api): Promise<BulkAction> =>
  (await api.get<{ actions: BulkAction[] }>('/bulk-actions')).actions[0]!;

const ownersOf = async (api: Api, ids: readonly string[]) =>
  (await listAccounts(api)).filter(({ id }) => ids.includes(id)).map(({ id, csm }) => [id, csm?.name ?? null]);

test('accounts ticked with X are assigned with A and leave the list of their owner; Undo gives them back', async ({
  page,
  api,
}) => {
  const all = await listAccounts(api);
  const owner = all.find(({ csm }) => csm?.userId)?.csm;
  const other = all.find(({ csm }) => csm?.userId && csm.userId !== owner?.userId)?.csm;
  if (!owner || !other) throw new Error('the sample company has too few CSMs');
  const owned = all.filter(({ csm }) => csm?.userId === owner.userId);
  const names = owned.map(({ name }) => name);
  const ids = owned.slice(0, 3).map(({ id }) => id);
  const before = await ownersOf(api, ids);

  await openAccounts(page, `?owner=${owner.userId}`);
  await expectAccounts(page, names);
  await selectFirstByKeys(page, 3);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign an owner' });
  await expect(dialog).toContainText('For 3 accounts');
  await expect(dialog).not.toContainText('leave your sight');
  await expect(dialog.getByRole('button', { name: 'Assign' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'Owner' }).click();
  await page.getByRole('option', { name: other.name }).click();
  await dialog.getByRole('button', { name: 'Assign' }).click();

  const result = toast(page, 'CSM assigned');
  await expect(result).toContainText('3 accounts changed.');
  await expect(bar(page)).toBeHidden();
  expect(await ownersOf(api, ids)).toEqual(before.map(([id]) => [id, other.name]));
  await expectAccounts(page, names.slice(3));

  await result.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Taking it back')).toContainText('3 accounts as before.');
  expect(await ownersOf(api, ids)).toEqual(before);
  await expectAccounts(page, names);
});

test('a shift-click ticks the rows between', async ({ page }) => {
  await openAccounts(page);
  const boxes = accountsGrid(page).getByRole('checkbox');
  await boxes.nth(1).click();
  await boxes.nth(5).click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('5 selected');
});

test('all that match are tagged, found by the server; what was changed since is left alone by undo', async ({
  page,
  api,
}) => {
  const rule: Rule = { kind: 'compare', field: 'account.status', op: 'in', value: ['customer'] };
  const { accounts } = await countAccounts(api, { rule });
  await openAccounts(page, '?status=customer');
  await accountsGrid(page).getByRole('checkbox').first().click();
  await expect(bar(page)).toContainText(`All ${accounts} that match selected`);
  await bar(page).getByRole('button', { name: 'Tag' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add and remove tags' });
  await dialog.getByLabel('Add').fill('spring');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Tag', exact: true }).click();
  const result = toast(page, 'Tagged spring');
  await expect(result).toContainText(`${accounts} accounts changed.`);

  const [changed] = await listAccounts(api, { rule });
  await api.post('/bulk-actions', {
    change: { kind: 'tag', remove: ['spring'] },
    selection: { kind: 'rows', accountIds: [changed?.id] },
  });
  await expect.poll(async () => (await newest(api)).state).toBe('done');
  await result.getByRole('button', { name: 'Undo' }).click();
  const undone = toast(page, 'Taking it back');
  await expect(undone).toContainText(`${accounts - 1} accounts as before, 1 was left alone.`);
  await expect(undone).toContainText('1 × It was changed again since');
  const download = page.waitForEvent('download');
  await undone.getByRole('button', { name: 'Which were left alone' }).click();
  expect((await download).suggestedFilename()).toBe('refused.csv');
});

test('tiers are set by hand with a reason and go back to the rules; a low pulse needs a reason', async ({
  page,
  api,
}) => {
  const ids = (await largest(api, 2)).map(({ id }) => id);
  const tiers = async () =>
    Promise.all(
      ids.map(async (id) => (await api.get<{ tierOverride: { tier: string } | null }>(`/accounts/${id}`)).tierOverride),
    );
  await openAccounts(page);
  await selectFirst(page, 2);
  await bar(page).getByRole('button', { name: 'Tier' }).click();
  const tier = page.getByRole('dialog', { name: 'Set the tier' });
  await tier.getByRole('combobox', { name: 'Tier' }).click();
  await page.getByRole('option').last().click();
  await expect(tier.getByRole('button', { name: 'Set tier' })).toBeDisabled();
  await tier.getByLabel('Reason').fill(`Key customers of the region ${Date.now()}`);
  await tier.getByRole('button', { name: 'Set tier' }).click();
  await expect(toast(page, /^Tier \w+ by hand/)).toContainText('2 accounts changed.');
  expect(await tiers()).toEqual([expect.anything(), expect.anything()]);

  await selectFirst(page, 2);
  await bar(page).getByRole('button', { name: 'Tier' }).click();
  await tier.getByText('Back to the rules').first().click();
  await tier.getByRole('button', { name: 'Back to the rules' }).click();
  await expect(toast(page, 'Tier back to the rules')).toContainText('2 accounts changed.');
  expect(await tiers()).toEqual([null, null]);

  await selectFirst(page, 2);
  await bar(page).getByRole('button', { name: 'Pulse' }).click();
  const pulse = page.getByRole('dialog', { name: 'Set the pulse' });
  await pulse.getByText('2', { exact: true }).click();
  await expect(pulse.getByRole('button', { name: 'Set pulse' })).toBeDisabled();
  await pulse.getByRole('checkbox', { name: 'Support' }).check();
  await pulse.getByRole('button', { name: 'Set pulse' }).click();
  const result = toast(page, 'Pulse 2');
  await expect(result).toContainText('2 accounts changed.');
  await result.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Taking it back')).toContainText('2 accounts as before.');
});

test('the alerts of selected accounts are snoozed with S, and woken with Undo', async ({ page, api }) => {
  const [account] = await largest(api, 1);
  if (!account) throw new Error('the sample company has no account');
  const raised = { kind: 'renewal', severity: 'medium', reason: `Ask about the renewal ${Date.now()}` };
  const { id } = await api.post<{ id: string }>(`/accounts/${account.id}/alerts`, raised);
  const state = async () => (await api.get<{ state: string }>(`/alerts/${account.id}/${id}`)).state;
  await openAccounts(page);
  await selectFirst(page, 1);
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Snooze the alerts' });
  await dialog.getByLabel('Reason').fill('A meeting is planned');
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  const result = toast(page, 'Alerts snoozed');
  await expect(result).toContainText('1 account changed.');
  expect(await state()).toBe('snoozed');
  await result.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Taking it back')).toContainText('1 account as before.');
  expect(await state()).toBe('open');
});

test('an order that the server refuses changes nothing and says why', async ({ page }) => {
  await openAccounts(page);
  await selectFirst(page, 1);
  await page.route('**/api/v1/bulk-actions', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 422,
          json: { code: 'NOTHING_SELECTED', message: 'None of your accounts is selected.' },
        })
      : route.continue(),
  );
  await bar(page).getByRole('button', { name: 'Tag' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add and remove tags' });
  await dialog.getByLabel('Add').fill('x');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Tag', exact: true }).click();
  await expect(toast(page, 'Nothing was changed')).toContainText('None of your accounts is selected.');
  await expect(dialog).toBeVisible();
});

test('the past can be taken along but not changed', async ({ page, api }) => {
  const { workspace } = await api.get<{ workspace: { today: string } }>('/me');
  const day = new Date(Date.parse(`${workspace.today}T00:00:00Z`) - 10 * 86_400_000).toISOString().slice(0, 10);
  await openAccounts(page, `?asOf=${day}`);
  await selectFirst(page, 1);
  await expect(bar(page).getByRole('button', { name: 'Export these' })).toBeVisible();
  await expect(bar(page).getByRole('button', { name: 'Assign' })).toHaveCount(0);
});

test.describe('a CSM', () => {
  test.use({ role: 'csm' });

  test('claims accounts and gives them back, and is told what was left alone', async ({ page, api }) => {
    await page.goto('/accounts');
    await expect(accountLinks(page).first()).toBeVisible();
    await selectFirst(page, 1);
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Assign an owner' });
    await expect(dialog).toContainText('You may claim accounts that have no owner');
    await expect(dialog).toContainText('Accounts that only other people own afterwards may leave your sight.');
    await dialog.getByText('Account manager', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await expect(toast(page, 'Account manager assigned')).toContainText(/1 account changed|1 was left alone/);
    const { id, mayUndo } = await newest(api);
    if (mayUndo) await api.post(`/bulk-actions/${id}/undo`, undefined);
  });
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('selects and exports, no more', async ({ page }) => {
    await openAccounts(page);
    await selectFirst(page, 1);
    await page.keyboard.press('a');
    await expect(bar(page).getByRole('button')).toHaveText([/^Select all/, 'Export these', 'Clear']);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});

test('the bar and the result are readable for everyone, light and dark', async ({ page }) => {
  await openAccounts(page);
  await selectFirst(page, 2);
  await expectAccessible(page, { part: '[role=toolbar]' });
  await bar(page).getByRole('button', { name: 'Tag', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Add').fill(`readable ${Date.now()}`);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Tag', exact: true }).click();
  const result = toast(page, 'Tagged readable');
  await expect(result).toContainText('2 accounts changed.');
  await expectAccessible(page, { part: '[role=alert]' });
  await result.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Taking it back')).toContainText('2 accounts as before.');
});

test('what each order asks is readable for everyone, light and dark', async ({ page }) => {
  await openAccounts(page);
  await selectFirst(page, 1);
  for (const [button, title] of [
    ['Assign', 'Assign an owner'],
    ['Tier', 'Set the tier'],
    ['Pulse', 'Set the pulse'],
    ['Tag', 'Add and remove tags'],
    ['Snooze', 'Snooze the alerts'],
    ['Start playbook', 'Start a playbook'],
  ] as const) {
    await test.step(title, async () => {
      await bar(page).getByRole('button', { name: button, exact: true }).click();
      const dialog = page.getByRole('dialog', { name: title });
      await expect(dialog).toBeVisible();
      await expectAccessible(page, { part: '[role=dialog]' });
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    });
  }
});
