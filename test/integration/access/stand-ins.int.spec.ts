import { randomUUID } from 'node:crypto';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';

let server: ApiServer;
let chief: TestPerson;
let admin: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  chief = await server.person('admin');
  admin = await server.signedIn(chief);
});

afterAll(() => server?.close());

describe('who stands in', () => {
  it('stand-ins are named by the person, their manager or an admin, and by nobody else', async () => {
    const lead = await server.person('manager');
    const csm = await server.person('csm', { managerId: lead.id });
    const other = await server.person('manager');
    const standIn = { standInId: other.id, fromDay: '2026-05-01', toDay: '2026-05-02' };
    const path = `/api/v1/users/${csm.id}/stand-ins`;
    expect((await (await server.signedIn(lead)).put(path, standIn)).status).toBe(200);
    // The same once more moves its last day.
    expect((await admin.put(path, { ...standIn, toDay: '2026-05-03' })).body.standIns).toHaveLength(1);
    const refused = await (await server.signedIn(other)).put(path, standIn);
    expect(refused).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect((await (await server.signedIn(other)).get(path)).status).toBe(403);
  });

  it.each([
    ['oneself', (me: string) => ({ standInId: me, fromDay: '2026-05-01', toDay: '2026-05-02' }), 'STAND_IN_UNFIT'],
    ['nobody', () => ({ standInId: randomUUID(), fromDay: '2026-05-01', toDay: '2026-05-02' }), 'STAND_IN_UNFIT'],
    [
      'days in the wrong order',
      (me: string) => ({ standInId: me, fromDay: '2026-05-03', toDay: '2026-05-02' }),
      'INVALID_INPUT',
    ],
    [
      'a day that does not exist',
      (me: string) => ({ standInId: me, fromDay: '2026-02-30', toDay: '2026-05-02' }),
      'INVALID_INPUT',
    ],
  ])('a stand-in is not %s', async (_, standIn, code) => {
    const me = await server.person('csm');
    const answer = await (await server.signedIn(me)).put(`/api/v1/users/${me.id}/stand-ins`, standIn(me.id));
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });

  it('a stand-in is not of days that are over, nor beside another', async () => {
    const away = await server.person('csm');
    const [first, second] = [await server.person('csm'), await server.person('am')];
    const session = await server.signedIn(away);
    const path = `/api/v1/users/${away.id}/stand-ins`;
    const set = (standInId: string, fromDay: string, toDay: string, rest = {}) =>
      session.put(path, { standInId, fromDay, toDay, ...rest });
    expect(await set(first.id, '2026-04-01', '2026-04-14')).toMatchObject({
      status: 400,
      body: { code: 'STAND_IN_OVER', details: [{ path: 'toDay' }] },
    });
    expect((await set(first.id, '2026-04-10', '2026-04-20')).status).toBe(200);
    expect(await set(second.id, '2026-04-20', '2026-04-25')).toMatchObject({
      status: 409,
      body: {
        code: 'STAND_IN_OVERLAPS',
        message: expect.stringContaining('from 10 Apr 2026 to 20 Apr 2026'),
        details: [{ path: 'fromDay' }],
      },
    });
    const after = { standInId: second.id, fromDay: '2026-04-21', toDay: '2026-04-25' };
    expect((await session.put(path, after)).status).toBe(200);
    // Another person, or another first day, takes the place of the one that is named.
    const instead = { standInId: first.id, fromDay: '2026-04-10' };
    const moved = await set(second.id, '2026-04-15', '2026-04-20', { instead });
    expect(moved.body.standIns).toEqual([{ standInId: second.id, fromDay: '2026-04-15', toDay: '2026-04-20' }, after]);
    expect(await set(second.id, '2026-04-15', '2026-04-20', { instead })).toMatchObject({ status: 404 });
    // What is refused leaves the one whose place it would have taken.
    const wrong = { instead: { standInId: second.id, fromDay: '2026-04-15' } };
    expect((await set(first.id, '2026-04-16', '2026-04-21', wrong)).status).toBe(409);
    expect((await session.get(path)).body.standIns).toEqual(moved.body.standIns);
  });

  it('a stand-in is told whom they stand in for, until when, and that it is over', async () => {
    const away = await server.person('csm');
    const [first, second] = [await server.person('csm'), await server.person('csm')];
    const session = await server.signedIn(away);
    const { fullName } = (await session.get('/api/v1/me')).body.user;
    const path = `/api/v1/users/${away.id}/stand-ins`;
    const toldTo = async (person: TestPerson) => {
      const { notifications } = (await (await server.signedIn(person)).get('/api/v1/notifications')).body;
      return notifications.map(({ news, text }: { news: string; text: string }) => [news, text]);
    };
    await session.put(path, { standInId: first.id, fromDay: '2026-04-16', toDay: '2026-04-17' });
    const begun = ['standIn', `You stand in for ${fullName} from 16 Apr 2026 to 17 Apr 2026`];
    expect(await toldTo(first)).toEqual([begun]);
    server.clock.advance({ minutes: 1 });
    const instead = { standInId: first.id, fromDay: '2026-04-16' };
    await session.put(path, { standInId: second.id, fromDay: '2026-04-16', toDay: '2026-04-17', instead });
    expect(await toldTo(first)).toEqual([['standIn', `You do not stand in for ${fullName} any more`], begun]);
    expect(await toldTo(second)).toEqual([begun]);
    // Who is no admin reads and ticks off their own.
    const asSecond = await server.signedIn(second);
    await asSecond.post('/api/v1/notifications/read', { ids: null });
    expect((await asSecond.get('/api/v1/notifications')).body.unread).toBe(0);
    // An admin who names themselves knows it.
    await admin.put(path, { standInId: chief.id, fromDay: '2026-04-20', toDay: '2026-04-21' });
    expect(await toldTo(chief)).toEqual([]);
    server.clock.advance({ minutes: -1 });
  });
});
