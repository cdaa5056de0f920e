import { expect, type Locator, type Page } from '@playwright/test';
import type { AccountCount, AccountPage, AccountQuery, AccountRow } from '@steward/shared/accounts';
import type { Rule } from '@steward/shared/rules';
import type { Api } from './test.js';

/** The Accounts page as a person reads it. */
export const accountsGrid = (page: Page): Locator => page.getByRole('grid', { name: 'Accounts' });

export const accountLinks = (page: Page): Locator => accountsGrid(page).getByRole('link');

export async function openAccounts(page: Page, search = ''): Promise<void> {
  await page.goto(`/accounts${search}`);
  await expect(accountLinks(page).first()).toBeVisible();
}

/** Names of the accounts on screen, from top to bottom. */
export async function namesOnScreen(page: Page): Promise<string[]> {
  const rows = await accountLinks(page).evaluateAll((links) =>
    links.map((link) => ({
      at: Number(link.closest('[row-index]')?.getAttribute('row-index')),
      name: link.textContent ?? '',
    })),
  );
  return rows.sort((a, b) => a.at - b.at).map(({ name }) => name);
}

/** The first of the list stand on screen in this order; what lies below the fold is not drawn. */
export async function expectAccounts(page: Page, names: readonly string[]): Promise<void> {
  await expect(async () => {
    const shown = await namesOnScreen(page);
    expect(shown.length).toBeGreaterThanOrEqual(Math.min(names.length, 10));
    expect(shown).toEqual(names.slice(0, shown.length));
  }).toPass({ timeout: 10_000 });
}

const amount = (text: string | null): number => Math.round(Number((text ?? '').replaceAll(/[^\d.]/g, '')) * 100);

/** "40 accounts · ARR $514.1K", with the exact amount on hover. */
export async function expectTotals(page: Page, { accounts, arrMinor }: AccountCount): Promise<void> {
  const totals = page.getByRole('status').filter({ hasText: 'ARR' });
  await expect(totals).toContainText(`${accounts} ${accounts === 1 ? 'account' : 'accounts'} · ARR`);
  await expect.poll(async () => amount(await totals.getByTitle(/\d/).getAttribute('title'))).toBe(arrMinor);
}

export interface Question {
  rule?: Rule;
  text?: string;
  asOf?: string;
}

export const countAccounts = (api: Api, question: Question = {}): Promise<AccountCount> =>
  api.post<AccountCount>('/accounts/count', question);

export async function listAccounts(
  api: Api,
  { sort = [{ field: 'account.arr', direction: 'desc' }], ...question }: Question & Pick<AccountQuery, 'sort'> = {},
): Promise<AccountRow[]> {
  return (await api.post<AccountPage>('/accounts/query', { ...question, sort, limit: 500 })).rows;
}

/** An account that fits, with the fewest surprises for a test: a scored customer. */
export async function scoredAccount(
  api: Api,
  fits: (account: AccountRow) => boolean = () => true,
): Promise<AccountRow> {
  const found = (await listAccounts(api)).find(
    (account) => account.status === 'customer' && account.score !== null && fits(account),
  );
  if (!found) throw new Error('the sample company has no such account');
  return found;
}
