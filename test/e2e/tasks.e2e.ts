import type { Page } from '@playwright/test';
import type { Task, TaskList } from '@steward/shared/tasks';
import { expectAccessible } from './support/accessible.js';
import { scoredAccount } from './support/accounts-list.js';
import { type Api, expect, test } from './support/test.js';

async function aTask(api: Api, title: string): Promise<Task> {
  const account = await scoredAccount(api);
  return api.post<Task>(`/accounts/${account.id}/tasks`, { title, guidance: `How to: ${title}` });
}

const rowOf = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

const stateOf = async (api: Api, { accountId, id }: Task): Promise<string | undefined> => {
  const { rows } = await api.get<TaskList>(`/tasks?scope=all&accountId=${accountId}&state=open,done,skipped,cancelled`);
  return rows.find(({ task }) => task.id === id)?.task.state;
};

test('a task is made, opened with its guidance, completed by keyboard, and taken back', async ({ page, api }) => {
  const title = `Call the sponsor ${Date.now()}`;
  const account = await scoredAccount(api);
  await page.goto('/goals/tasks');
  await page.getByRole('button', { name: 'New task' }).click();
  const dialog = page.getByRole('dialog', { name: 'New task' });
  await dialog.getByRole('combobox', { name: 'Account' }).fill(account.name);
  await page.getByRole('option', { name: account.name, exact: true }).click();
  await dialog.getByLabel('What is to be done').fill(title);
  await dialog.getByLabel('Guidance').fill('Ask about the budget');
  await dialog.getByRole('button', { name: 'Make the task' }).click();
  await page.getByRole('textbox', { name: 'Search by task or account' }).fill(title);
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('checkbox') })).toHaveCount(1);
  await page.keyboard.press('Tab');

  await rowOf(page, title).getByRole('button', { name: title, exact: true }).click();
  const drawer = page.getByRole('complementary', { name: `Task: ${title}` });
  await expect(drawer).toContainText('Ask about the budget');
  await expect(page).toHaveURL(/open=/);
  await expectAccessible(page, { picture: 'tasks' });
  await drawer.getByRole('button', { name: 'Close the task' }).click();

  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await expect(rowOf(page, title)).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(rowOf(page, title)).toHaveCount(1);
});

test('several tasks are snoozed at once, and stand under their own heading', async ({ page, api }) => {
  const stamp = `batch ${Date.now()}`;
  await aTask(api, `First of ${stamp}`);
  await aTask(api, `Second of ${stamp}`);
  await page.goto(`/goals/tasks?text=${encodeURIComponent(stamp)}`);
  for (const each of ['First', 'Second']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Select ${each} of ${stamp}`) }).check();
  }
  await expect(page.getByText('2 tasks selected')).toBeVisible();
  await page.getByRole('button', { name: 'Snooze', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Snooze: 2 tasks' });
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  const snoozed = page.getByRole('button', { name: 'Snoozed' });
  await expect(snoozed).toHaveAttribute('aria-expanded', 'false');
  await snoozed.click();
  await expect(rowOf(page, stamp)).toHaveCount(2);
});

test('of two people who complete a task the second reads who was first', async ({ page, api }) => {
  const task = await aTask(api, `Once only ${Date.now()}`);
  await page.goto(`/goals/tasks?text=${encodeURIComponent(task.title)}`);
  const done = page.getByRole('checkbox', { name: `Complete: ${task.title}` });
  await expect(done).toBeVisible();
  // The page hears of it a moment later; until then it believes that the task is open.
  await page.route('**/api/v1/live**', (route) => route.abort());
  await page.route('**/api/v1/tasks?**', (route) => route.abort());
  await api.post('/tasks/actions', { action: 'complete', tasks: [task], note: null }).catch(async () => {
    const { accountId, id, revision } = task;
    await api.post('/tasks/actions', { action: 'complete', tasks: [{ accountId, id, revision }], note: null });
  });
  await done.click();
  await expect(page.getByText(/Ingrid Admin/).last()).toBeVisible();
  expect(await stateOf(api, task)).toBe('done');
});

test('what the filters leave empty is said, and they can be cleared', async ({ page }) => {
  await page.goto('/goals/tasks?text=nobody-at-all');
  await expect(page.getByRole('heading', { name: 'No task matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page).toHaveURL('/goals/tasks');
});
