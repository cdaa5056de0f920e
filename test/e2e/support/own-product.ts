import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { freePort } from '../../../scripts/lib/embedded-postgres/postmaster.mjs';
import { freshProduct } from './product.mjs';

const ADMIN = { email: 'admin@own.example', password: 'a-long-password' };

export interface OwnProduct {
  address: string;
  cli: (args: string[]) => Promise<void>;
  signIn: (page: Page) => Promise<void>;
  close: () => Promise<void>;
}

/** The product on an empty database of its own, with one admin and no sample. */
export async function startOwnProduct(request: APIRequestContext): Promise<OwnProduct> {
  const product = await freshProduct({ STEWARD_SAMPLE: 'off' });
  const { email, password } = ADMIN;
  const person = { '--email': email, '--name': 'Ada Admin', '--role': 'admin', '--password': password };
  await product.cli(['user', 'create', ...Object.entries(person).flat()]);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const server = product.start(port);
  await expect
    .poll(async () => (await request.get(`${address}/health/ready`).catch(() => null))?.ok(), { timeout: 90_000 })
    .toBe(true);
  return {
    address,
    cli: product.cli,
    async signIn(page) {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
    },
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      product.close();
    },
  };
}
