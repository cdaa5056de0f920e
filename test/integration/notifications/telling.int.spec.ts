import { NotificationsService } from '../../../apps/api/src/desk/notifications/notifications.service.js';
import { anAlertRule } from '../../support/alerts.js';
import type { Caller, TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';
import { OpenPage } from '../live/open-page.js';
import { NotificationWorld } from './notification-world.js';

let world: NotificationWorld;
let ana: TestPerson;
let bo: TestPerson;
let lee: TestPerson;
let asAna: Caller;
let asBo: Caller;
let asLee: Caller;

beforeAll(async () => {
  world = await NotificationWorld.open();
  lee = await world.server.person('manager');
  ana = await world.server.person('csm', { managerId: lee.id });
  bo = await world.server.person('csm');
  asAna = await world.server.signedIn(ana);
  asBo = await world.server.signedIn(bo);
  asLee = await world.server.signedIn(lee);
});
beforeEach(() => world.clear());
afterAll(() => world?.close());

const textsOf = async (caller: Caller): Promise<string[]> =>
  (await caller.get('/api/v1/notifications')).body.notifications.map(({ text }: { text: string }) => text);

describe('an alert that opens', () => {
  it('is told to the owner once, however often one looks, and to nobody else', async () => {
    await world.alert({ accountId: await world.account({ csm: ana.id }), reason: 'Health fell to 24' });
    expect(await world.tell()).toBe(1);
    expect(await world.tell()).toBe(0);
    expect(await textsOf(asAna)).toEqual(['Health fell to 24']);
    expect(await textsOf(asBo)).toEqual([]);
  });

  it('is told once when two processes tell at the same moment', async () => {
    await world.alert({ accountId: await world.account({ csm: ana.id }) });
    const told = await Promise.all([world.tell(), world.tell(), world.tell()]);
    expect(told.sort()).toEqual([0, 0, 1]);
    expect(await textsOf(asAna)).toHaveLength(1);
  });

  it.each(['start', 'replay'])('is nobody’s news when it was true before (%s)', async (started) => {
    await world.alert({ accountId: await world.account({ csm: ana.id }), started });
    expect(await world.tell()).toBe(1);
    expect(await textsOf(asAna)).toEqual([]);
  });

  it('waits while it is not decided on, and is told when it is', async () => {
    const id = await world.alert({ accountId: await world.account({ csm: ana.id }), state: 'pending' });
    expect(await world.tell()).toBe(0);
    await world.query(`UPDATE steward.alert SET state = 'open' WHERE id = $1`, [id]);
    expect(await world.tell()).toBe(1);
    expect(await textsOf(asAna)).toHaveLength(1);
  });

  it('is not told any more when it is over', async () => {
    await world.alert({ accountId: await world.account({ csm: ana.id }), state: 'cleared' });
    expect(await world.tell()).toBe(1);
    expect(await textsOf(asAna)).toEqual([]);
  });
});

describe('what becomes of it', () => {
  it('goes to the owner’s manager when nobody acknowledged it', async () => {
    await world.alert({ accountId: await world.account({ csm: ana.id }), event: 'escalated' });
    await world.tell();
    expect(await textsOf(asLee)).toEqual(['Not acknowledged in time: Health fell to 24']);
    expect(await textsOf(asAna)).toEqual([]);
  });

  it.each(['change', 'start'])('goes to whom it is assigned, also when it was true before (%s)', async (started) => {
    const accountId = await world.account({ csm: ana.id, am: bo.id });
    await world.alert({ accountId, started, event: 'assigned', assignee: bo.id });
    await world.tell();
    expect(await textsOf(asBo)).toEqual(['Assigned: Health fell to 24']);
    expect(await textsOf(asAna)).toEqual([]);
  });

  it('is told for worse severity and waking, not for what else people did or for evidence', async () => {
    const severity = 'critical';
    for (const event of ['severity', 'woken', 'evidence', 'acknowledged', 'snoozed']) {
      await world.alert({ accountId: await world.account({ csm: ana.id }), event, severity });
    }
    expect(await world.tell()).toBe(5);
    expect((await textsOf(asAna)).sort()).toEqual([
      'Awake again: Health fell to 24',
      'Now critical: Health fell to 24',
    ]);
  });
});

describe('of one account, a person', () => {
  it('is told once a day, of the worst', async () => {
    const accountId = await world.account({ csm: ana.id });
    await world.alert({ accountId, severity: 'low', reason: 'No touch for 31 days' });
    await world.alert({ accountId, severity: 'high', reason: 'Notice was given' });
    await world.tell();
    await world.alert({ accountId, severity: 'high', reason: 'Invoice overdue' });
    await world.tell();
    expect(await textsOf(asAna)).toEqual(['Notice was given']);
    world.server.clock.advance({ days: 1 });
    await world.alert({ accountId, severity: 'medium', reason: 'Seats unused' });
    await world.tell();
    expect(await textsOf(await world.server.signedIn(ana))).toEqual(['Seats unused', 'Notice was given']);
  });

  it('is told at once of all that is critical', async () => {
    const accountId = await world.account({ csm: ana.id });
    await world.alert({ accountId, severity: 'high' });
    await world.alert({ accountId, severity: 'critical', reason: 'Champion left' });
    await world.alert({ accountId, severity: 'critical', reason: 'All usage stopped' });
    await world.tell();
    const texts = await textsOf(await world.server.signedIn(ana));
    expect(texts.sort()).toEqual(['All usage stopped', 'Champion left']);
  });
});

describe('choices', () => {
  const kinds = async (caller: Caller) => (await caller.get('/api/v1/me/notification-preferences')).body;

  it('begin with what concerns one, and say that no mail can be sent', async () => {
    const caller = await world.server.as('am');
    const chosen = await kinds(caller);
    expect(chosen).toMatchObject({ revision: 0, digestHour: 8, mailWorks: false });
    expect(chosen.kinds.churn).toEqual({ scope: 'mine', inApp: true, email: 'digest' });
  });

  it('decide by kind and scope, never beyond what one may see', async () => {
    const max = await world.server.person('manager');
    const asMax = await world.server.signedIn(max);
    const dan = await world.server.person('csm', { managerId: max.id });
    const { kinds: before } = await kinds(asMax);
    const churn = { scope: 'all', inApp: true, email: 'off' };
    const renewal = { scope: 'team', inApp: true, email: 'off' };
    const body = { kinds: { ...before, churn, renewal }, digestHour: 7, revision: 0 };
    expect((await asMax.put('/api/v1/me/notification-preferences', body)).status).toBe(200);
    await world.alert({ accountId: await world.account({ csm: dan.id }), kind: 'renewal', reason: 'Dan’s renewal' });
    await world.alert({ accountId: await world.account({ csm: dan.id }), kind: 'billing', reason: 'Dan’s invoice' });
    await world.alert({ accountId: await world.account(), kind: 'churn', reason: 'Nobody’s account' });
    await world.alert({ accountId: await world.account({ csm: bo.id }), kind: 'churn', reason: 'Not Max’s team' });
    await world.tell();
    expect((await textsOf(asMax)).sort()).toEqual(['Dan’s renewal', 'Nobody’s account']);
  });

  it('are refused on a revision that has moved on', async () => {
    const caller = await world.server.as('csm');
    const { mailWorks: _, ...chosen } = await kinds(caller);
    expect((await caller.put('/api/v1/me/notification-preferences', chosen)).body.revision).toBe(1);
    expect((await caller.put('/api/v1/me/notification-preferences', chosen)).body.code).toBe('REVISION_MOVED');
  });

  it('send no mail where there is no mail server', async () => {
    await world.alert({ accountId: await world.account({ csm: ana.id }) });
    await world.tell();
    expect(await world.deliveries()).toEqual([]);
  });
});

describe('the bell', () => {
  it('counts what is unread, and reads one’s own alone', async () => {
    const [asNow, asOther] = [await world.server.signedIn(ana), await world.server.signedIn(bo)];
    for (const csm of [ana.id, ana.id, bo.id]) await world.alert({ accountId: await world.account({ csm }) });
    await world.tell();
    const { body } = await asNow.get('/api/v1/notifications');
    expect(body.unread).toBe(2);
    const [first] = body.notifications;
    await asOther.post('/api/v1/notifications/read', { ids: [first.id] });
    expect((await asNow.get('/api/v1/notifications')).body.unread).toBe(2);
    await asNow.post('/api/v1/notifications/read', { ids: [first.id] });
    expect((await asNow.get('/api/v1/notifications')).body.unread).toBe(1);
    await asNow.post('/api/v1/notifications/read', { ids: null });
    expect((await asNow.get('/api/v1/notifications')).body.unread).toBe(0);
    expect((await asOther.get('/api/v1/notifications')).body.unread).toBe(1);
  });

  it('forgets accounts that went to somebody else', async () => {
    const accountId = await world.account({ csm: ana.id });
    await world.alert({ accountId });
    await world.tell();
    const asNow = await world.server.signedIn(ana);
    expect(await textsOf(asNow)).toHaveLength(1);
    await world.query('UPDATE steward.account SET csm_user_id = $2 WHERE id = $1', [accountId, bo.id]);
    expect((await asNow.get('/api/v1/notifications')).body).toEqual({ notifications: [], unread: 0 });
  });

  it('rings on open pages at once, and alerts appear on those who may see the account', async () => {
    const pages = await Promise.all(
      [ana, bo].map(async (person) =>
        OpenPage.open(`${world.server.url}/api/v1/live`, await world.server.cookieOf(person)),
      ),
    );
    const accountId = await world.account({ csm: ana.id });
    const nobodys = await world.account();
    await world.alert({ accountId });
    await world.alert({ accountId: nobodys });
    await world.tell();
    const [anas, bos] = pages;
    const first = await anas!.next('hint');
    const second = await anas!.next('hint');
    expect([first.topic, second.topic].sort()).toEqual(['alerts', 'notifications']);
    expect([...(first.ids ?? []), ...(second.ids ?? [])].sort()).toEqual([accountId, nobodys].sort());
    expect(await bos!.next('hint')).toMatchObject({ topic: 'alerts', ids: [nobodys] });
    for (const page of pages) page.close();
  });

  it('keeps half a year', async () => {
    await world.alert({ accountId: await world.account({ csm: ana.id }), reason: 'Old' });
    await world.tell();
    world.server.clock.advance({ days: 179 });
    await world.get(NotificationsService).forgetOld();
    expect(await textsOf(await world.server.signedIn(ana))).toEqual(['Old']);
    world.server.clock.advance({ days: 2 });
    await world.get(NotificationsService).forgetOld();
    expect(await textsOf(await world.server.signedIn(ana))).toEqual([]);
  });
});

describe('an alert rule that a storm holds', () => {
  it('is told to the admins, once, with what it would do, and to nobody else', async () => {
    const admin = await world.server.as('admin');
    const rule = await anAlertRule(world.server.dataSource, { name: 'Usage collapse' });
    await insertRows(world.server.dataSource, 'alert_rule_hold', [
      {
        rule_id: rule,
        reason: 'storm',
        day: '2026-04-15',
        since_at: world.server.clock.now().toISOString(),
        would_fire: 40,
        in_scope: 90,
      },
    ]);
    await world.tell();
    await world.tell();
    const { notifications, unread } = (await admin.get('/api/v1/notifications')).body;
    expect(notifications).toMatchObject([
      {
        accountId: null,
        ruleId: rule,
        news: 'ruleHeld',
        text: 'Rule “Usage collapse” is held: it would fire on 40 of 90 accounts',
        readAt: null,
      },
    ]);
    expect(unread).toBe(1);
    expect(await textsOf(await world.server.signedIn(ana))).toEqual([]);
    await admin.post('/api/v1/notifications/read', { ids: [notifications[0].id] });
    expect((await admin.get('/api/v1/notifications')).body.unread).toBe(0);
    await world.query(`UPDATE steward.alert_rule_hold SET decision = 'released'`);
    await world.query('DELETE FROM steward.notice');
    await world.tell();
    expect(await textsOf(admin)).toEqual([]);
  });
});
