import type { Locator, Page } from '@playwright/test';
import type { StageDraftAnswer, TierDraftAnswer, TierDryRun } from '@steward/shared/model-versions';
import { expectAccessible } from './support/accessible.js';
import { expect, test } from './support/test.js';

const draftBar = (page: Page, of: string): Locator => page.getByRole('region', { name: `Draft of ${of}` });
const tier = (page: Page, key: string): Locator => page.locator(`[data-definition="${key}"]`);
const effect = (page: Page): Locator => page.getByRole('complementary', { name: 'What it would do' });

async function lowerTheFirstTier(page: Page, to: string) {
  await page.goto('/tiers/definitions');
  await tier(page, 'T1')
    .getByRole('button', { name: /^Tier 1/ })
    .click();
  const least = tier(page, 'T1').getByRole('textbox', { name: 'Value' });
  await least.fill(to);
  await expect(draftBar(page, 'the tiers')).toContainText('by you');
}

test('tiers are drafted, tried out on today’s accounts and put in order by keyboard; nothing changes until they are published', async ({
  page,
  api,
}) => {
  await lowerTheFirstTier(page, '20000');
  await page.reload();
  await expect(tier(page, 'T1')).toContainText('ARR is at least 20,000');

  await effect(page).getByRole('button', { name: 'Try it out' }).click();
  const moves = page.getByRole('table', { name: 'Who moves at once' });
  const cell = moves.getByRole('button', { name: /from Tier 2 to Tier 1/ });
  const { draft } = await api.get<TierDraftAnswer>('/tiers/draft');
  const run = await api.post<TierDryRun>('/tiers/dry-run', { body: draft?.body });
  const flow = run.flows.find(({ from, to }) => from === 'T2' && to === 'T1');
  await expect(cell).toContainText(String(flow?.accounts));
  await expectAccessible(page, { picture: 'tier-definitions' });
  await cell.click();
  const behind = page.getByRole('dialog', { name: 'From Tier 2 to Tier 1' });
  await expect(behind.getByRole('listitem')).toHaveCount(flow?.accounts ?? 0);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Move Tier 2/ }).press('ArrowUp');
  await expect(page.getByRole('button', { name: 'Move Tier 2: 1 of 4, with the arrow keys' })).toBeFocused();
  await page.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish the tiers' });
  await expect(dialog.getByRole('list', { name: 'What changes' })).toContainText('T2, T1, T3, T4');
  await expect(dialog).toContainText('at once');
  await expectAccessible(page, { part: '[role="dialog"]', picture: 'publish-tiers' });
  await dialog.getByRole('button', { name: 'Not yet' }).click();

  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expect(draftBar(page, 'the tiers')).toContainText('Version');
  expect((await api.get<TierDraftAnswer>('/tiers/draft')).draft).toBeNull();
});

test('who writes in a draft that somebody else saved meanwhile says whose stays', async ({ page, api }) => {
  // News of the other's change does not come in time.
  await page.route('**/api/v1/live*', (route) => route.abort());
  await lowerTheFirstTier(page, '30000');
  const { draft } = await api.get<TierDraftAnswer>('/tiers/draft');
  if (draft === null) throw new Error('a draft was begun');
  await api.put('/tiers/draft', { revision: draft.revision, body: { ...draft.body, holdDays: 7 } });

  const name = tier(page, 'T1').getByRole('textbox', { name: 'Name' });
  await name.fill('Key accounts');
  const told = page.getByRole('alert').filter({ hasText: 'What you wrote is still here' });
  await told.getByRole('button', { name: 'Show what they saved' }).click();
  await expect(page.getByRole('textbox', { name: 'Falls only after' })).toHaveValue('7 days');
  await expect(name).toHaveValue('Tier 1');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(name).toHaveValue('Key accounts');
  await expect(draftBar(page, 'the tiers')).toContainText('by you');
  const kept = (await api.get<TierDraftAnswer>('/tiers/draft')).draft?.body;
  expect(kept).toMatchObject({ holdDays: draft.body.holdDays, tiers: [{ label: 'Key accounts' }, {}, {}, {}] });
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expect(draftBar(page, 'the tiers')).toContainText('Version');
});

test('stages are published with a reason, compared and taken back', async ({ page, api }) => {
  const { published } = await api.get<StageDraftAnswer>('/stages/draft');
  const first = published?.version ?? 0;
  await page.goto('/lifecycle/definitions');
  const adoption = page.locator('[data-definition="adoption"]');
  await adoption.getByRole('button', { name: /^Adoption/ }).click();
  const stuck = adoption.getByRole('textbox', { name: 'Stuck after' });
  await stuck.fill('20');
  await expect(adoption.getByText('Stuck comes after expected', { exact: false })).toBeVisible();
  await stuck.fill('200');
  await expect(page.getByRole('button', { name: /to be mended/ })).toBeHidden();
  await expectAccessible(page, { picture: 'stage-definitions' });

  await page.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish the stages' });
  await expect(dialog.getByRole('list', { name: 'What changes' })).toContainText('200');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('Half a year was too short');
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  const versions = page.getByRole('list', { name: 'Versions' });
  await expect(versions).toContainText('Half a year was too short');
  for (const version of [first, first + 1]) await page.getByLabel(`Compare version ${version}`).check();
  await expect(page.getByRole('region', { name: `From version ${first} to version ${first + 1}` })).toContainText(
    '200',
  );

  await versions.getByRole('button', { name: `Go back to version ${first}` }).click();
  const back = page.getByRole('dialog', { name: `Go back to version ${first}` });
  await expect(back).toContainText('What follows for accounts');
  await back.getByRole('button', { name: `Go back to version ${first}` }).click();
  await expect(versions).toContainText(`Back to version ${first}`);
  await expect(stuck).toHaveValue('180 days');
});

test('a signal of one’s own is tried out before it is kept, and retired when nothing reads it', async ({
  page,
  api,
}) => {
  await page.goto('/health/signals');
  await expect(page.getByRole('table', { name: 'Usage' })).toContainText('usage.active_contacts');
  await expectAccessible(page, { picture: 'signals' });
  await page.getByRole('link', { name: 'New signal' }).click();
  await page.getByRole('button', { name: 'Create signal' }).click();
  await expect(page.getByText('A name is needed')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('Days in use');
  await page.getByRole('combobox', { name: 'Taken as' }).click();
  await page.getByRole('option', { name: 'days on which it happened' }).click();
  await expect(page.getByText('Days with any event in the workspace’s window')).toBeVisible();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await expect(page.getByText(/accounts have a value; the median is/)).toBeVisible();
  await expectAccessible(page, { picture: 'new-signal' });
  await page.getByRole('button', { name: 'Create signal' }).click();

  await page.getByRole('table', { name: 'Own signals' }).getByRole('link', { name: 'Days in use' }).click();
  await page.getByRole('button', { name: 'Retire' }).click();
  await expect(page.getByText('Retired: it is no longer computed, and its number is kept.')).toBeVisible();
  const { signals } = await api.get<{ signals: { key: string; retired: boolean }[] }>('/signals');
  expect(signals.find(({ key }) => key === 'own.days_in_use')).toMatchObject({ retired: true });
});
