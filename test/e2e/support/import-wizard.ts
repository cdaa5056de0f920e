import { expect, type Page } from '@playwright/test';

/** The import wizard as a person walks through it. */

export async function uploadFile(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/data/import');
  await page.getByLabel('File to import').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByRole('table', { name: 'Columns of the file and where they go' })).toBeVisible();
}

const chosen = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

/** What the file holds; asked only where it was guessed wrong. */
export async function holds(page: Page, kind: string): Promise<void> {
  const select = page.getByRole('combobox', { name: 'What the file holds' });
  await expect(select).toBeVisible();
  if ((await select.inputValue()) !== kind) await chosen(page, 'What the file holds', kind);
  await expect(select).toHaveValue(kind);
}

export const sendColumn = (page: Page, column: string, field: string): Promise<void> =>
  chosen(page, `Where the column ${column} goes`, field);

export async function expectColumn(page: Page, column: string, field: string | RegExp): Promise<void> {
  await expect(page.getByRole('combobox', { name: `Where the column ${column} goes`, exact: true })).toHaveValue(field);
}

export async function checkFile(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled({ timeout: 30_000 });
}

export async function importFile(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/^Finished /)).toBeVisible({ timeout: 60_000 });
}

/** A count of the check or of the result: "Rejected" 1. */
export async function expectCounts(page: Page, counts: Readonly<Record<string, number>>): Promise<void> {
  for (const [label, count] of Object.entries(counts)) {
    await expect(
      page
        .locator('dl > div')
        .filter({ has: page.getByText(label, { exact: true }) })
        .locator('dd'),
    ).toHaveText(count.toLocaleString('en-US'));
  }
}
