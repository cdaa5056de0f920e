import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.js';
import { accountLinks, scoredAccount } from './support/accounts-list.js';
import { checkFile, uploadFile } from './support/import-wizard.js';
import { type Api, expect, test } from './support/test.js';

interface Screen {
  name: string;
  /** What is looked at, where the page below it is looked at by a test of its own. */
  part?: string;
  open: (page: Page, api: Api) => Promise<void>;
}

const at = (address: string, heading: string) => async (page: Page) => {
  await page.goto(address);
  await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible();
};

const account = (tab: string, ready: (page: Page) => Promise<void>) => async (page: Page, api: Api) => {
  const { id } = await scoredAccount(api);
  await page.goto(`/accounts/${id}?tab=${tab}`);
  await ready(page);
};

/** Rows are alike: a few stand for all, and are looked at in a fraction of the time. */
const fewRows = (page: Page) => page.setViewportSize({ width: 1440, height: 480 });

const accounts = async (page: Page) => {
  await fewRows(page);
  await page.goto('/accounts');
  await expect(accountLinks(page).first()).toBeVisible();
};

/** A page with little on it, for what the shell shows over any page. */
const small = at('/settings/you', 'Ingrid Admin');

const health = account('health', async (page) => {
  await expect(page.getByRole('img', { name: /points given/ }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'What changed' }).getByRole('listitem').first()).toBeVisible();
});

const screens: readonly Screen[] = [
  {
    name: 'Today',
    open: async (page) => {
      await page.goto('/');
      await expect(page.getByRole('list', { name: 'Alerts to triage' })).toBeVisible();
      await expect(page.getByRole('table', { name: 'Accounts by CSM' })).toBeVisible();
    },
  },
  {
    name: 'Alerts, one open beside the list',
    open: async (page) => {
      await fewRows(page);
      await page.goto('/alerts');
      await expect(page.getByRole('list', { name: 'Alerts by account' })).toBeVisible();
      await page.keyboard.press('j');
      await page.keyboard.press('o');
      await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
    },
  },
  {
    name: 'Alert rules',
    open: async (page) => {
      await page.goto('/alerts/rules');
      await expect(page.getByRole('table', { name: 'Alert rules' })).toBeVisible();
    },
  },
  {
    name: 'an alert rule being made, with its dry run',
    open: async (page) => {
      await page.goto('/alerts/rules/new');
      await page.getByRole('button', { name: 'Create rule' }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await expect(page.getByText(/^Would fire on/)).toBeVisible();
    },
  },
  {
    name: 'Segments',
    open: async (page) => {
      await page.goto('/segments');
      await expect(page.getByRole('table', { name: 'Segments' })).toBeVisible();
    },
  },
  {
    name: 'a segment being made',
    open: async (page) => {
      await page.goto('/segments/new');
      await expect(page.getByRole('complementary', { name: 'What it finds' })).toContainText('accounts');
    },
  },
  { name: 'Accounts', open: accounts },
  {
    name: 'Accounts with a peek, filters and rows selected',
    open: async (page, api) => {
      const { id } = await scoredAccount(api);
      await fewRows(page);
      await page.goto(`/accounts?band=healthy,watch&peek=${id}`);
      await expect(page.getByText('What costs the most points')).toBeVisible();
      await page.getByRole('grid', { name: 'Accounts' }).getByRole('checkbox').nth(1).check();
    },
  },
  { name: 'Accounts that no filter leaves', open: at('/accounts?text=nobody-at-all', 'No account matches') },
  {
    name: 'a filter being chosen',
    part: '[role=dialog]',
    open: async (page) => {
      await accounts(page);
      await page.getByRole('search').getByRole('button', { name: 'Owner' }).click();
      await expect(page.getByRole('checkbox', { name: 'Nobody' })).toBeVisible();
    },
  },
  {
    name: 'the calendar of the day that pages are as of',
    part: '[role=dialog]',
    open: async (page) => {
      await accounts(page);
      await page.getByRole('button', { name: /^As of today/ }).click();
      await expect(page.getByText('See everything as it stood on a day')).toBeVisible();
    },
  },
  {
    name: 'the palette',
    part: '[role=dialog]',
    open: async (page, api) => {
      const { name } = await scoredAccount(api);
      await small(page);
      await page.keyboard.press('Control+k');
      await page.getByLabel('Search accounts, pages and actions').fill(name.slice(0, 5));
      await expect(page.getByRole('dialog').getByText(name, { exact: true })).toBeVisible();
    },
  },
  {
    name: 'the keyboard sheet',
    part: '[role=dialog]',
    open: async (page) => {
      await small(page);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
  {
    name: 'the menu of the person',
    part: '[role=menu]',
    open: async (page) => {
      await small(page);
      await page.getByRole('button', { name: /Ingrid Admin/ }).click();
      await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
    },
  },
  {
    name: 'an account: health, with a measure opened',
    open: async (page, api) => {
      await health(page, api);
      await page.getByRole('region', { name: 'Why this score' }).getByRole('button').first().click();
    },
  },
  {
    name: 'an account: trends, one as a table',
    open: account('trends', async (page) => {
      await page.getByRole('button', { name: 'Show Health score as a table' }).click();
      await expect(page.getByRole('figure').getByRole('table')).toBeVisible();
    }),
  },
  {
    name: 'an account: facts',
    open: account('facts', (page) => expect(page.getByRole('table', { name: 'Contacts' })).toBeVisible()),
  },
  {
    name: 'an account: timeline',
    open: account('timeline', (page) =>
      expect(page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first()).toBeVisible(),
    ),
  },
  {
    name: 'a pulse being set',
    part: '[role=dialog]',
    open: async (page, api) => {
      await health(page, api);
      await page.getByRole('button', { name: 'Pulse', exact: true }).click();
      await page.getByRole('dialog').getByText('2', { exact: true }).click();
      await expect(page.getByText('Say why: a pulse of 1 to 3 needs a reason')).toBeVisible();
    },
  },
  {
    name: 'an account that is not there',
    open: at('/accounts/00000000-0000-5000-8000-000000000000', 'There is no such account'),
  },
  { name: 'Imports', open: at('/data', 'Imports') },
  { name: 'Quarantine', open: at('/data/quarantine', 'Quarantine') },
  {
    name: 'Sources',
    open: async (page) => {
      await page.goto('/data/sources');
      await expect(page.getByRole('table', { name: 'Sources' })).toBeVisible();
    },
  },
  { name: 'the import wizard: file', open: at('/data/import', 'Import a file') },
  {
    name: 'the import wizard: columns',
    open: (page) => uploadFile(page, 'axe.csv', 'account_id,name,renewal_date,note\nAXE-1,Axe Ltd,03/04/2027,hello\n'),
  },
  {
    name: 'the import wizard: check',
    open: async (page) => {
      await uploadFile(page, 'axe.csv', 'account_id,name,arr\nAXE-1,Axe Ltd,12\n,No id,13\n');
      await checkFile(page);
    },
  },
  { name: 'Settings: workspace', open: at('/settings/workspace', 'Workspace') },
  {
    name: 'Settings: people',
    open: async (page) => {
      await page.goto('/settings/people');
      await expect(page.getByRole('table', { name: 'People' })).toBeVisible();
    },
  },
  {
    name: 'a person being added',
    part: '[role=dialog]',
    open: async (page) => {
      await page.goto('/settings/people');
      await page.getByRole('button', { name: 'Add a person' }).click();
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(page.getByText('Enter a name')).toBeVisible();
    },
  },
  { name: 'Settings: API keys', open: at('/settings/api-keys', 'API keys') },
  {
    name: 'Settings: audit log',
    open: async (page) => {
      await page.goto('/settings/audit');
      await expect(page.getByRole('table', { name: 'Audit log' })).toBeVisible();
    },
  },
  { name: 'Settings: webhooks and mail', open: at('/settings/webhooks', 'Webhooks') },
  { name: 'Settings: notifications', open: at('/settings/notifications', 'What reaches you') },
  {
    name: 'the notifications of the bell',
    part: '[role=dialog]',
    open: async (page) => {
      await small(page);
      await page.getByRole('button', { name: /^Notifications/ }).click();
      await expect(page.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
    },
  },
  { name: 'Settings: you', open: small },
  { name: 'an address that leads nowhere', open: at('/no-such-page', 'There is nothing here') },
];

for (const { name, part, open } of screens) {
  test(`${name}: readable for everyone, light and dark`, async ({ page, api }) => {
    await open(page, api);
    await expectAccessible(page, { part });
  });
}

test.describe('nobody', () => {
  test.use({ role: null });

  test('signing in: readable for everyone, light and dark', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Enter your password')).toBeVisible();
    await expectAccessible(page);
  });
});
