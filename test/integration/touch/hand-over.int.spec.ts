import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const ACCOUNT = accountIdOf('acme');
const id = (n: number) => `30000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const RULE = id(1);

let server: ApiServer;
let lead: TestPerson;
let cora: TestPerson;
let bo: TestPerson;
let adam: TestPerson;
let manager: Caller;
let csm: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  lead = await server.person('manager');
  cora = await server.person('csm', { managerId: lead.id });
  bo = await server.person('csm');
  adam = await server.person('am');
  manager = await server.signedIn(lead);
  csm = await server.signedIn(cora);
  await insertRows(server.dataSource, 'alert_rule', [
    { id: RULE, name: 'Growth', kind: 'expansion', severity: 'low', owner_role: 'am', rule_version: 1, revision: 1 },
  ]);
});

afterAll(() => server?.close());

const query = (sql: string, values: unknown[] = []) => server.dataSource.query(sql, values);
const of = (what: string) => `/api/v1/accounts/${ACCOUNT}/${what}`;

/** An account of Cora’s with one of each under way, and the same of somebody else’s, which never moves. */
async function world({ csm: csmId, am }: { csm: string; am: string }) {
  await query('DELETE FROM steward.account');
  const { dataSource } = server;
  await insertRows(dataSource, 'account', [
    {
      id: ACCOUNT,
      external_id: 'acme',
      name: 'Acme',
      status: 'customer',
      first_seen_on: '2026-01-01',
      revision: 1,
      csm_user_id: csmId,
      csm_text: 'Cora',
      am_user_id: am,
    },
  ]);
  await insertRows(dataSource, 'account_field', [
    {
      account_id: ACCOUNT,
      field: 'csm',
      from_day: '2026-01-01',
      value: { userId: csmId, text: 'Cora' },
      source: 'files/account',
    },
  ]);
  const alert = { account_id: ACCOUNT, kind: 'churn', severity: 'high', started: 'change', revision: 1 };
  await insertRows(dataSource, 'alert', [
    { ...alert, id: id(10), state: 'open', assignee_user_id: csmId },
    { ...alert, id: id(11), state: 'resolved', assignee_user_id: csmId },
    { ...alert, id: id(12), state: 'open', assignee_user_id: lead.id },
    { ...alert, id: id(13), state: 'snoozed', assignee_user_id: csmId, rule_id: RULE },
  ]);
  const task = { account_id: ACCOUNT, origin: 'hand', state: 'open', title: 'Do', revision: 1 };
  await insertRows(dataSource, 'task', [
    { ...task, id: id(20), assignee_user_id: csmId, role: 'csm' },
    { ...task, id: id(21), assignee_user_id: csmId, role: 'am' },
    { ...task, id: id(22), assignee_user_id: csmId, state: 'done' },
    { ...task, id: id(23), assignee_user_id: lead.id },
  ]);
  const goal = {
    account_id: ACCOUNT,
    playbook_id: RULE,
    playbook_version: 1,
    name: 'Grow',
    started: 'hand',
    revision: 1,
  };
  await insertRows(dataSource, 'goal', [
    { ...goal, id: id(30), kind: 'retention', status: 'inProgress', owner_user_id: csmId },
    { ...goal, id: id(31), kind: 'retention', status: 'achieved', owner_user_id: csmId },
    { ...goal, id: id(32), kind: 'expansion', status: 'atRisk', owner_user_id: csmId },
  ]);
  const deal = { account_id: ACCOUNT, kind: 'expansion', name: 'Seats', opened_on: '2026-01-01' };
  await insertRows(dataSource, 'deal', [
    { ...deal, id: 'd-1', state: 'open', owner_user_id: csmId, owner_text: 'Cora' },
    { ...deal, id: 'd-2', state: 'won', owner_user_id: csmId, owner_text: 'Cora' },
  ]);
}

/** Ids of what a person has, by kind. */
async function has(person: string) {
  const ids = async (table: string, owner: string) =>
    (await query(`SELECT id FROM steward.${table} WHERE ${owner} = $1 ORDER BY id`, [person])).map(
      (row: { id: string }) => (row.id.startsWith('d-') ? row.id : Number(row.id.slice(-3))),
    );
  return {
    alerts: await ids('alert', 'assignee_user_id'),
    tasks: await ids('task', 'assignee_user_id'),
    goals: await ids('goal', 'owner_user_id'),
    deals: await ids('deal', 'owner_user_id'),
  };
}

describe('handing an account over', () => {
  beforeEach(() => world({ csm: cora.id, am: adam.id }));

  it('says before what is under way', async () => {
    const { body } = await manager.get(of('owners'));
    expect(body.underWay.csm).toEqual({ alerts: 2, tasks: 2, goals: 2, deals: 1 });
    expect(body).toMatchObject({ revision: 1, csm: { userId: cora.id }, am: { userId: adam.id } });
  });

  it('moves what is live and was theirs, and nothing else', async () => {
    const { status, body } = await manager.put(of('owners'), {
      revision: 1,
      csmUserId: bo.id,
      note: 'Knows the field',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      revision: 2,
      handOver: {
        by: { userId: lead.id },
        from: { csm: { userId: cora.id }, am: { userId: adam.id } },
        to: { csm: { userId: bo.id }, am: { userId: adam.id } },
        note: 'Knows the field',
        moved: { alerts: 2, tasks: 2, goals: 2, deals: 1 },
        mayUndo: true,
      },
    });
    expect(await has(bo.id)).toEqual({ alerts: [10, 13], tasks: [20, 21], goals: [30, 32], deals: ['d-1'] });
    expect(await has(cora.id)).toEqual({ alerts: [11], tasks: [22], goals: [31], deals: ['d-2'] });
    expect(await query(`SELECT owner_text FROM steward.deal WHERE id = 'd-1'`)).toEqual([{ owner_text: 'csm 3' }]);
    expect(await query('SELECT kind, to_user_ids, told_at FROM steward.account_news')).toEqual([
      { kind: 'handedOver', to_user_ids: [bo.id, cora.id], told_at: null },
    ]);
  });

  it('leaves behind what is told to stay', async () => {
    const move = { alerts: false, tasks: true, goals: false, deals: false };
    await manager.put(of('owners'), { revision: 1, csmUserId: bo.id, move });
    expect(await has(bo.id)).toEqual({ alerts: [], tasks: [20, 21], goals: [], deals: [] });
  });

  it('to nobody leaves things without a person, for whoever claims them', async () => {
    const { body } = await csm.put(of('owners'), { revision: 1, csmUserId: null });
    expect(body.handOver.moved).toEqual({ alerts: 2, tasks: 2, goals: 2, deals: 1 });
    expect(await query('SELECT count(*)::int AS n FROM steward.task WHERE assignee_user_id IS NULL')).toEqual([
      { n: 2 },
    ]);
  });

  it('happens as well where somebody edits the owner', async () => {
    const { status } = await manager.patch(`/api/v1/accounts/${ACCOUNT}`, { revision: 1, csmUserId: bo.id });
    expect(status).toBe(200);
    expect((await has(bo.id)).tasks).toEqual([20, 21]);
    expect((await csm.get(of('hand-overs'))).status).toBe(404);
    const admin = await server.as('admin');
    expect((await admin.get(of('hand-overs'))).body.handOvers).toHaveLength(1);
  });

  it('is refused on a revision that has moved on, and of those who may not give', async () => {
    expect(await manager.put(of('owners'), { revision: 7, csmUserId: bo.id })).toMatchObject({ status: 409 });
    expect(await csm.put(of('owners'), { revision: 1, csmUserId: bo.id })).toMatchObject({ status: 403 });
    expect((await has(bo.id)).tasks).toEqual([]);
  });

  it('goes to nobody who only looks on', async () => {
    const viewer = await server.person('viewer');
    expect(await manager.patch(`/api/v1/accounts/${ACCOUNT}`, { revision: 1, csmUserId: viewer.id })).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_PERSON' },
    });
  });

  it('that changes nothing is no hand-over', async () => {
    const { body } = await manager.put(of('owners'), { revision: 1, csmUserId: cora.id });
    expect(body).toEqual({ revision: 1, handOver: null });
  });

  it('stands in the timeline with its note', async () => {
    await manager.put(of('owners'), { revision: 1, csmUserId: bo.id, note: 'Knows the field' });
    const { body } = await (await server.as('admin')).get(of('timeline?kinds=owner,edit'));
    expect(body.entries).toEqual([
      expect.objectContaining({
        what: 'handedOver',
        title: 'Handed over. CSM: csm 2 → csm 3',
        text: 'Knows the field',
      }),
    ]);
  });
});

describe('somebody who is both CSM and account manager', () => {
  beforeEach(() => world({ csm: cora.id, am: cora.id }));

  it('keeps what is of the role that they keep', async () => {
    await manager.put(of('owners'), { revision: 1, amUserId: adam.id });
    expect(await has(adam.id)).toEqual({ alerts: [13], tasks: [21], goals: [32], deals: ['d-1'] });
    expect(await has(cora.id)).toMatchObject({ alerts: [10, 11], tasks: [20, 22], goals: [30, 31] });
  });

  it('who gives both roles away gives each what is theirs', async () => {
    await manager.put(of('owners'), { revision: 1, csmUserId: bo.id, amUserId: adam.id });
    expect(await has(adam.id)).toEqual({ alerts: [13], tasks: [21], goals: [32], deals: ['d-1'] });
    expect(await has(bo.id)).toEqual({ alerts: [10], tasks: [20], goals: [30], deals: [] });
  });
});

describe('taking a hand-over back', () => {
  beforeEach(() => world({ csm: cora.id, am: adam.id }));

  const handedOver = async () => (await manager.put(of('owners'), { revision: 1, csmUserId: bo.id })).body.handOver.id;
  const undo = (handOver: string, by = manager) => by.post(of(`hand-overs/${handOver}/undo`), {});

  it('restores owners with their source, and what went along, though the giver sees the account no more', async () => {
    const before = await has(cora.id);
    const answer = await undo(await handedOver());
    expect(answer).toMatchObject({ status: 200, body: { revision: 3, handOver: { mayUndo: false } } });
    expect(answer.body.handOver.undoneAt).not.toBeNull();
    expect(await has(cora.id)).toEqual(before);
    expect(await query('SELECT csm_user_id, csm_text, revision FROM steward.account')).toEqual([
      { csm_user_id: cora.id, csm_text: 'Cora', revision: 3 },
    ]);
    const [{ source }] = await query(
      `SELECT source FROM steward.account_field WHERE field = 'csm' ORDER BY from_day DESC LIMIT 1`,
    );
    expect(source).toBe('files/account');
  });

  it('leaves with others what they took over meanwhile', async () => {
    const handOver = await handedOver();
    await query(`UPDATE steward.task SET assignee_user_id = $1 WHERE id = $2`, [adam.id, id(20)]);
    await query(`UPDATE steward.alert SET state = 'resolved' WHERE id = $1`, [id(10)]);
    await undo(handOver);
    expect((await has(adam.id)).tasks).toEqual([20]);
    expect(await has(cora.id)).toMatchObject({ tasks: [21, 22], alerts: [11, 13] });
    expect((await has(bo.id)).alerts).toEqual([10]);
  });

  it('takes along the tasks that nobody had and a run has given to the new owner, not those that a person gave', async () => {
    const task = { account_id: ACCOUNT, origin: 'hand', state: 'open', title: 'Do', revision: 1 };
    await insertRows(server.dataSource, 'task', [
      { ...task, id: id(24), role: 'csm' },
      { ...task, id: id(25), role: 'csm' },
    ]);
    const handOver = await handedOver();
    await query('UPDATE steward.task SET assignee_user_id = $1 WHERE id = ANY($2)', [bo.id, [id(24), id(25)]]);
    await query('UPDATE steward.task SET role = NULL WHERE id = $1', [id(25)]);
    await undo(handOver);
    expect((await has(bo.id)).tasks).toEqual([25]);
    expect(await query('SELECT assignee_user_id FROM steward.task WHERE id = $1', [id(24)])).toEqual([
      { assignee_user_id: null },
    ]);
    const events = await query('SELECT kind, details FROM steward.task_event WHERE task_id = $1', [id(24)]);
    expect(events).toEqual([{ kind: 'assigned', details: { handOver: true, assigneeUserId: null } }]);
  });

  it('to nobody, gets the tasks from whom a run has given them to meanwhile, not those that a person gave', async () => {
    const { body } = await manager.put(of('owners'), { revision: 1, csmUserId: null });
    await query('UPDATE steward.task SET assignee_user_id = $1 WHERE id = ANY($2)', [adam.id, [id(20), id(21)]]);
    await query('UPDATE steward.task SET role = NULL WHERE id = $1', [id(21)]);
    await undo(body.handOver.id);
    expect((await has(adam.id)).tasks).toEqual([21]);
    expect(await has(cora.id)).toMatchObject({ alerts: [10, 11, 13], tasks: [20, 22], goals: [30, 31, 32] });
    const events = await query(
      `SELECT task_id, details FROM steward.task_event WHERE before ->> 'assigneeUserId' = $1`,
      [adam.id],
    );
    expect(events).toEqual([{ task_id: id(20), details: { handOver: true, assigneeUserId: cora.id } }]);
  });

  it('works once, of the newest, and only as long as its owners stand', async () => {
    const first = await handedOver();
    const admin = await server.as('admin');
    const { body } = await admin.put(of('owners'), { revision: 2, csmUserId: cora.id });
    expect(await undo(first)).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_UNDO' } });
    expect(await undo(body.handOver.id, admin)).toMatchObject({ status: 200 });
    expect(await undo(body.handOver.id, admin)).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_UNDO' } });
    await query('UPDATE steward.account SET csm_user_id = NULL');
    expect(await undo(first, admin)).toMatchObject({ status: 409, body: { code: 'CHANGED_SINCE' } });
  });

  it('is over with the day', async () => {
    const handOver = await handedOver();
    await query(`UPDATE steward.hand_over SET day = '2026-04-14'`);
    expect(await undo(handOver)).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_UNDO' } });
  });

  it('is nobody’s who neither gave it nor may see it', async () => {
    const handOver = await handedOver();
    expect(await undo(handOver, await server.as('csm'))).toMatchObject({ status: 404 });
    expect(await undo(handOver, await server.signedIn(bo))).toMatchObject({ status: 403 });
  });
});
