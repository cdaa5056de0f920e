import type { Page } from '@playwright/test';
import type { AccountRow } from '@steward/shared/accounts';
import type { Rule } from '@steward/shared/rules';
import { countAccounts, expectAccounts, expectTotals, listAccounts, openAccounts } from './support/accounts-list.js';
import { type Api, expect, test } from './support/test.js';

const bar = (page: Page) => page.getByRole('search', { name: 'Filter accounts' });

async function openFilter(page: Page, name: string) {
  await bar(page).getByRole('button', { name, exact: true }).click();
  return page.getByRole('dialog');
}

const tick = (filter: string, ...options: string[]) =>
  async function choose(page: Page): Promise<void> {
    const popover = await openFilter(page, filter);
    for (const option of options) await popover.getByRole('checkbox', { name: option, exact: true }).check();
    await page.keyboard.press('Escape');
  };

const oneOf = (field: string, ...value: string[]): Rule => ({ kind: 'compare', field, op: 'in', value });
const ownedBy = (userId: string): Rule => ({
  kind: 'any',
  rules: [oneOf('account.csm', userId), oneOf('account.am', userId)],
});

interface Filter {
  name: string;
  choose: (page: Page) => Promise<void>;
  /** What stands in the bar once it is chosen. */
  shown: string;
  /** The same question, asked by rule. */
  rule: (accounts: readonly AccountRow[]) => Rule;
}

const filters: readonly Filter[] = [
  {
    name: 'band',
    choose: tick('Band', 'Watch', 'Unknown'),
    shown: 'Watch, Unknown',
    rule: () => oneOf('health.band', 'watch', 'unknown'),
  },
  { name: 'tier', choose: tick('Tier', 'Tier 2'), shown: 'Tier 2', rule: () => oneOf('tier', 'T2') },
  { name: 'stage', choose: tick('Stage', 'Adoption'), shown: 'Adoption', rule: () => oneOf('stage', 'adoption') },
  {
    name: 'owner',
    choose: tick('Owner', 'Carla Mendes'),
    shown: 'Carla Mendes',
    rule: (accounts) => ownedBy(accounts.find(({ csm }) => csm?.name === 'Carla Mendes')?.csm?.userId ?? ''),
  },
  {
    name: 'ARR',
    choose: async (page) => {
      const popover = await openFilter(page, 'ARR');
      await popover.getByLabel('From').fill('5000');
      await popover.getByLabel('To').fill('25000');
      await page.keyboard.press('Escape');
    },
    shown: '$5K to $25K',
    rule: () => ({ kind: 'compare', field: 'account.arr', op: 'between', value: [5000, 25000] }),
  },
  {
    name: 'renewal',
    choose: async (page) => {
      await (await openFilter(page, 'Renewal')).getByRole('button', { name: 'In the next 90 days' }).click();
    },
    shown: 'next 90 days',
    rule: () => ({ kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 }),
  },
  {
    name: 'status',
    choose: tick('Status', 'Churned'),
    shown: 'Churned',
    rule: () => oneOf('account.status', 'churned'),
  },
  {
    name: 'any signal',
    choose: async (page) => {
      const popover = await openFilter(page, 'More');
      await popover.getByRole('combobox', { name: 'Field or signal' }).fill('Open tickets');
      await popover.getByRole('option', { name: 'Open tickets', exact: true }).click();
      await popover.getByLabel('Value').fill('1');
      await popover.getByRole('button', { name: 'Add condition' }).click();
    },
    shown: 'Open tickets',
    rule: () => ({ kind: 'compare', field: 'support.open_tickets', op: 'gte', value: 1 }),
  },
];

for (const { name, choose, shown, rule } of filters) {
  test(`the filter by ${name} shows the accounts that meet it, with their number and ARR`, async ({ page, api }) => {
    const accounts = await listAccounts(api);
    const asked = rule(accounts);
    const wanted = await listAccounts(api, { rule: asked });
    await openAccounts(page);
    await choose(page);
    await expect(bar(page)).toContainText(shown);
    // Of the sample's accounts there may be none today that meets it.
    if (wanted.length > 0) {
      await expectTotals(page, await countAccounts(api, { rule: asked }));
      await expectAccounts(
        page,
        wanted.map((account) => account.name),
      );
    } else await expect(page.getByRole('heading', { name: 'No account matches' })).toBeVisible();
  });
}

test('the search finds by name, by id and by domain', async ({ page, api }) => {
  const [, , account] = await listAccounts(api);
  await openAccounts(page);
  const field = page.getByLabel('Search by name, id or domain');
  for (const text of [account?.name.toUpperCase() ?? '', account?.externalId ?? '']) {
    await field.fill(text);
    await expectTotals(page, await countAccounts(api, { text }));
    await expectAccounts(
      page,
      (await listAccounts(api, { text })).map(({ name }) => name),
    );
  }
});

test('a list that was asked anew faster than it answers shows the last question', async ({ page, api }) => {
  await openAccounts(page);
  const answers: (() => void)[] = [];
  await page.route('**/accounts/query', async (route) => {
    await new Promise<void>((resolve) => answers.push(resolve));
    await route.continue().catch(() => undefined);
  });
  const field = page.getByLabel('Search by name, id or domain');
  for (const [at, text] of ['a', 'e', 'o'].entries()) {
    await field.fill(text);
    await expect.poll(() => answers.length).toBeGreaterThan(at);
  }
  await page.unroute('**/accounts/query');
  for (const answer of answers) answer();
  await expectAccounts(
    page,
    (await listAccounts(api, { text: 'o' })).map(({ name }) => name),
  );
});

async function namesByHealth(api: Api, direction: 'asc' | 'desc'): Promise<string[]> {
  const accounts = await listAccounts(api, { sort: [{ field: 'health.score', direction }] });
  return accounts.map(({ name }) => name);
}

test('rows that could not be loaded are told over the list, and come when they are asked for again', async ({
  page,
  api,
}) => {
  await openAccounts(page);
  const fail = () => page.route('**/accounts/query', (route) => route.fulfill({ status: 503, body: '' }));
  const told = page.getByRole('alert').filter({ hasText: 'The list could not be loaded' });
  await fail();
  await page.getByRole('columnheader', { name: 'Health' }).click();
  await expect(told).toBeVisible();
  await page.unroute('**/accounts/query');
  await told.getByRole('button', { name: 'Try again' }).click();
  await expectAccounts(page, await namesByHealth(api, 'asc'));
  await expect(told).toBeHidden();

  await fail();
  await page.getByRole('columnheader', { name: 'Health' }).click();
  await expect(told).toBeVisible();
  await page.unroute('**/accounts/query');
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await expectAccounts(page, await namesByHealth(api, 'desc'));
  await expect(told).toBeHidden();
});

test('the shapes beside the totals are switches of the band', async ({ page, api }) => {
  const rule = oneOf('health.band', 'watch');
  await openAccounts(page);
  const watch = page.getByRole('button', { name: /^Watch: \d+ account/ });
  await watch.click();
  await expect(watch).toHaveAttribute('aria-pressed', 'true');
  await expectTotals(page, await countAccounts(api, { rule }));
  await watch.click();
  await expectTotals(page, await countAccounts(api));
});

test('filters and sort stand in the address: a reload and a sent link show the same', async ({
  page,
  api,
  browser,
  signedIn,
  baseURL,
}) => {
  await openAccounts(page);
  await tick('Band', 'Healthy')(page);
  await tick('Tier', 'Tier 2', 'Tier 3')(page);
  await page.getByRole('columnheader', { name: 'Health' }).click();
  const rule: Rule = { kind: 'all', rules: [oneOf('health.band', 'healthy'), oneOf('tier', 'T2', 'T3')] };
  const wanted = (await listAccounts(api, { rule, sort: [{ field: 'health.score', direction: 'asc' }] })).map(
    ({ name }) => name,
  );
  await expectAccounts(page, wanted);
  await page.reload();
  await expect(bar(page)).toContainText('Tier 2, Tier 3');
  await expectAccounts(page, wanted);

  const colleague = await browser.newContext({ baseURL, storageState: await signedIn('viewer') });
  const theirs = await colleague.newPage();
  await theirs.goto(page.url());
  await expect(bar(theirs)).toContainText('Healthy');
  await expectAccounts(theirs, wanted);
  await colleague.close();

  await page.getByRole('button', { name: 'Clear the filter Tier' }).click();
  await expect(bar(page)).not.toContainText('Tier 2');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expectTotals(page, await countAccounts(api));
});

test('another number of days to the renewal is set by a button that shows its word whole', async ({ page }) => {
  await openAccounts(page);
  const popover = await openFilter(page, 'Renewal');
  const set = popover.getByRole('button', { name: 'Set' });
  expect(await set.locator('.mantine-Button-label').evaluate((word) => word.scrollWidth <= word.clientWidth)).toBe(
    true,
  );
  await popover.getByLabel('Other number of days').fill('45');
  await set.click();
  await expect(page).toHaveURL(/renewal=45/);
});
