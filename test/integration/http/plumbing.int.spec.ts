import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Module, Post, Query, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { z } from 'zod';
import { readConfig } from '../../../apps/api/src/platform/config/config.js';
import { ConfigModule } from '../../../apps/api/src/platform/config/config.module.js';
import { HealthModule } from '../../../apps/api/src/platform/health/health.module.js';
import { Answers } from '../../../apps/api/src/platform/http/answers.decorator.js';
import { configureApp } from '../../../apps/api/src/platform/http/configure-app.js';
import { configureLog } from '../../../apps/api/src/platform/logging/log.js';

const noteSchema = z.strictObject({ text: z.string().max(20), seats: z.int().min(0) });
const shownSchema = z.object({ text: z.string() });
const pageSchema = z.strictObject({ limit: z.coerce.number().int().max(100).default(50) });

@Controller('api/v1/notes')
class NotesController {
  @Post()
  @Answers(shownSchema, { status: 201 })
  add(@Body({ schema: noteSchema }) note: z.infer<typeof noteSchema>) {
    return { ...note, secret: 'never shown' };
  }

  @Get()
  list(@Query({ schema: pageSchema }) { limit }: z.infer<typeof pageSchema>) {
    return { limit };
  }

  @Get('all')
  @Answers(z.array(shownSchema))
  all() {
    return [{ text: 'called', secret: 'never shown' }];
  }

  @Get('many')
  many() {
    return Array.from({ length: 200 }, (_, index) => ({ text: `note ${index}` }));
  }

  @Get('events')
  events(@Res() response: ServerResponse) {
    response.setHeader('Content-Type', 'text/event-stream');
    response.end(`data: ${'x'.repeat(10_000)}\n\n`);
  }

  @Get('broken')
  broken() {
    throw new Error('relation "secret_table" does not exist');
  }
}

const probe = { name: 'database', check: async () => {} };

@Module({
  imports: [
    ConfigModule.with(readConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', BODY_LIMIT_KB: '64' })),
    {
      module: class Probes {},
      global: true,
      providers: [{ provide: 'probe', useValue: probe }],
      exports: ['probe'],
    },
    HealthModule.with(['probe']),
  ],
  controllers: [NotesController],
})
class TestModule {}

describe('what is the same for every route', () => {
  let app: NestExpressApplication;
  let url: string;
  let folder: string;

  beforeAll(async () => {
    configureLog({ level: 'silent', format: 'json' });
    folder = mkdtempSync(join(tmpdir(), 'steward-pages-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<div id="root"></div>');
    writeFileSync(join(folder, 'assets/index-abc123.js'), 'export {}');
    writeFileSync(join(folder, 'assets/index-def456.js'), `export const text = '${'long '.repeat(1_000)}';`);
    app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false });
    configureApp(app, { pagesFolder: folder });
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1/notes`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  it('shapes an answer by its schema', async () => {
    const response = await post(JSON.stringify({ text: 'called', seats: 3 }));
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ text: 'called' });
  });

  it('shapes an answer that is a list by the schema of the list', async () => {
    const response = await fetch(`${url}/api/v1/notes/all`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual([{ text: 'called' }]);
  });

  it.each([
    ['an unknown key', { text: 'a', seats: 1, admin: true }, ''],
    ['a wrong type', { text: 'a', seats: 'many' }, 'seats'],
    ['a negative number of seats', { text: 'a', seats: -1 }, 'seats'],
    ['a text that is too long', { text: 'a'.repeat(21), seats: 1 }, 'text'],
  ])('refuses %s, saying where', async (_, body, path) => {
    const response = await post(JSON.stringify(body));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', details: [{ path }] });
  });

  it.each([
    ['{"text": ', 400, 'INVALID_JSON'],
    [JSON.stringify({ text: 'x'.repeat(70_000), seats: 1 }), 413, 'TOO_LARGE'],
    ['[]', 400, 'INVALID_INPUT'],
    ['', 400, 'INVALID_INPUT'],
  ])('answers a bad body with a code', async (body, status, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });

  it('reads numbers of the query and refuses keys that it does not know', async () => {
    expect(await (await fetch(`${url}/api/v1/notes?limit=20`)).json()).toEqual({ limit: 20 });
    expect((await fetch(`${url}/api/v1/notes?limit=20&order=name`)).status).toBe(400);
    expect((await fetch(`${url}/api/v1/notes?limit[$gt]=20`)).status).toBe(400);
  });

  it('hides what went wrong inside', async () => {
    const response = await fetch(`${url}/api/v1/notes/broken`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret_table');
  });

  it.each(['/api/v1/nowhere', '/api/v1/notes/%E0%A4%A', '/v1/nowhere'])(
    'answers %s as an error of the API',
    async (path) => {
      const response = await fetch(`${url}${path}`);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(await response.json()).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), details: [] });
    },
  );

  it('gives every answer the id of its request, and keeps a proxy’s own', async () => {
    const own = await fetch(`${url}/api/v1/notes`);
    expect(own.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const given = await fetch(`${url}/api/v1/notes`, { headers: { 'x-request-id': 'proxy-12345678' } });
    expect(given.headers.get('x-request-id')).toBe('proxy-12345678');
  });

  it('keeps connections open for longer than proxies and senders do', async () => {
    const agent = new Agent({ keepAlive: true });
    try {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        get(`${url}/health/live`, { agent }, resolve).on('error', reject);
      });
      answer.resume();
      const [, seconds] = /timeout=(\d+)/.exec(String(answer.headers['keep-alive'])) ?? [];
      expect(Number(seconds)).toBeGreaterThan(60);
    } finally {
      agent.destroy();
    }
  });

  it('protects pages without forcing TLS on an install that has none', async () => {
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('serves the page for its own addresses, and files for a year', async () => {
    const page = await fetch(`${url}/accounts/1?tab=health`);
    expect(await page.text()).toContain('id="root"');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const asset = await fetch(`${url}/assets/index-abc123.js`);
    expect(asset.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
    expect((await fetch(`${url}/assets/index-old.js`)).status).toBe(404);
    expect(await (await fetch(`${url}/..%2f..%2f..%2fetc%2fpasswd`)).text()).not.toContain('root:');
  });

  it.each([
    ['a file of a page', '/assets/index-def456.js', 'gzip'],
    ['an answer', '/api/v1/notes/many', 'gzip'],
    ['an answer that is shorter than a packet', '/api/v1/notes', null],
    ['events, which must not wait for more', '/api/v1/notes/events', null],
  ])('sends %s as small as it should', async (_, path, encoding) => {
    const { headers, ok } = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'gzip' } });
    expect([ok, headers.get('content-encoding')]).toEqual([true, encoding]);
    const plain = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  it('describes routes by the contract', async () => {
    const description: any = await (await fetch(`${url}/api/v1/openapi.json`)).json();
    const { requestBody, responses } = description.paths['/api/v1/notes'].post;
    expect(JSON.stringify(requestBody)).toContain('"maxLength":20');
    expect(JSON.stringify(responses['201'])).toContain('"text"');
  });

  it('is ready as long as what it needs works', async () => {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    probe.check = async () => {
      throw new Error('2 migrations have not run');
    };
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      checks: [{ name: 'database', ok: false, reason: '2 migrations have not run' }],
    });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});
