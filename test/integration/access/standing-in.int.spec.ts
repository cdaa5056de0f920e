import type { Me } from '@steward/shared/access';
import type { Caller, TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';
import { DeskWorld, TODAY } from '../goals/desk-world.js';

describe('what is “mine” while I stand in for somebody', () => {
  let world: DeskWorld;
  let deputy: TestPerson;
  let asDeputy: Caller;
  let own: string;
  let theirs: string;

  const anAccount = async (csm: string, due: string, task: string) => {
    const id = await world.account({ csm, am: null, renewal_date: due });
    await insertRows(world.server.dataSource, 'renewal', [
      { account_id: id, due_on: due, amount_minor: 100_000, revision: 1, updated_at: '2026-04-14T00:00:00Z' },
    ]);
    const given = { title: task, dueDay: TODAY, assigneeUserId: csm };
    expect((await world.asAdmin.post(`/api/v1/accounts/${id}/tasks`, given)).status).toBe(201);
    return id;
  };

  /** What each page says is mine. */
  const mine = async () => {
    const read = async (path: string) => (await asDeputy.get(`/api/v1/${path}?scope=mine`)).body;
    const [today, renewals, tasks] = [await read('today'), await read('renewals'), await read('tasks')];
    const titles = (rows: any[]) => rows.map(({ task }) => task.title).sort();
    return {
      book: today.book.accounts,
      dueSoon: today.renewals.rows.map(({ id }: any) => id),
      tasksOfToday: titles(today.tasks.rows),
      renewals: renewals.rows.map(({ account }: any) => account.id),
      tasks: titles(tasks.rows),
    };
  };
  const standsInFor = async () => ((await asDeputy.get('/api/v1/me')).body as Me).standsInFor;

  beforeAll(async () => {
    world = await DeskWorld.start();
    deputy = await world.server.person('csm');
    asDeputy = await world.server.signedIn(deputy);
    own = await anAccount(deputy.id, '2026-05-01', 'my own');
    theirs = await anAccount(world.csm.id, '2026-05-02', 'theirs');
  }, 60_000);
  afterAll(() => world?.close());

  it('is what I look after myself, and what they look after, on every page alike', async () => {
    const before = { book: 1, dueSoon: [own], tasksOfToday: ['my own'], renewals: [own], tasks: ['my own'] };
    expect(await mine()).toEqual(before);
    expect(await standsInFor()).toEqual([]);

    const path = `/api/v1/users/${world.csm.id}/stand-ins`;
    await world.asCsm.put(path, { standInId: deputy.id, fromDay: TODAY, toDay: '2026-04-20' });
    const both = ['my own', 'theirs'];
    const meanwhile = { book: 2, dueSoon: [own, theirs], tasksOfToday: both, renewals: [own, theirs], tasks: both };
    expect(await mine()).toEqual(meanwhile);
    const { fullName: name } = (await world.asCsm.get('/api/v1/me')).body.user;
    expect(await standsInFor()).toEqual([{ userId: world.csm.id, name, toDay: '2026-04-20' }]);

    await world.asCsm.delete(`${path}/${deputy.id}/${TODAY}`);
    expect(await mine()).toEqual(before);
    expect(await standsInFor()).toEqual([]);
  });

  it('leaves a filter by me at my own accounts', async () => {
    const path = `/api/v1/users/${world.csm.id}/stand-ins`;
    await world.asCsm.put(path, { standInId: deputy.id, fromDay: TODAY, toDay: TODAY });
    const rule = { kind: 'compare', field: 'account.csm', op: 'eq', value: 'me' };
    expect((await asDeputy.post('/api/v1/accounts/count', { rule })).body).toMatchObject({ accounts: 1 });
  });
});
