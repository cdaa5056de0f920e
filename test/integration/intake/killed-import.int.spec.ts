import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ImportRunner } from '../../../apps/api/src/intake/imports/import-runner.js';
import { systemActor } from '../../../apps/api/src/platform/auth/principal.js';
import { ApiServer } from '../../support/api-server.js';
import { compileServer } from '../../support/compiled-server.js';

describe('an import whose process is killed in mid-file', () => {
  let server: ApiServer;
  beforeAll(async () => {
    compileServer();
    server = await ApiServer.start();
  }, 120_000);
  afterAll(() => server.close());

  it('goes on where it was committed: nothing is lost and nothing counts twice', async () => {
    const admin = await server.as('admin');
    const cookie = await server.cookieOf(await server.person('admin'));
    await admin.post('/api/v1/facts/account', { account: 'A-1' });
    const rows = Array.from({ length: 12_000 }, (_, index) => {
      const day = String(1 + (index % 28)).padStart(2, '0');
      return `A-1,U-${index % 40},open,2026-03-${day}T10:00:00Z,m-${index}`;
    });
    const upload = await fetch(`${server.url}/api/v1/imports?kind=event`, {
      method: 'POST',
      headers: { cookie, 'x-steward-request': '1', 'content-type': 'text/csv' },
      body: ['account,user,event,at,id', ...rows].join('\n'),
    });
    const { id } = (await upload.json()) as { id: string };
    const columns = [
      { column: 'account', field: 'account' },
      { column: 'user', field: 'contactId' },
      { column: 'event', field: 'name' },
      { column: 'at', field: 'occurredAt' },
      { column: 'id', field: 'messageId' },
    ];
    expect((await admin.put(`/api/v1/imports/${id}/mapping`, { mapping: { kind: 'event', columns } })).status).toBe(
      200,
    );
    await admin.post(`/api/v1/imports/${id}/run`);

    const { url: databaseUrl } = server.dataSource.options as { url: string };
    const child = spawn(process.execPath, [join(__dirname, 'run-import.mjs'), id], {
      env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) if (Number(line) >= 3_000) child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');

    const killed = (await admin.get(`/api/v1/imports/${id}`)).body;
    expect(killed.state).toBe('running');
    expect(killed.did.rows).toBeGreaterThanOrEqual(3_000);
    expect(killed.did.rows).toBeLessThan(12_000);
    await server.app.get(ImportRunner, { strict: false }).run(id, systemActor('test'));
    const { state, did } = (await admin.get(`/api/v1/imports/${id}`)).body;
    expect([state, did]).toEqual(['done', expect.objectContaining({ rows: 12_000, created: 12_000, duplicates: 0 })]);
    const { entries } = (await admin.get(`/api/v1/audit?subjectKind=import&subjectId=${id}`)).body;
    expect(entries.filter((one: any) => one.action === 'import.finished')).toMatchObject([
      { changes: { rows: { to: 12_000 } } },
    ]);
    const [{ events, counted }] = await server.dataSource.query(
      `SELECT (SELECT count(*) FROM steward.event) AS events,
         (SELECT sum(c) FROM steward.usage_event_month u, unnest(u.counts) c) AS counted`,
    );
    expect([Number(events), Number(counted)]).toEqual([12_000, 12_000]);
  }, 120_000);
});
