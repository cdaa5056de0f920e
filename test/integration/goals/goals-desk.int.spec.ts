import { randomUUID } from 'node:crypto';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { insertRows } from '../../support/insert-rows.js';
import { DeskWorld, TO_GROW, TODAY } from './desk-world.js';

describe('goals of people', () => {
  let world: DeskWorld;
  beforeAll(async () => {
    world = await DeskWorld.start();
  }, 60_000);
  afterAll(() => world?.close());

  describe('that are started', () => {
    it('take their owner, days, baseline and tasks from the playbook and the account', async () => {
      const account = await world.account();
      const goal = await world.started(world.asCsm, account, await world.playbook({ durationDays: 30 }));
      expect(goal).toMatchObject({
        status: 'inProgress',
        started: 'hand',
        startDay: TODAY,
        dueDay: '2026-05-15',
        owner: { userId: world.csm.id },
        baseline: 20_000,
        value: 20_000,
        progress: 0,
        elapsed: 0,
        unit: 'USD',
        targetWords: 'ARR is at least 100,000 USD',
        targetGone: false,
        scoreAtStart: 60,
        arrMinorAtStart: 2_000_000,
        tasks: { required: 1, requiredDone: 0, open: 1, overdue: 0 },
        revision: 1,
      });
      const { taskList, events, account: shown } = await world.detail(world.asAm, goal);
      expect(shown.name).toMatch(/^Goal account/);
      expect(taskList).toMatchObject([{ dueDay: '2026-04-17', assignee: { userId: world.csm.id }, role: 'csm' }]);
      expect(events).toMatchObject([{ kind: 'started', day: TODAY, by: expect.stringContaining('csm') }]);
      expect(await world.isDue(account)).toBe(true);
      expect(await world.audit(goal.id)).toEqual(['goal.started']);
    });

    it('are refused where they make no sense, in words', async () => {
      const playbookId = await world.playbook();
      const refused = async (accountId: string, given: object) => {
        const { status, body } = await world.start(world.asCsm, accountId, { playbookId, ...given });
        return `${status} ${body.code}`;
      };
      expect(await refused(await world.account({ arr_minor: 15_000_000 }), {})).toBe('409 ALREADY_MET');
      expect(await refused(await world.account({ status: 'churned' }), {})).toBe('409 NOT_LIVE');
      const account = await world.account();
      expect(await refused(account, { startDay: '2026-03-15' })).toBe('400 DAY_OUT_OF_RANGE');
      expect(await refused(account, { startDay: '2027-04-16' })).toBe('400 DAY_OUT_OF_RANGE');
      expect(await refused(account, { startDay: '2201-01-01' })).toBe('400 INVALID_INPUT');
      expect(await refused(account, { dueDay: '2026-04-14' })).toBe('400 DAY_TOO_EARLY');
      expect(await refused(account, { startDay: '2026-05-01', dueDay: '2026-04-30' })).toBe('400 DAY_TOO_EARLY');
      expect(await refused(account, { playbookId: randomUUID() })).toBe('404 NOT_FOUND');
      expect(await refused(account, { alertId: randomUUID() })).toBe('404 NOT_FOUND');
      expect(await refused(randomUUID(), {})).toBe('404 NOT_FOUND');
      await world.started(world.asCsm, account, playbookId);
      expect(await refused(account, {})).toBe('409 GOAL_RUNNING');
      const off = await world.playbook({}, { enabled: false });
      expect(await refused(account, { playbookId: off })).toBe('409 PLAYBOOK_DISABLED');
      const gone = await world.playbook({ target: { ...TO_GROW, field: 'own.gone' } });
      const { body } = await world.start(world.asCsm, account, { playbookId: gone });
      expect(body).toMatchObject({ code: 'PLAYBOOK_UNSOUND', message: expect.stringContaining('is gone') });
    });

    it('cannot be owned by somebody who left, only looks on, or does not see the account', async () => {
      const account = await world.account();
      const playbookId = await world.playbook();
      const left = await world.server.person('csm', { managerId: world.lead.id });
      await world.query('UPDATE steward.app_user SET active = FALSE WHERE id = $1', [left.id]);
      for (const person of [left, await world.server.person('viewer'), await world.server.person('am')]) {
        const { status, body } = await world.start(world.asCsm, account, { playbookId, ownerUserId: person.id });
        expect({ status, code: body.code }).toEqual({ status: 400, code: 'ASSIGNEE_CANNOT_SEE' });
      }
      const goal = await world.started(world.asCsm, account, playbookId, { ownerUserId: world.lead.id });
      expect(goal.owner.userId).toBe(world.lead.id);
    });

    it('go to the other owner where one has left, and to nobody where both have', async () => {
      const left = await world.server.person('csm', { managerId: world.lead.id });
      await world.query('UPDATE steward.app_user SET active = FALSE WHERE id = $1', [left.id]);
      const playbookId = await world.playbook();
      const half = await world.started(world.asAm, await world.account({ csm: left.id }), playbookId);
      expect(half.owner.userId).toBe(world.am.id);
      const bare = await world.started(world.asLead, await world.account({ csm: left.id, am: null }), playbookId);
      expect(bare.owner).toBeNull();
      const { body } = await world.asLead.get('/api/v1/tasks?scope=unassigned');
      expect(body.rows.map(({ task }: any) => task.goal.id)).toContain(bare.id);
    });

    it('have tasks that wait where the account lacks the day they count from, and say for what', async () => {
      const tasks = [aTaskTemplate({ due: { anchor: 'renewalDate', offset: -30, unit: 'calendar' } })];
      const goal = await world.started(world.asCsm, await world.account(), await world.playbook({ tasks }));
      const { taskList } = await world.detail(world.asCsm, goal);
      expect(taskList).toMatchObject([{ dueDay: null, waitsFor: 'renewalDate', isOverdue: false }]);
    });

    it('from an alert acknowledge it in the same breath, and not at all where they are refused', async () => {
      const alertOf = async (accountId: string) => {
        const { body } = await world.asCsm.post(`/api/v1/accounts/${accountId}/alerts`, {
          kind: 'churn',
          severity: 'high',
          reason: 'They are unhappy.',
        });
        return body.id as string;
      };
      const stateOf = async (accountId: string, id: string) =>
        (await world.asCsm.get(`/api/v1/alerts/${accountId}/${id}`)).body.state;
      const account = await world.account();
      const alertId = await alertOf(account);
      const playbookId = await world.playbook();
      const goal = await world.started(world.asCsm, account, playbookId, { alertId });
      expect(goal).toMatchObject({ alertId, started: 'hand' });
      expect(await stateOf(account, alertId)).toBe('acknowledged');
      const other = await alertOf(account);
      expect((await world.start(world.asCsm, account, { playbookId, alertId: other })).body.code).toBe('GOAL_RUNNING');
      expect(await stateOf(account, other)).toBe('open');
      const elsewhere = await world.account();
      expect((await world.start(world.asCsm, elsewhere, { playbookId, alertId })).status).toBe(404);
    });
  });

  it('go on as they began when their playbook is edited or deleted; nothing new starts from a deleted one', async () => {
    const account = await world.account();
    const playbookId = await world.playbook({ purpose: 'As it was.' });
    const goal = await world.started(world.asCsm, account, playbookId);
    const [{ revision }] = await world.query('SELECT revision FROM steward.playbook WHERE id = $1', [playbookId]);
    expect((await world.asAdmin.delete(`/api/v1/playbooks/${playbookId}?revision=${revision}`)).status).toBeLessThan(
      300,
    );
    const shown = await world.detail(world.asCsm, goal);
    expect(shown).toMatchObject({ status: 'inProgress', purpose: 'As it was.', playbook: { isDeleted: true } });
    const moved = await world.act(world.asCsm, goal, { action: 'extend', dueDay: '2026-08-01' });
    expect(moved.body).toMatchObject({ dueDay: '2026-08-01' });
    expect((await world.start(world.asCsm, await world.account(), { playbookId })).status).toBe(404);
  });

  it('say that they are not measured where the field of their target is gone', async () => {
    const goal = await world.started(world.asCsm, await world.account(), await world.playbook());
    await world.query(`UPDATE steward.goal SET target = jsonb_set(target, '{field}', '"own.gone"') WHERE id = $1`, [
      goal.id,
    ]);
    const shown = await world.detail(world.asCsm, goal);
    expect(shown).toMatchObject({
      targetGone: true,
      unit: null,
      series: [],
      targetWords: expect.stringContaining('own.gone'),
    });
  });

  it('are nobody else’s: a stranger is told of none, wherever they ask', async () => {
    const goal = await world.started(world.asCsm, await world.account(), await world.playbook({ name: 'Hidden goal' }));
    const missing = { code: 'NOT_FOUND' };
    expect((await world.asStranger.get(`/api/v1/goals/${goal.accountId}/${goal.id}`)).body).toMatchObject(missing);
    expect((await world.act(world.asStranger, goal, { action: 'reopen' })).body).toMatchObject(missing);
    const { body } = await world.asStranger.get('/api/v1/goals?scope=all&text=Hidden');
    expect(body).toMatchObject({ rows: [], total: 0, arrMinor: null });
  });

  describe('on which people act', () => {
    const fresh = async (definition = {}) =>
      world.started(world.asCsm, await world.account(), await world.playbook(definition));

    it('are achieved with a reason, keep the figures of the end, and come back with undo', async () => {
      const goal = await fresh();
      const achieve = { action: 'achieve', reason: 'valueDelivered', note: 'They said so.' };
      const achieved = await world.act(world.asCsm, goal, achieve);
      expect(achieved.body).toMatchObject({
        status: 'achieved',
        endedDay: TODAY,
        outcomeReason: 'valueDelivered',
        outcomeNote: 'They said so.',
        revision: 2,
      });
      const kept = () =>
        world.query('SELECT score_at_end AS score, arr_minor_at_end AS arr FROM steward.goal WHERE id = $1', [goal.id]);
      expect(await kept()).toEqual([{ score: 60, arr: 2_000_000 }]);
      expect((await world.act(world.asCsm, achieved.body, achieve)).body.code).toBe('GOAL_ENDED');
      const undone = await world.act(world.asAm, achieved.body, { action: 'undo' });
      expect(undone.body).toMatchObject({ status: 'inProgress', endedDay: null, outcomeReason: null, revision: 3 });
      expect(await kept()).toEqual([{ score: null, arr: null }]);
      expect((await world.act(world.asCsm, undone.body, { action: 'undo' })).body.code).toBe('NOTHING_TO_UNDO');
      const { events, mayUndo } = await world.detail(world.asCsm, goal);
      expect(events.map(({ kind }: any) => kind)).toEqual(['undone', 'achieved', 'started']);
      expect(mayUndo).toBe(false);
      expect(await world.audit(goal.id)).toEqual(['goal.started', 'goal.achieved', 'goal.undone']);
    });

    it('are cancelled with their open tasks, which undo opens again where nobody has touched them', async () => {
      const goal = await fresh({ tasks: [aTaskTemplate(), aTaskTemplate({ key: 'mail', title: 'Mail them' })] });
      const cancel = { action: 'cancel', reason: 'wrongTiming', cancelTasks: true };
      const cancelled = (await world.act(world.asCsm, goal, cancel)).body;
      expect(cancelled).toMatchObject({ status: 'cancelled', tasks: { open: 0 } });
      const states = async () => (await world.detail(world.asCsm, goal)).taskList.map(({ state }: any) => state);
      expect(await states()).toEqual(['cancelled', 'cancelled']);
      await world.act(world.asCsm, cancelled, { action: 'undo' });
      expect(await states()).toEqual(['open', 'open']);
    });

    it('move with the tasks that count from their start, not with days set by hand; undo moves all back', async () => {
      const due = { anchor: 'goalStart', offset: 2, unit: 'business' } as const;
      const goal = await fresh({
        durationDays: 30,
        tasks: [
          aTaskTemplate({ due }),
          aTaskTemplate({ key: 'own', title: 'Own day', due }),
          aTaskTemplate({ key: 'end', title: 'At the end', due: { anchor: 'goalDue', offset: 0, unit: 'calendar' } }),
        ],
      });
      const days = async () =>
        Object.fromEntries(
          (await world.detail(world.asCsm, goal)).taskList.map(({ title, dueDay }: any) => [title, dueDay]),
        );
      const before = await days();
      const own = (await world.detail(world.asCsm, goal)).taskList.find(({ title }: any) => title === 'Own day');
      await world.taskAct(world.asCsm, own, { action: 'due', dueDay: '2026-05-01' });
      const moved = (await world.act(world.asCsm, goal, { action: 'move', startDay: '2026-05-04', moveTasks: true }))
        .body;
      expect(moved).toMatchObject({ status: 'notStarted', startDay: '2026-05-04', dueDay: '2026-06-03' });
      expect(await days()).toEqual({
        'Call the champion': '2026-05-06',
        'Own day': '2026-05-01',
        'At the end': '2026-06-03',
      });
      await world.act(world.asCsm, moved, { action: 'undo' });
      expect(await days()).toEqual({ ...before, 'Own day': '2026-05-01' });
      const plain = (
        await world.act(
          world.asCsm,
          { ...moved, revision: moved.revision + 1 },
          { action: 'move', startDay: '2026-04-20', moveTasks: false },
        )
      ).body;
      expect(plain).toMatchObject({ startDay: '2026-04-20', dueDay: '2026-05-20' });
      expect(await days()).toEqual({ ...before, 'Own day': '2026-05-01' });
      expect(
        (await world.act(world.asCsm, plain, { action: 'move', startDay: '2029-01-01', moveTasks: false })).body.code,
      ).toBe('DAY_OUT_OF_RANGE');
    });

    it('missed ones get more time, and are refused it where another runs by now', async () => {
      const account = await world.account();
      const playbookId = await world.playbook();
      const goal = await world.started(world.asCsm, account, playbookId);
      await world.query(
        `UPDATE steward.goal SET status = 'missed', ended_day = '2026-04-15', ended_at = now(), due_day = '2026-04-15' WHERE id = $1`,
        [goal.id],
      );
      expect((await world.act(world.asCsm, goal, { action: 'extend', dueDay: '2026-04-14' })).body.code).toBe(
        'DAY_TOO_EARLY',
      );
      const extended = await world.act(world.asCsm, goal, { action: 'extend', dueDay: '2026-06-01' });
      expect(extended.body).toMatchObject({ status: 'inProgress', dueDay: '2026-06-01', endedDay: null });
      const undone = await world.act(world.asCsm, extended.body, { action: 'undo' });
      expect(undone.body).toMatchObject({ status: 'missed', dueDay: '2026-04-15' });
      await world.started(world.asCsm, account, playbookId);
      const refused = await world.act(world.asCsm, undone.body, { action: 'extend', dueDay: '2026-06-01' });
      expect(refused).toMatchObject({ status: 409, body: { code: 'GOAL_RUNNING' } });
    });

    it('change hands to those who see the account only', async () => {
      const goal = await fresh();
      const stranger = await world.server.person('csm');
      const refused = await world.act(world.asCsm, goal, { action: 'assign', ownerUserId: stranger.id });
      expect(refused).toMatchObject({ status: 409, body: { code: 'ASSIGNEE_CANNOT_SEE' } });
      const given = await world.act(world.asCsm, goal, { action: 'assign', ownerUserId: world.am.id });
      expect(given.body.owner.userId).toBe(world.am.id);
      const nobody = await world.act(world.asCsm, given.body, { action: 'assign', ownerUserId: null });
      expect(nobody.body.owner).toBeNull();
    });

    it('are not changed over somebody else’s change, and say that they have ended rather than that they moved', async () => {
      const goal = await fresh();
      await world.act(world.asCsm, goal, { action: 'extend', dueDay: '2026-09-01' });
      const late = await world.act(world.asAm, goal, { action: 'extend', dueDay: '2026-10-01' });
      expect(late).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
      const end = { action: 'achieve', reason: 'other' };
      expect((await world.act(world.asCsm, { ...goal, revision: 2 }, end)).status).toBe(200);
      expect((await world.act(world.asAm, goal, end)).body.code).toBe('GOAL_ENDED');
    });

    it('are taken back although a run has noted something beside the very action', async () => {
      const goal = await fresh();
      const extended = (await world.act(world.asCsm, goal, { action: 'extend', dueDay: '2026-09-01' })).body;
      await world.query('UPDATE steward.goal SET progress = 0.1, revision = revision + 1 WHERE id = $1', [goal.id]);
      const undone = await world.act(world.asCsm, extended, { action: 'undo' });
      expect(undone.body).toMatchObject({ dueDay: goal.dueDay, progress: 0.1 });
    });

    it('keep their history in order when the clock is moved back', async () => {
      const goal = await fresh();
      const { clock } = world.server;
      const was = clock.at;
      clock.advance({ days: -3 });
      try {
        const ended = await world.act(world.asCsm, goal, { action: 'achieve', reason: 'other' });
        expect(ended.body).toMatchObject({ status: 'achieved', endedDay: TODAY });
        const { events } = await world.detail(world.asCsm, goal);
        expect(events.map(({ kind, day }: any) => `${kind} ${day}`)).toEqual([`achieved ${TODAY}`, `started ${TODAY}`]);
        expect(events[0].at > events[1].at).toBe(true);
      } finally {
        clock.at = was;
      }
    });

    it('take no NUL in a note', async () => {
      const { status } = await world.act(world.asCsm, await fresh(), {
        action: 'achieve',
        reason: 'other',
        note: 'a\u0000b',
      });
      expect(status).toBe(400);
    });
  });

  it('are listed with counts by state and the ARR behind the live ones, by whose they are', async () => {
    const kind = 'onboarding';
    const playbookId = await world.playbook({ name: 'Listed', kind });
    const one = await world.account();
    const first = await world.started(world.asCsm, one, playbookId, { dueDay: '2026-05-01' });
    const other = await world.playbook({ name: 'Listed too', kind });
    await world.started(world.asCsm, one, other, { dueDay: '2026-04-20', ownerUserId: world.am.id });
    const third = await world.started(world.asCsm, await world.account(), playbookId);
    await world.act(world.asCsm, third, { action: 'achieve', reason: 'other' });
    const list = async (caller: typeof world.asCsm, query: string) => {
      const { body } = await caller.get(`/api/v1/goals?kind=${kind}&${query}`);
      return { names: body.rows.map(({ goal }: any) => goal.name), ...body };
    };
    const all = await list(world.asCsm, 'scope=all');
    expect(all).toMatchObject({ names: ['Listed too', 'Listed'], total: 2, arrMinor: 2_000_000 });
    expect(all.byStatus).toMatchObject({ inProgress: 2, achieved: 1, missed: 0 });
    expect(all.rows[0].account).toMatchObject({ id: one, status: 'customer' });
    expect(await list(world.asCsm, 'scope=mine')).toMatchObject({ names: ['Listed'], total: 1 });
    expect(await list(world.asLead, 'scope=team&status=achieved,inProgress')).toMatchObject({ total: 3 });
    expect(await list(world.asCsm, 'scope=all&dueFrom=2026-04-16&dueTo=2026-04-30')).toMatchObject({
      names: ['Listed too'],
    });
    expect(await list(world.asCsm, `scope=all&ownerUserId=${world.am.id}`)).toMatchObject({ total: 1 });
    expect(await list(world.asCsm, 'scope=all&limit=1&offset=1')).toMatchObject({ names: ['Listed'], total: 2 });
    expect((await world.asCsm.get('/api/v1/goals?text=%00')).status).toBe(400);
    const { body } = await world.asCsm.get(`/api/v1/accounts/${one}/goals`);
    expect(body.goals.map(({ id }: any) => id)).toContain(first.id);
  });

  it('of an account that had begun by a day are told as they stood then', async () => {
    const account = await world.account();
    const days = { startDay: '2026-04-01', dueDay: TODAY };
    const goal = await world.started(world.asCsm, account, await world.playbook({ name: 'Begun' }), days);
    await world.started(world.asCsm, account, await world.playbook({ name: 'Planned' }), { startDay: '2026-04-16' });
    await world.query(
      `UPDATE steward.goal SET status = 'missed', due_day = '2026-04-05', ended_day = '2026-04-06' WHERE id = $1`,
      [goal.id],
    );
    await world.act(world.asCsm, goal, { action: 'extend', dueDay: '2026-06-01' });
    const begun = (caller: typeof world.asCsm, asOf: string) =>
      caller.get(`/api/v1/accounts/${account}/goals-begun?asOf=${asOf}`);
    const on = async (asOf: string) =>
      (await begun(world.asCsm, asOf)).body.goals.map(({ name, status, startDay, dueDay, endedDay }: any) =>
        [name, status, startDay, dueDay, endedDay].join(' '),
      );
    expect(await on('2026-03-31')).toEqual([]);
    expect(await on('2026-04-05')).toEqual(['Begun inProgress 2026-04-01 2026-04-05 ']);
    expect(await on('2026-04-14')).toEqual(['Begun missed 2026-04-01 2026-04-05 2026-04-06']);
    expect(await on(TODAY)).toEqual(['Begun inProgress 2026-04-01 2026-06-01 ']);
    expect((await begun(world.asCsm, '2026-04-16')).body.code).toBe('AS_OF_IN_FUTURE');
    expect((await begun(world.asStranger, TODAY)).status).toBe(404);
  });

  it('show the values of their days since the start, and the deals that belong to them', async () => {
    const account = await world.account();
    const goal = await world.started(world.asCsm, account, await world.playbook(), { startDay: '2026-04-01' });
    const db = world.server.dataSource;
    await new Partitions(db).ensure(['account_snapshot'], '2026-04-01', '2026-04-15');
    await insertRows(db, 'account_snapshot', [
      { account_id: account, day: '2026-04-13', status: 'customer', arr_minor: 2_500_000 },
      { account_id: account, day: '2026-04-14', status: 'customer', arr_minor: null },
    ]);
    await insertRows(db, 'deal', [
      {
        account_id: account,
        id: 'd1',
        kind: 'expansion',
        name: 'More seats',
        state: 'open',
        goal_id: goal.id,
        revision: 1,
      },
    ]);
    expect(await world.detail(world.asCsm, goal)).toMatchObject({
      series: [
        { day: '2026-04-13', value: 25_000 },
        { day: '2026-04-14', value: null },
      ],
      deals: [{ id: 'd1', name: 'More seats', state: 'open' }],
    });
  });
});
