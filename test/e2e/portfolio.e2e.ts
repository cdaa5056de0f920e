import type { Page } from '@playwright/test';
import type { BandMovement, Portfolio } from '@steward/shared/portfolio';
import type { ReportScheduleList } from '@steward/shared/report-schedules';
import { expectAccessible } from './support/accessible.js';
import { type Api, expect, test } from './support/test.js';

/** What the account list says that it shows: “12 accounts”. */
const shownAccounts = (page: Page) => page.getByRole('main').getByRole('status').first();
const countWords = (accounts: number): RegExp => new RegExp(`^${accounts} accounts?`);

async function busiestOwner(api: Api) {
  const { rows } = await api.get<Portfolio>('/reports/portfolio');
  const owners = rows.filter(({ owner, accounts }) => owner.userId !== null && accounts > 0);
  const [first] = owners.toSorted((a, b) => b.accounts - a.accounts);
  if (!first?.owner.name) throw new Error('The sample has no owner with accounts.');
  return { ...first, name: first.owner.name };
}

test('books of owners are sorted, put together by team, and a figure opens exactly its accounts', async ({
  page,
  api,
}) => {
  const owner = await busiestOwner(api);
  await page.goto('/portfolio');
  const table = page.getByRole('region', { name: 'Books and work by owner' });
  await table.getByRole('button', { name: 'Accounts', exact: true }).click();
  await expect(table.getByRole('columnheader', { name: 'Accounts' })).toHaveAttribute('aria-sort', 'descending');
  await expect(table.getByRole('row').nth(2)).toContainText(String(owner.accounts));
  // The address holds all of it.
  await page.reload();
  await expect(table.getByRole('columnheader', { name: 'Accounts' })).toHaveAttribute('aria-sort', 'descending');

  await page.getByText('By team', { exact: true }).click();
  await expect(table.getByRole('rowheader', { name: /^Team of / }).first()).toBeVisible();
  await expectAccessible(page, { part: 'main', picture: 'portfolio-teams' });

  await table.getByRole('link', { name: `${owner.name}: Accounts ${owner.accounts}` }).click();
  await expect(page).toHaveURL(/\/accounts\?/);
  await expect(shownAccounts(page)).toHaveText(countWords(owner.accounts));
});

test('a move between bands opens who moved, and the list says what it asks', async ({ page, api }) => {
  const { cells } = await api.get<BandMovement>('/reports/band-movement');
  const stayed = cells.find(({ from, to, accounts }) => from === 'healthy' && to === 'healthy' && accounts > 0);
  if (!stayed) throw new Error('The sample has no account that stayed healthy.');
  await page.goto('/portfolio?tab=bands');
  const matrix = page.getByRole('region', { name: /^Band movement: arrow keys/ });
  const cell = matrix.getByRole('link', { name: /stayed healthy/ });
  await expect(cell).toBeVisible();
  await expectAccessible(page, { part: 'main', picture: 'portfolio-bands' });
  // One stop of the Tab key, and arrows from there.
  await cell.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/parts=/);
  await page.goBack();
  await cell.click();
  await expect(shownAccounts(page)).toHaveText(countWords(stayed.accounts));
  await page.getByRole('button', { name: /^Clear the filter Report: healthy on/ }).click();
  await expect(page).not.toHaveURL(/parts=/);
});

test('renewals, churn, playbooks and the lifecycle say what they show, in words, charts and tables', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const parts = [
    { address: '/portfolio?tab=renewals', card: 'Renewals by month and state' },
    { address: '/portfolio?tab=churn', card: /ARR lost by month|No churn in these months/ },
    { address: '/portfolio?tab=plays', card: 'Effect of playbooks' },
    { address: '/lifecycle', card: 'Where accounts stand' },
    { address: '/lifecycle?tab=stuck&pace=behind', card: 'Lifecycle' },
  ];
  for (const [at, { address, card }] of parts.entries()) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: card }).first()).toBeVisible();
    await expect(page.locator('main .mantine-Skeleton-root')).toHaveCount(0);
    await expectAccessible(page, { part: 'main', picture: `portfolio-part-${at}` });
  }
  await page.goto('/lifecycle');
  await page.getByRole('button', { name: 'Show Where accounts stand as a table' }).click();
  const stages = page.getByRole('region', { name: 'Where accounts stand as a table' });
  const total = stages.getByRole('row').filter({ hasText: 'Established' }).getByRole('link').first();
  const accounts = Number(await total.textContent());
  await total.click();
  await expect(shownAccounts(page)).toHaveText(countWords(accounts));
});

test.describe('as a CSM', () => {
  test.use({ role: 'csm' });

  test('one’s own book, by mail to oneself', async ({ page, api }) => {
    await page.goto('/portfolio');
    await expect(page.getByRole('rowheader', { name: /^Carla Mendes/ })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: /^Greta Holm/ })).toHaveCount(0);

    await page.getByRole('button', { name: 'Schedule…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send by mail' });
    await expect(dialog.getByText('It comes to you.')).toBeVisible();
    await dialog.getByLabel('Name').fill('My book');
    await expectAccessible(page, { part: '[role=dialog]', picture: 'portfolio-schedule' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();

    await page.goto('/settings/reports');
    const row = page.getByRole('row').filter({ hasText: 'My book' });
    await expect(row).toContainText('Every Monday at 08:00');
    await expectAccessible(page, { part: 'main', picture: 'settings-reports' });
    await row.getByRole('button', { name: 'What can be done with My book' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await expect(row).toContainText('Paused');
    await row.getByRole('button', { name: 'What can be done with My book' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(row).toHaveCount(0);
    expect((await api.get<ReportScheduleList>('/report-schedules')).schedules).toEqual([]);
  });
});
