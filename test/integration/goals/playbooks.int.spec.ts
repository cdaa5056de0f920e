import { randomUUID } from 'node:crypto';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { BUILT_IN_PLAYBOOKS } from '../../../apps/api/src/domain/goals/built-in.js';
import { aPlaybook, aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { BuiltInPlaybooksRepository } from '../../../apps/api/src/records/playbooks/built-in-playbooks.repository.js';
import { anAlertRule } from '../../support/alerts.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const PLAYBOOKS = '/api/v1/playbooks';

describe('playbooks over HTTP', () => {
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
  const aSegment = async (overrides: object = {}) => {
    const id = randomUUID();
    const [{ version }] = await server.dataSource.query(
      `SELECT nextval('steward.segment_rule_version')::int AS version`,
    );
    const segment = { id, name: 'Review', of: 'account', rule: all(), visibility: 'shared', revision: 1, ...overrides };
    await insertRows(server.dataSource, 'segment', [{ ...segment, rule_version: version }]);
    return id;
  };
  const aGoalOf = async (playbookId: string, ownerId: string | null, status: string) => {
    const accountId = randomUUID();
    const account = { id: accountId, external_id: accountId, name: 'An account', status: 'customer', revision: 1 };
    await insertRows(server.dataSource, 'account', [{ ...account, csm_user_id: ownerId }]);
    const goal = { account_id: accountId, id: randomUUID(), playbook_id: playbookId, playbook_version: 1, status };
    await insertRows(server.dataSource, 'goal', [{ ...goal, kind: 'retention', started: 'hand', revision: 1 }]);
  };

  it('come ready-made, readable by all, with their goals in words', async () => {
    const { playbooks } = (await csm.get(PLAYBOOKS)).body;
    expect(playbooks.map(({ key }: any) => key)).toEqual([
      'onboarding',
      'adoption',
      'champion-left',
      'detractor',
      'save',
      'renewal',
      'expansion',
    ]);
    expect(playbooks).toHaveLength(BUILT_IN_PLAYBOOKS.length);
    const save = playbooks.find(({ key }: any) => key === 'save');
    expect(save).toMatchObject({ enabled: true, version: 1, revision: 1, problems: [], mayEdit: false });
    expect(save.words).toEqual({
      target: 'Health score is at least 71 points',
      completesWhen: { tickets: 'Urgent tickets open is 0 tickets' },
    });
    expect(playbooks.flatMap(({ problems }: any) => problems)).toEqual([]);
    const words = playbooks.map(({ words: { target } }: any) => target);
    expect(words).toEqual(expect.arrayContaining(['all required tasks are done', 'an expansion deal is won']));
  });

  it('come once where several processes start at once, and leave alone what was edited', async () => {
    const builtIn = new BuiltInPlaybooksRepository();
    const unitOfWork = server.app.get(UnitOfWork, { strict: false });
    const { playbooks } = (await lead.get(PLAYBOOKS)).body;
    const [edited, missing] = playbooks.filter(({ key }: any) => key !== null);
    const definition = { ...edited.definition, name: 'Our own way' };
    await lead.put(`${PLAYBOOKS}/${edited.id}`, { definition, enabled: false, revision: edited.revision });
    // As before an upgrade that brings one more.
    await server.dataSource.query('DELETE FROM steward.playbook_version WHERE playbook_id = $1', [missing.id]);
    await server.dataSource.query('DELETE FROM steward.playbook WHERE id = $1', [missing.id]);
    const start = () => unitOfWork.run((tx) => builtIn.addMissing(tx, BUILT_IN_PLAYBOOKS, server.clock.now()));
    await Promise.all([start(), start(), start()]);
    const after = (await lead.get(PLAYBOOKS)).body.playbooks;
    expect(after).toHaveLength(playbooks.length);
    expect(after.find(({ id }: any) => id === missing.id)).toMatchObject({
      version: 1,
      definition: missing.definition,
    });
    expect(after.find(({ id }: any) => id === edited.id)).toMatchObject({ enabled: false, version: 2, definition });
    expect((await lead.get(`${PLAYBOOKS}/${missing.id}/versions`)).body.versions).toHaveLength(1);
  });

  it('keep every version that was published, and go back to an older one', async () => {
    const made = await create({ name: 'First' });
    expect(made).toMatchObject({ key: null, version: 1, revision: 1, mayEdit: true, definition: { name: 'First' } });
    const path = `${PLAYBOOKS}/${made.id}`;
    const second = aPlaybook({ name: 'Second', durationDays: 30 });
    const changed = await lead.put(path, { definition: second, enabled: true, revision: 1 });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, revision: 2, definition: second } });
    const late = await lead.put(path, { definition: aPlaybook({ name: 'Late' }), enabled: true, revision: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });

    const versions = (await csm.get(`${path}/versions`)).body.versions;
    expect(versions.map(({ version, definition }: any) => [version, definition.name])).toEqual([
      [2, 'Second'],
      [1, 'First'],
    ]);
    const back = await lead.put(path, { definition: versions[1].definition, enabled: true, revision: 2 });
    expect(back.body).toMatchObject({ version: 3, definition: made.definition });
    const log = await server.dataSource.query(
      `SELECT action, changes FROM steward.audit_log WHERE subject_kind = 'playbook' AND subject_id = $1 ORDER BY id`,
      [made.id],
    );
    expect(log.map(({ action }: any) => action)).toEqual(
      ['created', 'updated', 'updated'].map((each) => `playbook.${each}`),
    );
    expect(log[1].changes).toEqual({ name: { from: 'First', to: 'Second' }, durationDays: { from: 60, to: 30 } });
  });

  it('are switched off without a new version', async () => {
    const { id, definition } = await create();
    const off = await lead.put(`${PLAYBOOKS}/${id}`, { definition, enabled: false, revision: 1 });
    expect(off.body).toMatchObject({ enabled: false, version: 1, revision: 2 });
    expect((await lead.get(`${PLAYBOOKS}/${id}/versions`)).body.versions).toHaveLength(1);
  });

  it('are written by one of two people who read the same revision', async () => {
    const { id, definition } = await create();
    const names = ['One', 'Two', 'Three', 'Four'];
    const answers = await Promise.all(
      names.map((name) =>
        lead.put(`${PLAYBOOKS}/${id}`, { definition: { ...definition, name }, enabled: true, revision: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await lead.get(`${PLAYBOOKS}/${id}/versions`)).body.versions).toHaveLength(2);
  });

  it('count the goals of the accounts that the reader sees', async () => {
    const { id } = await create();
    await server.dataSource.query('UPDATE steward.workspace SET everyone_sees_all = false');
    const another = await server.person('csm');
    for (const status of ['inProgress', 'atRisk', 'achieved']) await aGoalOf(id, csmId, status);
    for (const status of ['notStarted', 'cancelled']) await aGoalOf(id, another.id, status);
    const admin = await server.as('admin');
    expect((await admin.get(`${PLAYBOOKS}/${id}`)).body.goals).toEqual({
      live: 3,
      achieved: 1,
      missed: 0,
      cancelled: 1,
    });
    const own = { live: 2, achieved: 1, missed: 0, cancelled: 0 };
    expect((await csm.get(`${PLAYBOOKS}/${id}`)).body.goals).toEqual(own);
    const { playbooks } = (await csm.get(PLAYBOOKS)).body;
    expect(playbooks.find((each: any) => each.id === id).goals).toEqual(own);
    await server.dataSource.query('UPDATE steward.workspace SET everyone_sees_all = true');
  });

  it('are deleted while their goals go on, and offered by no rule of alerts any more; ready-made ones stay', async () => {
    const { id } = await create();
    const rule = await anAlertRule(server.dataSource, { playbook_key: id });
    await aGoalOf(id, csmId, 'inProgress');
    expect((await lead.delete(`${PLAYBOOKS}/${id}?revision=7`)).body.code).toBe('REVISION_MOVED');
    expect((await lead.delete(`${PLAYBOOKS}/${id}?revision=1`)).status).toBe(200);
    expect((await lead.get(`${PLAYBOOKS}/${id}`)).status).toBe(404);
    expect((await lead.get(`${PLAYBOOKS}/${id}/versions`)).status).toBe(404);
    const { playbooks } = (await csm.get(PLAYBOOKS)).body;
    expect(playbooks.map((each: any) => each.id)).not.toContain(id);
    const goals = await server.dataSource.query('SELECT status FROM steward.goal WHERE playbook_id = $1', [id]);
    expect(goals).toEqual([{ status: 'inProgress' }]);
    expect((await lead.get(`/api/v1/alert-rules/${rule}`)).body.playbookKey).toBeNull();

    const [builtIn] = playbooks.filter(({ key }: any) => key !== null);
    const refused = await lead.delete(`${PLAYBOOKS}/${builtIn.id}?revision=${builtIn.revision}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'PLAYBOOK_BUILT_IN' } });
  });

  it('name the segments and rules that start them, and what is wrong once these are gone', async () => {
    const segment = await aSegment({ name: 'AM review' });
    const rule = await anAlertRule(server.dataSource, { name: 'Seats are full' });
    const completesWhen = { kind: 'member', segment, is: true };
    const tasks = [aTaskTemplate({ key: 'call', completesWhen: completesWhen as any })];
    const made = await create({ tasks, triggers: { segmentIds: [segment], alertRuleIds: [rule] } });
    expect(made).toMatchObject({ problems: [], triggerNames: { [segment]: 'AM review', [rule]: 'Seats are full' } });
    expect(made.words.completesWhen).toEqual({ call: 'is in segment “AM review”' });

    await server.dataSource.query('DELETE FROM steward.segment WHERE id = $1', [segment]);
    await server.dataSource.query('DELETE FROM steward.alert_rule WHERE id = $1', [rule]);
    const { body } = await lead.get(`${PLAYBOOKS}/${made.id}`);
    expect(body.problems.map(({ path, code }: any) => `${path} ${code}`)).toEqual([
      'tasks.0.completesWhen.segment UNKNOWN_SEGMENT',
      'triggers.segmentIds.0 UNKNOWN_SEGMENT',
      'triggers.alertRuleIds.0 UNKNOWN_ALERT_RULE',
    ]);
    expect(body.triggerNames).toEqual({});
    // What something was taken from under can be switched off as it is, but not on.
    const put = { definition: body.definition, revision: 1 };
    const off = await lead.put(`${PLAYBOOKS}/${made.id}`, { ...put, enabled: false });
    expect(off.status).toBe(200);
    const on = await lead.put(`${PLAYBOOKS}/${made.id}`, { ...put, enabled: true, revision: off.body.revision });
    expect(on).toMatchObject({ status: 400, body: { code: 'PLAYBOOK_NOT_VALID' } });
  });

  describe('say what is wrong, and where:', () => {
    const deep = (levels: number): any =>
      levels === 0 ? field('health.score', 'gte', 1) : { kind: 'not', rule: deep(levels - 1) };
    const wrong: [string, () => object | Promise<object>, string, RegExp][] = [
      [
        'a target that nothing measures',
        () => ({ target: { kind: 'signal', field: 'usage.nothing', op: 'gte', value: 1 } }),
        'target.field',
        /no field usage\.nothing/,
      ],
      [
        'a target that is no number',
        () => ({ target: { kind: 'signal', field: 'account.name', op: 'gte', value: 1 } }),
        'target.field',
        /no number/,
      ],
      [
        'a target without end',
        () => ({ target: { kind: 'signal', field: 'health.score', op: 'gte', value: null } }),
        'target.value',
        /number/,
      ],
      [
        'a segment that was deleted',
        () => ({ triggers: { segmentIds: [randomUUID()], alertRuleIds: [] } }),
        'triggers.segmentIds.0',
        /no such segment/,
      ],
      [
        'a segment of contacts',
        async () => ({ triggers: { segmentIds: [await aSegment({ of: 'contact' })], alertRuleIds: [] } }),
        'triggers.segmentIds.0',
        /no such segment of accounts/,
      ],
      [
        'a private segment',
        async () => ({
          triggers: { segmentIds: [await aSegment({ visibility: 'private', owner_user_id: csmId })], alertRuleIds: [] },
        }),
        'triggers.segmentIds.0',
        /everybody sees/,
      ],
      [
        'a rule of alerts that was deleted',
        () => ({ triggers: { segmentIds: [], alertRuleIds: [randomUUID()] } }),
        'triggers.alertRuleIds.0',
        /no such alert rule/,
      ],
      [
        '51 tasks',
        () => ({ tasks: Array.from({ length: 51 }, (_, i) => aTaskTemplate({ key: `t${i}` })) }),
        'tasks',
        /50/,
      ],
      ['two tasks with the same key', () => ({ tasks: [aTaskTemplate(), aTaskTemplate()] }), 'tasks', /same key/],
      [
        'nothing required where all required is the target',
        () => ({ target: { kind: 'tasks' }, tasks: [aTaskTemplate({ required: false })] }),
        'tasks',
        /one has to be required/,
      ],
      [
        'a day out of range',
        () => ({ tasks: [aTaskTemplate({ due: { anchor: 'goalStart', offset: 1096, unit: 'calendar' } })] }),
        'tasks.0.due.offset',
        /1095/,
      ],
      ['a duration of nothing', () => ({ durationDays: 0 }), 'durationDays', /1/],
      ['NUL in a name', () => ({ name: 'Sa\u0000ve' }), 'name', /control character/],
      ['NUL in guidance', () => ({ tasks: [aTaskTemplate({ guidance: 'a\u0000b' })] }), 'tasks.0.guidance', /NUL/],
      ['half a character', () => ({ purpose: 'a \ud800 b' }), 'purpose', /whole Unicode/],
      ['no name', () => ({ name: '  ' }), 'name', /./],
      [
        'a rule that is too deep',
        () => ({ tasks: [aTaskTemplate({ completesWhen: deep(9) })] }),
        'tasks.0.completesWhen',
        /deep|level/,
      ],
      [
        'a rule on what is not there',
        () => ({ tasks: [aTaskTemplate({ completesWhen: all(field('usage.nothing', 'gte', 1)) })] }),
        'tasks.0.completesWhen.rules.0.field',
        /no field/,
      ],
      ['a key that is none', () => ({ tasks: [aTaskTemplate({ key: 'Not A Key' })] }), 'tasks.0.key', /small letters/],
    ];
    it.each(wrong)('%s', async (_, definition, path, message) => {
      const given = { definition: aPlaybook((await definition()) as object), enabled: true };
      const { status, body } = await lead.post(PLAYBOOKS, given);
      expect({ status, details: body.details }).toMatchObject({
        status: 400,
        details: expect.arrayContaining([
          expect.objectContaining({ path: `definition.${path}`, message: expect.stringMatching(message) }),
        ]),
      });
    });
  });
});
