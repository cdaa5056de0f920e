import type { Page } from '@playwright/test';
import type { ProfileList } from '@steward/shared/model-versions';
import { expectAccessible } from './support/accessible.js';
import { scoredAccount } from './support/accounts-list.js';
import { expect, test } from './support/test.js';

const aside = (page: Page) => page.getByRole('complementary', { name: 'What it would change' });
const saved = (page: Page) => page.getByText(/^Saved .* by you\./);

test('a profile is written as a draft beside what it would change, undone, published and rolled back', async ({
  page,
  api,
}) => {
  // From the list to a published version and back: a long way.
  test.setTimeout(120_000);
  const account = await scoredAccount(api);
  await page.goto('/health');
  const profiles = page.getByRole('list', { name: 'Health profiles, in the order in which they are tried' });
  await expect(profiles.getByRole('listitem').first()).toContainText('Onboarding');
  await expect(page.getByText(/measures connected/).first()).toBeVisible();
  await expectAccessible(page, { picture: 'health' });

  await profiles.getByRole('link', { name: 'Default', exact: true }).click();
  await expect(aside(page).getByText(/No account of \d+ live accounts would change band/)).toBeVisible();
  const weight = page.getByLabel('Weight of Seat utilisation');
  await weight.fill('');
  await expect(page.getByText('Enter a number')).toBeVisible();
  await expect(aside(page).getByText(/tried as soon as what is marked is filled in/)).toBeVisible();
  await weight.fill('9');
  await expect(page.getByText('Enter a number')).toBeHidden();
  await expect(saved(page)).toBeVisible();

  // Whoever reaches healthy from 99 points on alone goes to watch.
  await page.getByLabel('Healthy begins at').fill('99');
  await expect(aside(page).getByText(/live accounts would change band/)).toBeVisible();
  const move = aside(page).getByRole('button', { name: /^Healthy → Watch: \d+ accounts?$/ });
  // Beside many other tests a draft takes its time.
  await move.click({ timeout: 30_000 });
  await expect(aside(page).getByRole('list', { name: 'Accounts that would change band' })).toBeVisible();
  await aside(page).getByRole('combobox', { name: 'Account' }).fill(account.name);
  await page.getByRole('option', { name: account.name, exact: true }).click();
  await expect(aside(page).getByRole('table', { name: `Points of ${account.name} by measure` })).toBeVisible();
  await page
    .getByRole('button', { name: /^Seat utilisation/ })
    .first()
    .click();
  await expect(page.getByText(/nine in ten lie between/).first()).toBeVisible();
  await expectAccessible(page, { picture: 'health-profile' });

  // What was written is there after a reload; undo belongs to the page that wrote it.
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByLabel('Healthy begins at')).toHaveValue('71 points');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Healthy begins at')).toHaveValue('99 points');

  await page.getByRole('button', { name: 'Publish…' }).click();
  const publish = page.getByRole('dialog', { name: 'Publish the profile Default' });
  await expect(publish.getByRole('list', { name: 'What changes' })).toContainText('99');
  await publish.getByRole('textbox', { name: 'Why' }).fill('Only the best are healthy');
  await publish.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText(/Version 2 of the profile Default is published/)).toBeVisible();

  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByText('Only the best are healthy')).toBeVisible();
  await page.getByRole('button', { name: 'Go back to version 1' }).click();
  const back = page.getByRole('dialog', { name: 'Go back to version 1' });
  await back.getByRole('button', { name: 'Go back to version 1' }).click();
  await expect(page.getByText(/Version 3 of the profile Default says what version 1 said/)).toBeVisible();
});

test('a score is held against history, and weights are asked of it', async ({ page, api }) => {
  const { profiles } = await api.get<ProfileList>('/health-profiles/all');
  const usual = profiles.find(({ isDefault }) => isDefault);
  await page.goto(`/health/${usual?.id}?tab=backtest`);
  await page.getByLabel('Within').fill('30');
  await page.getByRole('button', { name: 'Run backtest' }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByText(/observations?; /)).toBeVisible({ timeout: 45_000 });
  await expect(result.getByRole('table', { name: 'Measures by what they tell' })).toBeVisible();
  await result.getByRole('button', { name: 'Show Churn rate by band as a table' }).click();
  await expect(result.getByRole('table', { name: 'Churn rate by band' })).toBeVisible();
  await expectAccessible(page, { picture: 'health-backtest' });

  // So small a company has too few who left.
  await page.getByRole('tab', { name: 'Suggested weights' }).click();
  await page.getByRole('button', { name: 'Suggest weights' }).click();
  await expect(result.getByText(/100/).first()).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole('button', { name: 'Take into the draft' })).toHaveCount(0);
});

test('somebody else’s draft is said, and nobody’s words are lost', async ({ page, api }) => {
  const { profiles } = await api.get<ProfileList>('/health-profiles/all');
  const onboarding = profiles.find(({ name }) => name === 'Onboarding');
  const path = `/health-profiles/${onboarding?.id}`;
  await page.goto(`/health/${onboarding?.id}`);
  await page.getByLabel('Smallest coverage').fill('55');
  await expect(saved(page)).toBeVisible();
  const { draft } = await api.get<{ draft: { revision: number; body: object } }>(`${path}/draft`);
  // Somebody else is the quicker one by a moment: the page cannot have heard of it yet.
  await page.route(
    `**${path}/draft`,
    async (route) => {
      await api.put(`${path}/draft`, { revision: draft.revision, body: { ...draft.body, pulseGap: 35 } });
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByLabel('Smallest coverage').fill('60');
  await expect(page.getByText(/What you wrote is still here, and not kept/)).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine over it' }).click();
  await expect(saved(page)).toBeVisible();
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^Published / })).toBeVisible();
});

test.describe('who looks on', () => {
  test.use({ role: 'viewer' });

  test('reads what accounts are scored by, from an account to its profile, and changes nothing', async ({
    page,
    api,
  }) => {
    const account = await scoredAccount(api);
    await page.goto(`/accounts/${account.id}`);
    await page
      .getByText(/Scored by the profile/)
      .getByRole('link')
      .click();
    await expect(page.getByText(/Admins change and publish profiles/)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Measures' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Publish…' })).toHaveCount(0);
    await expect(page.getByRole('tab', { name: 'Backtest' })).toHaveCount(0);
    await expectAccessible(page, { picture: 'health-viewer' });
  });
});
