import { BUILT_IN_SIGNALS } from '../../../apps/api/src/domain/signals/built-in.js';
import { accountIdOf, contactIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { DayClose } from '../../../apps/api/src/pipeline/run/day-close.service.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const ACCOUNT = accountIdOf('acme');
const OTHER = accountIdOf('other');
const TODAY = '2026-04-15';

let server: ApiServer;
let cora: TestPerson;
let adam: TestPerson;
let stranger: TestPerson;
let csm: Caller;
let am: Caller;
let admin: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  cora = await server.person('csm');
  adam = await server.person('am');
  stranger = await server.person('csm');
  csm = await server.signedIn(cora);
  am = await server.signedIn(adam);
  admin = await server.as('admin');
});

beforeEach(async () => {
  await server.dataSource.query('DELETE FROM steward.account');
  await server.dataSource.query('DELETE FROM steward.dirty_account');
  const account = { status: 'customer', first_seen_on: '2026-01-01', revision: 1 };
  await insertRows(server.dataSource, 'account', [
    { ...account, id: ACCOUNT, external_id: 'acme', name: 'Acme', csm_user_id: cora.id, am_user_id: adam.id },
    { ...account, id: OTHER, external_id: 'other', name: 'Other', csm_user_id: stranger.id },
  ]);
});

afterAll(() => server?.close());

const path = `/api/v1/accounts/${ACCOUNT}/touchpoints`;
const at = (id: string) => `${path}/${id}`;
const query = (sql: string, values: unknown[] = []) => server.dataSource.query(sql, values);
const logged = async (given: object, by = csm) => {
  const answer = await by.post(path, { kind: 'call', text: 'Talked about the roll-out', ...given });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
};

describe('a touch that is logged', () => {
  it('stands as a fact of the account, by its writer, and leaves the account due', async () => {
    const { touchpoint, changed } = await logged({});
    expect(touchpoint).toMatchObject({
      kind: 'call',
      day: TODAY,
      at: '2026-04-15T09:00:00.000Z',
      author: { userId: cora.id },
      text: 'Talked about the roll-out',
      counts: true,
      mayEdit: true,
      revision: 1,
    });
    expect(changed).toEqual({
      daysSinceTouchBefore: null,
      daysSinceTouch: 0,
      task: null,
      nextStep: false,
      told: [],
    });
    expect(await query('SELECT account_id, since_day FROM steward.dirty_account')).toEqual([
      { account_id: ACCOUNT, since_day: TODAY },
    ]);
  });

  it('is in the signals of the account with the next refresh', async () => {
    const { number } = BUILT_IN_SIGNALS.find(({ key }) => key === 'relationship.days_since_touch')!;
    const daysSince = async () => {
      await server.app.get(DayClose, { strict: false }).catchUp();
      await server.app.get(LiveRefresh, { strict: false }).drain();
      const [state] = await query(
        `SELECT signals[${number}] AS days FROM steward.account_state WHERE account_id = $1`,
        [ACCOUNT],
      );
      return state?.days;
    };
    await logged({ at: '2026-04-05T10:00:00Z' });
    expect(await daysSince()).toBe(10);
    const { touchpoint } = await logged({});
    expect(await daysSince()).toBe(0);
    await csm.delete(at(touchpoint.id));
    expect(await daysSince()).toBe(10);
  });

  it('of an earlier day makes the account due from that day on, and says how long ago the last one was', async () => {
    await logged({ at: '2026-04-01T10:00:00Z' });
    const { changed } = await logged({ at: '2026-04-10T10:00:00Z' });
    expect(changed).toMatchObject({ daysSinceTouchBefore: 14, daysSinceTouch: 5 });
    expect(await query('SELECT since_day FROM steward.dirty_account')).toEqual([{ since_day: '2026-04-01' }]);
  });

  it('as a note never counts, whatever is asked', async () => {
    const { touchpoint, changed } = await logged({ kind: 'note', counts: true });
    expect(touchpoint.counts).toBe(false);
    expect(changed.daysSinceTouch).toBeNull();
  });

  it('names contacts of the account, who were seen that day', async () => {
    const names = [
      { externalId: 'u-1', email: null, name: null },
      { externalId: null, email: 'bo@acme.test', name: null },
      { externalId: null, email: null, name: 'Cy Cole' },
    ];
    const contacts = names.map((ref) => ({
      account_id: ACCOUNT,
      id: contactIdOf(ACCOUNT, ref),
      external_id: ref.externalId,
      email: ref.email ?? (ref.externalId && 'ann@acme.test'),
      name: ref.name ?? (ref.externalId && 'Ann Ash'),
      last_seen: '2026-04-02',
    }));
    await insertRows(server.dataSource, 'contact', contacts);
    const contactIds = contacts.map(({ id }) => id);
    const { touchpoint } = await logged({ contactIds, at: '2026-04-14T10:00:00Z' });
    expect(touchpoint.contacts).toEqual([
      { id: contactIds[0], name: 'Ann Ash' },
      { id: contactIds[1], name: 'bo@acme.test' },
      { id: contactIds[2], name: 'Cy Cole' },
    ]);
    expect(await query('SELECT DISTINCT last_seen FROM steward.contact')).toEqual([{ last_seen: '2026-04-14' }]);
    const changed = await csm.patch(at(touchpoint.id), { revision: 1, contactIds: contactIds.slice(1) });
    expect(changed.body.contacts).toHaveLength(2);
    const refused = await csm.post(path, { kind: 'call', text: 'x', contactIds: [OTHER] });
    expect(refused).toMatchObject({ status: 400, body: { code: 'UNKNOWN_CONTACT' } });
  });

  it.each([
    ['tomorrow', { at: '2026-04-16T12:00:00Z' }, 'DAY_IN_FUTURE'],
    ['of a time before our years', { at: '1850-01-01T00:00:00Z' }, 'DAY_TOO_OLD'],
    ['with a link that runs', { links: ['javascript:alert(1)'] }, 'INVALID_INPUT'],
    ['with a NUL', { text: 'a\u0000b' }, 'INVALID_INPUT'],
    ['without a word', { text: '  ' }, 'INVALID_INPUT'],
    ['that goes on and on', { text: 'x'.repeat(20_001) }, 'INVALID_INPUT'],
    ['of a kind of its own', { kind: 'fax' }, 'INVALID_INPUT'],
  ])('is refused when it is %s, and nothing is written', async (_what, given, code) => {
    const answer = await csm.post(path, { kind: 'call', text: 'Talked', ...given });
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(await query('SELECT 1 FROM steward.touchpoint')).toEqual([]);
  });

  it('keeps markup as the text that it is', async () => {
    const text = '<script>alert("hi")</script> & {{account.name}} %_\\';
    const { touchpoint } = await logged({ text });
    expect(touchpoint.text).toBe(text);
  });

  it('is written to the log with what was said', async () => {
    const { touchpoint } = await logged({});
    expect(
      await query('SELECT action, account_id, changes FROM steward.audit_log ORDER BY at DESC, id DESC LIMIT 1'),
    ).toEqual([
      {
        action: 'touchpoint.logged',
        account_id: ACCOUNT,
        changes: expect.objectContaining({ id: { from: null, to: touchpoint.id } }),
      },
    ]);
  });
});

describe('the next step of a touch', () => {
  it('becomes a task and the step of the account, of whom it names', async () => {
    const nextStep = { text: 'Send the offer', day: '2026-04-20', ownerUserId: adam.id };
    const { touchpoint, changed } = await logged({ nextStep });
    expect(changed).toMatchObject({
      nextStep: true,
      task: { title: 'Send the offer', dueDay: '2026-04-20', assignee: { userId: adam.id } },
    });
    expect(touchpoint.taskId).toBe(changed.task.id);
    const [task] = await query(
      'SELECT state, origin, goal_id, touchpoint_id, assignee_user_id, due_day FROM steward.task',
    );
    expect(task).toEqual({
      state: 'open',
      origin: 'nextStep',
      goal_id: null,
      touchpoint_id: touchpoint.id,
      assignee_user_id: adam.id,
      due_day: '2026-04-20',
    });
    expect(await query('SELECT told_at FROM steward.task_event')).toEqual([{ told_at: null }]);
    const { body: plan } = await csm.get(`/api/v1/accounts/${ACCOUNT}/plan`);
    expect(plan.nextStep).toEqual({
      text: 'Send the offer',
      day: '2026-04-20',
      owner: { userId: adam.id, name: expect.any(String) },
      past: false,
    });
  });

  it('leaves the rest of the plan as it was', async () => {
    const plan = { revision: 0, note: 'Keep calm', objectives: [], nextStep: null, links: [] };
    expect((await csm.put(`/api/v1/accounts/${ACCOUNT}/plan`, plan)).status).toBe(200);
    await logged({ nextStep: { text: 'Call again', asTask: false } });
    const { body } = await csm.get(`/api/v1/accounts/${ACCOUNT}/plan`);
    expect(body).toMatchObject({ note: 'Keep calm', nextStep: { text: 'Call again', day: null }, revision: 2 });
    expect(await query('SELECT 1 FROM steward.task')).toEqual([]);
  });

  it('is for somebody who sees the account', async () => {
    const nextStep = { text: 'Send the offer', ownerUserId: stranger.id };
    const answer = await csm.post(path, { kind: 'call', text: 'Talked', nextStep });
    expect(answer).toMatchObject({ status: 400, body: { code: 'PERSON_CANNOT_SEE' } });
    expect(await query('SELECT 1 FROM steward.touchpoint')).toEqual([]);
  });
});

describe('a mention', () => {
  it('is told to whom it names, the writer left out', async () => {
    const { touchpoint, changed } = await logged({ mentions: [adam.id, cora.id] });
    expect(touchpoint.mentions.map(({ userId }: { userId: string }) => userId).sort()).toEqual(
      [adam.id, cora.id].sort(),
    );
    expect(changed.told).toEqual([{ userId: adam.id, name: expect.any(String) }]);
    expect(await query(`SELECT kind, to_user_ids, told_at FROM steward.account_news ORDER BY kind`)).toEqual([
      { kind: 'mentioned', to_user_ids: [adam.id], told_at: null },
      { kind: 'touched', to_user_ids: [], told_at: null },
    ]);
  });

  it('of somebody who may not see the account is refused by name', async () => {
    const answer = await csm.post(path, { kind: 'call', text: 'x', mentions: [adam.id, stranger.id] });
    expect(answer).toMatchObject({ status: 400, body: { code: 'PERSON_CANNOT_SEE' } });
    expect(answer.body.details).toEqual([expect.objectContaining({ path: 'mentions.1' })]);
    expect(answer.body.message).toContain('may not see this account');
  });

  it('that is added later is told then, and only then', async () => {
    const { touchpoint } = await logged({});
    await query('DELETE FROM steward.account_news');
    const change = { revision: touchpoint.revision, mentions: [adam.id] };
    expect((await csm.patch(at(touchpoint.id), change)).body.revision).toBe(2);
    expect((await csm.patch(at(touchpoint.id), { revision: 2, text: 'Said better' })).status).toBe(200);
    const news = await query(`SELECT to_user_ids FROM steward.account_news WHERE kind = 'mentioned'`);
    expect(news).toEqual([{ to_user_ids: [adam.id] }]);
  });
});

describe('a touch of one’s own', () => {
  it('can be changed on the revision that was read', async () => {
    const { touchpoint } = await logged({});
    const changed = await csm.patch(at(touchpoint.id), { revision: 1, text: 'Better', at: '2026-04-14T08:00:00Z' });
    expect(changed).toMatchObject({ status: 200, body: { text: 'Better', day: '2026-04-14', revision: 2 } });
    const late = await csm.patch(at(touchpoint.id), { revision: 1, text: 'Late' });
    expect(late).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
    expect((await csm.get(at(touchpoint.id))).body.text).toBe('Better');
  });

  it('is not the next one’s to change, but an admin’s', async () => {
    const { touchpoint } = await logged({});
    expect(await am.patch(at(touchpoint.id), { revision: 1, text: 'Mine' })).toMatchObject({ status: 403 });
    expect(await am.delete(at(touchpoint.id))).toMatchObject({ status: 403 });
    const byAdmin = await admin.patch(at(touchpoint.id), { revision: 1, text: 'Tidied' });
    expect(byAdmin).toMatchObject({ status: 200, body: { author: { userId: cora.id } } });
  });

  it('that is removed is gone from the facts, and comes back as it was', async () => {
    const { touchpoint } = await logged({ at: '2026-04-10T10:00:00Z', links: ['https://acme.test/notes'] });
    await query('DELETE FROM steward.dirty_account');
    expect((await csm.delete(at(touchpoint.id))).status).toBe(204);
    expect(await query('SELECT 1 FROM steward.touchpoint')).toEqual([]);
    expect(await query('SELECT since_day FROM steward.dirty_account')).toEqual([{ since_day: '2026-04-10' }]);
    expect(await csm.get(at(touchpoint.id))).toMatchObject({ status: 404 });
    const { body } = await csm.post(`${at(touchpoint.id)}/restore`, {});
    expect(body).toEqual({ ...touchpoint, revision: 3 });
    expect(await csm.post(`${at(touchpoint.id)}/restore`, {})).toMatchObject({ status: 404 });
  });

  it('is told apart from one that a feed brought', async () => {
    const fed = { account_id: ACCOUNT, id: 'crm/7', kind: 'meeting', at: '2026-04-01T09:00:00Z', on_day: '2026-04-01' };
    await insertRows(server.dataSource, 'touchpoint', [
      { ...fed, author_user_id: cora.id, counts: true, links: [], contact_ids: [] },
    ]);
    const found = await csm.get(at(encodeURIComponent('crm/7')));
    expect(found).toMatchObject({ status: 200, body: { mayEdit: false, revision: null } });
    expect(await csm.delete(at(encodeURIComponent('crm/7')))).toMatchObject({ status: 403 });
  });
});
