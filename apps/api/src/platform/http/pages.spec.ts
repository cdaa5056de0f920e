import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pages } from './pages.js';

const folder = mkdtempSync(join(tmpdir(), 'steward-pages-'));
writeFileSync(join(folder, 'index.html'), '<p>the page</p>');
writeFileSync(join(folder, 'icon.svg'), '<svg/>');

const app = express();
for (const handler of pages(folder)) app.use(handler);
app.use((_request, response) => {
  response.status(404).send('the API');
});
const server = app.listen(0);
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function answer(path: string, accept = 'text/html,*/*'): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept } });
  return response.text();
}

it('answers every address of a page with the page, also below /health and with a dot in it', async () => {
  for (const path of ['/', '/accounts', '/health', '/health/some-profile', '/health/signals/usage.events']) {
    expect([path, await answer(path)]).toEqual([path, '<p>the page</p>']);
  }
});

it('leaves the API, the probes and files that are not there alone', async () => {
  for (const path of ['/api/v1/me', '/v1/track', '/health/live', '/health/ready']) {
    expect([path, await answer(path)]).toEqual([path, 'the API']);
  }
  expect(await answer('/favicon.ico', 'image/*')).toBe('the API');
  expect(await answer('/icon.svg', 'image/*')).toBe('<svg/>');
});
