import type { SourceList } from '@steward/shared/import-api';
import { expect, test } from './support/test.js';

test('every feed tells what it holds and how fresh it is', async ({ page, api }) => {
  const { sources } = await api.get<SourceList>('/sources');
  await page.goto('/data/sources');
  const table = page.getByRole('table', { name: 'Sources' });
  for (const { label } of sources) {
    await expect(table.getByRole('row').filter({ hasText: label }).first()).toContainText(/ago|just now|never/);
  }
});

test('what the silence of a feed means is an admin’s choice, and is kept', async ({ page }) => {
  await page.goto('/data/sources');
  const covers = page.getByRole('combobox', { name: 'What sample: metric covers' });
  const before = await covers.inputValue();
  const after = before.startsWith('all') ? /^accounts seen/ : /^all accounts/;
  await covers.click();
  await page.getByRole('option', { name: after }).click();
  await expect(covers).toHaveValue(after);
  await page.reload();
  await expect(covers).toHaveValue(after);
  await covers.click();
  await page.getByRole('option', { name: before }).click();
  await expect(covers).toHaveValue(before);
});

test('a file that is none is refused with the reason, and nothing is lost', async ({ page }) => {
  await page.goto('/data/import');
  await page
    .getByLabel('File to import')
    .setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText(/empty/i);
});
