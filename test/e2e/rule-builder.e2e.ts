import type { Locator, Page } from '@playwright/test';
import type { EventCatalogue } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import type { SegmentList } from '@steward/shared/segments';
import { expectAccessible } from './support/accessible.js';
import { countAccounts, expectTotals } from './support/accounts-list.js';
import { expect, test } from './support/test.js';

const live: Rule = { kind: 'compare', field: 'account.status', op: 'in', value: ['trial', 'customer'] };
const rich: Rule = { kind: 'compare', field: 'account.arr', op: 'gte', value: 5000 };
const busy: Rule = {
  kind: 'related',
  of: 'ticket',
  quantifier: 'any',
  rule: { kind: 'all', rules: [{ kind: 'compare', field: 'priority', op: 'in', value: ['high', 'urgent'] }] },
};

async function openRule(page: Page, search = ''): Promise<Locator> {
  // A rule that the server refuses leaves no account on the page.
  await page.goto(`/accounts${search}`);
  await page.getByRole('button', { name: 'Edit as rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter as a rule' });
  await expect(dialog.getByLabel('How the conditions are joined')).toBeVisible();
  return dialog;
}

async function choose(page: Page, box: Locator, text: string): Promise<void> {
  await box.fill(text);
  await page.getByRole('option', { name: text }).first().click();
}

const found = (dialog: Locator) => dialog.getByRole('region', { name: 'What the rule finds' }).getByRole('status');
const condition = (dialog: Locator, place: string) =>
  dialog.getByRole('listitem', { name: `Condition ${place}`, exact: true });

test('a rule with a group and rows is written, counted while it is, and used on the list', async ({ page, api }) => {
  const dialog = await openRule(page, '?status=trial,customer');
  await dialog.getByRole('button', { name: 'Group', exact: true }).click();
  const first = condition(dialog, '2.1');
  await choose(page, first.getByLabel('Field or signal'), 'ARR');
  await expect(dialog.getByText('One condition is not finished')).toBeVisible();
  await first.getByRole('textbox', { name: 'Value', exact: true }).fill('5000');
  await dialog
    .getByRole('listitem', { name: 'Group 2' })
    .getByRole('button', { name: 'Condition', exact: true })
    .click();
  const second = condition(dialog, '2.2');
  await choose(page, second.getByLabel('Field or signal'), 'Its tickets');
  await second.getByRole('button', { name: 'Condition', exact: true }).click();
  const row = condition(dialog, '2.2.1');
  await choose(page, row.getByLabel('Field or signal'), 'Priority');
  await row.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: 'Urgent' }).click();
  await page.getByRole('option', { name: 'High' }).click();
  await page.keyboard.press('Tab');

  const rule: Rule = { kind: 'all', rules: [live, { kind: 'any', rules: [rich, busy] }] };
  const wanted = await countAccounts(api, { rule });
  await expect(found(dialog)).toContainText(`${wanted.accounts} account`);
  await expect(dialog.getByText('(ARR is at least 5,000 USD or has a ticket where')).toBeVisible();
  await dialog.getByRole('button', { name: 'Use on the list' }).click();
  await expectTotals(page, wanted);
  await page.reload();
  await expectTotals(page, wanted);
  await expect(page.getByRole('search', { name: 'Filter accounts' })).toContainText('has a ticket where');
});

test('conditions are moved, grouped, removed and brought back with the keyboard alone', async ({ page }) => {
  const dialog = await openRule(page, '?status=customer&tier=T1');
  const words = () => dialog.getByText(/^(Tier|Status) is .* and /);
  await expect(words()).toHaveText(/^Tier is .* and Status is/);
  await dialog.getByRole('button', { name: 'Change condition 2' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(words()).toHaveText(/^Status is .* and Tier is/);
  await expect(dialog.getByRole('button', { name: 'Change condition 1' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(dialog.getByRole('button', { name: 'Change condition 1.1' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(dialog.getByRole('listitem', { name: /^Group/ })).toHaveCount(0);
  await page.keyboard.press('Alt+Backspace');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(question.getByRole('button', { name: 'Leave, without my changes' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
});

test('what the server refuses stands beside the condition', async ({ page }) => {
  const dialog = await openRule(page, "?more=usage.no_such_signal~gte~3;tier~in~'T1");
  const row = condition(dialog, '1');
  await expect(row.getByRole('alert')).toContainText('there is no field usage.no_such_signal');
  await expect(dialog.getByRole('button', { name: 'Use on the list' })).toBeDisabled();
  await row.getByRole('button', { name: 'Remove condition 1' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Use on the list' })).toBeEnabled();
});

test('a filter is saved as a segment', async ({ page, api }) => {
  const dialog = await openRule(page, '?status=customer');
  const name = `Customers ${Date.now()}`;
  await dialog.getByRole('textbox', { name: 'Save as segment' }).fill(name);
  await dialog.getByRole('button', { name: 'Save as segment' }).click();
  await expect(page.getByText(`The segment “${name}” was saved`)).toBeVisible();
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page).toHaveURL(/\/segments\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  const { segments } = await api.get<SegmentList>('/segments');
  const saved = segments.find((each) => each.name === name);
  expect(saved?.rule).toEqual({
    kind: 'all',
    rules: [{ kind: 'compare', field: 'account.status', op: 'in', value: ['customer'] }],
  });
  await api.del(`/segments/${saved?.id}`);
});

test('the builder is readable for everyone, light and dark', async ({ page }) => {
  const dialog = await openRule(
    page,
    '?status=customer&more=any(account.arr~gte~5000;not(has.invoice(all(unpaid~eq~true))));event~happened~gte~3',
  );
  await dialog.getByRole('button', { name: 'Condition', exact: true }).last().click();
  await page.keyboard.press('Escape');
  await expect(found(dialog)).toContainText('account');
  await expectAccessible(page, { part: '[role=dialog]', picture: 'builder' });
});

test('a condition over events suggests what events are called', async ({ page, api }) => {
  const { events } = await api.get<EventCatalogue>('/catalogue/events');
  const [often] = events;
  const dialog = await openRule(page, '?status=trial');
  await condition(dialog, '1').getByLabel('Field or signal').fill('Events');
  await page.getByRole('option').filter({ hasText: 'How often something was done' }).click();
  await condition(dialog, '1').getByLabel('Name of the event').click();
  const option = page.getByRole('option', { name: often?.name ?? '' }).first();
  await expect(option).toContainText(`${often?.times.toLocaleString('en-US')} time`);
  await option.click();
  await expect(condition(dialog, '1').getByLabel('Name of the event')).toHaveValue(often?.name ?? '');
});
