import type { Locator, Page } from '@playwright/test';
import type { AccountDetail, AccountRow } from '@steward/shared/accounts';
import { accountsGrid, openAccounts, scoredAccount } from './support/accounts-list.js';
import { type Api, expect, test } from './support/test.js';

const detail = (api: Api, { id }: AccountRow) => api.get<AccountDetail>(`/accounts/${id}`);
const shown = (score: number | null): string => String(Math.floor(score ?? Number.NaN));

/** Three urgent tickets: the most that the default profile takes points off for. */
async function urgentTickets(api: Api, account: AccountRow): Promise<void> {
  for (const n of [1, 2, 3]) {
    const answer = await api.post('/facts/ticket', {
      account: account.externalId,
      id: `live-${account.externalId}-${n}`,
      opened: new Date().toISOString(),
      priority: 'urgent',
      status: 'open',
      subject: 'Nothing works',
    });
    expect(answer).toMatchObject({ success: true });
  }
}

/** The place shows what the server says, and no longer what it said at first: facts that follow each other may move it twice. */
async function follows(place: Locator, api: Api, account: AccountRow): Promise<void> {
  await expect(async () => {
    const score = shown((await detail(api, account)).score);
    expect(score).not.toBe(shown(account.score));
    await expect(place).toContainText(score, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

/** A mark that is gone once the page was loaded again. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { sinceLoad: true }));
const wasNotLoadedAgain = (page: Page) => page.evaluate(() => 'sinceLoad' in window);

const calm = ({ band }: AccountRow) => band === 'healthy' || band === 'watch';

test('a score that facts change appears on the account’s open page without a reload', async ({ page, api }) => {
  const account = await scoredAccount(api, calm);
  await page.goto(`/accounts/${account.id}`);
  await expect(page.getByTitle(/^Score /).first()).toHaveText(shown(account.score));
  await mark(page);
  await urgentTickets(api, account);
  await follows(page.getByTitle(/^Score /).first(), api, account);
  expect(await wasNotLoadedAgain(page)).toBe(true);
});

test('a row of the list follows in place, and its order is renewed when the reader asks', async ({ page, api }) => {
  const first = await scoredAccount(api, calm);
  const account = await scoredAccount(api, (each) => calm(each) && each.id !== first.id);
  await openAccounts(page, `?text=${encodeURIComponent(account.name)}`);
  const inRow = accountsGrid(page)
    .locator(`[row-id="${account.id}"]`)
    .getByTitle(/^Score /);
  await expect(inRow).toContainText(shown(account.score));
  await mark(page);
  await urgentTickets(api, account);
  await follows(inRow, api, account);
  const pill = page.getByRole('button', { name: '1 changed, refresh' });
  await expect(pill).toBeVisible();
  await pill.click();
  await expect(pill).toBeHidden();
  await follows(inRow, api, account);
  expect(await wasNotLoadedAgain(page)).toBe(true);
});
