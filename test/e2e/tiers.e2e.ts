import { behindTierFigure, type TierPerformance, type TierToday } from '@steward/shared/tier-performance';
import { expectAccessible } from './support/accessible.js';
import { type Api, expect, test } from './support/test.js';

/** Months of the sample are put down in the background after it is loaded. */
async function putDown(api: Api): Promise<TierPerformance> {
  let report = await api.get<TierPerformance>('/reports/tiers');
  await expect
    .poll(async () => {
      report = await api.get<TierPerformance>('/reports/tiers');
      return report.preparing === false && report.points.some(({ built }) => built);
    })
    .toBe(true);
  return report;
}

test('figures of a tier lead to exactly the accounts that they count, today and at the end of a month', async ({
  page,
  api,
}) => {
  const report = await putDown(api);
  const { point } = await api.get<TierToday>('/reports/tiers/today');
  const tier = point.tiers.find(({ accounts }) => accounts > 0)?.tier ?? null;
  const today = point.tiers.find((each) => each.tier === tier)?.accounts ?? 0;
  const label = report.tiers.find(({ key }) => key === tier)?.label ?? '';
  await page.goto('/tiers');
  const sideBySide = page.getByRole('table', { name: 'Tiers side by side' });
  await sideBySide
    .getByRole('row', { name: new RegExp(`^${label} `) })
    .getByRole('link')
    .first()
    .click();
  await expect(page).toHaveURL(`/accounts?status=trial,customer&tier=${tier}`);
  await expect(page.getByRole('status').filter({ hasText: 'ARR' })).toContainText(`${today} account`);

  const month = report.points.find(({ built }) => built);
  const then = month?.tiers.find((each) => each.tier === tier)?.accounts ?? 0;
  await page.goBack();
  const chart = page.getByRole('figure', { name: 'Accounts', exact: true });
  const mark = chart.getByRole('link', { name: new RegExp(`^${label}, `) }).first();
  await expect(mark).toHaveAccessibleName(new RegExp(`: ${then} `));
  await mark.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`tier=${tier}&asOf=${month?.day}`));
  const behind = behindTierFigure(
    { filters: {}, day: month?.day ?? '', live: false, tier, month: month?.month ?? '' },
    'accounts',
  );
  const rule = behind.kind === 'accounts' ? behind.rule : null;
  const { accounts } = await api.post<{ accounts: number }>('/accounts/count', { rule, asOf: month?.day });
  expect(accounts).toBe(then);
});

test('filters and the comparison stand in the address, a chart is a table and a file, and nothing is told in words', async ({
  page,
  api,
}) => {
  await putDown(api);
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Tiers' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL('/tiers');
  await page.getByRole('combobox', { name: 'Compare' }).click();
  await page.getByRole('option', { name: 'vs months before' }).click();
  await expect(page).toHaveURL('/tiers?compare=before');
  await expect(page.getByText(/; compared with /)).toBeVisible();

  await page.getByRole('button', { name: 'Show ARR as a table' }).click();
  const table = page.getByRole('table', { name: 'ARR', exact: true });
  await expect(table.getByRole('columnheader').first()).toHaveText('Month');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save ARR as CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^arr-\d{4}-\d\d-\d\d\.csv$/);

  await page.goto('/tiers?region=Nowhere%20at%20all');
  await expect(page.getByRole('heading', { name: 'No live account matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page).toHaveURL('/tiers');
});

test('revenue: months add up, what was kept leads to who paid, and a row to its account', async ({ page, api }) => {
  await putDown(api);
  await page.goto('/portfolio?tab=revenue');
  await expect(page.getByText(/^All \d+ months add up to the cent\.$/)).toBeVisible();
  await page.getByRole('link', { name: /^Net revenue retention: / }).click();
  await expect(page.getByRole('heading', { name: 'Accounts that paid at the start' })).toBeVisible();
  const row = page.getByRole('table', { name: 'Accounts' }).getByRole('link').first();
  const name = await row.textContent();
  await row.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name ?? '');
});

test('tiers and revenue are accessible in both schemes', async ({ page, api }) => {
  await putDown(api);
  await page.goto('/tiers?compare=before');
  await expect(page.getByRole('figure', { name: 'Mean health score' }).getByRole('group')).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Features by tier' }).getByRole('table')).toBeVisible();
  await expectAccessible(page, { picture: 'tiers' });
  await page.goto('/portfolio?tab=revenue');
  await expect(page.getByRole('figure', { name: 'Movements by month' }).getByRole('group')).toBeVisible();
  await expectAccessible(page, { picture: 'revenue' });
});
