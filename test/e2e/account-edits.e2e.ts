import type { Page } from '@playwright/test';
import type { Me } from '@steward/shared/access';
import type { AccountDetail, AccountRow, FactPage } from '@steward/shared/accounts';
import { contactExportSchema, ERASED_CONTACT } from '@steward/shared/contacts';
import type { Goal } from '@steward/shared/goals';
import type { PlaybookList } from '@steward/shared/playbooks';
import type { TaskList } from '@steward/shared/tasks';
import { expectAccessible } from './support/accessible.js';
import { listAccounts } from './support/accounts-list.js';
import { daysBefore, shortDay } from './support/days.js';
import { type Api, expect, test } from './support/test.js';

/** Each test judges an account of its own, so that none depends on another. */
async function customerAt(api: Api, place: number): Promise<AccountRow> {
  const customers = (await listAccounts(api)).filter(({ status, score }) => status === 'customer' && score !== null);
  const account = customers[place];
  if (!account) throw new Error('the sample company has too few customers');
  return account;
}

/** One whose renewal date and seats stand in its own fields. */
async function accountWithoutSubscriptions(api: Api, fields: { renewalDate: string }): Promise<AccountRow> {
  const id = `E2E-${Date.now()}`;
  const answer = await api.post('/facts/account', {
    account: id,
    name: `Hand-kept ${id}`,
    status: 'customer',
    ...fields,
  });
  expect(answer).toMatchObject({ success: true });
  let account: AccountRow | undefined;
  await expect(async () => {
    [account] = await listAccounts(api, { text: id });
    expect(account?.renewalDate).toBe(fields.renewalDate);
  }).toPass({ timeout: 15_000 });
  return account as AccountRow;
}

const detail = (api: Api, { id }: AccountRow) => api.get<AccountDetail>(`/accounts/${id}`);

async function openAccount(page: Page, account: AccountRow): Promise<void> {
  await page.goto(`/accounts/${account.id}`);
  await expect(page.getByRole('heading', { name: account.name })).toBeVisible();
}

test('a customer is lost: what was under way for it ends with it, and comes back by itself', async ({ page, api }) => {
  const { today } = (await api.get<Me>('/me')).workspace;
  const account = await accountWithoutSubscriptions(api, { renewalDate: daysBefore(today, -90) });
  const { playbooks } = await api.get<PlaybookList>('/playbooks');
  await api.post(`/accounts/${account.id}/goals`, { playbookId: playbooks[0]?.id });
  await api.post(`/accounts/${account.id}/tasks`, { title: 'Send the plan' });
  const openTasks = async () =>
    (await api.get<TaskList>(`/tasks?scope=all&snoozed=true&accountId=${account.id}`)).total;
  const liveGoals = async () =>
    (await api.get<{ goals: Goal[] }>(`/accounts/${account.id}/goals`)).goals.filter(
      ({ endedDay }) => endedDay === null,
    ).length;
  const tasks = await openTasks();
  expect(tasks).toBeGreaterThan(1);

  await openAccount(page, account);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Record churn…' }).click();
  const dialog = page.getByRole('dialog', { name: `Record churn: ${account.name}` });
  await expect(
    dialog.getByRole('checkbox', { name: `End its 1 live goal and ${tasks} open tasks, too` }),
  ).toBeChecked();
  await expectAccessible(page, { part: '[role="dialog"]', picture: 'record-churn' });
  await dialog.getByRole('combobox', { name: 'Why' }).click();
  await page.getByRole('option', { name: 'Price' }).click();
  await dialog.getByRole('button', { name: 'Record churn' }).click();
  const said = `${account.name}: 1 live goal and ${tasks} open tasks ended`;
  await expect(page.getByText(said)).toBeVisible();
  expect([await liveGoals(), await openTasks()]).toEqual([0, 0]);

  await page.getByRole('alert').filter({ hasText: said }).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => [await liveGoals(), await openTasks()]).toEqual([1, tasks]);
  expect((await detail(api, account)).status).toBe('churned');
  // Other tests count who has left.
  await api.del(`/accounts/${account.id}/churn`);
});

test('a pulse of 1 to 3 needs a reason; severe risk caps the score at 30 at once', async ({ page, api }) => {
  const account = await customerAt(api, 4);
  await openAccount(page, account);
  await page.getByRole('button', { name: 'Pulse', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Set the pulse' });
  const set = dialog.getByRole('button', { name: 'Set pulse' });
  await expect(set).toBeEnabled();
  for (const value of ['3', '2', '1']) {
    await dialog.getByText(value, { exact: true }).click();
    await expect(dialog.getByText('Say why: a pulse of 1 to 3 needs a reason')).toBeVisible();
    await expect(set).toBeDisabled();
  }
  await dialog.getByRole('checkbox', { name: 'Sponsor or champion left' }).check();
  await dialog.getByLabel('Note').fill('The sponsor has gone to a competitor');
  await set.click();
  await expect(page.getByText('Pulse set')).toBeVisible();
  await expect(page.getByText('1 of 6', { exact: true })).toBeVisible();
  const why = page.getByRole('region', { name: 'Why this score' });
  await expect(why).toContainText(/capped at 30/);
  await expect(why).toContainText('Cap at 30');
  expect((await detail(api, account)).score).toBe(30);

  await page.getByRole('tab', { name: 'Facts' }).click();
  await page.getByText('Pulses', { exact: true }).click();
  await expect(page.getByRole('table', { name: 'Pulses' })).toContainText('The sponsor has gone to a competitor');
});

test('a tier set by hand holds with its reason until it is given back to the rules', async ({ page, api }) => {
  const account = await customerAt(api, 5);
  const other = account.tier === 'T1' ? 'Tier 2' : 'Tier 1';
  await openAccount(page, account);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Set the tier by hand…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set the tier by hand' });
  await dialog.getByRole('combobox', { name: 'Tier' }).click();
  await page.getByRole('option', { name: other }).click();
  await expect(dialog.getByRole('button', { name: 'Set tier' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('Strategic reference');
  await dialog.getByRole('button', { name: 'Set tier' }).click();
  await expect(page.getByText('Tier set by hand', { exact: true })).toBeVisible();
  await expect(page.getByTitle('Strategic reference')).toHaveText('by hand');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const moved = page.getByRole('listitem').filter({ hasText: 'Strategic reference' }).first();
  await expect(moved).toContainText('Ingrid Admin');

  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Set the tier by hand…' }).click();
  await expect(dialog).toContainText('Strategic reference');
  await dialog.getByRole('button', { name: 'Back to the rules' }).click();
  await expect(page.getByTitle('Strategic reference')).toBeHidden();
  expect((await detail(api, account)).tierOverride).toBeNull();
});

test('the renewal date is edited in place: Esc leaves it, Enter saves it, Undo takes it back', async ({
  page,
  api,
}) => {
  const { workspace } = await api.get<Me>('/me');
  const before = daysBefore(workspace.today, -40);
  const account = await accountWithoutSubscriptions(api, { renewalDate: before });
  const after = daysBefore(before, -10);
  await openAccount(page, account);
  const shown = page.getByRole('button', { name: 'Edit renewal date' });
  await expect(shown).toContainText(shortDay(before));

  await shown.click();
  await page.getByLabel('renewal date').fill(after);
  await page.keyboard.press('Escape');
  await expect(shown).toContainText(shortDay(before));

  await shown.click();
  await page.getByLabel('renewal date').fill(after);
  await page.keyboard.press('Enter');
  await expect(shown).toContainText(shortDay(after));
  await expect.poll(async () => (await detail(api, account)).renewalDate).toBe(after);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(shown).toContainText(shortDay(before));
  await expect.poll(async () => (await detail(api, account)).renewalDate).toBe(before);
});

test('what describes an account is told by hand where nothing is known, and taken back by Undo', async ({
  page,
  api,
}) => {
  const { workspace } = await api.get<Me>('/me');
  const account = await accountWithoutSubscriptions(api, { renewalDate: daysBefore(workspace.today, -200) });
  await openAccount(page, account);
  const details = page.getByRole('region', { name: 'Details' });
  const industry = details.getByRole('button', { name: 'Edit industry' });
  await expect(industry).toHaveText('not set');
  await industry.click();
  await details.getByRole('textbox', { name: 'industry' }).fill('Travel');
  await expectAccessible(page, { part: 'aside', picture: 'edit-industry' });
  await page.keyboard.press('Enter');
  await expect(industry).toHaveText('Travel');
  await expect.poll(async () => (await detail(api, account)).industry).toBe('Travel');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(industry).toHaveText('not set');
  await expect.poll(async () => (await detail(api, account)).industry).toBeNull();
});

test('what active subscriptions decide is not offered for editing', async ({ page, api }) => {
  const account = await customerAt(api, 6);
  await openAccount(page, account);
  await expect(page.getByTitle('From the active subscriptions').first()).toContainText(
    shortDay(account.renewalDate ?? ''),
  );
  await expect(page.getByRole('button', { name: 'Edit renewal date' })).toBeHidden();
});

test('an account changes hands on its page', async ({ page, api }) => {
  const account = await customerAt(api, 7);
  const next = account.csm?.name === 'Greta Holm' ? 'Yuki Mori' : 'Greta Holm';
  await openAccount(page, account);
  const csm = page.getByRole('combobox', { name: 'CSM' });
  await expect(csm).toHaveValue(account.csm?.name ?? '');
  await csm.click();
  await page.getByRole('option', { name: next }).click();
  await page
    .getByRole('dialog', { name: `CSM of ${account.name}: ${next}` })
    .getByRole('button', { name: 'Hand over' })
    .click();
  await expect.poll(async () => (await detail(api, account)).csm?.name).toBe(next);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(csm).toHaveValue(account.csm?.name ?? '');
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('reads everything about an account and finds nothing to change', async ({ page, api }) => {
    const account = await customerAt(api, 0);
    await openAccount(page, account);
    await expect(page.getByRole('region', { name: 'Why this score' })).toContainText('coverage');
    await expect(page.getByText(shortDay(account.renewalDate ?? '')).first()).toBeVisible();
    for (const name of ['Pulse', 'Change', 'Edit renewal date', 'Edit seats', 'Edit industry']) {
      await expect(page.getByRole('button', { name, exact: true })).toBeHidden();
    }
    await expect(page.getByRole('combobox', { name: 'CSM' })).toBeHidden();
  });
});

test.describe('a contact', () => {
  test('is given out as a file and erased by an admin, with no other score than before', async ({ page, api }) => {
    const account = await customerAt(api, 17);
    const { rows } = await api.get<FactPage>(`/accounts/${account.id}/facts/contacts`);
    const name = String(rows.find((row) => row.name !== ERASED_CONTACT)?.name);
    await page.goto(`/accounts/${account.id}?tab=facts`);
    const actions = page.getByRole('table', { name: 'Contacts' }).getByRole('button', { name: `Actions for ${name}` });
    await actions.first().click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export all that is known' }).click();
    const file = await (await waiting).createReadStream();
    const known = contactExportSchema.parse(JSON.parse(Buffer.concat(await file.toArray()).toString()));
    expect([known.contact.name, known.contact.email, known.contact.externalId]).toContain(name);

    await actions.first().click();
    await page.getByRole('menuitem', { name: 'Erase…' }).click();
    const dialog = page.getByRole('dialog', { name: `Erase ${name}?` });
    await expect(dialog.getByRole('button', { name: 'Erase', exact: true })).toBeDisabled();
    await expectAccessible(page, { part: '[role="dialog"]', picture: 'erase-contact' });
    await dialog.getByLabel(/Type/).fill(name);
    await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
    await expect(page.getByText(`${name} is erased`)).toBeVisible();
    await expect(page.getByRole('cell', { name: ERASED_CONTACT, exact: true })).toBeVisible();
    await expect(page.getByRole('cell', { name, exact: true })).toHaveCount(0);
    const after = (await listAccounts(api, { text: account.externalId })).find(({ id }) => id === account.id);
    expect(after?.score).toBe(account.score);
  });

  test.describe('as a CSM', () => {
    test.use({ role: 'csm' });

    test('is neither given out nor erased', async ({ page, api }) => {
      const account = await customerAt(api, 0);
      await page.goto(`/accounts/${account.id}?tab=facts`);
      await expect(page.getByRole('table', { name: 'Contacts' }).getByRole('row').nth(1)).toBeVisible();
      await expect(page.getByRole('button', { name: /^Actions for/ })).toHaveCount(0);
    });
  });
});
