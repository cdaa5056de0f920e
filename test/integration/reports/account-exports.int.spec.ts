import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountExportsRepository } from '../../../apps/api/src/desk/account-exports/account-exports.repository.js';
import { AccountExports } from '../../../apps/api/src/desk/account-exports/account-exports.service.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const EXPORTS = '/api/v1/account-exports';
const ACCOUNTS = 5_003;
let folder: string;
let server: ApiServer;
let ana: TestPerson;
let asAna: Caller;
let asBen: Caller;

const query = (sql: string, values: unknown[] = []): Promise<any[]> => server.dataSource.query(sql, values);
const exports = () => server.app.get(AccountExports, { strict: false });
const going = () => new AbortController().signal;
const order = async (question: object = {}, by = asAna) => (await by.post(EXPORTS, question)).body;
const files = () => readdir(join(folder, 'exports')).catch(() => []);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-'));
  server = await ApiServer.start({ FILES_FOLDER: folder });
  ana = await server.person('csm');
  const ben = await server.person('csm');
  [asAna, asBen] = [await server.signedIn(ana), await server.signedIn(ben)];
  const all = Array.from({ length: ACCOUNTS + 7 }, (_, index) => ({
    id: randomUUID(),
    owner: index < ACCOUNTS ? ana.id : ben.id,
  }));
  const of = ({ id, owner }: (typeof all)[number]) => ({
    status: 'customer',
    csm_user_id: owner,
    tags: [],
    id,
    revision: 1,
  });
  const accounts = all.map((each) => ({ ...of(each), external_id: each.id, name: 'An account' }));
  await insertRows(server.dataSource, 'account', accounts);
  const states = all.map(({ id, owner }) => ({
    account_id: id,
    status: 'customer',
    csm_user_id: owner,
    as_of: '2026-04-15',
  }));
  await insertStates(server.dataSource, states);
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

it('is made in the background of all that its orderer sees, and fetched', async () => {
  const { id, state } = await order();
  expect(state).toBe('due');
  expect((await asAna.get(`${EXPORTS}/${id}/file`)).body.code).toBe('EXPORT_NOT_READY');
  await exports().make(id, going());
  expect((await asAna.get(`${EXPORTS}/${id}`)).body).toMatchObject({
    state: 'done',
    accounts: ACCOUNTS,
    written: ACCOUNTS,
  });
  const { body, headers } = await asAna.get(`${EXPORTS}/${id}/file`);
  expect(headers.get('content-disposition')).toContain('accounts-2026-04-15.csv');
  expect(body.trimEnd().split('\r\n')).toHaveLength(ACCOUNTS + 1);
  expect((await asBen.get(`${EXPORTS}/${id}/file`)).status).toBe(404);
});

it('refuses at once what does not hold, and more than a few at a time', async () => {
  const rule = { kind: 'compare', field: 'no.such', op: 'eq', value: 1 };
  expect((await asAna.post(EXPORTS, { rule })).body.code).toBe('RULE_NOT_VALID');
  for (let n = 0; n < 5; n += 1) await order({}, asBen);
  expect((await asBen.post(EXPORTS, {})).body.code).toBe('TOO_MANY_EXPORTS');
  for (const { id } of (await asBen.get(EXPORTS)).body.exports) await asBen.delete(`${EXPORTS}/${id}`);
});

it('is taken away when its time is over, and when its orderer wants it so', async () => {
  const { id } = await order();
  await exports().make(id, going());
  const second = await order();
  await exports().make(second.id, going());
  expect((await asAna.delete(`${EXPORTS}/${second.id}`)).status).toBe(204);
  expect(await files()).not.toContain(`${second.id}.csv`);
  const [{ expires_at }] = await query('SELECT expires_at FROM steward.account_export WHERE id = $1', [id]);
  server.clock.at = new Date(expires_at);
  await exports().sweep();
  expect(await files()).toEqual([]);
  asAna = await server.signedIn(ana);
  expect((await asAna.get(`${EXPORTS}/${id}/file`)).body.code).toBe('EXPORT_EXPIRED');
});

it('that a process left is made again, a few times, and half a file is nobody’s', async () => {
  const { id } = await order();
  const before = await files();
  await writeFile(join(folder, 'exports', `${id}.csv.1.part`), 'half');
  await query(`UPDATE steward.account_export SET state = 'running', attempts = 1, heard_at = $2 WHERE id = $1`, [
    id,
    new Date(server.clock.now().getTime() - 6 * 60_000),
  ]);
  await exports().sweep();
  expect((await asAna.get(`${EXPORTS}/${id}`)).body.state).toBe('due');
  const stopping = new AbortController();
  stopping.abort();
  await exports().make(id, stopping.signal);
  expect([(await asAna.get(`${EXPORTS}/${id}`)).body.state, await files()]).toEqual(['due', before]);
  await exports().make(id, going());
  expect((await asAna.get(`${EXPORTS}/${id}`)).body.state).toBe('done');
  expect(await files()).toEqual([...before, `${id}.csv`]);
});

it('outlives any number of restarts: a process that stops in good order has not failed', async () => {
  const { id } = await order();
  const stopping = new AbortController();
  stopping.abort();
  for (let restart = 0; restart < 5; restart += 1) await exports().make(id, stopping.signal);
  const [row] = await query('SELECT state, attempts FROM steward.account_export WHERE id = $1', [id]);
  expect(row).toEqual({ state: 'due', attempts: 0 });
  await exports().make(id, going());
  expect((await asAna.get(`${EXPORTS}/${id}`)).body.state).toBe('done');
});

it('that is taken away in the moment it is finished leaves no file', async () => {
  const { id } = await order();
  const before = await files();
  const repository = server.app.get(AccountExportsRepository, { strict: false });
  jest.spyOn(repository, 'end').mockImplementationOnce((tx) => repository.remove(tx, id));
  await exports().make(id, going());
  expect(await files()).toEqual(before);
});

it('is not made for somebody who has left', async () => {
  const { id } = await order({}, asAna);
  await query('UPDATE steward.app_user SET active = FALSE WHERE id = $1', [ana.id]);
  await exports().make(id, going());
  const [row] = await query('SELECT state FROM steward.account_export WHERE id = $1', [id]);
  expect(row.state).toBe('failed');
});
