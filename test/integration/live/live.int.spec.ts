import { randomUUID } from 'node:crypto';
import { announce } from '../../../apps/api/src/db/live-channel.js';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { ApiServer, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';
import { OpenPage } from './open-page.js';

let server: ApiServer;
const pages: OpenPage[] = [];

beforeAll(async () => {
  server = await ApiServer.start();
});
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});
afterAll(() => server?.close());

async function account(owners: { csm?: string; am?: string } = {}): Promise<string> {
  const id = randomUUID();
  await insertRows(server.dataSource, 'account', [
    {
      id,
      external_id: id,
      name: id,
      status: 'customer',
      csm_user_id: owners.csm ?? null,
      am_user_id: owners.am ?? null,
    },
  ]);
  return id;
}

async function pageOf(person: TestPerson, path = '/api/v1/live'): Promise<OpenPage> {
  const page = await OpenPage.open(`${server.url}${path}`, await server.cookieOf(person));
  pages.push(page);
  return page;
}

const unitOfWork = () => server.app.get(UnitOfWork, { strict: false });
const computed = (...ids: string[]) => unitOfWork().run((tx) => announce(tx, { topic: 'accounts', ids }));

describe('an open page', () => {
  it('is told of accounts in its reader’s book and never of another', async () => {
    const [ana, bo, ada] = [await server.person('csm'), await server.person('am'), await server.person('admin')];
    const [anas, bos, nobodys] = [await account({ csm: ana.id }), await account({ am: bo.id }), await account()];
    const [anasPage, bosPage, adasPage] = [await pageOf(ana), await pageOf(bo), await pageOf(ada)];
    await computed(anas, bos);
    await computed(nobodys);
    expect((await adasPage.next('hint')).ids.sort()).toEqual([anas, bos, nobodys].sort());
    expect((await anasPage.next('hint')).ids.sort()).toEqual([anas, nobodys].sort());
    expect((await bosPage.next('hint')).ids.sort()).toEqual([bos, nobodys].sort());
    expect(anasPage.text).not.toContain(bos);
  });

  it('is told nothing of a transaction that was undone', async () => {
    const ada = await server.person('admin');
    const [undone, kept] = [await account(), await account()];
    const page = await pageOf(ada);
    const failing = unitOfWork().run(async (tx) => {
      await announce(tx, { topic: 'accounts', ids: [undone] });
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    await computed(kept);
    expect((await page.next('hint')).ids).toEqual([kept]);
  });

  it('follows an account to its new owner', async () => {
    const [ana, bo] = [await server.person('csm'), await server.person('csm')];
    const moved = await account({ csm: ana.id });
    const [anasPage, bosPage] = [await pageOf(ana), await pageOf(bo)];
    await server.dataSource.query(`UPDATE steward.account SET csm_user_id = $2 WHERE id = $1`, [moved, bo.id]);
    await computed(moved);
    expect((await bosPage.next('hint')).ids).toEqual([moved]);
    expect(anasPage.text).not.toContain(moved);
  });

  it('is told "many" without names when a whole batch was computed', async () => {
    const page = await pageOf(await server.person('csm'));
    await unitOfWork().run((tx) => announce(tx, { topic: 'accounts', ids: null }));
    expect(await page.next('hint')).toMatchObject({ topic: 'accounts', ids: null });
  });

  it('asks for everything again when it comes back', async () => {
    const ana = await server.person('csm');
    const page = await pageOf(ana, '/api/v1/live?resumed=1');
    expect(await page.next('resync')).toEqual({});
  });

  it('is closed when the person signs out, and cannot come back', async () => {
    const ana = await server.person('csm');
    const cookie = await server.cookieOf(ana);
    const page = await OpenPage.open(`${server.url}/api/v1/live`, cookie);
    await fetch(`${server.url}/api/v1/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, 'x-steward-request': '1' },
    });
    await page.next('ended');
    await page.ended;
    expect((await fetch(`${server.url}/api/v1/live`, { headers: { cookie } })).status).toBe(401);
  });

  it('sees with the new role at once when an admin changes it', async () => {
    const [ada, bo, ana] = [await server.person('admin'), await server.person('csm'), await server.person('csm')];
    const bos = await account({ csm: bo.id });
    const page = await pageOf(ana);
    const asAdmin = await server.signedIn(ada);
    const { body } = await asAdmin.get('/api/v1/users');
    const { revision } = body.users.find(({ id }: { id: string }) => id === ana.id);
    expect((await asAdmin.patch(`/api/v1/users/${ana.id}`, { revision, role: 'viewer' })).status).toBe(200);
    await page.next('resync');
    await computed(bos);
    expect((await page.next('hint')).ids).toEqual([bos]);
  });

  it('is refused when one person has a dozen open', async () => {
    const ana = await server.person('csm');
    const cookie = await server.cookieOf(ana);
    for (let n = 0; n < 12; n += 1) pages.push(await OpenPage.open(`${server.url}/api/v1/live`, cookie));
    const answer = await fetch(`${server.url}/api/v1/live`, { headers: { cookie } });
    expect([answer.status, (await answer.json()).code]).toEqual([429, 'TOO_MANY_PAGES']);
  });

  it('is refused so when they are opened all at once, too, and has room again when they are closed', async () => {
    const ana = await server.person('csm');
    const cookie = await server.cookieOf(ana);
    const opened = await Promise.allSettled(
      Array.from({ length: 20 }, () => OpenPage.open(`${server.url}/api/v1/live`, cookie)),
    );
    const open = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(open).toHaveLength(12);
    for (const page of open) page.close();
    await Promise.all(open.map((page) => page.ended));
    pages.push(await OpenPage.open(`${server.url}/api/v1/live`, cookie));
  });

  it('asks again when the server lost sight of the database for a while', async () => {
    const page = await pageOf(await server.person('csm'));
    await server.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'steward live' AND datname = current_database()`,
    );
    await page.next('resync');
  });
});
