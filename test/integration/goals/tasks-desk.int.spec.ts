import { randomUUID } from 'node:crypto';
import { aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import type { Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';
import { DeskWorld, TODAY } from './desk-world.js';

describe('tasks of people', () => {
  let world: DeskWorld;
  beforeAll(async () => {
    world = await DeskWorld.start();
  }, 60_000);
  afterAll(() => world?.close());

  const create = async (caller: Caller, accountId: string, given: object = {}) =>
    caller.post(`/api/v1/accounts/${accountId}/tasks`, { title: 'Send the deck', ...given });
  const aTask = async (given: object = {}) => (await create(world.asCsm, await world.account(), given)).body;
  const list = async (caller: Caller, query: string) => (await caller.get(`/api/v1/tasks?${query}`)).body;
  const tasksOf = async (goal: any) => {
    const { taskList } = await world.detail(world.asCsm, goal);
    return (title: string) => taskList.find((task: any) => task.title === title);
  };
  const planned = async () => world.started(world.asCsm, await world.account(), await world.workPlan());

  describe('by hand', () => {
    it('are mine unless they are given to somebody who sees the account', async () => {
      const account = await world.account();
      const mine = await create(world.asCsm, account, { guidance: 'Page 3.', dueDay: '2026-04-20' });
      expect(mine).toMatchObject({
        status: 201,
        body: {
          origin: 'hand',
          state: 'open',
          assignee: { userId: world.csm.id },
          dueDay: '2026-04-20',
          goal: null,
          revision: 1,
        },
      });
      const given = await create(world.asCsm, account, { assigneeUserId: world.am.id });
      expect(given.body.assignee.userId).toBe(world.am.id);
      const stranger = await world.server.person('csm');
      const refused = await create(world.asCsm, account, { assigneeUserId: stranger.id });
      expect(refused).toMatchObject({ status: 400, body: { code: 'ASSIGNEE_CANNOT_SEE' } });
      expect(await world.audit(mine.body.id)).toEqual(['task.created']);
      const news = await world.query(
        'SELECT task_id FROM steward.task_event WHERE told_at IS NULL AND kind = $1 AND account_id = $2',
        ['created', account],
      );
      expect(news).toEqual([{ task_id: given.body.id }]);
    });

    it('may belong to a goal that has not ended', async () => {
      const goal = await planned();
      const { body } = await create(world.asCsm, goal.accountId, { goalId: goal.id });
      expect(body).toMatchObject({ goal: { id: goal.id, name: 'Work plan', isMissed: false }, required: false });
      expect((await create(world.asCsm, await world.account(), { goalId: goal.id })).status).toBe(404);
      await world.act(world.asCsm, goal, { action: 'achieve', reason: 'other' });
      expect((await create(world.asCsm, goal.accountId, { goalId: goal.id })).body.code).toBe('GOAL_ENDED');
    });

    it('take no words or days that are slips', async () => {
      const account = await world.account();
      const refused = async (given: object) => {
        const { status, body } = await create(world.asCsm, account, given);
        return `${status} ${body.code}`;
      };
      expect(await refused({ title: ' ' })).toBe('400 INVALID_INPUT');
      expect(await refused({ title: 'a\u0000b' })).toBe('400 INVALID_INPUT');
      expect(await refused({ guidance: 'a\u0000b' })).toBe('400 INVALID_INPUT');
      expect(await refused({ dueDay: '2026-02-30' })).toBe('400 INVALID_INPUT');
      expect(await refused({ dueDay: '2099-01-01' })).toBe('400 DAY_OUT_OF_RANGE');
      expect(await refused({ dueDay: '2001-01-01' })).toBe('400 DAY_OUT_OF_RANGE');
      expect((await list(world.asCsm, 'text=%00')).code).toBe('INVALID_INPUT');
    });

    it('are rewritten; those of a playbook get another day alone', async () => {
      const task = await aTask();
      const path = `/api/v1/tasks/${task.accountId}/${task.id}`;
      const changed = await world.asAm.patch(path, { revision: 1, title: 'Send both decks', dueDay: '2026-04-30' });
      expect(changed.body).toMatchObject({ title: 'Send both decks', dueDay: '2026-04-30', revision: 2 });
      expect((await world.asCsm.patch(path, { revision: 1, title: 'Too late' })).body.code).toBe('REVISION_MOVED');
      expect((await world.asStranger.patch(path, { revision: 2, title: 'Mine' })).status).toBe(404);
      const undone = await world.taskAct(world.asCsm, changed.body, { action: 'undo' });
      expect(undone.task).toMatchObject({ title: 'Send the deck', dueDay: null });
      const call = (await tasksOf(await planned()))('Call the champion');
      const ofPlaybook = `/api/v1/tasks/${call.accountId}/${call.id}`;
      expect((await world.asCsm.patch(ofPlaybook, { revision: 1, title: 'Mine' })).body.code).toBe('OF_A_PLAYBOOK');
      const moved = await world.asCsm.patch(ofPlaybook, { revision: 1, title: call.title, dueDay: '2026-05-01' });
      expect(moved.body).toMatchObject({ dueDay: '2026-05-01', title: 'Call the champion' });
    });
  });

  describe('on which people act', () => {
    it('are completed with a note, and settle their goal by the next run', async () => {
      const goal = await planned();
      const call = (await tasksOf(goal))('Call the champion');
      await world.query('DELETE FROM steward.dirty_account');
      const done = await world.taskAct(world.asCsm, call, { action: 'complete', note: 'All well.' });
      expect(done.task).toMatchObject({ state: 'done', completedHow: 'person', endedDay: TODAY, note: 'All well.' });
      expect(await world.isDue(goal.accountId)).toBe(true);
      expect(await world.detail(world.asCsm, goal)).toMatchObject({
        progress: 0.5,
        tasks: { required: 2, requiredDone: 1 },
      });
      const undone = await world.taskAct(world.asCsm, done.task, { action: 'undo' });
      expect(undone.task).toMatchObject({ state: 'open', completedHow: null, endedDay: null, note: null });
      expect(await world.audit(call.id)).toEqual(['task.done', 'task.undone']);
    });

    it('reach a goal at the run that follows the last required one, and not before', async () => {
      const goal = await planned();
      const find = await tasksOf(goal);
      const settled = async () => {
        await world.server.app.get(LiveRefresh, { strict: false }).drain();
        return world.detail(world.asCsm, goal);
      };
      await world.taskAct(world.asCsm, find('Call the champion'), { action: 'complete' });
      expect(await settled()).toMatchObject({ status: 'inProgress', progress: 0.5 });
      await world.taskAct(world.asAm, find('Review the plan'), { action: 'complete' });
      expect(await settled()).toMatchObject({
        status: 'achieved',
        progress: 1,
        endedBy: null,
        outcomeReason: 'targetReached',
        tasks: { open: 1 },
        mayUndo: false,
      });
    });

    it('are completed once: the second of two people is told who was quicker', async () => {
      const task = await aTask();
      const results = await Promise.all(
        [world.asCsm, world.asAm].map((caller) => world.taskAct(caller, task, { action: 'complete' })),
      );
      expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
      const late = results.find(({ ok }) => !ok);
      const { endedBy } = results.find(({ ok }) => ok).task;
      expect(late).toMatchObject({ status: 409, code: 'TASK_ENDED', message: `${endedBy} completed it on ${TODAY}.` });
      const events = await world.query('SELECT kind FROM steward.task_event WHERE task_id = $1 ORDER BY at', [task.id]);
      expect(events.map(({ kind }) => kind)).toEqual(['created', 'done']);
    });

    it('say by what they ended', async () => {
      const task = await aTask();
      await world.query(
        `UPDATE steward.task SET state = 'done', completed_how = 'rule', ended_day = '2026-04-10' WHERE id = $1`,
        [task.id],
      );
      const late = await world.taskAct(world.asCsm, task, { action: 'snooze', until: '2026-04-20' });
      expect(late).toMatchObject({ code: 'TASK_ENDED', message: 'It completed itself on 2026-04-10.' });
    });

    it('rest until a day, at most a year ahead', async () => {
      const task = await aTask({ dueDay: '2026-04-14' });
      const awake = await aTask({ dueDay: '2026-04-16' });
      const snoozed = await world.taskAct(world.asCsm, task, { action: 'snooze', until: '2026-04-20' });
      expect(snoozed.task).toMatchObject({ snoozedUntil: '2026-04-20', isOverdue: true });
      const ids = async (query: string) =>
        (await list(world.asCsm, `scope=all&limit=500&${query}`)).rows
          .map((row: any) => row.task.id)
          .filter((id: string) => [task.id, awake.id].includes(id));
      expect(await ids('')).toEqual([awake.id]);
      expect(await ids('snoozed=true')).toEqual([task.id, awake.id]);
      for (const until of [TODAY, '2028-01-01']) {
        const refused = await world.taskAct(world.asCsm, snoozed.task, { action: 'snooze', until });
        expect(refused).toMatchObject({ status: 400, code: 'DAY_OUT_OF_RANGE' });
      }
      const woken = await world.taskAct(world.asCsm, snoozed.task, { action: 'unsnooze' });
      expect(woken.task.snoozedUntil).toBeNull();
      expect((await world.taskAct(world.asCsm, woken.task, { action: 'unsnooze' })).code).toBe('TASK_NOT_SNOOZED');
    });

    it('change hands to whoever sees the account, which is news to them', async () => {
      const task = await aTask();
      const stranger = await world.server.person('am');
      const refused = await world.taskAct(world.asCsm, task, { action: 'assign', assigneeUserId: stranger.id });
      expect(refused).toMatchObject({ status: 409, code: 'ASSIGNEE_CANNOT_SEE' });
      const given = await world.taskAct(world.asCsm, task, { action: 'assign', assigneeUserId: world.am.id });
      expect(given.task.assignee.userId).toBe(world.am.id);
      const nobody = await world.taskAct(world.asCsm, given.task, { action: 'assign', assigneeUserId: null });
      expect(nobody.task.assignee).toBeNull();
      const told = await world.query(
        `SELECT told_at IS NULL AS news FROM steward.task_event WHERE task_id = $1 AND kind = 'assigned' ORDER BY at`,
        [task.id],
      );
      expect(told).toEqual([{ news: true }, { news: false }]);
    });

    it('of a playbook are skipped, not cancelled; reopened unless their goal has ended for good', async () => {
      const goal = await planned();
      const call = (await tasksOf(goal))('Call the champion');
      expect((await world.taskAct(world.asCsm, call, { action: 'cancel' })).code).toBe('OF_A_PLAYBOOK');
      const skipped = await world.taskAct(world.asCsm, call, { action: 'skip', note: 'No need.' });
      expect(skipped.task).toMatchObject({ state: 'skipped', note: 'No need.' });
      expect(await world.detail(world.asCsm, goal)).toMatchObject({ tasks: { required: 1 } });
      expect(
        (await world.taskAct(world.asCsm, (await tasksOf(goal))('Review the plan'), { action: 'reopen' })).code,
      ).toBe('TASK_OPEN');
      const again = await world.taskAct(world.asCsm, skipped.task, { action: 'reopen' });
      expect(again.task.state).toBe('open');
      const done = await world.taskAct(world.asCsm, again.task, { action: 'complete' });
      await world.act(world.asCsm, goal, { action: 'achieve', reason: 'other' });
      expect((await world.taskAct(world.asCsm, done.task, { action: 'reopen' })).code).toBe('GOAL_ENDED');
      expect((await world.taskAct(world.asCsm, done.task, { action: 'undo' })).code).toBe('GOAL_ENDED');
    });

    it('are answered one by one, others’ as if they were not there', async () => {
      const mine = await aTask();
      const hidden = (
        await create(world.asAdmin, await world.account({ csm: (await world.server.person('csm')).id, am: null }))
      ).body;
      const tasks = [
        { accountId: hidden.accountId, id: hidden.id, revision: 1 },
        { accountId: mine.accountId, id: mine.id, revision: 1 },
        { accountId: mine.accountId, id: randomUUID(), revision: 1 },
      ];
      const { body } = await world.asCsm.post('/api/v1/tasks/actions', { action: 'complete', tasks });
      expect(body).toMatchObject({
        done: 1,
        results: [{ status: 404 }, { ok: true }, { status: 404, code: 'NOT_FOUND' }],
      });
      const twice = await world.asCsm.post('/api/v1/tasks/actions', { action: 'reopen', tasks: [tasks[1], tasks[1]] });
      expect(twice.status).toBe(400);
    });

    it('keep their history in order when the clock is moved back', async () => {
      const task = await aTask();
      const { clock } = world.server;
      const was = clock.at;
      clock.advance({ days: -2 });
      try {
        const done = await world.taskAct(world.asCsm, task, { action: 'complete' });
        expect(done.task.endedDay).toBe(TODAY);
        expect((await world.taskAct(world.asCsm, done.task, { action: 'undo' })).task.state).toBe('open');
      } finally {
        clock.at = was;
      }
      const events = await world.query('SELECT kind FROM steward.task_event WHERE task_id = $1 ORDER BY at, id', [
        task.id,
      ]);
      expect(events.map(({ kind }) => kind)).toEqual(['created', 'done', 'undone']);
    });
  });

  it('tell when they complete themselves, in words', async () => {
    const tasks = [aTaskTemplate({ completesWhen: all(field('account.arr', 'gte', 60_000)) })];
    const goal = await world.started(world.asCsm, await world.account(), await world.playbook({ tasks }));
    const { taskList } = await world.detail(world.asCsm, goal);
    expect(taskList).toMatchObject([{ completesItself: true, completesWhen: 'ARR is at least 60,000 USD' }]);
  });

  it('name the segments that complete them', async () => {
    const shared = { of: 'account', name: 'Well off', rule: all(), visibility: 'shared' };
    const { body: segment } = await world.asCsm.post('/api/v1/segments', shared);
    const tasks = [aTaskTemplate({ completesWhen: { kind: 'member', segment: segment.id, is: false } })];
    const goal = await world.started(world.asCsm, await world.account(), await world.playbook({ tasks }));
    const { taskList } = await world.detail(world.asCsm, goal);
    expect(taskList).toMatchObject([{ completesWhen: 'is not in segment “Well off”' }]);
  });

  describe('in lists', () => {
    let own: DeskWorld;
    beforeAll(async () => {
      own = await DeskWorld.start();
    }, 60_000);
    afterAll(() => own?.close());

    it('are mine, my team’s, nobody’s or all, by when they are due', async () => {
      const account = await own.account({ tier: 'T1' });
      const make = async (title: string, dueDay: string | null, person: string | null) => {
        const { body } = await own.asCsm.post(`/api/v1/accounts/${account}/tasks`, { title, dueDay });
        if (person !== own.csm.id) await own.taskAct(own.asCsm, body, { action: 'assign', assigneeUserId: person });
        return body;
      };
      await make('late', '2026-04-14', own.csm.id);
      await make('now', TODAY, own.csm.id);
      await make('soon', '2026-04-22', own.csm.id);
      await make('some day', '2026-04-23', own.csm.id);
      await make('whenever', null, own.csm.id);
      await make('the AM’s', '2026-04-16', own.am.id);
      await make('free', '2026-04-16', null);
      const gone = await own.server.person('csm', { managerId: own.lead.id });
      const left = await make('of one who left', '2026-04-17', null);
      await own.query('UPDATE steward.task SET assignee_user_id = $2 WHERE id = $1', [left.id, gone.id]);
      await own.query('UPDATE steward.app_user SET active = FALSE WHERE id = $1', [gone.id]);
      const titles = async (caller: Caller, query: string) =>
        (await caller.get(`/api/v1/tasks?${query}`)).body.rows.map(({ task }: any) => task.title);

      expect(await titles(own.asCsm, '')).toEqual(['late', 'now', 'soon', 'some day', 'whenever']);
      expect(await titles(own.asCsm, 'due=overdue,today')).toEqual(['late', 'now']);
      expect(await titles(own.asCsm, 'due=week')).toEqual(['soon']);
      expect(await titles(own.asCsm, 'due=later,none')).toEqual(['some day', 'whenever']);
      expect(await titles(own.asCsm, 'scope=unassigned')).toEqual(['free', 'of one who left']);
      expect(await titles(own.asLead, 'scope=team')).toEqual([
        'late',
        'now',
        'the AM’s',
        'of one who left',
        'soon',
        'some day',
        'whenever',
      ]);
      expect(await titles(own.asCsm, `scope=all&assigneeUserId=${own.am.id}`)).toEqual(['the AM’s']);
      expect(await titles(own.asCsm, 'scope=all&text=free')).toEqual(['free']);
      expect(await titles(own.asCsm, 'limit=2&offset=1')).toEqual(['now', 'soon']);
      expect(await titles(own.asStranger, 'scope=all')).toEqual([]);
      const { body } = await own.asCsm.get('/api/v1/tasks');
      expect(body).toMatchObject({
        total: 5,
        counts: { overdue: 1, today: 1, week: 1, later: 1, none: 1, snoozed: 0, unassigned: 2 },
      });
      expect(body.rows[0].account).toMatchObject({ id: account, tier: 'T1', arrMinor: 2_000_000 });
    });

    it('are also those of whom I stand in for', async () => {
      const standIn = await own.server.person('csm');
      const caller = await own.server.signedIn(standIn);
      await insertRows(own.server.dataSource, 'stand_in', [
        { user_id: own.csm.id, stand_in_id: standIn.id, from_day: '2026-04-01', to_day: '2026-04-30' },
      ]);
      expect((await caller.get('/api/v1/tasks?scope=mine')).body.total).toBe(5);
    });
  });

  it('say of their customer whether it has left', async () => {
    for (const status of ['customer', 'churned']) {
      const account = await world.account({ status });
      await world.asCsm.post(`/api/v1/accounts/${account}/tasks`, { title: 'Call', dueDay: TODAY });
      const { rows } = (await world.asCsm.get(`/api/v1/tasks?scope=all&accountId=${account}`)).body;
      expect(rows.map((row: any) => row.account)).toMatchObject([{ id: account, status }]);
    }
  });
});
