import type { Locator, Page } from '@playwright/test';
import type { Me } from '@steward/shared/access';
import type { AccountRow, FactPage, Move } from '@steward/shared/accounts';
import type { ScoreChange, ScoreExplanation } from '@steward/shared/health';
import type { Rule } from '@steward/shared/rules';
import { listAccounts, scoredAccount } from './support/accounts-list.js';
import { daysBefore, shortDay } from './support/days.js';
import { type Api, expect, test } from './support/test.js';

async function openAccount(page: Page, account: AccountRow, search = ''): Promise<void> {
  await page.goto(`/accounts/${account.id}${search}`);
  await expect(page.getByRole('heading', { name: account.name })).toBeVisible();
}

const section = (page: Page, title: string): Locator => page.getByRole('region', { name: title });

/** Points as they stand on screen, in hundredths, so that sums are exact: "−12.34" is −1234. */
const hundredths = (text: string): number =>
  Math.round(Number(text.replace('−', '-').replaceAll(/[^\d.-]/g, '')) * 100);

const shownScore = async (page: Page): Promise<number> =>
  hundredths(
    (await page
      .getByTitle(/^Score \d/)
      .first()
      .getAttribute('title')) ?? '',
  );

test.describe('why this score', () => {
  test('the points that the measures give add up to the score', async ({ page, api }) => {
    const account = await unlimited(api);
    await openAccount(page, account);
    const why = section(page, 'Why this score');
    const bars = why.getByRole('img', { name: /points given/ });
    await expect(bars.first()).toBeVisible();
    const points = (await bars.evaluateAll((each) => each.map((bar) => bar.getAttribute('aria-label') ?? ''))).map(
      (text) => {
        const [given = '', lost = ''] = text.split(' points given, ');
        return { given: hundredths(given), lost: hundredths(lost) };
      },
    );
    const sum = (key: 'given' | 'lost') => points.reduce((total, each) => total + each[key], 0);
    expect(sum('given')).toBe(await shownScore(page));
    expect(sum('given')).toBe(Math.round((account.score ?? 0) * 100));
    expect(Math.abs(sum('given') + sum('lost') - 100_00)).toBeLessThanOrEqual(points.length);
    expect(points.map(({ lost }) => lost)).toEqual(points.map(({ lost }) => lost).sort((a, b) => b - a));
  });

  test('a measure opens to what stands behind its value', async ({ page, api }) => {
    await openAccount(page, await unlimited(api));
    const measure = section(page, 'Why this score')
      .getByRole('button', { name: /Active contacts, change|Seat utilisation/ })
      .first();
    await measure.click();
    await expect(measure).toHaveAttribute('aria-expanded', 'true');
    await expect(section(page, 'Why this score')).toContainText(/\d+ \w+ \d{4} to \d+ \w+ \d{4}|On \d+ \w+ \d{4}/);
  });
});

test.describe('what changed', () => {
  test('the lines between two days add up to the difference of the scores', async ({ page, api }) => {
    const { workspace } = await api.get<Me>('/me');
    const account = await moved(api, workspace.today);
    await openAccount(page, account);
    const changed = section(page, 'What changed');
    await expectAddsUp(changed, shortDay(daysBefore(workspace.today, 30)), shortDay(workspace.today));

    const later = daysBefore(workspace.today, 20);
    await changed.getByLabel('From day').fill(later);
    await expect(page).toHaveURL(new RegExp(`from=${later}`));
    await expectAddsUp(changed, shortDay(later), shortDay(workspace.today));
  });
});

test('a chart has its twin as a table and says in words what it shows', async ({ page, api }) => {
  const { workspace } = await api.get<Me>('/me');
  const account = await unlimited(api);
  await openAccount(page, account, '?tab=trends&range=30');
  const chart = page.getByRole('figure').filter({ hasText: 'Health score' });
  await expect(chart).toContainText(`${Math.floor(account.score ?? 0)} on ${shortDay(workspace.today)}`);
  await chart.getByRole('button', { name: 'Show Health score as a table' }).click();
  const rows = chart.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(31);
  await expect(rows.nth(1)).toHaveText(`${shortDay(workspace.today)}${Math.floor(account.score ?? 0)}`);

  await page.getByText('90 d', { exact: true }).click();
  await expect(page).toHaveURL(/range=90/);
  await expect(rows).toHaveCount(91);
  await page.getByRole('button', { name: 'Remove the chart Open tickets' }).click();
  await expect(page.getByRole('figure').filter({ hasText: 'Open tickets' })).toBeHidden();
  await page.reload();
  await expect(page.getByRole('figure').filter({ hasText: 'Active contacts' })).toBeVisible();
  await expect(page.getByRole('figure').filter({ hasText: 'Open tickets' })).toBeHidden();
});

test('facts are listed by their kind, as many as were delivered', async ({ page, api }) => {
  const account = await scoredAccount(api);
  await openAccount(page, account, '?tab=facts');
  for (const kind of [
    'contacts',
    'subscriptions',
    'invoices',
    'tickets',
    'surveys',
    'touchpoints',
    'deals',
    'metrics',
    'events',
    'pulses',
  ]) {
    const { total, columns } = await api.get<FactPage>(`/accounts/${account.id}/facts/${kind}`);
    const title = kind.charAt(0).toUpperCase() + kind.slice(1);
    await page.getByText(title, { exact: true }).click();
    if (total === 0) {
      await expect(page.getByRole('heading', { name: `No ${kind}` })).toBeVisible();
      continue;
    }
    const table = page.getByRole('table', { name: title });
    // What may be done with a contact stands behind its facts.
    const actions = kind === 'contacts' ? ['Actions'] : [];
    await expect(table.getByRole('columnheader')).toHaveText([...columns.map(({ label }) => label), ...actions]);
    await expect(page.getByText(`${total.toLocaleString('en-US')} in all`)).toBeVisible();
    await expect(table.getByRole('row')).toHaveCount(Math.min(total, 50) + 1);
  }
  await expect(page).toHaveURL(/list=pulses/);
});

test('the timeline tells every move of tier and stage, newest first', async ({ page, api }) => {
  const account = await scoredAccount(api);
  const moves = await api.get<Move[]>(`/accounts/${account.id}/moves`);
  expect(moves.length).toBeGreaterThan(0);
  await openAccount(page, account);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const filters = page.getByRole('search', { name: 'Filter the timeline' });
  for (const kind of new Set(moves.map(({ what }) => (what === 'tier' ? 'Tier' : 'Stage')))) {
    await filters.getByRole('button', { name: new RegExp(`^${kind} \\d`) }).click();
  }
  const days = page.getByRole('region', { name: 'Timeline' }).getByRole('heading', { level: 3 });
  await expect(days).toHaveText(
    [...new Set(moves.map(({ on }) => shortDay(on)))].map((day) => new RegExp(`^${day} · `)),
  );
});

test('an address with a tab that does not exist shows the first one', async ({ page, api }) => {
  await openAccount(page, await scoredAccount(api), '?tab=nowhere');
  await expect(section(page, 'Why this score')).toBeVisible();
});

test('an account that is not live has no score, and says why', async ({ page, api }) => {
  const externalId = `PROSPECT-${Date.now()}`;
  await api.post('/facts/account', { account: externalId, name: 'Not Yet Ltd', status: 'prospect' });
  const byId: Rule = { kind: 'compare', field: 'account.externalId', op: 'eq', value: externalId };
  const found = () => listAccounts(api, { rule: byId });
  await expect.poll(found, { timeout: 30_000 }).toMatchObject([{ status: 'prospect' }]);
  const [account] = await found();
  await openAccount(page, account as AccountRow);
  await expect(page.getByText('Not scored')).toBeVisible();
  await expect(page.getByText('Accounts are scored while they are on trial or customers.')).toBeVisible();
});

test('of a day without a snapshot it says that nothing was computed, and asks for nothing that is not there', async ({
  page,
  api,
}) => {
  const refused: string[] = [];
  page.on('response', (answer) => answer.status() === 422 && refused.push(answer.url()));
  await openAccount(page, await scoredAccount(api), '?asOf=2015-01-01');
  await expect(section(page, 'Why this score')).toContainText('Nothing was computed of this account for 1 Jan 2015');
  await expect(section(page, 'What changed')).toContainText('It had no score on 1 Jan 2015');
  expect(refused).toEqual([]);
});

/** An account whose score no cap or floor moved. */
async function unlimited(api: Api): Promise<AccountRow> {
  for (const account of await listAccounts(api)) {
    if (account.score === null || account.status !== 'customer') continue;
    const { limitPoints } = await api.get<ScoreExplanation>(`/accounts/${account.id}/explanation`);
    if (limitPoints === 0 && account.score < 99) return account;
  }
  throw new Error('the sample company has no account without a cap');
}

/** An account whose score is another than 30 and than 20 days ago, with more than one reason. */
async function moved(api: Api, today: string): Promise<AccountRow> {
  for (const account of await listAccounts(api)) {
    if (account.healthChange === null) continue;
    const changes = await Promise.all(
      [30, 20].map((days) =>
        api.get<ScoreChange>(`/accounts/${account.id}/changes?from=${daysBefore(today, days)}&to=${today}`),
      ),
    );
    if (
      changes.every(({ total, measures }) => total !== 0 && measures.filter(({ points }) => points !== 0).length > 1)
    ) {
      return account;
    }
  }
  throw new Error('no score of the sample company has moved');
}

/** The first line is the score of one day, the last that of the other, and the lines between bridge them. */
async function expectAddsUp(changed: Locator, from: string, to: string): Promise<void> {
  const lines = changed.getByRole('listitem');
  await expect(lines.first()).toContainText(from);
  await expect(lines.last()).toContainText(to);
  const points = (await lines.locator(':scope > :last-child').allTextContents()).map(hundredths);
  const [before = Number.NaN, ...rest] = points;
  const after = rest.pop() ?? Number.NaN;
  expect(rest.length).toBeGreaterThan(1);
  expect(before + rest.reduce((sum, each) => sum + each, 0)).toBe(after);
}
