import { readFile } from 'node:fs/promises';
import type { Me } from '@steward/shared/access';
import type { AccountDetail, FactPage } from '@steward/shared/accounts';
import { listAccounts, scoredAccount } from './support/accounts-list.js';
import { daysBefore } from './support/days.js';
import {
  checkFile,
  expectColumn,
  expectCounts,
  holds,
  importFile,
  sendColumn,
  uploadFile,
} from './support/import-wizard.js';
import { type Api, expect, test } from './support/test.js';

/** Ids that no other run has used, since what is imported stays. */
const unique = (prefix: string): string => `${prefix}-${Date.now().toString(36)}`;

/** 2026-05-31 as 31-05-2026 */
const dayFirst = (day: string): string => day.split('-').reverse().join('-');

test('a CRM file with semicolons, quoted line breaks, day-first dates and money as text becomes accounts', async ({
  page,
  api,
}) => {
  const { workspace } = await api.get<Me>('/me');
  const renewal = `${workspace.today.slice(0, 4)}-12-31`;
  const id = unique('CRM');
  const more = Array.from({ length: 8 }, (_, index) => `Regular Customer ${index + 1}`);
  const csv = [
    'Account ID;Company;ARR;Renewal date;Account notes;Owner',
    `${id}-1;Quill & Sons;"$8,212.50";${dayFirst(renewal)};"Prefers mail\nnever phone; ask for Ada";csm@sample.example`,
    `${id}-2;Zenith Boats;"$120,000";25-06-2027;;Somebody Unknown`,
    `${id}-3;Broken Lamps;a lot;13-07-2027;;`,
    `${id}-4;Marble Arch;"$0";28-02-2027;"says ""hello""";csm@sample.example`,
    ...more.map((name, index) => `${id}-${index + 5};${name};"$1,000";15-0${index + 1}-2027;;`),
    '',
  ].join('\r\n');

  await uploadFile(page, 'crm accounts.csv', csv);
  await expect(page.getByText(/columns divided by semicolons, 12 rows/)).toBeVisible();
  await holds(page, 'Accounts');
  await expectColumn(page, 'Account ID', /^Account id|External id|Id/i);
  await expectColumn(page, 'Company', /^Name/);
  await expectColumn(page, 'ARR', 'ARR');
  await expectColumn(page, 'Renewal date', 'Renewal date');
  await expect(page.getByRole('combobox', { name: 'Order of the dates in Renewal date' })).toHaveValue(/^Day first/);
  await sendColumn(page, 'Account notes', 'An attribute');
  await sendColumn(page, 'Owner', 'CSM');

  await checkFile(page);
  await expect(
    page.getByText('Importing this file would create 11 and update 0 accounts. 1 row would be rejected.'),
  ).toBeVisible();
  await expectCounts(page, { 'Rows read': 12, Created: 11, Updated: 0, Rejected: 1 });
  expect(await listAccounts(api, { text: id })).toEqual([]);

  await importFile(page);
  await expectCounts(page, { 'Rows read': 12, Created: 11, Updated: 0, Rejected: 1 });
  const rejected = page.getByRole('table', { name: 'Rejected rows' });
  await expect(rejected.getByRole('row').nth(1)).toContainText('ARR');
  await expect(rejected.getByRole('row').nth(1)).toContainText('a lot');
  await expect(page.getByRole('table', { name: 'Owners who are nobody here' })).toContainText('Somebody Unknown');

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  const [header = '', row = '', ...others] = file
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  expect(header).toContain('Account ID');
  expect(header).toContain('Account notes');
  expect(row).toContain(`${id}-3`);
  expect(row).toContain('Broken Lamps');
  expect(others).toEqual([]);

  await expect
    .poll(async () => (await listAccounts(api, { text: id })).map(({ name }) => name).sort())
    .toEqual(['Marble Arch', 'Quill & Sons', ...more, 'Zenith Boats']);
  const quill = (await listAccounts(api, { text: `${id}-1` }))[0];
  expect(quill).toMatchObject({ arrMinor: 8212_50, renewalDate: renewal, csm: { name: 'Carla Mendes' } });
  const detail = await api.get<AccountDetail>(`/accounts/${quill?.id}`);
  expect(Object.values(detail.attributes)).toContain('Prefers mail\nnever phone; ask for Ada');

  await page.goto('/data');
  await expect(
    page.getByRole('table', { name: 'Imports' }).getByRole('row').filter({ hasText: 'crm accounts.csv' }).first(),
  ).toContainText('Imported');
});

test('the same file again changes nothing', async ({ page, api }) => {
  const id = unique('TWICE');
  const csv = `account_id,name,arr\n${id},Twice Told,1200\n`;
  await uploadFile(page, 'twice.csv', csv);
  await holds(page, 'Accounts');
  await checkFile(page);
  await importFile(page);
  await expect.poll(async () => (await listAccounts(api, { text: id })).length).toBe(1);
  await uploadFile(page, 'twice.csv', csv);
  await holds(page, 'Accounts');
  await checkFile(page);
  await expect(page.getByText('Importing this file would change nothing.')).toBeVisible();
  await expectCounts(page, { 'Rows read': 1, Created: 0, Updated: 0, Unchanged: 1, Rejected: 0 });
});

test('a wide file of metrics is one metric a column, and facts of unknown accounts wait', async ({ page, api }) => {
  const { workspace } = await api.get<Me>('/me');
  const account = await scoredAccount(api);
  const stranger = unique('NOBODY');
  const month = (back: number) => daysBefore(`${workspace.today.slice(0, 7)}-01`, back).slice(0, 7);
  const suffix = Date.now().toString(36);
  const csv = [
    `account_id,month,reports_${suffix},exports_${suffix}`,
    `${account.externalId},${month(1)},12,3`,
    `${account.externalId},${month(35)},10,`,
    `${stranger},${month(1)},5,1`,
  ].join('\n');

  await uploadFile(page, 'usage.csv', csv);
  await holds(page, 'Metrics');
  await expectColumn(page, `reports_${suffix}`, 'A metric of its own');
  await expectColumn(page, `exports_${suffix}`, 'A metric of its own');
  await checkFile(page);
  await importFile(page);
  await expectCounts(page, { 'Rows read': 3, Created: 3, Rejected: 0, 'In quarantine': 2 });

  await expect.poll(async () => metricsOf(api, account.id, suffix)).toHaveLength(3);
  await page.getByRole('link', { name: 'quarantine' }).click();
  const waiting = page.getByRole('table', { name: 'Quarantine' }).getByRole('row').filter({ hasText: stranger });
  await expect(waiting).toContainText('Metrics');

  await api.post('/facts/account', { account: stranger, name: 'Arrived at last', status: 'customer' });
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Quarantine' })).toBeVisible();
    await expect(waiting).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
});

test('dates that read both ways are asked about, never guessed', async ({ page, api }) => {
  const id = unique('BOTH');
  await uploadFile(page, 'ambiguous.csv', `account_id,name,renewal_date\n${id},Janus Ltd,03/04/2027\n`);
  await holds(page, 'Accounts');
  await expect(page.getByText('Say whether the day or the month comes first')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check the file' })).toBeDisabled();
  await page.getByRole('combobox', { name: 'Order of the dates in renewal_date' }).click();
  await page.getByRole('option', { name: /^Month first/ }).click();
  await checkFile(page);
  await importFile(page);
  await expect.poll(async () => (await listAccounts(api, { text: id }))[0]?.renewalDate).toBe('2027-03-04');
});

async function metricsOf(api: Api, accountId: string, suffix: string) {
  const { rows } = await api.get<FactPage>(`/accounts/${accountId}/facts/metrics`);
  return rows.filter((row) => JSON.stringify(row).includes(suffix));
}
