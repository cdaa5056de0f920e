import { DeskNews } from '../../../apps/api/src/desk/notifications/desk-news.service.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import type { Caller, TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';
import { MailServer, NotificationWorld } from './notification-world.js';

const ACCOUNT = accountIdOf('acme');
const OTHER = accountIdOf('other');
const id = (n: number) => `30000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

let world: NotificationWorld;
const mail = new MailServer();
let cora: TestPerson;
let adam: TestPerson;
let stranger: TestPerson;
let csm: Caller;
let am: Caller;
let admin: Caller;
let follower: TestPerson;
let fay: Caller;

beforeAll(async () => {
  await mail.start();
  world = await NotificationWorld.open({ SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'desk@example.com' });
  cora = await world.server.person('csm');
  adam = await world.server.person('am');
  stranger = await world.server.person('csm');
  follower = await world.server.person('viewer');
  csm = await world.server.signedIn(cora);
  am = await world.server.signedIn(adam);
  fay = await world.server.signedIn(follower);
  admin = await world.server.as('admin');
});

beforeEach(async () => {
  await world.query('DELETE FROM steward.account');
  await world.query('DELETE FROM steward.notification_preference');
  mail.mails.length = 0;
  const account = { status: 'customer', first_seen_on: '2026-01-01', revision: 1 };
  await insertRows(world.server.dataSource, 'account', [
    { ...account, id: ACCOUNT, external_id: 'acme', name: 'Acme', csm_user_id: cora.id, am_user_id: adam.id },
    { ...account, id: OTHER, external_id: 'other', name: 'Other', csm_user_id: stranger.id },
  ]);
});

afterAll(async () => {
  await world?.close();
  await mail.stop();
});

const tell = () => world.get(DeskNews).tell();
const of = (what: string) => `/api/v1/accounts/${ACCOUNT}/${what}`;
const told = async (who: Caller) => {
  const { body } = await who.get('/api/v1/notifications');
  return body.notifications.map(({ news, text }: { news: string; text: string }) => `${news}: ${text}`);
};
const choose = async (who: Caller, desk: object) => {
  const { body } = await who.get('/api/v1/me/notification-preferences');
  const { kinds, digestHour, revision } = body;
  const answer = await who.put('/api/v1/me/notification-preferences', { kinds, digestHour, revision, desk });
  expect(answer).toMatchObject({ status: 200 });
};
const touch = (given: object) => csm.post(of('touchpoints'), { kind: 'call', text: 'Talked about prices', ...given });

describe('being told of what others do', () => {
  it('is told to whom a touch mentions, once, however often it is looked for', async () => {
    await touch({ mentions: [adam.id] });
    await tell();
    await tell();
    expect(await told(am)).toEqual(['mention: csm 1 mentioned you: Talked about prices']);
    expect(await told(csm)).toEqual([]);
    await world.send();
    expect(mail.mails.map(({ to }) => to)).toEqual([[adam.email]]);
    expect(mail.mails[0]?.text).toContain('Acme: csm 1 mentioned you');
  });

  it('writes nothing twice when it breaks off between writing and marking', async () => {
    await touch({ mentions: [adam.id] });
    await tell();
    // As if the mark had been lost: what follows from the same event has the same ids.
    await world.query('UPDATE steward.account_news SET told_at = NULL');
    await tell();
    expect(await told(am)).toHaveLength(1);
    expect(await world.query('SELECT 1 FROM steward.notification_delivery')).toHaveLength(1);
  });

  it('tells followers of a touch, and whom it mentions by that alone', async () => {
    await fay.put(of('followers/me'));
    await am.put(of('followers/me'));
    await csm.put(of('followers/me'));
    await touch({ mentions: [adam.id] });
    await tell();
    expect(await told(fay)).toEqual(['followedTouch: csm 1 logged a touch: Talked about prices']);
    expect(await told(am)).toEqual([expect.stringMatching(/^mention/)]);
    expect(await told(csm)).toEqual([]);
  });

  it('goes where each person chose, kind by kind', async () => {
    await choose(am, { mention: { inApp: false, email: 'off' } });
    await touch({ mentions: [adam.id] });
    await tell();
    expect(await told(am)).toEqual([]);
    await world.send();
    expect(mail.mails).toEqual([]);
    const { body } = await am.get('/api/v1/me/notification-preferences');
    expect(body.desk).toMatchObject({
      mention: { inApp: false, email: 'off' },
      taskDue: { inApp: true, email: 'off' },
    });
    await choose(am, {});
    expect((await am.get('/api/v1/me/notification-preferences')).body.desk.mention.inApp).toBe(false);
  });

  it('is no longer shown of an account that left the person’s sight', async () => {
    await touch({ mentions: [adam.id] });
    await tell();
    await world.query('UPDATE steward.account SET am_user_id = NULL WHERE id = $1', [ACCOUNT]);
    expect(await told(am)).toEqual([]);
  });

  it('tells the new owner of a hand-over, and who follows', async () => {
    await fay.put(of('followers/me'));
    await admin.put(of('owners'), { revision: 1, csmUserId: stranger.id, note: 'Knows the field' });
    await tell();
    const bo = await world.server.signedIn(stranger);
    expect(await told(bo)).toEqual([
      expect.stringMatching(/^handOver: admin \d+ gave you this account: Knows the field$/),
    ]);
    expect(await told(fay)).toEqual([expect.stringMatching(/^followedHandOver: admin \d+ handed this account over/)]);
    // Who may not see it any more is told nothing of it.
    expect(await told(csm)).toEqual([]);
  });

  it('sums up tasks that come together, and is silent on one’s own', async () => {
    const task = { account_id: ACCOUNT, origin: 'hand', state: 'open', revision: 1 };
    await insertRows(world.server.dataSource, 'task', [
      { ...task, id: id(1), title: 'Call', assignee_user_id: adam.id },
      { ...task, id: id(2), title: 'Write', assignee_user_id: adam.id },
      { ...task, id: id(3), title: 'Own', assignee_user_id: cora.id },
      { ...task, id: id(4), title: 'Over', assignee_user_id: adam.id, state: 'done' },
    ]);
    await insertRows(
      world.server.dataSource,
      'task_event',
      [1, 2, 3, 4].map((n) => ({
        account_id: ACCOUNT,
        id: id(10 + n),
        task_id: id(n),
        kind: 'created',
        by_user_id: cora.id,
      })),
    );
    await tell();
    expect(await told(am)).toEqual(['taskAssigned: 2 tasks for you: Call · Write']);
    expect(await told(csm)).toEqual([]);
    expect(await world.query('SELECT 1 FROM steward.task_event WHERE told_at IS NULL')).toEqual([]);
  });

  const tasksOnMany = async () => {
    const accounts = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ id: accountIdOf(name), external_id: name, name }));
    const account = { status: 'customer', first_seen_on: '2026-01-01', revision: 1, am_user_id: adam.id };
    const task = { origin: 'playbook', state: 'open', revision: 1, assignee_user_id: adam.id };
    const { dataSource } = world.server;
    await insertRows(
      dataSource,
      'account',
      accounts.map((each) => ({ ...account, ...each })),
    );
    await insertRows(
      dataSource,
      'task',
      accounts.map((each, n) => ({ ...task, account_id: each.id, id: id(n), title: `Call ${each.name}` })),
    );
    await insertRows(
      dataSource,
      'task_event',
      accounts.map((each, n) => ({
        account_id: each.id,
        id: id(20 + n),
        task_id: id(n),
        kind: 'created',
        at: `2026-04-15T08:00:0${n}Z`,
      })),
    );
  };

  it('tells of tasks on many accounts in one', async () => {
    await tasksOnMany();
    await tell();
    expect(await told(am)).toEqual([
      'taskAssigned: 5 tasks for you on 5 accounts: Call a · Call b · Call c and 2 more',
    ]);
  });

  it('tells of tasks on many accounts without those that left the person’s sight', async () => {
    await choose(am, { taskAssigned: { inApp: true, email: 'now' } });
    await tasksOnMany();
    await tell();
    const give = (names: string[]) =>
      world.query('UPDATE steward.account SET am_user_id = $1 WHERE external_id = ANY($2)', [stranger.id, names]);
    await give(['a', 'b', 'c']);
    const { body } = await am.get('/api/v1/notifications');
    expect(body.unread).toBe(1);
    expect(body.notifications).toMatchObject([
      { accountName: 'd', text: '2 tasks for you on 2 accounts: Call d · Call e' },
    ]);
    await world.send();
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]!.text).toContain('2 tasks for you on 2 accounts: Call d');
    expect(mail.mails[0]!.text).not.toContain('Call a');
    await give(['d', 'e']);
    expect((await am.get('/api/v1/notifications')).body).toMatchObject({ notifications: [], unread: 0 });
  });

  it('tells the owner of a goal how it ended', async () => {
    const goal = {
      account_id: ACCOUNT,
      playbook_id: id(9),
      kind: 'retention',
      started: 'hand',
      owner_user_id: cora.id,
    };
    await insertRows(world.server.dataSource, 'goal', [{ ...goal, id: id(1), name: 'Save Acme', status: 'achieved' }]);
    const event = { account_id: ACCOUNT, goal_id: id(1) };
    await insertRows(world.server.dataSource, 'goal_event', [
      { ...event, id: id(2), kind: 'started' },
      { ...event, id: id(3), kind: 'achieved' },
    ]);
    await tell();
    expect(await told(csm)).toEqual(['goalEnded: Goal achieved: Save Acme']);
  });

  it('tells followers of a band that turned to at risk, once for that day', async () => {
    await fay.put(of('followers/me'));
    const state = { account_id: ACCOUNT, as_of: '2026-04-15', status: 'customer', score: 28.9, band: 'at_risk' };
    await insertStates(world.server.dataSource, [{ ...state, band_since: '2026-04-15' }]);
    await insertStates(world.server.dataSource, [{ ...state, account_id: OTHER, band_since: '2026-04-15' }]);
    await tell();
    await tell();
    expect(await told(fay)).toEqual(['followedBand: Health is at risk: 28']);
  });

  it('tells followers of alerts from high on, whom the alert itself does not reach', async () => {
    await fay.put(of('followers/me'));
    await choose(fay, { followedAlert: { inApp: true, email: 'off' } });
    const alert = { account_id: ACCOUNT, kind: 'churn', state: 'open', started: 'change', revision: 1 };
    await insertRows(world.server.dataSource, 'alert', [
      { ...alert, id: id(1), severity: 'medium', reason: 'A little' },
      { ...alert, id: id(2), severity: 'high', reason: 'Score fell' },
    ]);
    const event = { account_id: ACCOUNT, kind: 'opened', day: '2026-04-15', at: '2026-04-15T08:00:00Z' };
    await insertRows(world.server.dataSource, 'alert_event', [
      { ...event, id: id(11), alert_id: id(1) },
      { ...event, id: id(12), alert_id: id(2) },
    ]);
    await world.tell();
    const { body } = await fay.get('/api/v1/notifications');
    expect(body.notifications).toEqual([
      expect.objectContaining({ news: 'followedAlert', text: 'Alert: Score fell', alertId: id(2), severity: 'high' }),
    ]);
  });
});

describe('the reminder of the morning', () => {
  const task = { account_id: ACCOUNT, origin: 'hand', state: 'open', revision: 1 };
  const at = (hour: string) => {
    world.server.clock.at = new Date(`2026-04-15T${hour}:00Z`);
  };

  beforeEach(async () => {
    at('09:00');
    await insertRows(world.server.dataSource, 'task', [
      { ...task, id: id(1), title: 'Call', assignee_user_id: cora.id, due_day: '2026-04-15' },
      { ...task, id: id(2), title: 'Write', assignee_user_id: cora.id, due_day: '2026-04-10' },
      { ...task, id: id(3), title: 'Later', assignee_user_id: cora.id, due_day: '2026-04-16' },
      {
        ...task,
        id: id(4),
        title: 'Asleep',
        assignee_user_id: cora.id,
        due_day: '2026-04-10',
        snoozed_until: '2026-04-20',
      },
      { ...task, id: id(5), title: 'Hidden', account_id: OTHER, assignee_user_id: cora.id, due_day: '2026-04-10' },
      { ...task, id: id(6), title: 'Done', assignee_user_id: cora.id, due_day: '2026-04-10', state: 'done' },
    ]);
  });

  it('comes once a person and day, with what is due and overdue', async () => {
    await tell();
    await tell();
    expect(await told(csm)).toEqual(['taskDue: Tasks 1 overdue, 1 due today: Write (Acme) · Call (Acme)']);
    const more = { ...task, id: id(7), title: 'New', assignee_user_id: cora.id, due_day: '2026-04-15' };
    await insertRows(world.server.dataSource, 'task', [more]);
    await world.query(`UPDATE steward.task SET state = 'done' WHERE id = ANY($1::uuid[])`, [[id(1), id(2)]]);
    await tell();
    expect(await told(csm)).toHaveLength(1);
  });

  it('names no account that has left the person’s sight since, and counts its tasks no more', async () => {
    await world.query('UPDATE steward.account SET am_user_id = $1 WHERE id = $2', [cora.id, OTHER]);
    await tell();
    const whole = 'taskDue: Tasks 2 overdue, 1 due today: Write (Acme) · Hidden (Other) · Call (Acme)';
    expect(await told(csm)).toEqual([whole]);
    await world.query('UPDATE steward.account SET am_user_id = NULL WHERE id = $1', [OTHER]);
    expect(await told(csm)).toEqual(['taskDue: Tasks 1 overdue, 1 due today: Write (Acme) · Call (Acme)']);
    await world.query('UPDATE steward.account SET csm_user_id = $1 WHERE id = $2', [stranger.id, ACCOUNT]);
    await world.query('UPDATE steward.account SET am_user_id = $1 WHERE id = $2', [cora.id, OTHER]);
    const { body } = await csm.get('/api/v1/notifications');
    expect(body.notifications).toMatchObject([{ accountId: OTHER, text: 'Task 1 overdue: Hidden (Other)' }]);
  });

  it('does not come before the morning', async () => {
    at('06:59');
    await tell();
    expect(await world.query('SELECT 1 FROM steward.notification')).toEqual([]);
    at('07:00');
    await tell();
    expect(await told(csm)).toHaveLength(1);
  });

  it('is not for who wants none, and is not looked for again that day', async () => {
    await choose(csm, { taskDue: { inApp: false, email: 'off' } });
    await tell();
    expect(await told(csm)).toEqual([]);
    await choose(csm, { taskDue: { inApp: true, email: 'off' } });
    await tell();
    expect(await told(csm)).toEqual([]);
  });
});
