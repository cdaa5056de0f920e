import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportExpiry } from '../../../apps/api/src/intake/imports/import-expiry.js';
import { ImportRunner } from '../../../apps/api/src/intake/imports/import-runner.js';
import { COMMAND_LINE } from '../../../apps/api/src/intake/imports/importer.js';
import { ImportsRepository } from '../../../apps/api/src/intake/imports/imports.repository.js';
import { ImportsService } from '../../../apps/api/src/intake/imports/imports.service.js';
import { systemActor } from '../../../apps/api/src/platform/auth/principal.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { command } from '../../support/command.js';

const ACTOR = systemActor('test');
const folder = mkdtempSync(join(tmpdir(), 'steward-files-'));

let server: ApiServer;
let admin: Caller;

beforeAll(async () => {
  server = await ApiServer.start({ FILES_FOLDER: folder, KEEP_UPLOADS_DAYS: '30', KEEP_REJECTED_DAYS: '90' });
  admin = await server.as('admin');
});
afterAll(() => server?.close());

const runner = () => server.app.get(ImportRunner, { strict: false });
const detail = async (id: string) => (await admin.get(`/api/v1/imports/${id}`)).body;

async function upload(text: string, kind = 'account'): Promise<any> {
  const response = await fetch(`${server.url}/api/v1/imports?kind=${kind}&fileName=kunden.csv`, {
    method: 'POST',
    headers: { ...admin.credentials, 'x-steward-request': '1', 'content-type': 'text/csv' },
    body: text,
  });
  return response.json();
}

async function run(id: string): Promise<any> {
  await admin.post(`/api/v1/imports/${id}/run`);
  await runner().run(id, ACTOR);
  return detail(id);
}

const columnsOf = (fields: Record<string, string>) =>
  Object.entries(fields).map(([column, field]) => ({ column, field }));

describe('rejected rows', () => {
  const mapping = {
    kind: 'account',
    columns: columnsOf({ Nummer: 'account', ARR: 'arr', Sitze: 'seats', Ende: 'renewalDate' }),
  };
  const FILE = 'Nummer;ARR;Sitze;Ende\n0017;12.500,50;25;31.12.2026\n0018;8.400;viele;31.02.2026\nSumme;20.900;25;\n';

  it('are mended and imported again as the whole file was read, without doubling anything', async () => {
    const { id } = await upload(FILE);
    await admin.put(`/api/v1/imports/${id}/mapping`, { mapping });
    expect((await run(id)).did).toMatchObject({ rows: 3, created: 1, rejected: 2 });

    const [header, ...rows] = ((await admin.get(`/api/v1/imports/${id}/rejected.csv`)).body as string)
      .trimEnd()
      .split('\r\n');
    expect(rows).toEqual([
      expect.stringMatching(/^0018,8\.400,viele,31\.02\.2026,3,Sitze; Ende,viele; 31\.02\.2026,BAD_NUMBER; BAD_DATE,/),
      expect.stringMatching(/^Summe,.*,TOTALS_ROW,/),
    ]);
    const mended = [header, rows[0]!.replace('viele,31.02', '12,28.02'), rows[1]].join('\r\n');

    const again = await upload(mended);
    // Nobody has to say once more what the columns are, nor what the point in 8.400 means.
    expect(again.mapping.columns).toEqual(expect.arrayContaining([{ column: 'ARR', field: 'arr', decimal: ',' }]));
    const preview = (await admin.get(`/api/v1/imports/${again.id}/preview`)).body;
    expect(preview.suggestions.slice(-6).map((one: any) => one.mapping.ignore)).toEqual(Array(6).fill(true));
    expect((await run(again.id)).did).toMatchObject({ rows: 2, created: 1, rejected: 1 });
    const accounts = await server.dataSource.query(
      `SELECT external_id, arr_minor, seats FROM steward.account ORDER BY 1`,
    );
    expect(accounts).toEqual([
      { external_id: '0017', arr_minor: 12_500_50, seats: 25 },
      { external_id: '0018', arr_minor: 8_400_00, seats: 12 },
    ]);
    // What is rejected once more comes with the original columns and one reason, not with the old ones beside it.
    const [third, ...left] = (await admin.get(`/api/v1/imports/${again.id}/rejected.csv`)).body.trimEnd().split('\r\n');
    expect([third, left.length]).toEqual([header, 1]);
    expect(left[0]).toMatch(new RegExp(`${again.id}$`));

    server.clock.advance({ minutes: 1 });
    const whole = await upload(FILE);
    await admin.put(`/api/v1/imports/${whole.id}/mapping`, { mapping });
    expect((await run(whole.id)).did).toMatchObject({ created: 0, unchanged: 1, rejected: 2 });
  });
});

describe('rejected rows of two files with the same header', () => {
  const FILE = 'Code;ARR;Ende\nX-1;viel;03.04.2027\n';
  const columns = columnsOf({ Code: 'account', ARR: 'arr', Ende: 'renewalDate' });
  const mended = async (id: string) =>
    ((await admin.get(`/api/v1/imports/${id}/rejected.csv`)).body as string).replace('viel', '100');
  const withDates = (dateFormat: string) =>
    columns.map((one) => (one.column === 'Ende' ? { ...one, dateFormat } : one));
  let euros: string;
  let dollars: string;

  beforeAll(async () => {
    for (const [dateFormat, currency] of [
      ['dmy', 'EUR'],
      ['mdy', 'USD'],
    ] as const) {
      const { id } = await upload(FILE);
      await admin.put(`/api/v1/imports/${id}/mapping`, {
        mapping: { kind: 'account', columns: withDates(dateFormat), currency },
      });
      expect((await run(id)).did).toMatchObject({ rejected: 1 });
      if (currency === 'EUR') euros = id;
      else dollars = id;
      server.clock.advance({ minutes: 1 });
    }
  });

  it('are read each as its own file was', async () => {
    expect((await upload(await mended(euros))).mapping).toMatchObject({ currency: 'EUR' });
    expect((await upload(await mended(dollars))).mapping).toMatchObject({ currency: 'USD' });
  });

  it('are read as nothing where the rows are of both, or do not say of which', async () => {
    const [ofEuros, ofDollars] = [await mended(euros), await mended(dollars)];
    const dollarRow = ofDollars.split('\r\n')[1];
    const ofBoth = ofEuros + dollarRow;
    // A first look is at 5,000 rows.
    const ofBothFarApart = ofEuros + ofEuros.slice(ofEuros.indexOf('\r\n') + 2).repeat(5_000) + dollarRow;
    const ofNeither = ofEuros.replace(',rejected_import', '').replaceAll(`,${euros}`, '');
    const ofAnother = ofEuros.replaceAll(euros, '0190a0a0-0000-7000-8000-0000000000ff');
    for (const text of [ofBoth, ofBothFarApart, ofNeither, ofAnother]) {
      const { id, mapping } = await upload(text);
      expect(mapping).toBeNull();
      const preview = (await admin.get(`/api/v1/imports/${id}/preview`)).body;
      expect(preview.unclearOrigin).toMatch(/cannot be told how the file was read/);
      expect(preview.rowsRead).toBeLessThanOrEqual(5_000);
      const path = join(mkdtempSync(join(tmpdir(), 'steward-mended-')), 'mended.csv');
      writeFileSync(path, text);
      await expect(command(server, 'import', 'account', path)).rejects.toMatchObject({ code: 'UNCLEAR_ORIGIN' });
    }
  });

  it('without their import are read as the only import of such files', async () => {
    const { id } = await upload('Only,ARR\nX-3,much\n');
    const mapping = { kind: 'account', columns: columnsOf({ Only: 'account', ARR: 'arr' }), currency: 'CHF' };
    await admin.put(`/api/v1/imports/${id}/mapping`, { mapping });
    await run(id);
    const text = ((await admin.get(`/api/v1/imports/${id}/rejected.csv`)).body as string).replaceAll(`,${id}`, '');
    expect((await upload(text.replace(',rejected_import', ''))).mapping).toMatchObject({ currency: 'CHF' });
  });
});

describe('a file that the command cannot read', () => {
  it.each([
    ['', 'EMPTY_FILE'],
    ['PK\u0003\u0004\u0014\u0000', 'NOT_TEXT'],
    ['id,name\n', 'NO_ROWS'],
  ])('is refused in words: %j', async (text, code) => {
    const path = join(mkdtempSync(join(tmpdir(), 'steward-unread-')), 'file.csv');
    writeFileSync(path, text);
    await expect(command(server, 'import', 'account', path)).rejects.toMatchObject({ name: 'Refused', code });
  });
});

describe('an import by command', () => {
  it('is in the audit log with what it did, and a dry run with no more than that it was one', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'steward-logged-')), 'logged.csv');
    writeFileSync(path, 'id,name\nL-1,One\n');
    await command(server, 'import', 'account', path, '--dry-run');
    await command(server, 'import', 'account', path);
    const { entries } = (await admin.get('/api/v1/audit?subjectKind=import')).body;
    const own = entries.reverse().filter((one: any) => one.subjectName === 'logged.csv');
    expect(own.map((one: any) => [one.actorName, one.action])).toEqual(
      ['uploaded', 'checked', 'uploaded', 'started', 'finished'].map((what) => ['command line', `import.${what}`]),
    );
    expect(own.at(-1).changes).toMatchObject({ fileName: { from: null, to: 'logged.csv' }, created: { to: 1 } });
  });
});

describe('rejected rows of a command', () => {
  it('are shown ten at a time, with how many more there are and where to find them', async () => {
    const folderOfIts = mkdtempSync(join(tmpdir(), 'steward-more-'));
    const [path, rejected] = [join(folderOfIts, 'more.csv'), join(folderOfIts, 'rejected.csv')];
    const MAPPING = 'id=account,seats=seats,arr=arr';
    const rows = (count: number) => Array.from({ length: count }, (_, index) => `M-${index},many,much`);
    const said = async (count: number, ...options: string[]) => {
      writeFileSync(path, ['id,seats,arr', ...rows(count)].join('\n'));
      const lines = (
        await command(server, 'import', 'account', path, '--dry-run', '--mapping', MAPPING, ...options)
      ).split('\n');
      return [lines.filter((line) => line.startsWith('  line ')).length, lines.find((line) => line.includes('…'))];
    };
    expect(await said(10)).toEqual([20, undefined]);
    expect(await said(13)).toEqual([
      20,
      '  … and 3 more: --rejected <file> writes all rejected rows with their reasons',
    ]);
    expect(await said(13, '--rejected', rejected)).toEqual([
      20,
      `  … and 3 more: ${rejected} has all rejected rows with their reasons`,
    ]);
  });
});

describe('a mapping that someone changes while the file is read', () => {
  it('is not overwritten by what the cancelled run had found', async () => {
    const { id } = await upload('a,b,c\nR-1,R-2,01.02.2026\n');
    const first = { kind: 'account', columns: columnsOf({ a: 'account', c: 'renewalDate' }) };
    const second = { kind: 'account', columns: columnsOf({ b: 'account', c: 'renewalDate' }) };
    await admin.put(`/api/v1/imports/${id}/mapping`, { mapping: first });
    await admin.post(`/api/v1/imports/${id}/run`);
    const repository = server.app.get(ImportsRepository, { strict: false });
    const keepSettled = repository.keepSettled.bind(repository);
    jest.spyOn(repository, 'keepSettled').mockImplementationOnce(async (...given) => {
      await admin.post(`/api/v1/imports/${id}/cancel`);
      await admin.put(`/api/v1/imports/${id}/mapping`, { mapping: second });
      await admin.post(`/api/v1/imports/${id}/run`);
      return keepSettled(...given);
    });
    await runner().run(id, ACTOR);
    expect(await detail(id)).toMatchObject({ state: 'queued', mapping: { columns: second.columns } });
    await runner().run(id, ACTOR);
    expect((await detail(id)).state).toBe('done');
    const found = await server.dataSource.query(
      `SELECT external_id FROM steward.account WHERE external_id LIKE 'R-%' ORDER BY 1`,
    );
    expect(found).toEqual([{ external_id: 'R-2' }]);
  });
});

describe('what imports leave behind', () => {
  const expire = () => server.app.get(ImportExpiry, { strict: false }).run();
  const uploads = () => readdirSync(folder).map((name) => name.replace('.csv', ''));

  it('goes when its time is over: files first, then rejected rows; what is being worked on stays', async () => {
    const mapping = { kind: 'account', columns: columnsOf({ id: 'account', seats: 'seats' }) };
    const done = (await upload('id,seats\nE-1,1\nE-2,many\n')).id;
    await admin.put(`/api/v1/imports/${done}/mapping`, { mapping });
    await run(done);
    const abandoned = (await upload('id,seats\nE-3,1\n')).id;
    const running = (await upload('id,seats\nE-4,1\n')).id;
    await admin.put(`/api/v1/imports/${running}/mapping`, { mapping });
    await admin.post(`/api/v1/imports/${running}/run`);
    const own = join(mkdtempSync(join(tmpdir(), 'steward-own-')), 'accounts.csv');
    writeFileSync(own, 'id,seats\nE-5,1\n');
    const byCommand = '0190a0a0-0000-7000-8000-00000000000c';
    const file = { path: own, name: 'accounts.csv', bytes: 15, sha256: '', kind: 'account', mapping: null } as const;
    await server.app
      .get(ImportsService, { strict: false })
      .add({ ...file, id: byCommand, headers: ['id', 'seats'] }, COMMAND_LINE);
    const stray = join(folder, '0190a0a0-0000-7000-8000-00000000000b.csv.part');
    writeFileSync(stray, 'id,sea');
    utimesSync(stray, new Date('2026-04-10'), new Date('2026-04-10'));

    server.clock.advance({ days: 29 });
    await expire();
    expect(uploads()).toEqual(expect.arrayContaining([done, abandoned, running]));

    server.clock.advance({ days: 2 });
    admin = await server.as('admin');
    const late = (await upload('id,seats\nE-6,1\n')).id;
    await expire();
    expect(uploads().sort()).toEqual([running, late].sort());
    expect(readdirSync(join(own, '..'))).toEqual(['accounts.csv']);
    expect(await detail(abandoned)).toMatchObject({ state: 'cancelled', problem: { code: 'FILE_EXPIRED' } });
    expect(await detail(done)).toMatchObject({ state: 'done', problem: null });
    const { entries } = (await admin.get('/api/v1/audit?subjectKind=import')).body;
    const cancelled = entries.filter((one: any) => one.action === 'import.cancelled');
    const ids = cancelled.map((one: any) => one.subjectId);
    expect([abandoned, byCommand, done].map((id) => ids.includes(id))).toEqual([true, true, false]);
    expect((await admin.get(`/api/v1/imports/${done}/rejected.csv`)).body).toMatch(
      /^id,seats,rejected_line.*\r\nE-2,many,3,/,
    );

    server.clock.advance({ days: 90 });
    await expire();
    admin = await server.as('admin');
    expect((await admin.get(`/api/v1/imports/${done}/rejected.csv`)).body.code).toBe('REJECTED_ROWS_GONE');
    expect((await detail(done)).did).toMatchObject({ rejected: 1 });
  });
});
