import { randomUUID } from 'node:crypto';
import type { PlaybookDefinition } from '@steward/shared/playbooks';
import { aPlaybook, aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { anAlert, anAlertRule } from '../../support/alerts.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const ON_ACCOUNT = '/api/v1/playbooks/dry-run';
const TODAY = '/api/v1/playbooks/dry-run-today';

/** Whose events and memberships are the account's own. */
const NIL = '00000000-0000-0000-0000-000000000000';

/** It is Wednesday, 15 April 2026. */
describe('the dry run of a playbook', () => {
  let server: ApiServer;
  let admin: Caller;
  let csm: Caller;
  let owner: TestPerson;
  let boss: TestPerson;
  let stranger: Caller;
  let segment: string;

  beforeAll(async () => {
    server = await ApiServer.start();
    await server.dataSource.query('UPDATE steward.workspace SET everyone_sees_all = false');
    admin = await server.as('admin');
    boss = await server.person('manager');
    owner = await server.person('csm', { managerId: boss.id });
    csm = await server.signedIn(owner);
    stranger = await server.as('csm');
    const [{ version }] = await server.dataSource.query(
      `SELECT nextval('steward.segment_rule_version')::int AS version`,
    );
    segment = randomUUID();
    const shared = { id: segment, name: 'AM review', of: 'account', rule: all(), visibility: 'shared', revision: 1 };
    await insertRows(server.dataSource, 'segment', [{ ...shared, rule_version: version }]);
  }, 120_000);
  afterAll(() => server?.close());

  const anAccount = async (name: string, state: object = {}, member = false) => {
    const id = randomUUID();
    const { status = 'customer', ...rest } = state as { status?: string };
    await insertRows(server.dataSource, 'account', [
      {
        id,
        external_id: `${name} ${id}`,
        name,
        status,
        csm_user_id: owner.id,
        first_seen_on: '2026-01-01',
        revision: 1,
      },
    ]);
    const computed = { account_id: id, as_of: '2026-04-15', status, csm_user_id: owner.id, score: 40, band: 'at_risk' };
    await insertStates(server.dataSource, [{ ...computed, ...rest }]);
    if (member)
      await insertRows(server.dataSource, 'segment_member', [
        { account_id: id, segment_id: segment, contact_id: NIL, how: 'rule' },
      ]);
    return id;
  };
  const aGoal = (accountId: string, playbookId: string, goal: object) =>
    insertRows(server.dataSource, 'goal', [
      {
        account_id: accountId,
        id: randomUUID(),
        playbook_id: playbookId,
        playbook_version: 1,
        kind: 'retention',
        status: 'inProgress',
        started: 'segment',
        revision: 1,
        ...goal,
      },
    ]);
  const ended = (day: string) => ({ status: 'achieved', ended_day: day });

  describe('on one account', () => {
    const due = (anchor: string, offset: number, unit = 'calendar') => ({ anchor, offset, unit }) as any;
    const definition = aPlaybook({
      tasks: [
        aTaskTemplate({ key: 'call', due: due('goalStart', 2, 'business') }),
        aTaskTemplate({ key: 'review', due: due('renewalDate', -90), required: false }),
        aTaskTemplate({ key: 'escalate', due: due('goalDue', -5), role: 'manager' }),
        aTaskTemplate({ key: 'prepare', due: due('goalStart', -3) }),
        aTaskTemplate({ key: 'goodbye', due: due('leavesOn', 0) }),
      ],
    });

    it('is the goal as it would be, and stores nothing', async () => {
      const accountId = await anAccount('Acme', { renewal_date: '2026-07-31' });
      const { status, body } = await csm.post(ON_ACCOUNT, { definition, accountId });
      expect({ status, body }).toMatchObject({ status: 200 });
      const me = { userId: owner.id, name: expect.stringMatching(/^csm/) };
      expect(body).toMatchObject({
        refusal: null,
        startDay: '2026-04-15',
        dueDay: '2026-06-14',
        baseline: 40,
        owner: me,
      });
      expect(body.target).toBe('Health score is at least 71 points');
      expect(
        body.tasks.map(({ key, dueDay, waitsFor, isPast, assignee }: any) => [
          key,
          dueDay,
          waitsFor,
          isPast,
          assignee.userId,
        ]),
      ).toEqual([
        ['call', '2026-04-17', null, false, owner.id],
        ['review', '2026-05-02', null, false, owner.id],
        ['escalate', '2026-06-09', null, false, boss.id],
        ['prepare', '2026-04-12', null, true, owner.id],
        ['goodbye', null, 'leavesOn', false, owner.id],
      ]);
      const [{ goals, tasks }] = await server.dataSource.query(
        'SELECT (SELECT count(*)::int FROM steward.goal) AS goals, (SELECT count(*)::int FROM steward.task) AS tasks',
      );
      expect({ goals, tasks }).toEqual({ goals: 0, tasks: 0 });
    });

    it('begins on another day, within the days on which goals may begin', async () => {
      const accountId = await anAccount('Later');
      const { body } = await csm.post(ON_ACCOUNT, { definition, accountId, startDay: '2026-05-01' });
      // Two business days after a Friday: Tuesday. What a goal begins from is known once it has begun.
      expect(body).toMatchObject({
        startDay: '2026-05-01',
        baseline: null,
        tasks: [{ dueDay: '2026-05-05' }, {}, {}, {}, {}],
      });
      for (const startDay of ['2026-03-15', '2027-04-16', '0001-01-01', '9999-12-31']) {
        const refused = await csm.post(ON_ACCOUNT, { definition, accountId, startDay });
        expect(refused).toMatchObject({ status: 400, body: { details: [{ path: 'startDay' }] } });
      }
    });

    it('says why it would not start', async () => {
      const playbookId = (await admin.post('/api/v1/playbooks', { definition })).body.id;
      const healthy = await anAccount('Healthy', { score: 90, band: 'healthy' });
      const running = await anAccount('Running');
      await aGoal(running, playbookId, {});
      const before = await anAccount('Before');
      await aGoal(before, playbookId, ended('2026-04-10'));
      const gone = await anAccount('Gone', { status: 'churned' });
      const refusalOf = async (accountId: string) =>
        (await csm.post(ON_ACCOUNT, { definition, playbookId, accountId })).body.refusal?.code ?? null;
      expect(await refusalOf(healthy)).toBe('ALREADY_MET');
      expect(await refusalOf(running)).toBe('GOAL_RUNNING');
      expect(await refusalOf(gone)).toBe('NOT_LIVE');
      // By hand it may start again at any time.
      expect(await refusalOf(before)).toBeNull();
    });

    it('is for those who see the account', async () => {
      const accountId = await anAccount('Mine');
      expect((await stranger.post(ON_ACCOUNT, { definition, accountId })).status).toBe(404);
      expect((await csm.post(ON_ACCOUNT, { definition, accountId: randomUUID() })).status).toBe(404);
      const unknown = { ...definition, target: { kind: 'signal', field: 'usage.nothing', op: 'gte', value: 1 } };
      expect(await csm.post(ON_ACCOUNT, { definition: unknown, accountId })).toMatchObject({
        status: 400,
        body: { code: 'PLAYBOOK_NOT_VALID', details: [{ path: 'definition.target.field' }] },
      });
    });
  });

  describe('on all accounts of today', () => {
    const run = aPlaybook().run;
    const startedBy = (given: Partial<PlaybookDefinition> = {}) =>
      aPlaybook({ triggers: { segmentIds: [segment], alertRuleIds: [] }, ...given });
    const today = async (caller: Caller, definition: PlaybookDefinition, playbookId: string | null = null) => {
      const { status, body } = await caller.post(TODAY, { definition, playbookId });
      expect({ status, body }).toMatchObject({ status: 200 });
      return body;
    };
    const shown = (body: any) =>
      body.rows.map(({ account, because, refusal }: any) => `${account.name}: ${refusal ?? 'starts'}, ${because}`);

    it('counts who would get it, and why others would not, the largest first', async () => {
      const playbookId = (await admin.post('/api/v1/playbooks', { definition: startedBy() })).body.id;
      const full = await anAlertRule(server.dataSource, { name: 'Seats full' });
      await anAccount('Small', { arr_minor: 1_000 }, true);
      await anAccount('Large', { arr_minor: 900_000 }, true);
      await anAccount('Met', { score: 71, arr_minor: 700 }, true);
      await anAccount('Unknown', { score: null, arr_minor: 650 }, true);
      await anAccount('Churned', { status: 'churned', arr_minor: 600 }, true);
      const running = await anAccount('Running', { arr_minor: 500 }, true);
      await aGoal(running, playbookId, {});
      const lately = await anAccount('Lately', { arr_minor: 400 }, true);
      await aGoal(lately, playbookId, ended('2026-01-16'));
      const longAgo = await anAccount('Long ago', { arr_minor: 300 }, true);
      await aGoal(longAgo, playbookId, ended('2026-01-15'));
      const alerted = await anAccount('Alerted', { arr_minor: 200 });
      await anAlert(server.dataSource, alerted, { rule_id: full, state: 'snoozed' });
      await anAlert(server.dataSource, lately, { rule_id: full });
      const over = await anAccount('Alert is over', { arr_minor: 100 });
      await anAlert(server.dataSource, over, { rule_id: full, state: 'cleared', ended_day: '2026-04-14' });

      const definition = startedBy({ triggers: { segmentIds: [segment], alertRuleIds: [full] } });
      const body = await today(csm, definition, playbookId);
      expect(shown(body)).toEqual([
        'Large: starts, AM review',
        'Small: starts, AM review',
        'Met: ALREADY_MET, AM review',
        'Unknown: starts, AM review',
        'Churned: NOT_LIVE, AM review',
        'Running: GOAL_RUNNING, AM review',
        'Lately: RAN_BEFORE, AM review',
        'Long ago: starts, AM review',
        'Alerted: starts, Seats full',
      ]);
      expect(body).toMatchObject({ accounts: 9, wouldStart: 5 });
      expect(body.refused).toEqual({
        ALREADY_MET: 1,
        GOAL_RUNNING: 1,
        RAN_BEFORE: 1,
        NOT_LIVE: 1,
        PLAYBOOK_UNSOUND: 0,
        PLAYBOOK_DISABLED: 0,
      });
      const never = await today(csm, startedBy({ run: { ...run, againAfterDays: null } }), playbookId);
      expect(never.refused).toMatchObject({ RAN_BEFORE: 2 });
      // Of one that is not kept yet nothing ran.
      expect(await today(csm, startedBy())).toMatchObject({ accounts: 8, wouldStart: 6, refused: { RAN_BEFORE: 0 } });
      // Where the target is a deal or tasks, nobody is there already.
      const byTasks = startedBy({ target: { kind: 'tasks' } });
      expect((await today(csm, byTasks)).refused).toMatchObject({ ALREADY_MET: 0 });
    });

    it('is of the accounts that the reader sees', async () => {
      expect(await today(stranger, startedBy())).toMatchObject({ accounts: 0, wouldStart: 0, rows: [] });
      expect((await today(admin, startedBy())).accounts).toBeGreaterThan(0);
    });

    it('finds nobody without a trigger, and refuses one that is gone', async () => {
      expect(await today(csm, aPlaybook())).toMatchObject({ accounts: 0, wouldStart: 0, rows: [] });
      const gone = aPlaybook({ triggers: { segmentIds: [randomUUID()], alertRuleIds: [] } });
      expect((await csm.post(TODAY, { definition: gone })).body.details).toMatchObject([
        { path: 'definition.triggers.segmentIds.0' },
      ]);
    });

    it('agrees with what would start on each account', async () => {
      const definition = startedBy({
        target: { kind: 'signal', field: 'account.arr', op: 'lte', value: 7 },
        tasks: [aTaskTemplate({ completesWhen: all(field('account.arr', 'gte', 1)) })],
      });
      const { rows } = await today(csm, definition);
      expect(rows.length).toBeGreaterThan(5);
      for (const { account, refusal } of rows) {
        const planned = (await csm.post(ON_ACCOUNT, { definition, accountId: account.id })).body;
        expect([account.name, planned.refusal?.code ?? null]).toEqual([account.name, refusal]);
      }
      expect(new Set(rows.map(({ refusal }: any) => refusal))).toEqual(new Set([null, 'ALREADY_MET', 'NOT_LIVE']));
    });
  });
});
