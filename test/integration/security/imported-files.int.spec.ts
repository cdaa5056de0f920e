import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { ImportRunner } from '../../../apps/api/src/intake/imports/import-runner.js';
import { systemActor } from '../../../apps/api/src/platform/auth/principal.js';
import { ApiServer, type Caller } from '../../support/api-server.js';

let server: ApiServer;
const folder = mkdtempSync(join(tmpdir(), 'steward-files-'));

beforeAll(async () => {
  server = await ApiServer.start({ FILES_FOLDER: folder });
});

afterAll(() => server?.close());

const FILE = 'id,name,seats\nA-1,Hidden Holdings,many\n';

/** The import of a file that someone uploads. */
async function upload(by: Caller, body: string | Uint8Array = FILE, type = 'text/csv') {
  const response = await fetch(`${server.url}/api/v1/imports?kind=account&fileName=accounts.csv`, {
    method: 'POST',
    headers: { 'x-steward-request': '1', ...by.credentials, 'content-type': type },
    body: body as BodyInit,
  });
  return { status: response.status, body: (await response.json()) as any };
}

const READS = ['', '/preview', '/rejected.csv'];
const ORDERS = ['/dry-run', '/run', '/cancel'];

describe('a file that was imported', () => {
  let admins: string;
  let admin: Caller;

  beforeAll(async () => {
    admin = await server.as('admin');
    admins = (await upload(admin)).body.id;
  });

  it.each([['a key that may only import', async () => server.withKey((await server.key(['imports:write'])).secret)]])(
    'of someone else is not there for %s, who sees not all accounts',
    async (_, who) => {
      const reader = await who();
      for (const path of READS) {
        expect((await reader.get(`/api/v1/imports/${admins}${path}`)).status).toBe(404);
      }
      for (const path of ORDERS) expect((await reader.post(`/api/v1/imports/${admins}${path}`)).status).toBe(404);
      const mapping = { kind: 'account', columns: [{ column: 'id', field: 'account' }] };
      expect((await reader.put(`/api/v1/imports/${admins}/mapping`, { mapping })).status).toBe(404);
      expect((await reader.get('/api/v1/imports')).body.imports).toEqual([]);

      const own = (await upload(reader)).body.id;
      for (const path of READS) expect((await reader.get(`/api/v1/imports/${own}${path}`)).status).toBe(200);
      expect((await reader.get('/api/v1/imports')).body.imports.map(({ id }: { id: string }) => id)).toEqual([own]);
    },
  );

  it('is there for who sees all accounts, with the name of who brought it', async () => {
    const key = server.withKey((await server.key(['imports:write'])).secret);
    const ofKey = (await upload(key)).body.id;
    const reader = server.withKey((await server.key(['imports:write', 'accounts:read'])).secret);
    for (const one of [admin, reader]) {
      expect((await one.get(`/api/v1/imports/${admins}`)).body.createdBy).toMatch(/^admin \d+$/);
      expect((await one.get(`/api/v1/imports/${ofKey}`)).body.createdBy).toBe('test');
    }
  });

  it.each([
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 'text/csv', 'NOT_TEXT'],
    ['a form that is not divided', FILE, 'multipart/form-data', 'BAD_FORM'],
    ['a form that breaks off', `--x\r\n${FILE}`, 'multipart/form-data; boundary=x', 'BAD_FORM'],
  ])('leaves nothing behind where it is refused: %s', async (_, body, type, code) => {
    const before = readdirSync(folder);
    const answer = await upload(admin, body, type);
    expect([answer.status < 500, answer.body.code]).toEqual([true, code]);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual(before);
  });

  it('ends in failure where a fault of ours does not go away, and can be ordered again', async () => {
    const id = (await upload(admin, 'id\nB-1\n')).body.id;
    const mapping = { kind: 'account', columns: [{ column: 'id', field: 'account' }] };
    await admin.put(`/api/v1/imports/${id}/mapping`, { mapping });
    await admin.post(`/api/v1/imports/${id}/run`);
    const work = () => server.app.get(ImportRunner, { strict: false }).run(id, systemActor('test'));
    const broken = jest
      .spyOn(FactStore.prototype, 'store')
      .mockRejectedValue(new TypeError('undefined is no function'));
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect((await admin.get(`/api/v1/imports/${id}`)).body.problem).toBeNull();
      await expect(work()).rejects.toThrow('undefined is no function');
    }
    expect((await admin.get(`/api/v1/imports/${id}`)).body).toMatchObject({
      state: 'failed',
      problem: { code: 'IMPORT_BROKE_OFF', message: expect.not.stringContaining('undefined') },
    });
    broken.mockRestore();
    await admin.post(`/api/v1/imports/${id}/run`);
    await work();
    expect((await admin.get(`/api/v1/imports/${id}`)).body).toMatchObject({ state: 'done', did: { created: 1 } });
  });
});
