import { expect, test } from './support/test.js';

test.use({ role: null });

test('the product starts, and its pages load without an error', async ({ page }) => {
  const response = await page.goto('/');
  expect(response?.status()).toBe(200);
  await expect(page).toHaveTitle(/Steward/);
  await expect(page.locator('#root')).not.toBeEmpty();
});

test('an address of a page that was sent by mail opens the product, one of a missing file does not', async ({
  request,
}) => {
  const page = await request.get('/accounts?sort=score');
  expect(await page.text()).toContain('<div id="root">');
  expect((await request.get('/assets/missing-1234.js')).status()).toBe(404);
  expect((await request.get('/api/v1/nowhere')).headers()['content-type']).toContain('application/json');
});

test('the API describes itself', async ({ page }) => {
  await page.goto('/api/docs');
  await expect(page.getByRole('heading', { name: /Steward/ })).toBeVisible();
});
