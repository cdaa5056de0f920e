import { randomUUID } from 'node:crypto';
import { anAlert, anAlertRule, NOTHING_READ, type StoredAlertKey } from '../../support/alerts.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

describe('what people do with alerts', () => {
  let server: ApiServer;
  let owner: TestPerson;
  let am: TestPerson;
  let stranger: TestPerson;
  let csm: Caller;
  let viewer: Caller;
  let lead: Caller;
  let account: string;
  let hidden: string;

  const anAccount = async (
    name: string,
    csmId: string | null,
    amId: string | null = null,
    arrMinor: number | null = 0,
  ) => {
    const id = randomUUID();
    const owners = { csm_user_id: csmId, am_user_id: amId };
    await insertRows(server.dataSource, 'account', [
      {
        id,
        external_id: `${name}-${id}`,
        name,
        status: 'customer',
        ...owners,
        first_seen_on: '2026-01-01',
        revision: 1,
      },
    ]);
    await insertStates(server.dataSource, [
      {
        account_id: id,
        as_of: '2026-04-15',
        status: 'customer',
        tier: 'T1',
        score: 20,
        band: 'at_risk',
        ...owners,
        arr_minor: arrMinor,
      },
    ]);
    return id;
  };

  beforeAll(async () => {
    server = await ApiServer.start();
    const manager = await server.person('manager');
    owner = await server.person('csm', { managerId: manager.id });
    am = await server.person('am');
    stranger = await server.person('csm');
    csm = await server.signedIn(owner);
    viewer = await server.as('viewer');
    lead = await server.signedIn(manager);
    account = await anAccount('Mine', owner.id, am.id, 5_000_000);
    hidden = await anAccount('Hidden', stranger.id);
  }, 120_000);
  afterAll(() => server?.close());

  const alert = (overrides: object = {}, on = account) => anAlert(server.dataSource, on, { ...overrides });
  const act = async (who: Caller, action: string, alerts: StoredAlertKey[], more: object = {}) => {
    const { status, body } = await who.post('/api/v1/alerts/actions', { action, alerts, ...more });
    return { status, body, first: body.results?.[0] };
  };
  const detail = async ({ accountId, id }: StoredAlertKey, who = csm) =>
    (await who.get(`/api/v1/alerts/${accountId}/${id}`)).body;

  it('acknowledges, snoozes, wakes and resolves, and keeps it all in the history', async () => {
    const it = await alert();
    const seen = await act(csm, 'acknowledge', [it]);
    expect(seen.first).toMatchObject({
      ok: true,
      alert: { state: 'acknowledged', acknowledgedBy: 'csm 2', revision: 2 },
    });
    const asleep = await act(csm, 'snooze', [{ ...it, revision: 2 }], { until: '2026-05-01', reason: 'On holiday' });
    expect(asleep.first.alert).toMatchObject({
      state: 'snoozed',
      snoozedUntil: '2026-05-01',
      snoozeReason: 'On holiday',
    });
    await act(csm, 'unsnooze', [{ ...it, revision: 3 }]);
    const ended = await act(csm, 'resolve', [{ ...it, revision: 4 }], { outcome: 'successful', note: 'They stay' });
    expect(ended.first.alert).toMatchObject({
      state: 'resolved',
      outcome: 'successful',
      endedDay: '2026-04-15',
      endedBy: 'csm 2',
    });
    const { events, mayUndo, account: beside } = await detail(it);
    expect(events.map(({ kind, by }: any) => [kind, by])).toEqual([
      ['resolved', 'csm 2'],
      ['woken', 'csm 2'],
      ['snoozed', 'csm 2'],
      ['acknowledged', 'csm 2'],
    ]);
    expect(mayUndo).toBe(true);
    expect(beside).toMatchObject({
      name: 'Mine',
      tier: 'T1',
      arrMinor: 5_000_000,
      health: { score: 20, band: 'at_risk' },
    });
    const log = await server.dataSource.query(
      `SELECT action, account_id FROM steward.audit_log WHERE subject_kind = 'alert' AND subject_id = $1 ORDER BY id`,
      [it.id],
    );
    expect(log.map(({ action }: any) => action)).toEqual(
      ['acknowledged', 'snoozed', 'woken', 'resolved'].map((each) => `alert.${each}`),
    );
    expect(log[0].account_id).toBe(account);
  });

  it('takes the last action back, and the one before it', async () => {
    const it = await alert({ escalate_at: '2026-04-15T12:00:00Z' });
    await act(csm, 'acknowledge', [it]);
    await act(csm, 'resolve', [{ ...it, revision: 2 }], { outcome: 'falseAlarm' });
    const back = await act(csm, 'undo', [{ ...it, revision: 3 }]);
    expect(back.first.alert).toMatchObject({ state: 'acknowledged', outcome: null, endedDay: null, endedBy: null });
    const further = await act(csm, 'undo', [{ ...it, revision: 4 }]);
    expect(further.first.alert).toMatchObject({ state: 'open', unread: true, acknowledgedAt: null, revision: 5 });
    const [row] = await server.dataSource.query('SELECT escalate_at FROM steward.alert WHERE id = $1', [it.id]);
    expect(row.escalate_at).toEqual(new Date('2026-04-15T12:00:00Z'));
    expect((await act(csm, 'undo', [{ ...it, revision: 5 }])).first).toMatchObject({
      ok: false,
      status: 409,
      code: 'NOTHING_TO_UNDO',
    });
  });

  it('does not bring back an alert whose rule has fired again', async () => {
    const rule = await anAlertRule(server.dataSource);
    const it = await alert({ rule_id: rule });
    await act(csm, 'resolve', [it], { outcome: 'unsuccessful' });
    await alert({ rule_id: rule });
    expect((await act(csm, 'undo', [{ ...it, revision: 2 }])).first).toMatchObject({
      status: 409,
      code: 'LIVE_ALERT_EXISTS',
    });
  });

  it('answers each of many on its own', async () => {
    const [open, moved, ended, foreign] = [
      await alert(),
      await alert({ revision: 7 }),
      await alert({ state: 'cleared', ended_day: '2026-04-14' }),
      await alert({}, hidden),
    ];
    const nowhere = { accountId: account, id: randomUUID(), revision: 1 };
    const { body } = await act(csm, 'acknowledge', [ended, foreign, open, { ...moved, revision: 6 }, nowhere]);
    expect(body.done).toBe(1);
    expect(body.results.map(({ ok, status, code }: any) => [ok, status, code])).toEqual([
      [false, 409, 'ALERT_ENDED'],
      [false, 404, 'NOT_FOUND'],
      [true, undefined, undefined],
      [false, 409, 'REVISION_MOVED'],
      [false, 404, 'NOT_FOUND'],
    ]);
    const [row] = await server.dataSource.query('SELECT state, revision FROM steward.alert WHERE id = $1', [
      foreign.id,
    ]);
    expect(row).toEqual({ state: 'open', revision: 1 });
  });

  it('hides the alerts of accounts out of the book, and those that nobody is shown', async () => {
    const foreign = await alert({}, hidden);
    const pending = await alert({ state: 'pending' });
    const dropped = await alert({ state: 'dropped' });
    for (const each of [foreign, pending, dropped]) {
      expect((await csm.get(`/api/v1/alerts/${each.accountId}/${each.id}`)).status).toBe(404);
      expect((await act(csm, 'acknowledge', [each])).first.status).toBe(404);
    }
    expect((await csm.get(`/api/v1/accounts/${hidden}/alerts`)).status).toBe(404);
    expect((await csm.get(`/api/v1/accounts/${hidden}/alert-events`)).status).toBe(404);
    const listed = (await csm.get(`/api/v1/accounts/${account}/alerts?limit=200`)).body.alerts;
    expect(listed.map(({ id }: any) => id)).not.toEqual(expect.arrayContaining([pending.id]));
    expect(listed.map(({ state }: any) => state)).not.toContain('pending');
  });

  it('lets a viewer read only', async () => {
    const it = await alert();
    expect((await act(viewer, 'acknowledge', [it])).status).toBe(403);
    expect((await viewer.get(`/api/v1/alerts/${account}/${it.id}`)).status).toBe(200);
  });

  it('lets one of two who act at the same time win', async () => {
    const it = await alert();
    const both = await Promise.all([
      act(csm, 'acknowledge', [it]),
      act(lead, 'snooze', [it], { until: '2026-04-20', reason: 'Later' }),
    ]);
    expect(both.map(({ first }) => first.ok).sort()).toEqual([false, true]);
    expect(both.find(({ first }) => !first.ok)?.first.code).toBe('REVISION_MOVED');
    expect((await detail(it)).events).toHaveLength(1);
  });

  it('assigns to those who may see the account, and tells them', async () => {
    const it = await alert();
    expect((await act(csm, 'assign', [it], { assigneeUserId: stranger.id })).first).toMatchObject({
      status: 409,
      code: 'ASSIGNEE_CANNOT_SEE',
    });
    const unknown = await act(csm, 'assign', [it], { assigneeUserId: randomUUID() });
    expect(unknown).toMatchObject({ status: 400, body: { code: 'UNKNOWN_PERSON' } });
    const given = await act(csm, 'assign', [it], { assigneeUserId: am.id });
    expect(given.first.alert).toMatchObject({ assignee: { userId: am.id, name: 'am 3' }, receiver: { userId: am.id } });
    const [event] = (await detail(it)).events;
    expect(event).toMatchObject({ kind: 'assigned', details: { assignee: 'am 3' } });
    const [row] = await server.dataSource.query('SELECT told_at FROM steward.alert_event WHERE id = $1', [event.id]);
    expect(row.told_at).toBeNull();
  });

  it('marks news as read without a word in the history', async () => {
    const it = await alert();
    expect((await act(csm, 'markRead', [it])).first.alert).toMatchObject({ unread: false, state: 'open' });
    expect((await detail(it)).events).toEqual([]);
  });

  it('tells the alerts of an earlier day as they stood, with nothing of later days', async () => {
    const id = await anAccount('Yesterday', owner.id, null, 100);
    const rule = await anAlertRule(server.dataSource);
    const since = { rule_id: rule, opened_day: '2026-04-05', opened_at: '2026-04-05T08:00:00Z' };
    const evidence = { values: [{ field: 'health.score', value: 30 }], leaves: [0], loss: null };
    const again = { state: 'acknowledged', acknowledged_at: '2026-04-14T09:00:00Z', acknowledged_by: owner.id };
    const lasting = await alert({ ...since, ...again, evidence, severity: 'critical', reason: 'Health is 30' }, id);
    const ended = { state: 'resolved', ended_day: '2026-04-12', ended_at: '2026-04-12T08:00:00Z' };
    const won = await alert({ ...since, ...ended, rule_id: null, outcome: 'successful', reason: 'Won later' }, id);
    await alert({ ...ended, ended_day: '2026-04-08', opened_day: '2026-04-05', reason: 'Over by then' }, id);
    await alert({ opened_day: '2026-04-11', reason: 'Not yet' }, id);
    const happened = async (
      to: { id: string },
      day: string,
      kind: string,
      details: object | null = null,
      by: TestPerson | null = null,
    ) => {
      const event = { account_id: id, id: randomUUID(), alert_id: to.id, kind, day, at: `${day}T09:00:00Z`, details };
      await insertRows(server.dataSource, 'alert_event', [{ ...event, by_user_id: by?.id ?? null }]);
      return event.id;
    };
    await happened(lasting, '2026-04-05', 'opened');
    const undoes = await happened(lasting, '2026-04-09', 'acknowledged', null, am);
    await happened(lasting, '2026-04-13', 'undone', { undoes }, am);
    await happened(lasting, '2026-04-14', 'acknowledged', null, owner);
    await happened(lasting, '2026-04-11', 'severity', { from: 'high', to: 'critical' });
    await happened(won, '2026-04-12', 'resolved', { outcome: 'successful' });

    const then = (await csm.get(`/api/v1/accounts/${id}/alerts?asOf=2026-04-10`)).body;
    expect(then.total).toBe(2);
    expect(then.alerts).toEqual([
      expect.objectContaining({
        id: lasting.id,
        state: 'acknowledged',
        acknowledgedAt: '2026-04-09T09:00:00.000Z',
        acknowledgedBy: 'am 3',
        severity: 'high',
        reason: 'Health is 30',
        reasonAtOpen: null,
        evidence: [expect.objectContaining({ field: 'health.score', value: 30, noted: 30 })],
      }),
      expect.objectContaining({ id: won.id, state: 'open', outcome: null, endedDay: null, endedAt: null }),
    ]);
    const kinds = async (query: string) =>
      (await csm.get(`/api/v1/accounts/${id}/alert-events${query}`)).body.events.map(({ kind }: any) => kind);
    expect(await kinds('?asOf=2026-04-10')).toEqual(['acknowledged', 'opened']);
    expect(await kinds('')).toEqual(['acknowledged', 'undone', 'resolved', 'severity', 'acknowledged', 'opened']);
    const tomorrow = await csm.get(`/api/v1/accounts/${id}/alerts?asOf=2026-04-16`);
    expect(tomorrow).toMatchObject({ status: 400, body: { code: 'AS_OF_IN_FUTURE' } });
  });

  it('raises an alert by hand, as a hand-over to the account manager', async () => {
    const given = {
      kind: 'expansion',
      severity: 'medium',
      reason: 'They asked for 40 more seats',
      dueDay: '2026-04-20',
    };
    const raised = await csm.post(`/api/v1/accounts/${account}/alerts`, given);
    expect(raised).toMatchObject({
      status: 201,
      body: {
        ...given,
        state: 'open',
        started: 'hand',
        rule: null,
        unread: true,
        receiver: { userId: am.id },
        arrMinorAtOpen: 5_000_000,
        scoreAtOpen: 20,
      },
    });
    expect((await csm.post(`/api/v1/accounts/${hidden}/alerts`, given)).status).toBe(404);
    expect((await csm.post(`/api/v1/accounts/${account}/alerts`, { ...given, dueDay: '2026-04-14' })).status).toBe(400);
    const toStranger = await csm.post(`/api/v1/accounts/${account}/alerts`, { ...given, assigneeUserId: stranger.id });
    expect(toStranger).toMatchObject({ status: 400, body: { code: 'ASSIGNEE_CANNOT_SEE' } });
    const { events } = (await csm.get(`/api/v1/accounts/${account}/alert-events`)).body;
    expect(events[0]).toMatchObject({ kind: 'opened', by: 'csm 2', alert: { id: raised.body.id, kind: 'expansion' } });
  });

  it('refuses what is malformed, whole', async () => {
    const it = await alert();
    const many = Array.from({ length: 10_000 }, () => ({ ...it, id: randomUUID() }));
    for (const body of [
      { action: 'acknowledge', alerts: [] },
      { action: 'acknowledge', alerts: many },
      { action: 'acknowledge', alerts: [it, it] },
      { action: 'explode', alerts: [it] },
      { action: 'acknowledge', alerts: [{ ...it, id: `${it.id}' OR 1=1 --` }] },
      { action: 'resolve', alerts: [it] },
      { action: 'resolve', alerts: [it], outcome: 'whatever' },
      { action: 'resolve', alerts: [it], outcome: 'successful', note: 'a\u0000b' },
      { action: 'snooze', alerts: [it], until: '2026-04-15', reason: 'today' },
      { action: 'snooze', alerts: [it], until: '2027-04-17', reason: 'over a year' },
      { action: 'snooze', alerts: [it], until: '2026-05-01', reason: '' },
      { action: 'snooze', alerts: [it], until: '2026-05-01', reason: 'a\u0000b' },
      { action: 'snooze', alerts: [it], until: '9999-99-99', reason: 'never' },
      { action: 'acknowledge', alerts: [it], sql: 'DROP TABLE steward.alert' },
    ]) {
      const { status } = await csm.post('/api/v1/alerts/actions', body);
      expect({ body: JSON.stringify(body).slice(0, 120), status }).toMatchObject({ status: 400 });
    }
    const sql = `'); DROP TABLE steward.alert; -- %_\\"`;
    const resolved = await act(csm, 'resolve', [it], { outcome: 'unsuccessful', note: sql });
    expect(resolved.first.alert.outcomeNote).toBe(sql);
    const raised = await csm.post(`/api/v1/accounts/${account}/alerts`, { kind: 'data', severity: 'low', reason: sql });
    expect(raised.body.reason).toBe(sql);
    expect(
      (await csm.post(`/api/v1/accounts/${account}/alerts`, { kind: 'data', severity: 'low', reason: 'a\u0000b' }))
        .status,
    ).toBe(400);
  });

  it('shows what a run read as evidence, by the names of the catalogue', async () => {
    const it = await alert({
      evidence: {
        ...NOTHING_READ,
        values: [
          { field: 'health.score', value: 20 },
          { field: 'gone.field', value: null },
        ],
      },
    });
    expect((await detail(it)).evidence).toEqual([
      { field: 'health.score', label: 'Health score', value: 20, noted: 20 },
      { field: 'gone.field', label: 'gone.field', value: null, noted: null },
    ]);
  });
});
