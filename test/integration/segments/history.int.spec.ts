import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import {
  segmentEventsSchema,
  segmentListSchema,
  segmentMembersSchema,
  segmentSizesSchema,
} from '@steward/shared/segments';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { DayClose } from '../../../apps/api/src/pipeline/run/day-close.service.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const isLarge = all(field('account.status', 'eq', 'customer'), field('account.arr', 'gte', 50_000));
const isActive: Rule = all({ kind: 'date', field: 'contact.lastActive', op: 'inLastDays', days: 28 });

describe('the history of segments', () => {
  let server: ApiServer;
  let csm: Caller;
  let admin: Caller;
  let owner: TestPerson;
  let boss: TestPerson;
  let large: string;
  let small: string;
  let active: string;
  const [mine, others, ada, bo] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    server = await ApiServer.start();
    owner = await server.person('csm');
    boss = await server.person('admin');
    await signIn();
    const other = await server.person('csm');
    const account = (id: string, name: string, csmId: string, arr: number) => ({
      id,
      external_id: name,
      name,
      status: 'customer',
      csm_user_id: csmId,
      arr_minor: arr * 100,
      customer_since: '2024-01-01',
      first_seen_on: '2026-01-01',
      revision: 1,
    });
    await insertRows(server.dataSource, 'account', [
      account(mine, 'Mine', owner.id, 60_000),
      account(others, 'Others', other.id, 90_000),
    ]);
    await insertRows(server.dataSource, 'contact', [
      { account_id: mine, id: ada, name: 'Ada', first_seen: '2025-01-01', last_seen: '2026-04-10' },
      { account_id: others, id: bo, name: 'Bo', first_seen: '2025-01-01', last_seen: '2026-01-01' },
    ]);
    const create = async (given: object) =>
      (await admin.post('/api/v1/segments', { visibility: 'shared', ...given })).body.id as string;
    await drain();
    large = await create({ name: 'Large', rule: isLarge });
    small = await create({ name: 'Small', rule: { kind: 'not', rule: isLarge } });
    active = await create({ name: 'Active', of: 'contact', rule: isActive });
    await refresh(mine, others);
    await passDays(1);
  }, 120_000);
  afterAll(() => server?.close());

  const drain = () => server.app.get(LiveRefresh, { strict: false }).drain();
  const refresh = async (...ids: string[]) => {
    const due = ids.map((id) => ({
      account_id: id,
      since_day: '2026-04-15',
      token: randomUUID(),
      marked_at: '2026-04-15',
    }));
    await insertRows(server.dataSource, 'dirty_account', due);
    await drain();
  };
  /** Nobody stays signed in over so many days. */
  const signIn = async () => {
    csm = await server.signedIn(owner);
    admin = await server.signedIn(boss);
  };
  const passDays = async (days: number) => {
    server.clock.advance({ days });
    await server.app.get(DayClose, { strict: false }).catchUp();
    await signIn();
  };
  const setArr = (id: string, arr: number) =>
    server.dataSource.query('UPDATE steward.account SET arr_minor = $2 WHERE id = $1', [id, arr * 100]);
  const see = (id: string, day: string) =>
    server.dataSource.query('UPDATE steward.contact SET last_seen = $2 WHERE id = $1', [id, day]);
  const events = async (caller: Caller, id: string, query = '') =>
    segmentEventsSchema.parse((await caller.get(`/api/v1/segments/${id}/events${query}`)).body);
  const sizes = async (caller: Caller, id: string) =>
    segmentSizesSchema
      .parse((await caller.get(`/api/v1/segments/${id}/sizes`)).body)
      .sizes.map(({ day, members, arrMinor }) => `${day} ${members} ${arrMinor}`);
  const inList = async (caller: Caller, id: string) =>
    segmentListSchema.parse((await caller.get('/api/v1/segments')).body).segments.find((each) => each.id === id)!;

  it('tells who came and went, when, and by which condition, to whom may see the account', async () => {
    await setArr(others, 10_000);
    await refresh(others);
    const seen = await events(admin, large);
    expect(seen).toMatchObject({ total: 1, days: [{ day: '2026-04-16', entered: 0, left: 1 }] });
    expect(seen.events[0]).toMatchObject({
      kind: 'left',
      day: '2026-04-16',
      account: { name: 'Others' },
      contact: null,
      because: 'no longer: ARR is at least 50,000 USD',
      sinceDay: '2026-04-15',
    });
    expect((await events(admin, small)).events).toMatchObject([
      { kind: 'entered', because: 'no longer: ARR is at least 50,000 USD' },
    ]);
    expect(await events(csm, large)).toEqual({ total: 0, events: [], days: [] });
    expect((await events(admin, large, '?kind=entered')).total).toBe(0);
    expect((await events(admin, large, '?offset=1')).events).toEqual([]);
  });

  it('keeps its size at the close of each day, and tells each reader that of their accounts', async () => {
    expect(await sizes(admin, large)).toEqual(['2026-04-15 2 15000000', '2026-04-16 1 6000000']);
    await passDays(1);
    await setArr(others, 95_000);
    await refresh(others);
    expect((await events(admin, small)).events[0]).toMatchObject({
      kind: 'left',
      because: 'ARR is at least 50,000 USD',
    });
    expect(await sizes(admin, large)).toEqual([
      '2026-04-15 2 15000000',
      '2026-04-16 1 6000000',
      '2026-04-17 2 15500000',
    ]);
    expect(await sizes(csm, large)).toEqual(['2026-04-15 1 6000000', '2026-04-16 1 6000000', '2026-04-17 1 6000000']);
    expect((await inList(admin, large)).sizes.slice(-4)).toEqual([null, 2, 1, 2]);
    expect((await inList(csm, large)).sizes.slice(-4)).toEqual([null, 1, 1, 1]);
  });

  it('keeps contacts in segments of their own, with their comings and goings', async () => {
    expect(await inList(admin, active)).toMatchObject({ of: 'contact', members: 1, arrMinor: null });
    await see(bo, '2026-04-17');
    await refresh(others);
    const { body } = await admin.get(`/api/v1/segments/${active}/members`);
    const { of, total, members, contacts } = segmentMembersSchema.parse(body);
    expect({ of, total, members }).toEqual({ of: 'contact', total: 2, members: [] });
    expect(contacts).toMatchObject([
      { name: 'Bo', lastActive: '2026-04-17', sinceDay: '2026-04-17', how: 'rule', account: { name: 'Others' } },
      { name: 'Ada', sinceDay: '2026-04-15', how: 'baseline', account: { name: 'Mine' } },
    ]);
    expect((await csm.get(`/api/v1/segments/${active}/members`)).body).toMatchObject({
      total: 1,
      contacts: [{ name: 'Ada' }],
    });
    expect((await events(admin, active)).events[0]).toMatchObject({
      kind: 'entered',
      account: { name: 'Others' },
      contact: { id: bo, name: 'Bo' },
      because: 'Last active is in the last 28 days',
    });
    expect((await events(csm, active)).total).toBe(0);
    await server.dataSource.query('UPDATE steward.contact SET internal = true WHERE id = $1', [bo]);
    await refresh(others);
    expect((await inList(admin, active)).members).toBe(1);
  });

  it('says why a contact is in', async () => {
    const why = (contact: string, account = mine) =>
      csm.get(`/api/v1/segments/${active}/why/${account}?contact=${contact}`);
    expect((await why(ada)).body).toMatchObject({
      isMember: true,
      holds: true,
      sinceDay: '2026-04-15',
      leaves: [{ holds: true, field: 'contact.lastActive', value: '2026-04-10' }],
    });
    expect((await why(bo, others)).status).toBe(404);
    expect((await csm.get(`/api/v1/segments/${active}/why/${mine}`)).status).toBe(400);
    expect((await csm.get(`/api/v1/segments/${large}/why/${mine}?contact=${ada}`)).status).toBe(400);
  });

  it('lets contacts go when time passes, and names no segment of contacts in a rule over accounts', async () => {
    await passDays(27);
    expect((await inList(admin, active)).members).toBe(0);
    expect((await events(csm, active)).events).toMatchObject([{ kind: 'left', contact: { name: 'Ada' } }]);
    const rule: Rule = { kind: 'member', segment: active, is: true };
    const refused = await admin.post('/api/v1/segments', { name: 'No', rule });
    expect(refused.body.details).toMatchObject([{ path: 'rule.segment', code: 'SEGMENT_OF_CONTACTS' }]);
    const ofLarge = all(isActive, { kind: 'member', segment: large, is: true });
    expect((await admin.post('/api/v1/segments', { name: 'Yes', of: 'contact', rule: ofLarge })).status).toBe(201);
    expect((await admin.post('/api/v1/segments', { name: 'No', rule: isActive })).body.details[0].code).toBe(
      'UNKNOWN_FIELD',
    );
  }, 60_000);
});
