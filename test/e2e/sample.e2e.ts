import { accountLinks } from './support/accounts-list.js';
import { type OwnProduct, startOwnProduct } from './support/own-product.js';
import { expect, test } from './support/test.js';

test.describe('the sample company', () => {
  test.use({ role: null });
  test.describe.configure({ timeout: 180_000 });

  let product: OwnProduct;

  test.beforeAll(async ({ request }) => {
    test.setTimeout(120_000);
    product = await startOwnProduct(request);
  });

  test.afterAll(() => product?.close());

  test('is in with one click, fills the list, and is out with another', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: product.address });
    const page = await context.newPage();
    // A small one: what is looked at is the way in and out.
    await page.route('**/api/v1/sample', (route, request) =>
      route.continue(
        request.method() === 'POST'
          ? {
              headers: { ...request.headers(), 'content-type': 'application/json' },
              postData: JSON.stringify({ accounts: 12, months: 2 }),
            }
          : {},
      ),
    );
    await product.signIn(page);
    await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
    await page.getByRole('button', { name: 'Load the sample company' }).click();
    await expect(page.getByRole('progressbar', { name: 'Loading the sample company' })).toBeVisible();
    await expect(page.getByText('12 live accounts')).toBeVisible({ timeout: 90_000 });
    await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'accounts · ARR' })).toContainText('12 accounts', {
      timeout: 90_000,
    });
    await expect(accountLinks(page).first()).toBeVisible();

    await page.getByRole('link', { name: 'Sample data' }).click();
    await page.getByRole('button', { name: 'Remove sample data' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove the sample data?' });
    await expect(dialog).toContainText('12 made-up accounts go');
    await dialog.getByRole('button', { name: 'Remove sample data' }).click();
    await expect(page.getByRole('heading', { name: 'Sample data', exact: true })).toBeHidden({ timeout: 60_000 });
    await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click();
    await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Load the sample company' })).toBeVisible();
    await context.close();
  });
});
