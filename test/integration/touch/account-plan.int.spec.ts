import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const ACCOUNT = accountIdOf('acme');

let server: ApiServer;
let lead: TestPerson;
let cora: TestPerson;
let adam: TestPerson;
let stranger: TestPerson;
let csm: Caller;
let viewer: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  lead = await server.person('manager');
  cora = await server.person('csm', { managerId: lead.id });
  adam = await server.person('am');
  stranger = await server.person('csm');
  csm = await server.signedIn(cora);
  viewer = await server.as('viewer');
});

beforeEach(async () => {
  await server.dataSource.query('DELETE FROM steward.account');
  await insertRows(server.dataSource, 'account', [
    {
      id: ACCOUNT,
      external_id: 'acme',
      name: 'Acme',
      status: 'customer',
      first_seen_on: '2026-01-01',
      revision: 1,
      csm_user_id: cora.id,
      am_user_id: adam.id,
    },
  ]);
});

afterAll(() => server?.close());

const of = (what: string) => `/api/v1/accounts/${ACCOUNT}/${what}`;
const query = (sql: string, values: unknown[] = []) => server.dataSource.query(sql, values);
const aPlan = (given: object = {}) => ({
  revision: 0,
  note: 'Renews only with the new export',
  objectives: [{ text: 'Invoices in one day', targetDay: '2026-09-30', state: 'open' }],
  nextStep: { text: 'Call the CFO', day: '2026-04-14', ownerUserId: adam.id },
  links: [{ name: 'Contract', url: 'https://docs.example.com/acme' }],
  ...given,
});
const userIds = (people: { userId: string }[]) => people.map(({ userId }) => userId);

describe('the plan of an account', () => {
  it('is empty until somebody plans', async () => {
    expect((await viewer.get(of('plan'))).body).toEqual({
      note: null,
      mentions: [],
      objectives: [],
      nextStep: null,
      links: [],
      followers: [],
      following: false,
      revision: 0,
      updatedAt: null,
      updatedBy: null,
    });
  });

  it('is kept whole, and says that its next step is past', async () => {
    const { status, body } = await csm.put(of('plan'), aPlan());
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        note: 'Renews only with the new export',
        objectives: [{ text: 'Invoices in one day', targetDay: '2026-09-30', state: 'open' }],
        nextStep: { text: 'Call the CFO', day: '2026-04-14', owner: { userId: adam.id }, past: true },
        links: [{ name: 'Contract', url: 'https://docs.example.com/acme' }],
        revision: 1,
      },
    });
    expect(await query('SELECT account_id FROM steward.dirty_account')).toEqual([{ account_id: ACCOUNT }]);
  });

  it('that two people change at once takes the first, and tells the second', async () => {
    await csm.put(of('plan'), aPlan());
    const answers = await Promise.all([
      csm.put(of('plan'), aPlan({ revision: 1, note: 'one' })),
      csm.put(of('plan'), aPlan({ revision: 1, note: 'two' })),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await csm.get(of('plan'))).body.revision).toBe(2);
  });

  it('that says the same again is not written', async () => {
    await csm.put(of('plan'), aPlan());
    expect((await csm.put(of('plan'), aPlan({ revision: 1 }))).body.revision).toBe(1);
  });

  it.each([
    ['six objectives', { objectives: new Array(6).fill({ text: 'More', targetDay: null, state: 'open' }) }],
    ['a link that runs', { links: [{ name: 'x', url: 'javascript:alert(1)' }] }],
    ['a link to a file', { links: [{ name: 'x', url: 'file:///etc/passwd' }] }],
    ['a NUL', { note: 'a\u0000b' }],
    ['a next step without words', { nextStep: { text: '', day: null, ownerUserId: null } }],
    ['a day of no calendar', { nextStep: { text: 'x', day: '2026-02-30', ownerUserId: null } }],
    ['an objective in a state of its own', { objectives: [{ text: 'x', targetDay: null, state: 'won' }] }],
  ])('refuses %s', async (_what, given) => {
    expect(await csm.put(of('plan'), aPlan(given))).toMatchObject({ status: 400 });
    expect((await csm.get(of('plan'))).body.revision).toBe(0);
  });

  it('gives the next step only to who may act on the account', async () => {
    const nextStep = { text: 'Call', day: null, ownerUserId: stranger.id };
    const refused = await csm.put(of('plan'), aPlan({ nextStep }));
    expect(refused).toMatchObject({ status: 400, body: { code: 'PERSON_CANNOT_SEE' } });
    const [{ id }] = await query(`SELECT id FROM steward.app_user WHERE role = 'viewer' LIMIT 1`);
    const looker = await csm.put(of('plan'), aPlan({ nextStep: { ...nextStep, ownerUserId: id } }));
    expect(looker).toMatchObject({ status: 400, body: { code: 'PERSON_CANNOT_ACT' } });
  });

  it('tells who is mentioned in the note once', async () => {
    await csm.put(of('plan'), aPlan({ mentions: [adam.id] }));
    await csm.put(of('plan'), aPlan({ revision: 1, mentions: [adam.id], note: 'Said again' }));
    expect(await query('SELECT kind, to_user_ids, by_user_id FROM steward.account_news')).toEqual([
      { kind: 'mentioned', to_user_ids: [adam.id], by_user_id: cora.id },
    ]);
    const refused = await csm.put(of('plan'), aPlan({ revision: 2, mentions: [adam.id, stranger.id] }));
    expect(refused).toMatchObject({ status: 400, body: { code: 'PERSON_CANNOT_SEE' } });
  });

  it('is not a viewer’s to change', async () => {
    expect(await viewer.put(of('plan'), aPlan())).toMatchObject({ status: 403 });
  });
});

describe('following an account', () => {
  it('is everybody’s who sees it, begins once and ends', async () => {
    expect((await viewer.put(of('followers/me'))).body).toMatchObject({ following: true });
    await csm.put(of('followers/me'));
    const { body } = await csm.put(of('followers/me'));
    expect(body.followers).toHaveLength(2);
    expect((await csm.delete(of('followers/me'))).body).toMatchObject({ following: false });
    expect((await viewer.get(of('plan'))).body).toMatchObject({ following: true, followers: [expect.anything()] });
  });
});

describe('who may be mentioned', () => {
  it('are those who see the account: its owners, their lead, a stand-in, admins and viewers', async () => {
    const before = userIds((await csm.get(of('people'))).body.people);
    expect(before).toEqual(expect.arrayContaining([cora.id, adam.id, lead.id]));
    expect(before).not.toContain(stranger.id);
    const standIn = { user_id: cora.id, stand_in_id: stranger.id, from_day: '2026-04-10', to_day: '2026-04-15' };
    await insertRows(server.dataSource, 'stand_in', [standIn]);
    expect(userIds((await csm.get(of('people'))).body.people)).toContain(stranger.id);
    await query(`UPDATE steward.stand_in SET to_day = '2026-04-14'`);
    expect(userIds((await csm.get(of('people'))).body.people)).not.toContain(stranger.id);
    await query('DELETE FROM steward.stand_in');
  });

  it('are found by a part of their name, taken literally', async () => {
    expect(userIds((await csm.get(`${of('people')}?text=CSM%202`)).body.people)).toEqual([cora.id]);
    expect((await csm.get(`${of('people')}?text=%25`)).body.people).toEqual([]);
  });
});
