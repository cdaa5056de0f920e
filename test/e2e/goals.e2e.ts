import type { Page } from '@playwright/test';
import type { AccountRow } from '@steward/shared/accounts';
import type { AlertInbox } from '@steward/shared/alerts';
import type { Goal, GoalDetail, GoalList } from '@steward/shared/goals';
import type { PlannedGoal, Playbook, PlaybookList } from '@steward/shared/playbooks';
import { expectAccessible } from './support/accessible.js';
import { accountsGrid, listAccounts, openAccounts } from './support/accounts-list.js';
import { type Api, expect, test } from './support/test.js';

async function playbookCalled(api: Api, key: string): Promise<Playbook> {
  const { playbooks } = await api.get<PlaybookList>('/playbooks');
  const found = playbooks.find((each) => each.key === key);
  if (!found) throw new Error(`there is no ready-made playbook ${key}`);
  return found;
}

const plannedOn = (api: Api, { id, definition }: Playbook, accountId: string): Promise<PlannedGoal> =>
  api.post<PlannedGoal>('/playbooks/dry-run', { definition, playbookId: id, accountId, startDay: null });

/** A customer on whom the playbook would start today. */
async function accountFor(api: Api, playbook: Playbook, fits: (planned: PlannedGoal) => boolean = () => true) {
  for (const account of await listAccounts(api)) {
    if (account.status !== 'customer') continue;
    const planned = await plannedOn(api, playbook, account.id);
    if (planned.refusal === null && fits(planned)) return { account, planned };
  }
  throw new Error('it would start on no account');
}

async function started(api: Api, key: string): Promise<{ account: AccountRow; goal: Goal }> {
  const playbook = await playbookCalled(api, key);
  const { account } = await accountFor(api, playbook);
  return { account, goal: await api.post<Goal>(`/accounts/${account.id}/goals`, { playbookId: playbook.id }) };
}

const act = (api: Api, { accountId, id, revision }: Goal, action: object) =>
  api.post<Goal>(`/goals/${accountId}/${id}/actions`, { ...action, revision });

const detail = (api: Api, { accountId, id }: Goal) => api.get<GoalDetail>(`/goals/${accountId}/${id}`);
const undo = (page: Page) => page.getByRole('alert').getByRole('button', { name: 'Undo' }).last();

test('a playbook is started with P once it has shown what it would make; its tasks are done and taken back', async ({
  page,
  api,
}) => {
  const playbook = await playbookCalled(api, 'detractor');
  const { account, planned } = await accountFor(api, playbook, ({ tasks }) => tasks.some(({ required }) => required));
  const [first] = planned.tasks;
  await page.goto(`/accounts/${account.id}?tab=goals`);
  await expect(page.getByRole('heading', { name: 'Goals', exact: true })).toBeVisible();

  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: `Start a playbook: ${account.name}` });
  await expect(dialog.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'Playbook' }).fill(playbook.definition.name);
  await page.getByRole('option', { name: playbook.definition.name }).click();
  const wouldBe = dialog.getByRole('list', { name: 'Tasks it would have' });
  await expect(wouldBe.getByRole('listitem')).toHaveCount(planned.tasks.length);
  await expect(wouldBe).toContainText(first?.title ?? '');
  await expectAccessible(page, { part: '[role="dialog"]', picture: 'start-playbook' });
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog).toBeHidden();

  const live = page.getByRole('list', { name: 'Live goals' });
  await live.getByRole('button', { name: new RegExp(playbook.definition.name) }).click();
  const goal = page.getByRole('complementary', { name: `Goal: ${playbook.definition.name}` });
  await expect(goal.getByText('All required tasks are done')).toBeVisible();
  const done = goal.getByRole('checkbox').first();
  await done.click();
  await expect(done).toBeChecked();
  await expect(goal.getByText(/^done /)).toBeVisible();
  await expect(goal.getByRole('img', { name: /of the way/ })).toBeVisible();
  await undo(page).click();
  await expect(done).not.toBeChecked();
  await expectAccessible(page, { part: '[role="dialog"]', picture: 'account-goal' });
});

test('a goal is marked as achieved with a reason, and taken back with undo', async ({ page, api }) => {
  const { account, goal } = await started(api, 'champion-left');
  await page.goto(`/goals?scope=all&goal=${account.id}.${goal.id}`);
  const panel = page.getByRole('complementary', { name: `Goal: ${goal.name}` });
  await panel.getByRole('button', { name: 'Mark as achieved' }).click();
  const dialog = page.getByRole('dialog', { name: `Mark as achieved: ${goal.name}` });
  await dialog.getByLabel('Note').fill('They have a new sponsor.');
  await dialog.getByRole('button', { name: 'Mark as achieved' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText(/Achieved: the target was reached\. They have a new sponsor\./)).toBeVisible();
  const ended = page.getByRole('region', { name: 'Ended in the last 30 days' });
  await expect(ended.getByRole('button', { name: `${account.name}: ${goal.name}` })).toBeVisible();
  expect(await detail(api, goal)).toMatchObject({ status: 'achieved', outcomeReason: 'targetReached' });

  await undo(page).click();
  await expect(ended.getByRole('button', { name: `${account.name}: ${goal.name}` })).toBeHidden();
  await expect(panel.getByRole('button', { name: 'Mark as achieved' })).toBeVisible();
  expect((await detail(api, goal)).endedDay).toBeNull();
});

test('what somebody else did in the meantime is said, and nothing is done over it', async ({ page, api }) => {
  const { account, goal } = await started(api, 'detractor');
  await page.goto(`/goals?scope=all&goal=${account.id}.${goal.id}`);
  const panel = page.getByRole('complementary', { name: `Goal: ${goal.name}` });
  await panel.getByRole('button', { name: `More for ${goal.name}` }).click();
  await page.getByRole('menuitem', { name: 'Cancel the goal…' }).click();
  const dialog = page.getByRole('dialog', { name: `Cancel the goal: ${goal.name}` });
  await expect(dialog.getByRole('checkbox', { name: /open task/ })).toBeChecked();
  const now = await detail(api, goal);
  const year = Number(goal.dueDay.slice(0, 4)) + 1;
  await act(api, { ...goal, revision: now.revision }, { action: 'extend', dueDay: `${year}-01-15` });

  await dialog.getByRole('combobox', { name: 'Why' }).click();
  await page.getByRole('option', { name: 'The customer declined' }).click();
  // What is shown follows by itself; a person who was quicker than that is told.
  await page.route('**/actions', (route) => {
    const body = route.request().postDataJSON() as { revision: number };
    return route.continue({ postData: JSON.stringify({ ...body, revision: now.revision }) });
  });
  await dialog.getByRole('button', { name: 'Cancel the goal' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'It has changed since you looked at it' })).toBeVisible();
  await expect(panel.getByText(`Given more time, until 15 Jan ${year}`)).toBeVisible();
  expect((await detail(api, goal)).endedDay).toBeNull();
});

test('an alert offers its playbook first', async ({ page, api }) => {
  const { rows } = await api.get<AlertInbox>('/alerts?scope=all&state=open,acknowledged');
  const row = rows.find(({ top }) => top.playbook !== null);
  if (!row?.top.playbook) throw new Error('no alert of the sample company offers a playbook');
  await page.goto(`/alerts?open=${row.account.id}~${row.top.id}`);
  const drawer = page.getByRole('complementary', { name: `Alert: ${row.account.name}` });
  await drawer.getByRole('button', { name: `Start a playbook: ${row.account.name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Start a playbook: ${row.account.name}` });
  await expect(dialog.getByRole('combobox', { name: 'Playbook' })).toHaveValue(row.top.playbook.name);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});

test('a playbook is started on the accounts that are ticked, and taken back', async ({ page, api }) => {
  const playbook = await playbookCalled(api, 'adoption');
  const before = (await api.get<GoalList>(`/goals?scope=all&playbookId=${playbook.id}`)).total;
  await openAccounts(page);
  for (const row of [1, 2, 3]) await accountsGrid(page).getByRole('checkbox').nth(row).check();
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Start a playbook' });
  await expect(dialog).toContainText('For 3 accounts');
  await dialog.getByRole('combobox', { name: 'Playbook' }).fill(playbook.definition.name);
  await page.getByRole('option', { name: playbook.definition.name }).click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  const result = page.getByRole('alert').filter({ hasText: 'Playbook started' });
  await expect(result).toContainText(/account|left alone/);
  const after = (await api.get<GoalList>(`/goals?scope=all&playbookId=${playbook.id}`)).total;
  if (after > before) {
    await result.getByRole('button', { name: 'Undo' }).click();
    await expect
      .poll(async () => (await api.get<GoalList>(`/goals?scope=all&playbookId=${playbook.id}`)).total)
      .toBe(before);
  }
});

test('goals stand on a board by status, moved through by arrow keys', async ({ page, api }) => {
  await started(api, 'champion-left');
  await page.goto('/goals?scope=all');
  await expect(page.getByRole('status').filter({ hasText: /live goals?/ })).toBeVisible();
  const cards = page.locator('[data-card]');
  await expect(cards.first()).toBeVisible();
  await page.keyboard.press('j');
  const first = await cards.evaluateAll((all) => all.indexOf(document.activeElement as HTMLElement));
  expect(first).toBe(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /^Goal: / })).toBeVisible();
  await expect(page).toHaveURL(/goal=/);
  await expectAccessible(page, { picture: 'goals-board' });
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/goal=/);
});

test('the list sorts by each column and keeps it in the address; the filters follow to the next tab', async ({
  page,
  api,
}) => {
  const { rows } = await api.get<GoalList>('/goals?scope=all');
  await page.goto('/goals/list?scope=all');
  const table = page.getByRole('table', { name: 'Goals' });
  await table.getByRole('button', { name: 'ARR' }).click();
  await expect(page).toHaveURL(/sort=arr:desc/);
  const largest = rows.toSorted((a, b) => (b.account.arrMinor ?? -1) - (a.account.arrMinor ?? -1))[0];
  await expect(table.getByRole('row').nth(1)).toContainText(largest?.account.name ?? '');
  await expectAccessible(page, { picture: 'goals-list' });

  await page.getByRole('textbox', { name: 'Search by account or goal' }).fill('nothing is called so');
  await expect(page.getByRole('heading', { name: 'No goal matches' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Goals' }).getByRole('link', { name: 'Board' }).click();
  await expect(page).toHaveURL(/text=nothing/);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page).not.toHaveURL(/text=/);
});

test('the calendar shows what is due, a month at a time, by keyboard', async ({ page, api }) => {
  const { account, goal } = await started(api, 'detractor');
  const [year, month] = goal.dueDay.split('-');
  await page.goto(`/goals/calendar?scope=all&month=${year}-${month}`);
  const grid = page.getByRole('grid', { name: 'Due days' });
  const cell = grid.locator(`[data-day="${goal.dueDay}"]`);
  await expect(cell).toContainText(account.name);
  await expectAccessible(page, { picture: 'goals-calendar' });
  const first = grid.locator('[tabindex="0"][data-day]');
  await first.focus();
  const from = await first.getAttribute('data-day');
  await page.keyboard.press('ArrowDown');
  await expect(grid.locator(`[data-day]:focus`)).not.toHaveAttribute('data-day', from ?? '');
  await page.keyboard.press('PageDown');
  await expect(page).not.toHaveURL(new RegExp(`month=${year}-${month}(&|$)`));
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('looks on, and starts nothing', async ({ page, api }) => {
    const { rows } = await api.get<GoalList>('/goals?scope=all');
    const [row] = rows;
    if (!row) throw new Error('the sample company has no live goal');
    await page.goto(`/goals?scope=all&goal=${row.account.id}.${row.goal.id}`);
    const panel = page.getByRole('complementary', { name: `Goal: ${row.goal.name}` });
    await expect(panel.getByRole('heading', { name: 'History' })).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Mark as achieved' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
