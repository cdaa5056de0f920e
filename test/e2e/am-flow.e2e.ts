import type { AccountDetail } from '@steward/shared/accounts';
import type { Goal, GoalDetail } from '@steward/shared/goals';
import type { SegmentList } from '@steward/shared/segments';
import type { Subscription } from '@steward/shared/subscriptions';
import { accountsGrid } from './support/accounts-list.js';
import { aCustomer, stored, until } from './support/customer.js';
import { daysBefore } from './support/days.js';
import { expect, test } from './support/test.js';

/** Another one with every run: what became of it stays. */
const KEY = `am-${Date.now().toString(36)}`;
const NAME = `Fernside ${KEY}`;

test.use({ role: 'am' });

/**
 * The account manager's way from a sign of growth to revenue: the review segment shows the behaviour, the account the
 * evidence; a goal has tasks for two people; the deal is won, the revenue grows, the goal is achieved, and the account
 * has left the segment.
 */
test('an account manager finds growth, and it becomes revenue', async ({ page, api, apiAs }) => {
  test.setTimeout(120_000);
  const admin = await apiAs('admin');
  const { today } = await api.get<{ today: string }>('/workspace');

  const id =
    await test.step('a customer fills its seats, with more people, more features, and a promoter', async () => {
      const made = await aCustomer(admin, KEY, {
        name: NAME,
        today,
        uses: [
          { daysAgo: [45, 44], people: 5, features: 1 },
          { daysAgo: [9, 8], people: 10, features: 6 },
        ],
      });
      await stored(admin, 'survey', {
        account: KEY,
        id: `${KEY}-nps`,
        kind: 'nps',
        score: 10,
        day: daysBefore(today, 5),
        contactId: `${KEY}-1`,
      });
      await api.post<Subscription>(`/accounts/${made}/subscriptions`, {
        plan: 'Team',
        quantity: 10,
        mrrMinor: 100_000,
        start: daysBefore(today, 400),
      });
      await until(api, made, ({ seatUtilization, promoter }) => (seatUtilization ?? 0) >= 95 && promoter === true);
      return made;
    });

  await test.step('the review segment shows the four behaviours beside the account', async () => {
    const { segments } = await api.get<SegmentList>('/segments');
    const review = segments.find(({ key }) => key === 'am_review');
    await page.goto(`/segments/${review?.id}`);
    const behaviours = accountsGrid(page).locator(`[row-id="${id}"]`).last();
    for (const sign of ['100 %', '+100', '+36', 'Yes']) await expect(behaviours).toContainText(sign);
    await accountsGrid(page).getByRole('link', { name: NAME }).click();
    await expect(page.getByRole('heading', { name: NAME })).toBeVisible();
  });

  await test.step('the goal is started, with tasks for the account manager and the CSM', async () => {
    await page.keyboard.press('p');
    const dialog = page.getByRole('dialog', { name: `Start a playbook: ${NAME}` });
    await dialog.getByRole('combobox', { name: 'Playbook' }).fill('Upgrade and expansion');
    await page.getByRole('option', { name: 'Upgrade and expansion' }).click();
    const tasks = dialog.getByRole('list', { name: 'Tasks it would have' });
    await expect(tasks).toContainText('Amir Sadeghi');
    await expect(tasks).toContainText('Carla Mendes');
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('each of the two finds their part among their tasks', async () => {
    await page.goto('/goals/tasks');
    await expect(page.getByText('Put the evidence together').first()).toBeVisible();
    const csm = await apiAs('csm');
    const { rows } = await csm.get<{ rows: { account: { id: string }; task: { title: string } }[] }>('/tasks');
    const titles = rows.filter(({ account }) => account.id === id).map(({ task }) => task.title);
    expect(titles).toContain('Say what the customer is about to do');
  });

  const deal = 'Twenty seats for the second depot';
  await test.step('a deal with amount and stage is linked to the goal', async () => {
    await page.goto(`/accounts/${id}?tab=revenue`);
    await page.getByRole('button', { name: 'Add a deal' }).click();
    const form = page.getByRole('dialog', { name: `New deal with ${NAME}` });
    await form.getByLabel('Name').fill(deal);
    await form.getByLabel('Amount').fill('24000');
    await form.getByRole('combobox', { name: 'Stage' }).click();
    await page.getByRole('option', { name: 'Negotiation' }).click();
    await form.getByRole('combobox', { name: 'For the goal' }).click();
    await page.getByRole('option', { name: /Upgrade and expansion/ }).click();
    await form.getByRole('button', { name: 'Add deal' }).click();
    await expect(page.getByRole('table', { name: 'Deals' }).getByRole('button', { name: deal })).toBeVisible();
  });

  await test.step('the deal is won, and the subscription grows by it', async () => {
    await page.getByRole('table', { name: 'Deals' }).getByRole('button', { name: deal }).click();
    await page.getByRole('button', { name: 'Won…' }).click();
    const won = page.getByRole('dialog', { name: `Won: ${deal}` });
    await won.getByLabel('Seats').fill('30');
    await won.getByLabel('MRR').fill('3000');
    await won.getByRole('button', { name: 'Mark as won' }).click();
    await page.getByRole('button', { name: 'Close the deal' }).click();
    const subscription = page.getByRole('table', { name: 'Subscriptions' }).getByRole('row', { name: /Team/ }).first();
    await expect(subscription).toContainText('30 seats');
  });

  await test.step('the revenue shows an expansion', async () => {
    await until(api, id, ({ mrrMinor }: AccountDetail) => mrrMinor === 300_000);
    await page.reload();
    await page.getByRole('radiogroup', { name: 'How revenue is shown' }).getByText('Table').click();
    await expect(page.getByRole('region', { name: 'Revenue as a table' }).getByText('$2,000').first()).toBeVisible();
  });

  await test.step('the goal is achieved, and the account has left the segment', async () => {
    const { goals } = await api.get<{ goals: Goal[] }>(`/accounts/${id}/goals`);
    const [goal] = goals;
    await expect
      .poll(async () => (await api.get<GoalDetail>(`/goals/${id}/${goal?.id}`)).status, { timeout: 20_000 })
      .toBe('achieved');
    await page.goto(`/accounts/${id}?tab=goals`);
    await expect(page.getByRole('list', { name: 'Ended goals' })).toContainText('Upgrade and expansion');
    const { segments } = await api.get<{ segments: { key: string | null }[] }>(`/accounts/${id}/segments`);
    expect(segments.map(({ key }) => key)).not.toContain('am_review');
  });
});
