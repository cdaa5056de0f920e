import { ImportRunner } from '../../../apps/api/src/intake/imports/import-runner.js';
import { systemActor } from '../../../apps/api/src/platform/auth/principal.js';
import { ApiServer, type Caller } from '../../support/api-server.js';

const ACTOR = systemActor('test');

describe('imports', () => {
  let server: ApiServer;
  let admin: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    admin = await server.as('admin');
  });
  afterAll(() => server.close());

  const runner = () => server.app.get(ImportRunner, { strict: false });
  const count = async (table: string) =>
    Number((await server.dataSource.query(`SELECT count(*) FROM steward.${table}`))[0].count);

  async function upload(text: string | Buffer, query = ''): Promise<any> {
    const cookie = await server.cookieOf(await server.person('admin'));
    const response = await fetch(`${server.url}/api/v1/imports${query}`, {
      method: 'POST',
      headers: { cookie, 'x-steward-request': '1', 'content-type': 'text/csv' },
      body: typeof text === 'string' ? text : new Uint8Array(text),
    });
    return { status: response.status, body: await response.json() };
  }

  /** From upload to result, with the work done here instead of in a worker. */
  async function importText(kind: string, text: string, columns: object[], more: object = {}): Promise<any> {
    const { body } = await upload(text, `?kind=${kind}&fileName=test.csv`);
    const mapping = { kind, columns, ...more };
    const set = await admin.put(`/api/v1/imports/${body.id}/mapping`, { mapping });
    if (set.status !== 200) return set;
    await admin.post(`/api/v1/imports/${body.id}/run`);
    await runner().run(body.id, ACTOR);
    return admin.get(`/api/v1/imports/${body.id}`);
  }

  /** What the audit log says of an import, oldest first: who, what, and the new values. */
  async function logged(id: string): Promise<[string, string, Record<string, unknown>][]> {
    const { entries } = (await admin.get(`/api/v1/audit?subjectKind=import&subjectId=${id}`)).body;
    const news = (changes: Record<string, { to: unknown }>) =>
      Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));
    return entries.reverse().map((one: any) => [one.actorName, one.action, news(one.changes)]);
  }

  const accountColumns = [
    { column: 'id', field: 'account' },
    { column: 'name', field: 'name' },
    { column: 'seats', field: 'seats' },
    { column: 'csm', field: 'csm' },
  ];

  it('go from a file to a result with everything accounted for', async () => {
    const text =
      'id;name;seats;csm\nI-1;Ærø;10;Ann Gone\nI-2;Bee;many;\nI-1;Ærø;10;Ann Gone\n;Nameless;1;\nI-3;Cee;-4;Ann Gone\n';
    const { body: uploaded, status } = await upload(Buffer.from(text, 'latin1'));
    expect([status, uploaded.kind, uploaded.state]).toEqual([201, 'account', 'uploaded']);
    const preview = (await admin.get(`/api/v1/imports/${uploaded.id}/preview`)).body;
    expect(preview).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      kind: 'account',
      rowsRead: 5,
      complete: true,
    });
    expect(preview.suggestions.map((one: any) => one.mapping.field)).toEqual(['account', 'name', 'seats', 'csm']);
    expect(preview.columns[2]).toMatchObject({ name: 'seats', type: 'text', samples: ['10', 'many', '1', '-4'] });

    expect((await admin.post(`/api/v1/imports/${uploaded.id}/dry-run`)).body.code).toBe('NO_MAPPING');
    const mapping = { kind: 'account', columns: accountColumns };
    await admin.put(`/api/v1/imports/${uploaded.id}/mapping`, { mapping, saveAs: 'Accounts from CRM' });
    const accounts = await count('account');
    expect((await admin.post(`/api/v1/imports/${uploaded.id}/dry-run`)).body.state).toBe('checking');
    await runner().check(uploaded.id, ACTOR);
    const checked = (await admin.get(`/api/v1/imports/${uploaded.id}`)).body;
    const expected = { rows: 5, created: 1, updated: 0, unchanged: 0, duplicates: 1, rejected: 3, quarantined: 0 };
    expect([checked.state, checked.wouldDo]).toEqual(['checked', expect.objectContaining(expected)]);
    expect(await count('account')).toBe(accounts);

    expect((await admin.post(`/api/v1/imports/${uploaded.id}/run`)).status).toBe(202);
    await runner().run(uploaded.id, ACTOR);
    const done = (await admin.get(`/api/v1/imports/${uploaded.id}`)).body;
    expect([done.state, done.progress, done.did]).toEqual(['done', 1, expect.objectContaining(expected)]);
    expect(done.owners).toEqual([{ text: 'Ann Gone', accounts: 1 }]);
    expect(done.rejections.map((one: any) => [one.line, one.column, one.value, one.code])).toEqual([
      [3, 'seats', 'many', expect.any(String)],
      [5, 'id', '', 'MISSING_VALUE'],
      [6, 'seats', '-4', expect.any(String)],
    ]);
    const rejected = await admin.get(`/api/v1/imports/${uploaded.id}/rejected.csv`);
    expect(rejected.body.split('\r\n').slice(0, 2)).toEqual([
      expect.stringContaining('id,name,seats,csm,rejected_line'),
      expect.stringMatching(/^I-2,Bee,many,,3,seats,many,/),
    ]);
    const file = { kind: 'account', fileName: 'file.csv' };
    expect((await logged(uploaded.id)).map(([, ...what]) => what)).toEqual([
      ['import.uploaded', file],
      ['import.checked', {}],
      ['import.started', {}],
      ['import.finished', { ...file, ...done.did }],
    ]);
    const again = await upload('CSM,Name,ID,Seats\nx,y,z,1\n');
    expect((await admin.get(`/api/v1/imports/${again.body.id}/preview`)).body.savedMappings).toMatchObject([
      { name: 'Accounts from CRM' },
    ]);
  });

  it('take an owner text for a user once someone says whom it means, now and from then on', async () => {
    const ann = await server.person('csm');
    await importText('account', 'id,name,seats,csm\nO-1,One,1,A. Lee\n', accountColumns);
    expect((await admin.post('/api/v1/owner-aliases', { text: 'a. lee', userId: ann.id })).body).toEqual({
      accounts: 1,
    });
    await importText('account', 'id,name,seats,csm\nO-1,One,2,A. Lee\nO-2,Two,2,A. Lee\n', accountColumns);
    const rows = await server.dataSource.query(`SELECT csm_user_id FROM steward.account WHERE external_id LIKE 'O-%'`);
    expect(rows).toEqual([{ csm_user_id: ann.id }, { csm_user_id: ann.id }]);
  });

  it.each([
    ['a file without a needed column', 'a,b\n1,2\n', [{ column: 'a', field: 'name' }], 'MAPPING_DOES_NOT_FIT'],
    [
      'a mapping of columns that are not there',
      'id,b\n1,2\n',
      [
        { column: 'id', field: 'account' },
        { column: 'c', field: 'name' },
      ],
      'MAPPING_DOES_NOT_FIT',
    ],
  ])('refuse %s', async (_, text, columns, code) => {
    const { status, body } = await importText('account', text, columns);
    expect([status, body.code]).toEqual([422, code]);
    expect(body.details.length).toBeGreaterThan(0);
  });

  it('count nothing in a file of a header alone, and refuse to import it', async () => {
    const { body } = await upload('id,name\n\n', '?kind=account');
    await admin.put(`/api/v1/imports/${body.id}/mapping`, {
      mapping: { kind: 'account', columns: accountColumns.slice(0, 2) },
    });
    await admin.post(`/api/v1/imports/${body.id}/dry-run`);
    await runner().check(body.id, ACTOR);
    const checked = (await admin.get(`/api/v1/imports/${body.id}`)).body;
    expect([checked.state, checked.wouldDo]).toEqual(['checked', expect.objectContaining({ rows: 0, created: 0 })]);
    const refused = await admin.post(`/api/v1/imports/${body.id}/run`);
    expect([refused.status, refused.body.code]).toEqual([422, 'NO_ROWS']);
    expect((await admin.get(`/api/v1/imports/${body.id}`)).body.state).toBe('checked');
  });

  it('say before anything is stored how many rows bring an amount in a currency without a rate', async () => {
    const text = 'id,name,arr,currency\nR-1,Ah,10,CHF\nR-2,Be,20,CHF\nR-3,Ce,30,USD\nR-4,De,,CHF\nR-5,Eh,x,CHF\n';
    const { body } = await upload(text, '?kind=account&fileName=test.csv');
    const columns = ['id', 'name', 'arr', 'currency'].map((column) => ({
      ...{ column, field: column === 'id' ? 'account' : column },
    }));
    await admin.put(`/api/v1/imports/${body.id}/mapping`, { mapping: { kind: 'account', columns } });
    await admin.post(`/api/v1/imports/${body.id}/dry-run`);
    await runner().check(body.id, ACTOR);
    const withoutRate = async () => (await admin.get(`/api/v1/imports/${body.id}`)).body.withoutRate;
    expect(await withoutRate()).toEqual([{ currency: 'CHF', rows: 2 }]);
    await admin.put('/api/v1/workspace/exchange-rates/CHF/2026-01-01', { rate: 1.1 });
    expect(await withoutRate()).toEqual([]);
    await admin.delete('/api/v1/workspace/exchange-rates/CHF/2026-01-01');
  });

  it('refuse a currency that there is not, given for the whole file', async () => {
    for (const currency of ['ZZQ', 'zz']) {
      const { status, body } = await importText('account', 'id,arr\nZ-1,5\n', accountColumns.slice(0, 1), { currency });
      expect([status, body.details]).toEqual([
        422,
        [{ path: 'currency', code: 'UNKNOWN_CURRENCY', message: `"${currency}" is not a currency such as EUR.` }],
      ]);
    }
  });

  it('refuse what is no text, and a ticket file without a day', async () => {
    expect((await upload(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]))).body.code).toBe('NOT_TEXT');
    expect((await upload('')).body.code).toBe('EMPTY_FILE');
    const columns = [
      { column: 'account', field: 'account' },
      { column: 'metric', field: 'metric' },
      { column: 'value', field: 'value' },
    ];
    const undated = await importText('metric', 'account,metric,value\nI-1,users,5\n', columns);
    expect(undated.body.details).toMatchObject([{ code: 'DAY_NEEDED' }]);
    const dated = await importText('metric', 'account,metric,value\nI-1,users,5\n', columns, { dated: '2026-04-14' });
    expect(dated.body.did).toMatchObject({ created: 1 });
  });

  it('ask which way dates are written when the file does not tell, and fail until someone says', async () => {
    const columns = [
      { column: 'account', field: 'account' },
      { column: 'renewal', field: 'renewalDate' },
    ];
    const asked = await importText('account', 'account,renewal\nD-1,03/04/2026\n', columns);
    expect(asked.body).toMatchObject({
      state: 'failed',
      problem: { code: 'AMBIGUOUS_DATES', questions: [{ column: 'renewal' }] },
    });
    expect((await logged(asked.body.id)).at(-1)?.slice(1)).toEqual([
      'import.failed',
      { kind: 'account', fileName: 'test.csv' },
    ]);
    const told = await importText('account', 'account,renewal\nD-1,03/04/2026\n', [
      columns[0]!,
      { ...columns[1], dateFormat: 'dmy' },
    ]);
    expect(told.body.did).toMatchObject({ created: 1 });
  });

  it('let facts of unknown accounts wait, told apart from rejected and repeated rows', async () => {
    const columns = [
      { column: 'account', field: 'account' },
      { column: 'ticket', field: 'id' },
      { column: 'opened', field: 'opened' },
    ];
    const text =
      'account,ticket,opened\nI-1,1,2026-01-01\nI-1,1,2026-01-01\nNobody,2,2026-01-01\nNobody,2,2026-01-01\nI-1,3,never\n';
    const { body } = await importText('ticket', text, columns);
    expect(body.did).toMatchObject({ rows: 5, created: 1, duplicates: 2, quarantined: 1, rejected: 1 });
  });

  it('account for rows of nothing, and name the column and the value of what cannot be stored', async () => {
    const columns = [
      { column: 'customer', field: 'account' },
      { column: 'action', field: 'name' },
      { column: 'usage_date', field: 'occurredAt' },
      { column: 'times', field: 'count' },
    ];
    const text =
      'customer,action,usage_date,times\nI-1,Login,2026-04-10,3\nI-1,Login,2026-04-11,0\nI-1,Login,2019-05-01,1\n';
    const { body } = await importText('event', text, columns);
    expect(body.did).toMatchObject({ rows: 3, created: 1, unchanged: 0, empty: 1, rejected: 1 });
    expect(body.rejections).toEqual([
      expect.objectContaining({ line: 4, column: 'usage_date', value: '2019-05-01', code: 'EVENT_TOO_OLD' }),
    ]);
  });

  it('go on after the last committed line when they were stopped, and count nothing twice', async () => {
    const lines = Array.from(
      { length: 5_500 },
      (_, index) => `R-${index % 5_000},Account ${index % 5_000},${index % 7}`,
    );
    const { body } = await upload(['id,name,seats', ...lines].join('\n'), '?kind=account');
    await admin.put(`/api/v1/imports/${body.id}/mapping`, {
      mapping: { kind: 'account', columns: accountColumns.slice(0, 3) },
    });
    await admin.post(`/api/v1/imports/${body.id}/run`);
    const stop = new AbortController();
    await runner().run(body.id, ACTOR, {
      signal: stop.signal,
      onProgress: ({ counts }) => counts.rows >= 2_000 && stop.abort(),
    });
    const stopped = (await admin.get(`/api/v1/imports/${body.id}`)).body;
    expect([stopped.state, stopped.did.rows, stopped.committedLine]).toEqual(['running', 2_000, 2_001]);
    await runner().run(body.id, ACTOR);
    const { did, state } = (await admin.get(`/api/v1/imports/${body.id}`)).body;
    expect([state, did]).toEqual(['done', expect.objectContaining({ rows: 5_500, created: 5_000 })]);
    expect(did.updated + did.duplicates + did.unchanged).toBe(500);
    await runner().run(body.id, ACTOR);
    expect((await logged(body.id)).filter(([, action]) => action === 'import.finished')).toEqual([
      ['test', 'import.finished', expect.objectContaining({ rows: 5_500 })],
    ]);
  });

  it('stop when they are cancelled', async () => {
    const lines = Array.from({ length: 4_000 }, (_, index) => `X-${index},Account`);
    const { body } = await upload(['id,name', ...lines].join('\n'), '?kind=account');
    await admin.put(`/api/v1/imports/${body.id}/mapping`, {
      mapping: { kind: 'account', columns: accountColumns.slice(0, 2) },
    });
    await admin.post(`/api/v1/imports/${body.id}/run`);
    let cancelled: Promise<unknown> | null = null;
    await runner().run(body.id, ACTOR, {
      onProgress: () => {
        cancelled ??= admin.post(`/api/v1/imports/${body.id}/cancel`);
      },
    });
    await cancelled;
    const { state, did } = (await admin.get(`/api/v1/imports/${body.id}`)).body;
    expect(state).toBe('cancelled');
    expect(
      Number(
        (await server.dataSource.query(`SELECT count(*) FROM steward.account WHERE external_id LIKE 'X-%'`))[0].count,
      ),
    ).toBe(did.created);
    expect((await admin.post(`/api/v1/imports/${body.id}/cancel`)).body.code).toBe('IMPORT_ENDED');
    expect((await logged(body.id)).slice(2).map(([, ...what]) => what)).toEqual([
      ['import.cancelled', { kind: 'account', fileName: 'file.csv', ...did }],
    ]);
  });

  it('that are run again and cancelled before a row was taken show nothing of the earlier run', async () => {
    const lines = [',Nameless', ...Array.from({ length: 4_000 }, (_, index) => `Z-${index},Account`)];
    const { body } = await upload(['id,name', ...lines].join('\n'), '?kind=account');
    const address = `/api/v1/imports/${body.id}`;
    await admin.put(`${address}/mapping`, { mapping: { kind: 'account', columns: accountColumns.slice(0, 2) } });
    await admin.post(`${address}/run`);
    let cancelled: Promise<unknown> | null = null;
    await runner().run(body.id, ACTOR, {
      onProgress: () => {
        cancelled ??= admin.post(`${address}/cancel`);
      },
    });
    await cancelled;
    const first = (await admin.get(address)).body;
    expect(first).toMatchObject({ state: 'cancelled', did: { rejected: 1 }, rejections: [{ line: 2 }] });
    expect(first.committedLine).toBeGreaterThan(0);

    await admin.post(`${address}/run`);
    await admin.post(`${address}/cancel`);
    expect((await admin.get(address)).body).toMatchObject({
      state: 'cancelled',
      did: null,
      progress: 0,
      committedLine: 0,
      rejections: [],
    });
    expect((await logged(body.id)).at(-1)?.slice(1)).toEqual([
      'import.cancelled',
      { kind: 'account', fileName: 'file.csv' },
    ]);
  });

  it('are for those who may import', async () => {
    for (const role of ['csm', 'am', 'viewer'] as const) {
      expect((await (await server.as(role)).get('/api/v1/imports')).status).toBe(403);
    }
    expect((await (await server.as('manager')).get('/api/v1/imports')).status).toBe(403);
    const key = await server.key(['imports:write']);
    expect((await server.withKey(key.secret).get('/api/v1/imports')).status).toBe(200);
    expect((await server.withKey((await server.key(['facts:write'])).secret).get('/api/v1/imports')).status).toBe(403);
  });
});
