import { randomUUID } from 'node:crypto';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { anAlert, anAlertRule } from '../../support/alerts.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const isAtRisk = all(field('account.status', 'eq', 'customer'), field('health.band', 'eq', 'at_risk'));

describe('alert rules over HTTP', () => {
  let server: ApiServer;
  let admin: Caller;
  let lead: Caller;
  let csm: Caller;
  let mine: string;
  let others: string;

  beforeAll(async () => {
    server = await ApiServer.start();
    admin = await server.as('admin');
    lead = await server.as('manager');
    const owner = await server.person('csm');
    csm = await server.signedIn(owner);
    const other = await server.person('csm');
    mine = await anAccount('Mine', owner.id);
    others = await anAccount('Others', other.id, '2026-04-10');
  }, 120_000);
  afterAll(() => server?.close());

  const anAccount = async (name: string, csmId: string, churnedOn: string | null = null) => {
    const id = randomUUID();
    const status = churnedOn === null ? 'customer' : 'churned';
    await insertRows(server.dataSource, 'account', [
      {
        id,
        external_id: name,
        name,
        status,
        csm_user_id: csmId,
        first_seen_on: '2026-01-01',
        churned_on: churnedOn,
        revision: 1,
      },
    ]);
    await insertStates(server.dataSource, [
      { account_id: id, as_of: '2026-04-15', status, tier: 'T1', band: 'at_risk', score: 20, arr_minor: 700 },
    ]);
    return id;
  };
  const aRule = (overrides: object = {}) => ({
    name: 'At risk',
    kind: 'churn',
    reason: 'Health is {{health.score}}',
    rule: isAtRisk,
    severity: 'high',
    ...overrides,
  });
  const create = async (overrides: object = {}) => {
    const { status, body } = await admin.post('/api/v1/alert-rules', aRule(overrides));
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  };

  it('brings the built-in ones along, which can be switched off but not deleted', async () => {
    const { rules } = (await csm.get('/api/v1/alert-rules')).body;
    const [builtIn] = rules.filter(({ key }: { key: string | null }) => key !== null);
    expect(builtIn).toMatchObject({ mayEdit: false, liveAlerts: 0, hold: null });
    expect((await admin.delete(`/api/v1/alert-rules/${builtIn.id}`)).body.code).toBe('ALERT_RULE_BUILT_IN');
    const off = await lead.patch(`/api/v1/alert-rules/${builtIn.id}`, { enabled: false, revision: builtIn.revision });
    expect(off).toMatchObject({
      status: 200,
      body: { enabled: false, ruleVersion: builtIn.ruleVersion, mayEdit: true },
    });
    const on = await lead.patch(`/api/v1/alert-rules/${builtIn.id}`, { enabled: true, revision: off.body.revision });
    expect(on.body.ruleVersion).toBeGreaterThan(builtIn.ruleVersion);
  });

  it('is edited on the revision that was read, and keeps its versions', async () => {
    const made = await create();
    expect(made).toMatchObject({ coolDownDays: 14, ownerRole: 'csm', tiers: null, clearRule: null, enabled: true });
    const path = `/api/v1/alert-rules/${made.id}`;
    const renamed = await admin.patch(path, { name: 'Renamed', severity: 'critical', revision: 1 });
    expect(renamed.body).toMatchObject({ name: 'Renamed', revision: 2, ruleVersion: made.ruleVersion });
    const late = await admin.patch(path, { tiers: ['T1'], revision: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
    const narrowed = await admin.patch(path, { tiers: ['T1'], revision: 2 });
    expect(narrowed.body.ruleVersion).toBeGreaterThan(made.ruleVersion);
    const { versions } = (await csm.get(path)).body;
    expect(versions.map(({ version, definition }: any) => [version, definition.tiers])).toEqual([
      [narrowed.body.ruleVersion, ['T1']],
      [made.ruleVersion, null],
    ]);
    const copy = await admin.post(`${path}/copy`, { name: 'Copy' });
    expect(copy).toMatchObject({ status: 201, body: { name: 'Copy', tiers: ['T1'], key: null, enabled: false } });
    const log = await server.dataSource.query(
      `SELECT action FROM steward.audit_log WHERE subject_kind = 'alert_rule' AND subject_id = $1 ORDER BY id`,
      [made.id],
    );
    expect(log.map(({ action }: any) => action)).toEqual(
      ['created', 'updated', 'updated'].map((each) => `alert_rule.${each}`),
    );
  });

  it('raises what is true at start as soon as it is kept, in the inbox of who should act', async () => {
    const rule = all(field('account.status', 'eq', 'customer'), field('account.name', 'eq', 'Mine'));
    const { id } = await create({ name: 'All of mine', reason: '{{account.name}} is a customer', rule });
    await server.app.get(LiveRefresh, { strict: false }).drain();
    const { rows } = (await csm.get(`/api/v1/alerts?ruleId=${id}`)).body;
    expect(rows).toMatchObject([
      {
        account: { id: mine },
        top: { started: 'start', state: 'open', reason: 'Mine is a customer', rule: { id, name: 'All of mine' } },
      },
    ]);
    expect(rows[0].top.evidence).toContainEqual({ field: 'account.name', label: 'Name', value: 'Mine', noted: 'Mine' });
    await admin.delete(`/api/v1/alert-rules/${id}`);
  });

  it('takes its live alerts along when it is deleted; what has ended stays', async () => {
    const { id } = await create();
    const live = await anAlert(server.dataSource, mine, { rule_id: id });
    const ended = await anAlert(server.dataSource, mine, { rule_id: id, state: 'resolved', ended_day: '2026-04-10' });
    const counted = (await csm.get('/api/v1/alert-rules')).body.rules.find((rule: any) => rule.id === id);
    expect(counted.liveAlerts).toBe(1);
    expect((await admin.delete(`/api/v1/alert-rules/${id}`)).status).toBe(200);
    expect((await admin.get(`/api/v1/alert-rules/${id}`)).status).toBe(404);
    expect((await csm.get(`/api/v1/alerts/${mine}/${live.id}`)).body).toMatchObject({
      state: 'cleared',
      endedDay: '2026-04-15',
      rule: { id, name: null },
      events: [{ kind: 'cleared', details: { why: 'ruleDeleted' } }],
    });
    expect((await csm.get(`/api/v1/alerts/${mine}/${ended.id}`)).body.state).toBe('resolved');
  });

  it('releases the alerts of a storm, or throws them away', async () => {
    const hold = async () => {
      const id = await anAlertRule(server.dataSource, { name: 'Storm' });
      await insertRows(server.dataSource, 'alert_rule_hold', [
        { rule_id: id, reason: 'storm', day: '2026-04-15', would_fire: 1, in_scope: 2 },
      ]);
      return { id, alert: await anAlert(server.dataSource, mine, { rule_id: id, state: 'pending' }) };
    };
    const released = await hold();
    const path = `/api/v1/alert-rules/${released.id}`;
    expect((await admin.get(path)).body.hold).toMatchObject({ reason: 'storm', wouldFire: 1, inScope: 2 });
    // How many accounts there are beyond their book is not told.
    expect((await csm.get(path)).body.hold).toMatchObject({ reason: 'storm', wouldFire: null, inScope: null });
    const passed = await admin.post(`/api/v1/alert-rules/${released.id}/release`);
    expect(passed).toMatchObject({ status: 200, body: { alerts: 1 } });
    expect((await csm.get(`/api/v1/alerts/${mine}/${released.alert.id}`)).body.state).toBe('open');
    expect((await csm.get(`/api/v1/alert-rules/${released.id}`)).body.hold).toBeNull();
    const again = await admin.post(`/api/v1/alert-rules/${released.id}/release`);
    expect(again).toMatchObject({ status: 409, body: { code: 'NOTHING_HELD' } });
    const dropped = await hold();
    expect((await admin.post(`/api/v1/alert-rules/${dropped.id}/drop`)).body).toEqual({ alerts: 1 });
    expect((await csm.get(`/api/v1/alerts/${mine}/${dropped.alert.id}`)).status).toBe(404);
  });

  it('may rest on shared segments of accounts only', async () => {
    const aSegment = async (given: object) =>
      (await admin.post('/api/v1/segments', { name: 'Base', rule: isAtRisk, ...given })).body.id as string;
    const isIn = (segment: string) => ({ kind: 'member', segment, is: true });
    const shared = await aSegment({ visibility: 'shared' });
    const { id } = await create({ rule: isIn(shared) });
    expect((await admin.delete(`/api/v1/segments/${shared}`)).body.code).toBe('SEGMENT_IN_USE');
    await admin.delete(`/api/v1/alert-rules/${id}`);
    expect((await admin.delete(`/api/v1/segments/${shared}`)).status).toBe(200);
    for (const segment of [shared, await aSegment({ visibility: 'private' })]) {
      const answer = await admin.post('/api/v1/alert-rules', aRule({ clearRule: isIn(segment) }));
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'RULE_NOT_VALID', details: [{ path: 'clearRule.segment', code: 'UNKNOWN_SEGMENT' }] },
      });
    }
  });

  it('keeps the signals that it reads, or its reason tells', async () => {
    const signal = {
      key: 'own.seats',
      label: 'Seats',
      unit: 'number',
      description: '',
      better: 'up',
      windowDays: 28,
      change: null,
      compute: { source: 'event', event: 'seat', aggregation: 'count' },
    };
    const made = await admin.post('/api/v1/signals', signal);
    expect({ status: made.status, body: made.body }).toMatchObject({ status: 201 });
    const { id } = await create({ reason: 'Seats: {{ own.seats }}' });
    const retire = () => admin.patch('/api/v1/signals/own.seats', { retired: true, revision: made.body.revision });
    expect(await retire()).toMatchObject({ status: 409, body: { code: 'SIGNAL_IN_USE' } });
    await admin.delete(`/api/v1/alert-rules/${id}`);
    expect((await retire()).status).toBe(200);
  });

  it('names what is wrong by code and place', async () => {
    const deep = (levels: number): object => (levels === 0 ? isAtRisk : { kind: 'not', rule: deep(levels - 1) });
    const wide = { kind: 'all', rules: Array.from({ length: 201 }, () => field('account.arr', 'gte', 1)) };
    const sql = `'); DROP TABLE steward.alert_rule; --`;
    for (const [given, code, path] of [
      [{ rule: field('account.nothing', 'eq', 1) }, 'UNKNOWN_FIELD', 'rule.field'],
      [{ rule: all(field(`account.arr'--`, 'gte', 1)) }, undefined, 'rule.rules.0.field'],
      [{ rule: all(field('account.name', 'gt' as never, 1)) }, 'OPERATOR_NOT_ALLOWED', 'rule.rules.0.op'],
      [{ rule: { kind: 'compare', field: 'account.arr', op: 'sleep', value: 1 } }, undefined, 'rule.op'],
      [{ rule: field('account.arr', 'gte', sql) }, 'BAD_VALUE', 'rule.value'],
      [{ rule: field('health.band', 'eq', sql) }, 'UNKNOWN_OPTION', 'rule.value'],
      [{ rule: field('account.csm', 'eq', 'me') }, 'BAD_VALUE', 'rule.value'],
      [{ clearRule: field('account.csm', 'in', ['my_team']) }, 'BAD_VALUE', 'clearRule.value.0'],
      [{ rule: field('account.name', 'eq', 'a\u0000b') }, undefined, 'rule.value'],
      [{ rule: field('account.name', 'in', Array.from({ length: 10_000 }, String)) }, undefined, 'rule.value'],
      [{ rule: deep(9) }, undefined, 'rule'],
      [{ rule: wide }, undefined, 'rule'],
      [{ reason: 'Health is {{health.nothing}}' }, 'UNKNOWN_FIELD', 'reason'],
      [{ reason: 'a\u0000b' }, undefined, 'reason'],
      [{ reason: 'Health is {{health.score' }, 'BROKEN_FIELD', 'reason'],
      [{ reason: 'Health is {{}}, {{health.score}}' }, 'BROKEN_FIELD', 'reason'],
      [{ tiers: ['T9'] }, 'UNKNOWN_TIER', 'tiers.0'],
      [{ tiers: [sql] }, undefined, 'tiers.0'],
      [{ tierSeverity: { T9: 'high' } }, 'UNKNOWN_TIER', 'tierSeverity.T9'],
      [{ tierSeverity: JSON.parse('{"__proto__": "high"}') }, undefined, 'tierSeverity.__proto__'],
      [{ tierSeverity: { T1: 'deadly' } }, undefined, 'tierSeverity.T1'],
      [{ severity: sql }, undefined, 'severity'],
      [{ ownerRole: 'admin' }, undefined, 'ownerRole'],
      [{ channels: ['pigeon'] }, undefined, 'channels.0'],
      [{ coolDownDays: -1 }, undefined, 'coolDownDays'],
      [{ name: '' }, undefined, 'name'],
      [{ name: 'a\u0000b' }, undefined, 'name'],
      [{ name: 'a\ud800b' }, undefined, 'name'],
    ] as const) {
      for (const [route, body] of [
        ['', aRule(given)],
        ['/dry-run', { rule: isAtRisk, ...given }],
      ] as const) {
        if (route !== '' && !('rule' in given || 'clearRule' in given || 'tiers' in given)) continue;
        const answer = await admin.post(`/api/v1/alert-rules${route}`, body);
        const { details = [] } = answer.body;
        const what = JSON.stringify(given).slice(0, 100);
        expect({ what, route, status: answer.status }).toEqual({ what, route, status: 400 });
        const places = details.map((each: { path: string }) => each.path);
        expect({ what, hit: places.some((each: string) => each.startsWith(path)), places }).toMatchObject({
          hit: true,
        });
        if (code !== undefined) {
          expect({ what, codes: details.map((each: { code?: string }) => each.code) }).toMatchObject({
            codes: expect.arrayContaining([code]),
          });
        }
      }
    }
  });

  it('takes %, _, quotes and SQL in texts as what they are', async () => {
    const text = `100%_'; DROP TABLE steward.alert; -- "\\`;
    const rule = {
      kind: 'any',
      rules: ['eq', 'contains', 'startsWith'].map((op) => field('account.name', op as 'eq', text)),
    };
    const made = await create({ name: text, reason: text, rule });
    expect(made).toMatchObject({ name: text, reason: text });
    const tried = await admin.post('/api/v1/alert-rules/dry-run', { rule });
    expect(tried).toMatchObject({ status: 200, body: { today: { accounts: 0 } } });
  });

  describe('tried before it is kept', () => {
    beforeAll(async () => {
      await server.dataSource.query(
        `UPDATE steward.account_state SET band = 'at_risk', score = 20, tier = 'T1', arr_minor = 700 WHERE account_id = $1`,
        [mine],
      );
      const days = Array.from({ length: 20 }, (_, back) =>
        new Date(Date.UTC(2026, 3, 14 - back)).toISOString().slice(0, 10),
      );
      const snapshot = (account_id: string, day: string, isRisk: boolean) => ({
        account_id,
        day,
        status: 'customer',
        tier: 'T1',
        band: isRisk ? 'at_risk' : 'healthy',
        score: isRisk ? 20 : 80,
      });
      for (const day of days) {
        await server.dataSource
          .query(
            `CREATE TABLE IF NOT EXISTS steward.account_snapshot_${day.slice(0, 7).replace('-', '_')}
           PARTITION OF steward.account_snapshot FOR VALUES FROM ('${day.slice(0, 7)}-01') TO (('${day.slice(0, 7)}-01'::date + interval '1 month')::date)`,
          )
          .catch(() => undefined);
      }
      await insertRows(
        server.dataSource,
        'account_snapshot',
        days.flatMap((day) => [snapshot(mine, day, day >= '2026-04-12'), snapshot(others, day, day >= '2026-04-05')]),
      );
    });

    it('says what it would find today and would have fired, within the reader’s scope', async () => {
      const { status, body } = await admin.post('/api/v1/alert-rules/dry-run', { rule: isAtRisk });
      expect({ status, body }).toMatchObject({
        status: 200,
        body: {
          today: {
            asOf: '2026-04-15',
            accounts: 1,
            inScope: 1,
            arrMinor: 700,
            wouldHold: false,
            sample: [{ name: 'Mine' }],
          },
          past: {
            from: '2026-03-26',
            to: '2026-04-14',
            days: 20,
            daysAsked: 90,
            fired: 2,
            accounts: 2,
            churned: 1,
            beforeChurn: 1,
            churnedWithAlert: 1,
          },
          nowOnlyFields: [],
        },
      });
      const ofTeam = await lead.post('/api/v1/alert-rules/dry-run', { rule: isAtRisk });
      expect(ofTeam.body).toMatchObject({ today: { accounts: 0 }, past: { fired: 0, churned: 0 } });
      expect((await csm.post('/api/v1/alert-rules/dry-run', { rule: isAtRisk })).status).toBe(403);
    });

    it('reads goals as the runs of those days did: what they started themselves counted the day after', async () => {
      const goal = {
        id: randomUUID(),
        playbook_id: randomUUID(),
        kind: 'adoption',
        status: 'inProgress',
        started: 'hand',
      };
      const days = { start_day: '2026-04-14', due_day: '2026-06-14', created_at: '2026-04-14T09:00:00Z' };
      await insertRows(server.dataSource, 'goal', [{ account_id: mine, ...goal, ...days }]);
      const rule = { kind: 'related', of: 'goal', quantifier: 'any', rule: field('open', 'eq', true) };
      const tried = async () => (await admin.post('/api/v1/alert-rules/dry-run', { rule })).body;
      expect(await tried()).toMatchObject({ today: { accounts: 1 }, past: { fired: 0 } });
      await server.dataSource.query('UPDATE steward.goal SET created_by = $1 WHERE id = $2', [randomUUID(), goal.id]);
      expect(await tried()).toMatchObject({ today: { accounts: 1 }, past: { fired: 1 } });
      await server.dataSource.query('DELETE FROM steward.goal WHERE id = $1', [goal.id]);
    });
  });

  it('knows how good it was', async () => {
    const { id } = await create({ name: 'Judged' });
    const alert = (overrides: object) =>
      anAlert(server.dataSource, mine, {
        rule_id: id,
        state: 'resolved',
        opened_day: '2026-04-14',
        opened_at: '2026-04-14T09:00:00Z',
        ended_day: '2026-04-14',
        ...overrides,
      });
    await alert({ outcome: 'falseAlarm', acknowledged_at: '2026-04-14T10:00:00Z' });
    await alert({ outcome: 'successful', acknowledged_at: '2026-04-14T16:00:00Z' });
    await alert({ started: 'start', outcome: 'falseAlarm' });
    await alert({ opened_day: '2025-01-01', outcome: 'falseAlarm' });
    const { body } = await csm.get('/api/v1/alert-rules/quality');
    expect(body).toMatchObject({ from: '2026-01-16', to: '2026-04-15' });
    expect(body.rules.find(({ ruleId }: any) => ruleId === id)).toMatchObject({
      name: 'Judged',
      fired: 2,
      acknowledgedInTime: 1,
      toAcknowledge: 2,
      falseAlarm: 1,
      successful: 1,
      falseAlarmRate: 0.5,
      kept: 0,
      keptUnknown: 1,
    });
    const ofOthers = (await lead.get('/api/v1/alert-rules/quality')).body.rules;
    expect(ofOthers.find(({ ruleId }: any) => ruleId === id)).toMatchObject({ fired: 0, falseAlarmRate: null });
    expect((await csm.get('/api/v1/alert-rules/quality?from=2026-04-01&to=2026-03-01')).status).toBe(400);
  });

  it('knows it of more alerts than are read at once', async () => {
    const { id } = await create({ name: 'Often' });
    await anAlert(server.dataSource, mine, {
      rule_id: id,
      state: 'resolved',
      outcome: 'falseAlarm',
      opened_day: '2026-04-14',
      opened_at: '2026-04-14T09:00:00Z',
      ended_day: '2026-04-14',
    });
    const columns = (
      await server.dataSource.query(
        `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = 'steward' AND table_name = 'alert' AND column_name <> 'id'`,
      )
    ).map(({ name }: { name: string }) => name);
    await server.dataSource.query(
      `INSERT INTO steward.alert (id, ${columns}) SELECT gen_random_uuid(), ${columns}
       FROM steward.alert, generate_series(1, 4100) WHERE rule_id = $1`,
      [id],
    );
    const { body } = await csm.get('/api/v1/alert-rules/quality');
    expect(body.rules.find(({ ruleId }: any) => ruleId === id)).toMatchObject({ fired: 4101, falseAlarm: 4101 });
    await server.dataSource.query('DELETE FROM steward.alert WHERE rule_id = $1', [id]);
  });
});
