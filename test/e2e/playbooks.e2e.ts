import type { Page } from '@playwright/test';
import type { PlaybookList } from '@steward/shared/playbooks';
import { expectAccessible } from './support/accessible.js';
import { scoredAccount } from './support/accounts-list.js';
import { expect, test } from './support/test.js';

const tasks = (page: Page) => page.getByRole('list', { name: 'Tasks', exact: true }).getByRole('listitem');
const names = (page: Page) => tasks(page).getByRole('button', { expanded: false }).allInnerTexts();

async function addTask(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a task' }).click();
  await page.getByRole('textbox', { name: 'Title' }).last().fill(title);
}

test('a playbook is built: what is missing is marked, tasks are put in order by keyboard, and it is tried out', async ({
  page,
  api,
}) => {
  const account = await scoredAccount(api);
  await page.goto('/goals/playbooks');
  await page.getByRole('link', { name: 'New playbook' }).click();
  await page.getByRole('button', { name: 'Create playbook' }).click();
  await expect(page.getByText('Enter a name')).toBeVisible();
  await expect(page.getByText('Choose what is measured')).toBeVisible();

  await page.getByLabel('Name').fill('Quarterly check');
  await page.getByText('All required tasks', { exact: true }).click();
  await expect(page.getByText('Achieved when all required tasks are done.')).toBeVisible();
  await expect(page.getByText(/so one has to be required/)).toBeVisible();

  await addTask(page, 'Write the summary');
  await page.getByRole('textbox', { name: 'Days' }).fill('10');
  await expect(page.getByText('Due 10 business days after the start')).toBeVisible();
  await page.getByRole('combobox', { name: 'Before or after' }).click();
  await page.getByRole('option', { name: 'before' }).click();
  await page.getByRole('combobox', { name: 'Counted from' }).click();
  await page.getByRole('option', { name: 'the renewal' }).click();
  await expect(page.getByText('Due 10 business days before the renewal')).toBeVisible();
  await tasks(page).first().getByRole('button', { expanded: true }).click();
  await addTask(page, 'Meet them');
  await tasks(page).nth(1).getByRole('button', { expanded: true }).click();

  await page.getByRole('button', { name: /^Move Meet them/ }).press('ArrowUp');
  await expect
    .poll(async () => (await names(page)).map((name) => name.split('\n')[0]).filter(Boolean))
    .toEqual(['Meet them', 'Write the summary']);
  await page.getByRole('button', { name: 'More for Meet them' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(tasks(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'More for Meet them (copy)' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByText('“Meet them (copy)” was removed')).toBeVisible();
  await expect(tasks(page)).toHaveCount(2);

  const aside = page.getByRole('complementary', { name: 'What it would do' });
  await aside.getByRole('combobox', { name: 'Account' }).fill(account.name);
  await page.getByRole('option', { name: account.name, exact: true }).click();
  const wouldBe = aside.getByRole('list', { name: 'Tasks it would have' });
  await expect(wouldBe.getByRole('listitem')).toHaveCount(2);
  await expect(wouldBe).toContainText('Meet them');
  await expectAccessible(page, { picture: 'playbook-builder' });

  // Leaving asks first.
  await page.getByRole('link', { name: 'Playbooks', exact: true }).click();
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
  await leave.getByRole('button', { name: 'Stay' }).click();
  await expect(leave).toBeHidden();
  await page.getByRole('button', { name: 'Create playbook' }).click();
  const list = page.getByRole('table', { name: 'Playbooks' });
  await expect(list.getByRole('link', { name: 'Quarterly check' })).toBeVisible();
  await expectAccessible(page, { picture: 'playbooks' });
});

test('each version says in words what it changed, and an earlier one is taken again', async ({ page, api }) => {
  const { playbooks } = await api.get<PlaybookList>('/playbooks');
  const before = playbooks.find(({ key }) => key === 'adoption');
  if (!before) throw new Error('there is no ready-made playbook for adoption');
  const { definition, id } = before;
  await page.goto(`/goals/playbooks/${id}`);
  await page.getByRole('textbox', { name: 'Due after' }).fill(String(definition.durationDays + 7));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/goals\/playbooks$/);

  await page.getByRole('link', { name: definition.name }).click();
  const versions = page.getByRole('region', { name: 'Versions' });
  await expect(
    versions.getByText(`Duration: ${definition.durationDays + 7} days (was: ${definition.durationDays} days)`),
  ).toBeVisible();
  await versions.getByRole('button', { name: `Take this one : version ${before.version}` }).click();
  await expect(page.getByRole('textbox', { name: 'Due after' })).toHaveValue(`${definition.durationDays} days`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/goals\/playbooks$/);
  const after = (await api.get<PlaybookList>('/playbooks')).playbooks.find((each) => each.id === id);
  expect(after?.definition).toEqual(definition);
  expect(after?.version).toBe(before.version + 2);
});

test('who would get it today is told before anything starts, and how well it did with what speaks against that', async ({
  page,
  api,
}) => {
  const { playbooks } = await api.get<PlaybookList>('/playbooks');
  // One that the sample company's alerts start.
  const renewal = playbooks.find(({ key }) => key === 'renewal');
  await page.goto(`/goals/playbooks/${renewal?.id}`);
  const aside = page.getByRole('complementary', { name: 'What it would do' });
  await aside.getByRole('button', { name: 'Find out' }).click();
  await expect(aside.getByText(/^\d+ accounts? of \d+ accounts? that meets? a trigger\./)).toBeVisible();
  await expect(aside.getByRole('region', { name: 'Effect' })).toBeVisible();
  await expectAccessible(page, { part: 'aside', picture: 'playbook-effect' });
});

test('a playbook is switched off with a way back, and a made one goes once its name is typed', async ({
  page,
  api,
}) => {
  const { playbooks } = await api.get<PlaybookList>('/playbooks');
  const [some] = playbooks;
  if (!some) throw new Error('there are no playbooks');
  const { definition } = some;
  await api.post('/playbooks', { definition: { ...definition, name: 'To be thrown away' }, enabled: true });
  await page.goto('/goals/playbooks');
  const list = page.getByRole('table', { name: 'Playbooks' });
  const on = list.getByRole('switch', { name: 'To be thrown away is on' });
  await on.press('Space');
  await expect(on).not.toBeChecked();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(on).toBeChecked();

  await page.getByRole('button', { name: 'Actions for To be thrown away' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “To be thrown away”?' });
  await dialog.getByRole('textbox').fill('To be thrown away');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(list.getByRole('link', { name: 'To be thrown away' })).toHaveCount(0);
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('reads what a playbook says, and changes nothing', async ({ page, api }) => {
    const { playbooks } = await api.get<PlaybookList>('/playbooks');
    const [some] = playbooks;
    await page.goto(`/goals/playbooks/${some?.id}`);
    await expect(page.getByRole('heading', { name: 'What it is for' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
    await page.goto('/goals/playbooks');
    await expect(page.getByRole('switch').first()).toBeDisabled();
    await expect(page.getByRole('link', { name: 'New playbook' })).toHaveCount(0);
  });
});
