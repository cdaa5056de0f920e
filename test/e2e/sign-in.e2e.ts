import type { Page } from '@playwright/test';
import { listAccounts } from './support/accounts-list.js';
import { emailOf, expect, PASSWORD, test } from './support/test.js';

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in to Steward' });

test.describe('somebody who is not signed in', () => {
  test.use({ role: null });

  test('is told in words that the password is wrong, and keeps the address typed', async ({ page }) => {
    await page.goto('/sign-in');
    await signIn(page, emailOf('viewer'), 'not-the-password');
    await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.');
    await expect(page.getByLabel('E-mail')).toHaveValue(emailOf('viewer'));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  });

  test('is told which field is missing before anything is sent', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Enter your e-mail address')).toBeVisible();
    await expect(page.getByText('Enter your password')).toBeVisible();
  });

  test('is asked to wait after too many attempts, even with the right password', async ({ page, request }) => {
    const email = `guessed-${Date.now()}@sample.example`;
    for (let attempt = 0; attempt < 8; attempt++) {
      await request.post('/api/v1/auth/sign-in', {
        headers: { 'x-steward-request': '1' },
        data: { email, password: `guess ${attempt}` },
      });
    }
    await page.goto('/sign-in');
    await signIn(page, email, PASSWORD);
    await expect(page.getByRole('alert')).toHaveText(/^Too many attempts\. Try again in \d+ min\.$/);
  });

  test('comes to the page that was asked for, and out again', async ({ page, playwright, baseURL, signedIn }) => {
    const asAdmin = await playwright.request.newContext({ baseURL, storageState: await signedIn('admin') });
    const answer = await asAdmin.post('/api/v1/accounts/query', {
      headers: { 'x-steward-request': '1' },
      data: { limit: 1 },
    });
    const { rows } = (await answer.json()) as { rows: Awaited<ReturnType<typeof listAccounts>> };
    const [account] = rows;
    await asAdmin.dispose();

    await page.goto(`/accounts/${account?.id}?tab=facts&list=tickets`);
    await expect(signInHeading(page)).toBeVisible();
    await signIn(page, emailOf('viewer'), PASSWORD);
    await expect(page).toHaveURL(`/accounts/${account?.id}?tab=facts&list=tickets`);
    await expect(page.getByRole('heading', { name: account?.name })).toBeVisible();

    await page.getByRole('button', { name: /Vito Ferro/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(signInHeading(page)).toBeVisible();
    await page.goto('/accounts');
    await expect(signInHeading(page)).toBeVisible();
  });

  test('cannot be led to another site by the address to return to', async ({ page }) => {
    await page.goto('/sign-in?from=//elsewhere.example/accounts');
    await signIn(page, emailOf('viewer'), PASSWORD);
    await expect(page.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe('/');
  });
});
