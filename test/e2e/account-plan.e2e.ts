import type { OwnersNow } from '@steward/shared/hand-over';
import { expectAccessible } from './support/accessible.js';
import { scoredAccount } from './support/accounts-list.js';
import { expect, test } from './support/test.js';

test('a note is pinned, objectives and links are kept, and the account is followed', async ({ page, api }) => {
  const account = await scoredAccount(api);
  const note = `Budget is decided in spring ${Date.now()}`;
  await page.goto(`/accounts/${account.id}`);
  await page.getByRole('button', { name: /^(Pin a note|Edit the pinned note)$/ }).click();
  const pin = page.getByRole('dialog', { name: 'Pinned note' });
  await pin.getByRole('textbox').fill(note);
  await pin.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Pinned note' })).toContainText(note);

  await page.getByRole('button', { name: /: Customer objectives$/ }).click();
  const objectives = page.getByRole('dialog', { name: 'Customer objectives' });
  await objectives.getByLabel('Objective 1', { exact: true }).fill('Plan every shift in one place');
  await expectAccessible(page, { part: '[role=dialog]', picture: 'objectives' });
  await objectives.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Customer objectives' })).toContainText('Plan every shift');

  await page.getByRole('button', { name: /: Links$/ }).click();
  const links = page.getByRole('dialog', { name: 'Links' });
  await links.getByLabel('Name of link 1').fill('Contract');
  await links.getByLabel('Address of link 1').fill('javascript:alert(1)');
  await expect(links.getByRole('button', { name: 'Save' })).toBeDisabled();
  await links.getByLabel('Address of link 1').fill('https://files.example/contract');
  await links.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Contract' })).toHaveAttribute('href', 'https://files.example/contract');

  const followers = page.getByRole('region', { name: 'Followers' });
  await followers.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(followers).toContainText('You');
  await followers.getByRole('button', { name: 'Unfollow' }).click();
  await expect(followers).not.toContainText('You');
});

test('a change of CSM asks what goes along, takes a note, and is taken back', async ({ page, api }) => {
  const account = await scoredAccount(api, ({ csm }) => csm?.userId != null);
  const owners = () => api.get<OwnersNow>(`/accounts/${account.id}/owners`);
  const before = await owners();
  await api.post(`/accounts/${account.id}/tasks`, {
    title: 'Under way at the hand-over',
    assigneeUserId: before.csm?.userId ?? null,
  });
  await page.goto(`/accounts/${account.id}`);
  const csm = page.getByRole('combobox', { name: 'CSM' });
  await csm.click();
  const other = page
    .getByRole('option')
    .filter({ hasNotText: before.csm?.name ?? '' })
    .first();
  const name = (await other.textContent()) ?? '';
  await other.click();
  const dialog = page.getByRole('dialog', { name: `CSM of ${account.name}: ${name}` });
  await expect(dialog.getByRole('checkbox', { name: /open tasks?$/ })).toBeChecked();
  await expectAccessible(page, { part: '[role=dialog]', picture: 'hand-over' });
  await dialog.getByLabel('Hand-over note').fill('The sponsor is new since May');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await expect(page.getByText(`CSM: ${before.csm?.name} → ${name}`)).toBeVisible();
  expect((await owners()).csm?.name).toBe(name);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone')).toBeVisible();
  expect((await owners()).csm?.name).toBe(before.csm?.name);
});

test('the brief says what one has to know before a call, on one page of paper', async ({ page, api }) => {
  const account = await scoredAccount(api);
  await page.goto(`/accounts/${account.id}`);
  await page.getByRole('link', { name: 'Brief' }).click();
  const sheet = page.getByRole('article', { name: `Brief of ${account.name}` });
  await expect(sheet).toContainText('Next step');
  await expectAccessible(page, { picture: 'brief' });
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  const paper = await page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
});
