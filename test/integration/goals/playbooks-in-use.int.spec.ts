import { randomUUID } from 'node:crypto';
import { aPlaybook, aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { all } from '../../../apps/api/src/domain/rule-builders.js';
import { anAlert, anAlertRule } from '../../support/alerts.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const PLAYBOOKS = '/api/v1/playbooks';

describe('playbooks and what they rest on', () => {
  let server: ApiServer;
  let lead: Caller;
  let csm: Caller;
  let csmId: string;

  beforeAll(async () => {
    server = await ApiServer.start();
    lead = await server.as('manager');
    const person = await server.person('csm');
    csmId = person.id;
    csm = await server.signedIn(person);
  }, 120_000);
  afterAll(() => server?.close());

  const create = async (definition: object = {}, enabled = true) => {
    const { status, body } = await lead.post(PLAYBOOKS, { definition: aPlaybook(definition), enabled });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  };

  it('hold what they rest on: segments, rules of alerts and signals are not taken from under them', async () => {
    const admin = await server.as('admin');
    const starting = (
      await admin.post('/api/v1/segments', { of: 'account', name: 'Starts', rule: all(), visibility: 'shared' })
    ).body;
    const asked = (
      await admin.post('/api/v1/segments', { of: 'account', name: 'Asked', rule: all(), visibility: 'shared' })
    ).body;
    const rule = await anAlertRule(server.dataSource, { name: 'Starts it' });
    const compute = { source: 'event', event: 'seat', aggregation: 'count' };
    const signal = {
      key: 'own.sold',
      label: 'Sold',
      unit: 'number',
      description: '',
      better: 'up',
      windowDays: 28,
      change: null,
      compute,
    };
    const signals = await admin.post('/api/v1/signals', signal);
    expect({ status: signals.status, body: signals.body }).toMatchObject({ status: 201 });
    const made = await create({
      name: 'Resting',
      target: { kind: 'signal', field: 'own.sold', op: 'gte', value: 3 },
      tasks: [aTaskTemplate({ completesWhen: { kind: 'member', segment: asked.id, is: true } })],
      triggers: { segmentIds: [starting.id], alertRuleIds: [rule] },
    });

    for (const { id } of [starting, asked]) {
      expect((await csm.get(`/api/v1/segments/${id}`)).body.usedBy).toEqual([
        { kind: 'playbook', id: made.id, name: 'Resting' },
      ]);
      const refused = await admin.delete(`/api/v1/segments/${id}`);
      expect(refused).toMatchObject({ status: 409, body: { code: 'SEGMENT_IN_USE' } });
      expect(refused.body.message).toContain('used by playbook Resting');
      const hidden = await admin.patch(`/api/v1/segments/${id}`, { visibility: 'private', revision: 1 });
      expect(hidden.body.code).toBe('SEGMENT_IN_USE');
    }
    const ruleGone = await admin.delete(`/api/v1/alert-rules/${rule}`);
    expect(ruleGone).toMatchObject({ status: 409, body: { code: 'ALERT_RULE_IN_USE' } });
    const signalGone = await admin.patch('/api/v1/signals/own.sold', { retired: true, revision: 1 });
    expect(signalGone).toMatchObject({ status: 409, body: { code: 'SIGNAL_IN_USE' } });
    expect(signalGone.body.message).toContain('playbook Resting');

    expect((await lead.delete(`${PLAYBOOKS}/${made.id}?revision=1`)).status).toBe(200);
    for (const { id } of [starting, asked]) expect((await admin.delete(`/api/v1/segments/${id}`)).status).toBe(200);
    expect((await admin.delete(`/api/v1/alert-rules/${rule}`)).status).toBe(200);
    expect((await admin.patch('/api/v1/signals/own.sold', { retired: true, revision: 1 })).status).toBe(200);
  });

  it('are not taken from under what asks for their goals, whoever keeps it, and are known by name there', async () => {
    const admin = await server.as('admin');
    const asked = await create({ name: 'Asked about' });
    const noGoal = {
      kind: 'related',
      of: 'goal',
      quantifier: 'none',
      rule: all({ kind: 'compare', field: 'playbook', op: 'in', value: [asked.id] }),
    } as const;
    const rule = all({ kind: 'not', rule: noGoal });
    const segment = { of: 'account', name: 'Asking', rule, visibility: 'shared' };
    const shared = (await csm.post('/api/v1/segments', segment)).body;
    const own = (await csm.post('/api/v1/segments', { ...segment, name: 'Mine', visibility: 'private' })).body;
    const view = { name: 'Seen', visibility: 'shared', rule, columns: null, sort: [] };
    const seen = (await csm.post('/api/v1/views', view)).body;
    const alertRule = await anAlertRule(server.dataSource, { name: 'Alarm', clear_rule: rule });
    const other = await create({ name: 'Other', tasks: [aTaskTemplate({ completesWhen: rule })] });
    expect(other.words.completesWhen).toEqual({ call: 'not (has no goal where (Playbook is Asked about))' });

    const gone = await server.person('csm');
    const ofGone = { ...segment, name: 'Left behind', visibility: 'private' };
    expect((await (await server.signedIn(gone)).post('/api/v1/segments', ofGone)).status).toBe(201);
    await server.dataSource.query('UPDATE steward.app_user SET active = false WHERE id = $1', [gone.id]);
    const draft = { part: 'stages', subject: '', body: { stages: [{ key: 'reached', rule }] } };
    await insertRows(server.dataSource, 'model_draft', [draft]);

    const remove = () => lead.delete(`${PLAYBOOKS}/${asked.id}?revision=1`);
    const ofLead = (await lead.post('/api/v1/segments', { ...segment, name: 'A secret', visibility: 'private' })).body;
    expect((await remove()).body.message).toContain('segment A secret');
    expect((await lead.delete(`/api/v1/segments/${ofLead.id}`)).status).toBe(200);
    const [{ name }] = await server.dataSource.query('SELECT full_name AS name FROM steward.app_user WHERE id = $1', [
      csmId,
    ]);
    const toAdmin = (await admin.delete(`${PLAYBOOKS}/${asked.id}?revision=1`)).body.message;
    expect(toAdmin).toContain(`a private segment of ${name}`);
    expect(toAdmin).not.toContain('Mine');
    const refused = await remove();
    expect(refused).toMatchObject({ status: 409, body: { code: 'PLAYBOOK_IN_USE' } });
    expect(refused.body.details.map(({ message }: any) => message)).toEqual([
      'is used by a private segment',
      'is used by alert rule Alarm',
      'is used by playbook Other',
      'is used by segment Asking',
      'is used by the draft of the stages',
      'is used by view Seen',
    ]);

    await server.dataSource.query(`DELETE FROM steward.model_draft WHERE part = 'stages'`);
    for (const { id } of [shared, own]) expect((await csm.delete(`/api/v1/segments/${id}`)).status).toBe(200);
    expect((await csm.delete(`/api/v1/views/${seen.id}`)).status).toBe(200);
    expect((await admin.delete(`/api/v1/alert-rules/${alertRule}`)).status).toBe(200);
    expect((await remove()).body.details).toMatchObject([{ message: 'is used by playbook Other' }]);
    const stages = 'UPDATE steward.stage_set_version SET body = $1::jsonb';
    const [published] = await server.dataSource.query('SELECT body FROM steward.stage_set_version');
    const [first, ...rest] = published.body.stages;
    await server.dataSource.query(stages, [{ ...published.body, stages: [{ ...first, rule }, ...rest] }]);
    expect((await remove()).body.details).toMatchObject([
      { message: 'is used by playbook Other' },
      { message: 'is used by the stages' },
    ]);
    await server.dataSource.query(stages, [published.body]);
    expect((await lead.delete(`${PLAYBOOKS}/${other.id}?revision=1`)).status).toBe(200);
    expect((await remove()).status).toBe(200);

    const refusedNow = await csm.post('/api/v1/segments', segment);
    expect(refusedNow).toMatchObject({ status: 400, body: { details: [{ code: 'UNKNOWN_OPTION' }] } });
    expect((await csm.get('/api/v1/catalogue')).body.playbooks).not.toContainEqual({
      id: asked.id,
      name: 'Asked about',
    });
  });

  it('may ask for goals of their own, and are deleted all the same', async () => {
    const { id, definition } = await create({ name: 'Its own' });
    expect((await csm.get('/api/v1/catalogue')).body.playbooks).toContainEqual({ id, name: 'Its own' });
    const completesWhen = {
      kind: 'related',
      of: 'goal',
      quantifier: 'any',
      rule: { kind: 'compare', field: 'playbook', op: 'eq', value: id },
    } as const;
    const tasks = [aTaskTemplate({ completesWhen })];
    const body = { definition: { ...definition, tasks }, enabled: true, revision: 1 };
    expect((await lead.put(`${PLAYBOOKS}/${id}`, body)).status).toBe(200);
    expect((await lead.delete(`${PLAYBOOKS}/${id}?revision=2`)).status).toBe(200);
  });

  describe('offered by alerts', () => {
    const ruleOf = async (caller: Caller, change: object) => {
      const given = { name: 'Full', kind: 'expansion', reason: 'Full', rule: all(), severity: 'low', enabled: false };
      return caller.post('/api/v1/alert-rules', { ...given, ...change });
    };
    const offeredBy = async (ruleId: string) => {
      const accountId = randomUUID();
      const account = { id: accountId, external_id: accountId, name: 'An account', status: 'customer', revision: 1 };
      await insertRows(server.dataSource, 'account', [{ ...account, csm_user_id: csmId }]);
      const { id } = await anAlert(server.dataSource, accountId, { rule_id: ruleId });
      return (await csm.get(`/api/v1/alerts/${accountId}/${id}`)).body;
    };

    it('have a name as long as they are switched on', async () => {
      const { id, definition } = await create({ name: 'Offered' });
      const rule = (await ruleOf(lead, { playbookKey: id })).body;
      expect(await offeredBy(rule.id)).toMatchObject({ playbookKey: id, playbook: { id, name: 'Offered' } });
      await lead.put(`${PLAYBOOKS}/${id}`, { definition, enabled: false, revision: 1 });
      expect(await offeredBy(rule.id)).toMatchObject({ playbookKey: id, playbook: null });
      expect(await offeredBy((await ruleOf(lead, {})).body.id)).toMatchObject({ playbookKey: null, playbook: null });
    });

    it('are ready-made for ready-made rules', async () => {
      const { rules } = (await csm.get('/api/v1/alert-rules')).body;
      const { playbooks } = (await csm.get(PLAYBOOKS)).body;
      const keys = playbooks.map(({ key }: any) => key);
      const builtIn = rules.filter(({ key }: any) => key !== null);
      expect(
        builtIn.flatMap(({ playbookKey }: any) => playbookKey ?? []).filter((key: string) => !keys.includes(key)),
      ).toEqual([]);
      const offers = Object.fromEntries(builtIn.map(({ key, playbookKey }: any) => [key, playbookKey]));
      expect(offers).toMatchObject({
        churn_risk: 'save',
        champion_gone: 'champion-left',
        renewal_90: 'renewal',
        no_touch: null,
      });
      const save = playbooks.find(({ key }: any) => key === 'save');
      const risk = builtIn.find(({ key }: any) => key === 'churn_risk');
      expect(await offeredBy(risk.id)).toMatchObject({ playbook: { id: save.id, name: save.definition.name } });
    });

    it('have to be there', async () => {
      const refused = await ruleOf(lead, { playbookKey: 'no-such-playbook' });
      expect(refused).toMatchObject({
        status: 400,
        body: { details: [{ path: 'playbookKey', code: 'UNKNOWN_PLAYBOOK' }] },
      });
    });
  });
});
