import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectTotals } from './support/accounts-list.js';
import {
  checkFile,
  expectColumn,
  expectCounts,
  holds,
  importFile,
  sendColumn,
  uploadFile,
} from './support/import-wizard.js';
import { type OwnProduct, startOwnProduct } from './support/own-product.js';
import { expect, test } from './support/test.js';

const folder = process.env.STEWARD_DATA_DIR ? join(process.env.STEWARD_DATA_DIR, 'contentstack-renewal') : null;

/** The day after the last fact of the files. */
const DAY = '2026-04-15';

test.describe('the files of a real customer base, brought in by the wizard', () => {
  test.skip(folder === null, 'STEWARD_DATA_DIR names no folder with the third-party files');
  test.use({ role: null });
  test.describe.configure({ timeout: 300_000 });

  let product: OwnProduct;

  test.beforeAll(async ({ request }) => {
    test.setTimeout(120_000);
    product = await startOwnProduct(request);
  });

  test.afterAll(() => product?.close());

  test('120 accounts with an ARR of 54,089,000; 30 of them renew in the next 90 days', async ({ browser }) => {
    const page = await (await browser.newContext({ baseURL: product.address })).newPage();
    await product.signIn(page);
    await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();

    await upload(page, 'accounts.csv', 'Accounts');
    await sendColumn(page, 'contract_end_date', 'Renewal date');
    await page.getByLabel('The file is as of').fill('2026-04-14');
    await finish(page, 120);

    await upload(page, 'usage_metrics.csv', 'Metrics');
    await expectColumn(page, 'api_calls', 'A metric of its own');
    await sendColumn(page, 'sdk_version', 'Leave out');
    await finish(page, 2880);

    await product.cli(['backfill', '--from', DAY, '--to', DAY]);
    await page.goto(`/accounts?asOf=${DAY}`);
    const byBand = { at_risk: 0, watch: 0, healthy: 0, unknown: 0 };
    await expectTotals(page, { accounts: 120, arrMinor: 54_089_000_00, byBand });
    await page.getByRole('search').getByRole('button', { name: 'Renewal' }).click();
    await page.getByRole('button', { name: 'In the next 90 days' }).click();
    await expectTotals(page, { accounts: 30, arrMinor: 14_629_000_00, byBand });
    await page.context().close();
  });

  async function upload(page: Page, name: string, kind: string): Promise<void> {
    await uploadFile(page, name, await readFile(join(folder ?? '', name), 'utf8'));
    await holds(page, kind);
  }

  async function finish(page: Page, created: number): Promise<void> {
    await checkFile(page);
    await expectCounts(page, { Created: created, Rejected: 0 });
    await importFile(page);
    await expectCounts(page, { Created: created, Rejected: 0 });
  }
});
