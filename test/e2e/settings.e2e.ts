import type { Locator, Page } from '@playwright/test';
import type { AuditPage, Me, User } from '@steward/shared/access';
import { expectAccessible } from './support/accessible.js';
import { emailOf, expect, PASSWORD, test } from './support/test.js';

const row = (page: Page, table: string, text: string): Locator =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });

test('a new person signs in with the first password, is deactivated and is out', async ({ page, browser, baseURL }) => {
  const email = `new.${Date.now().toString(36)}@sample.example`;
  const fullName = `Nora Newcomer ${Date.now().toString(36)}`;
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await dialog.getByLabel('Full name').fill(fullName);
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Viewer' }).click();
  await dialog.getByLabel('First password').fill('short');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('At least 10 characters')).toBeVisible();
  await dialog.getByLabel('First password').fill('long-enough-1');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, 'People', email)).toContainText('Viewer');

  const theirs = await (await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } })).newPage();
  await theirs.goto('/sign-in');
  await theirs.getByLabel('E-mail').fill(email);
  await theirs.getByLabel('Password', { exact: true }).fill('long-enough-1');
  await theirs.getByRole('button', { name: 'Sign in' }).click();
  await expect(theirs.getByRole('button', { name: new RegExp(fullName) })).toBeVisible();

  await page.getByRole('button', { name: `Edit ${fullName}` }).click();
  const editing = page.getByRole('dialog', { name: fullName });
  await editing.getByRole('switch', { name: 'Active: may sign in' }).click();
  await editing.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'People', email)).toContainText('Deactivated');
  await theirs.goto('/accounts');
  await expect(theirs.getByRole('heading', { name: 'Sign in to Steward' })).toBeVisible();
  await theirs.context().close();
});

test('an address that somebody has already is refused in words', async ({ page }) => {
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await dialog.getByLabel('Full name').fill('Carla the Second');
  await dialog.getByLabel('E-mail').fill(emailOf('csm'));
  await dialog.getByLabel('First password').fill('long-enough-1');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText(/already|e-mail/i);
});

test('the secret of an API key is shown once, opens what the key may do, and nothing after it is revoked', async ({
  page,
  playwright,
  baseURL,
}) => {
  const name = `Warehouse ${Date.now().toString(36)}`;
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const told = page.getByRole('dialog', { name: `Key “${name}”` });
  await expect(told).toContainText('it is shown this once');
  const secret = (await told.locator('pre').textContent())?.trim() ?? '';
  await told.getByRole('button', { name: 'I have it' }).click();
  await page.reload();
  await expect(row(page, 'API keys', name)).toContainText('facts:write');
  await expect(page.getByText(secret)).toBeHidden();

  const program = await playwright.request.newContext({
    baseURL,
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  });
  const send = () =>
    program.post('/api/v1/facts/account', { data: { account: `KEY-${Date.now()}`, name: 'Sent by a program' } });
  expect((await send()).status()).toBe(200);
  expect((await program.get('/api/v1/users')).status()).toBe(403);

  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row(page, 'API keys', name)).toContainText('Revoked');
  expect((await send()).status()).toBe(401);
  await program.dispose();
});

test('a change of the workspace is kept and stands in the audit log with who made it', async ({ page, api }) => {
  await page.goto('/settings/workspace');
  const promoters = page.getByLabel('Promoters count for');
  const before = Number.parseInt(await promoters.inputValue(), 10);
  await promoters.fill(String(before + 1));
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
  await page.getByRole('button', { name: 'Save' }).click();
  await answered;
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.reload();
  await expect(promoters).toHaveValue(`${before + 1} days`);

  await page.getByRole('link', { name: 'Audit log' }).click();
  const newest = page.getByRole('table', { name: 'Audit log' }).getByRole('row').nth(1);
  await expect(newest).toContainText('Ingrid Admin');
  await expect(newest).toContainText('Workspace updated');
  await expect(newest).toContainText(String(before + 1));
  const { entries } = await api.get<AuditPage>('/audit?limit=1');
  expect(entries[0]).toMatchObject({ action: 'workspace.updated', actorName: 'Ingrid Admin' });
});

test.describe('somebody who changes the password', () => {
  test.use({ role: 'am' });

  test('must know the present one', async ({ page }) => {
    await page.goto('/settings/you');
    await page.getByLabel('Present password').fill('not-it-at-all');
    await page.getByLabel('New password').fill('another-one-1');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByRole('alert')).toContainText('wrong');
  });
});

test('a person names who stands in for them, who reads it on every page until it ends', async ({
  browser,
  baseURL,
  api,
}) => {
  const n = Date.now().toString(36);
  const pageOf = async (fullName: string) => {
    const email = `${fullName.toLowerCase().replaceAll(' ', '.')}@sample.example`;
    await api.post<User>('/users', { email, fullName, role: 'csm', password: PASSWORD });
    const context = await browser.newContext({
      baseURL,
      storageState: { cookies: [], origins: [] },
      extraHTTPHeaders: { 'x-steward-request': '1' },
    });
    await context.request.post('/api/v1/auth/sign-in', { data: { email, password: PASSWORD } });
    return context.newPage();
  };
  const [away, deputy] = [await pageOf(`Ada Away ${n}`), await pageOf(`Stan Sub ${n}`)];
  const { today } = (await api.get<Me>('/me')).workspace;

  await away.goto('/settings/you');
  await expect(away.getByText('Nobody stands in for you.')).toBeVisible();
  await away.getByRole('button', { name: 'Name a stand-in' }).click();
  const form = away.getByRole('form', { name: 'Name a stand-in' });
  await expect(form.getByRole('combobox', { name: 'Who stands in' })).toBeFocused();
  await form.getByRole('combobox', { name: 'Who stands in' }).fill(`Stan Sub ${n}`);
  await away.getByRole('option', { name: `Stan Sub ${n}` }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Choose a day')).toBeVisible();
  await expectAccessible(away, { picture: 'stand-in' });
  await form.getByLabel('Last day').fill(today);
  // Leaves the field, so that its calendar closes.
  await form.getByLabel('Last day').press('Tab');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(row(away, 'Stand-ins', `Stan Sub ${n}`)).toContainText('Now');

  await deputy.goto('/renewals');
  await expect(deputy.getByText(`You stand in for Ada Away ${n} until`)).toBeVisible();
  await expectAccessible(deputy, { part: '[role=status]', picture: 'stand-in-banner' });

  await away.getByRole('button', { name: `End Stan Sub ${n} from` }).click();
  await expect(away.getByText('Nobody stands in for you.')).toBeVisible();
  await expect(deputy.getByText('You stand in for')).toBeHidden();
  await Promise.all([away, deputy].map((page) => page.context().close()));
});
