import type { Today } from '@steward/shared/today';
import { expect, test } from './support/test.js';

test.describe('a CSM', () => {
  test.use({ role: 'csm' });

  test('begins the day with the own book, falls before renewals', async ({ page, api }) => {
    const today = await api.get<Today>('/today?scope=mine');
    await page.goto('/');
    await expect(page.getByText(`${today.book.accounts} live accounts`)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Renewals in 90 days' }).getByRole('listitem')).toHaveCount(
      today.renewals.rows.length,
    );
    const titles = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(titles.indexOf('Biggest score drops')).toBeLessThan(titles.indexOf('Renewals in 90 days'));
    expect(titles).not.toContain('By CSM');
  });

  for (const width of [1440, 1100]) {
    test(`reads the score and the pulse that disagrees side by side, ${width} wide`, async ({ page }) => {
      const account = { id: '0190a1b2-0000-7000-8000-000000000001', name: 'Harbor', tier: null, csm: null, am: null };
      const pulse = { day: '2026-04-01', value: 2, reasons: [], note: null, author: null };
      const gap = { pulse, pulseScore: 20, scoreWithoutPulse: 82, score: 82, band: 'healthy', gap: 62 };
      const gaps = ['worse', 'better'].map((direction, at) => ({
        ...gap,
        account: { ...account, id: account.id.replace(/1$/, String(at)), arrMinor: 12_345_600 },
        direction,
      }));
      await page.route('**/api/v1/pulse-gaps*', (route) =>
        route.fulfill({ json: { gaps, total: 2, asOf: '2026-04-15' } }),
      );
      await page.setViewportSize({ width, height: 700 });
      await page.goto('/');
      const rows = page.getByRole('list', { name: 'Pulse against score' }).getByRole('listitem');
      await expect(rows).toHaveCount(2);
      for (const row of await rows.all()) {
        const score = await row.getByText('82', { exact: true }).boundingBox();
        const said = row.getByText(/^pulse 2 of 6/);
        expect((await said.boundingBox())?.x).toBeGreaterThan((score?.x ?? 0) + (score?.width ?? 0));
        expect(await said.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
      }
    });
  }

  test('goes on from the alerts counted on Today to an inbox of the same', async ({ page, api }) => {
    const { renewals } = await api.get<Today>('/today?scope=mine');
    const raised = { kind: 'renewal', severity: 'high', reason: 'Nobody says whether they renew' };
    await api.post(`/accounts/${renewals.rows[0]?.id}/alerts`, raised);
    await page.goto('/');
    const alerts = page.getByRole('region', { name: 'Alerts to triage' });
    const stake = await alerts.locator('strong').textContent();
    await alerts.getByRole('link', { name: 'All open alerts' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'ARR at stake' })).toContainText(`${stake} ARR at stake`);
  });

  test('raises an alert from a renewal, in place', async ({ page }) => {
    await page.goto('/');
    await page
      .getByRole('region', { name: 'Renewals in 90 days' })
      .getByRole('button', { name: /^Raise an alert/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: /^Raise an alert on / });
    await dialog.getByLabel('What is it about').fill('The sponsor does not answer');
    await dialog.getByLabel('Severity').click();
    await page.getByRole('option', { name: 'Critical' }).click();
    await dialog.getByRole('button', { name: 'Raise alert' }).click();
    await expect(page.getByRole('region', { name: 'Alerts to triage' })).toContainText('The sponsor does not answer');
  });
});

test('the first steps are put aside, and come back from the menu with what is done', async ({ page }) => {
  await page.goto('/');
  const steps = page.getByRole('region', { name: 'First steps' });
  await steps.getByRole('button', { name: 'Show all' }).click();
  const step = (title: string) => steps.getByRole('listitem').filter({ hasText: title });
  await expect(step('Import accounts').getByRole('img', { name: 'done' })).toBeVisible();
  await expect(step('Review the tiers').getByRole('img', { name: 'done' })).toBeHidden();
  await steps.getByRole('button', { name: 'Hide the first steps' }).click();
  await expect(steps).toBeHidden();
  await page.reload();
  await expect(page.getByRole('region', { name: 'Alerts to triage' })).toBeVisible();
  await expect(steps).toBeHidden();
  await page.getByTitle(/admin@sample\.example/).click();
  await page.getByRole('menuitem', { name: 'First steps' }).click();
  await step('Review the tiers').getByRole('button', { name: 'Review tiers' }).click();
  const tiers = page.getByRole('dialog', { name: 'Tiers' });
  await expect(tiers.getByRole('row')).toHaveCount(5);
  await tiers.getByRole('button', { name: 'They fit' }).click();
  await expect(step('Review the tiers').getByRole('img', { name: 'done' })).toBeVisible();
});

test('an admin sees whose book is whose, and each line opens the accounts behind it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('table', { name: 'Accounts by CSM' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/accounts\?.*owner=/);
});
