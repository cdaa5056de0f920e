import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PlaybookDefinition } from '@steward/shared/playbooks';
import { aPlaybook, aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { compileServer } from '../../support/compiled-server.js';
import { insertRows } from '../../support/insert-rows.js';
import { BulkWorld, TODAY } from './bulk-world.js';

/** Met by an ARR of 100,000; two tasks. */
const toGrow: Partial<PlaybookDefinition> = {
  target: { kind: 'signal', field: 'account.arr', op: 'gte', value: 100_000 },
  durationDays: 30,
  tasks: [aTaskTemplate(), aTaskTemplate({ key: 'mail', title: 'Mail them' })],
};

describe('a playbook started on many accounts', () => {
  let world: BulkWorld;
  beforeAll(async () => {
    compileServer();
    world = await BulkWorld.start();
  }, 120_000);
  afterAll(() => world?.close());

  async function playbook(definition: Partial<PlaybookDefinition> = {}): Promise<string> {
    const id = randomUUID();
    const whole = aPlaybook({ ...toGrow, ...definition });
    const db = world.server.dataSource;
    const { name, kind } = whole;
    await insertRows(db, 'playbook', [{ id, name, kind, definition: whole, enabled: true, version: 1, revision: 1 }]);
    await insertRows(db, 'playbook_version', [{ playbook_id: id, version: 1, definition: whole }]);
    return id;
  }
  const start = (playbookId: string, startDay: string | null = null) => ({
    kind: 'startPlaybook' as const,
    playbookId,
    startDay,
  });
  const goals = (playbookId: string): Promise<any[]> =>
    world.query('SELECT * FROM steward.goal WHERE playbook_id = $1 ORDER BY account_id', [playbookId]);

  it('starts where it may, and counts why it did not elsewhere', async () => {
    const csm = await world.server.person('csm');
    const caller = await world.server.signedIn(csm);
    const ids = await world.accounts(6, { csm: csm.id });
    const [there, gone, running, foreign] = ids as [string, string, string, string];
    await world.query('UPDATE steward.account_state SET arr_minor = 20000000 WHERE account_id = $1', [there]);
    await world.query(`UPDATE steward.account_state SET status = 'churned' WHERE account_id = $1`, [gone]);
    const playbookId = await playbook();
    await caller.post(`/api/v1/accounts/${running}/goals`, { playbookId });
    const { id } = await world.order(caller, start(playbookId), ids);
    const other = await world.server.person('csm');
    await world.query('UPDATE steward.account SET csm_user_id = $2 WHERE id = $1', [foreign, other.id]);
    await world.work(id);
    const shown = await world.shown(caller, id);
    expect(shown).toMatchObject({ state: 'done', counts: { done: 2, refused: 3, gone: 1 } });
    expect(shown.refusals.map(({ code }) => code).sort()).toEqual(['ALREADY_MET', 'GOAL_RUNNING', 'NOT_LIVE']);
    expect(shown.refusals.find(({ code }) => code === 'ALREADY_MET')?.reason).toContain('Already there');
    const started = (await goals(playbookId)).filter((goal) => goal.started === 'bulk');
    expect(started).toMatchObject([
      { start_day: TODAY, due_day: '2026-05-15', owner_user_id: csm.id, created_by: csm.id, status: 'inProgress' },
      { start_day: TODAY },
    ]);
  });

  it('is refused whole where the playbook is gone, or the day out of reach', async () => {
    const admin = await world.server.as('admin');
    const ids = await world.accounts(1);
    const refusal = async (change: ReturnType<typeof start>) => {
      const selection = { kind: 'rows', accountIds: ids };
      const { status, body } = await admin.post('/api/v1/bulk-actions', { change, selection });
      return [status, body.code, body.details[0].path];
    };
    expect(await refusal(start(randomUUID()))).toEqual([400, 'UNKNOWN_PLAYBOOK', 'change.playbookId']);
    const playbookId = await playbook();
    expect(await refusal(start(playbookId, '2027-06-01'))).toEqual([400, 'START_OUT_OF_RANGE', 'change.startDay']);
    const { id } = await world.order(admin, start(playbookId), ids);
    await world.query('UPDATE steward.playbook SET deleted_at = now() WHERE id = $1', [playbookId]);
    await world.work(id);
    expect((await world.shown(admin, id)).refusals).toMatchObject([{ code: 'UNKNOWN_PLAYBOOK', accounts: 1 }]);
    expect(await refusal(start(playbookId))).toEqual([400, 'UNKNOWN_PLAYBOOK', 'change.playbookId']);
  });

  it('is for those who may start goals', async () => {
    const ids = await world.accounts(1);
    const viewer = await world.server.as('viewer');
    const change = start(await playbook());
    const { status } = await viewer.post('/api/v1/bulk-actions', {
      change,
      selection: { kind: 'rows', accountIds: ids },
    });
    expect(status).toBe(403);
  });

  it('is taken back with its tasks, save where somebody has begun to work', async () => {
    const admin = await world.server.as('admin');
    const ids = await world.accounts(4);
    const playbookId = await playbook();
    const { id } = await world.done(admin, start(playbookId), ids);
    const [first, second] = await goals(playbookId);
    await admin.post(`/api/v1/goals/${first.account_id}/${first.id}/actions`, {
      action: 'extend',
      revision: 1,
      dueDay: '2026-09-01',
    });
    const [task] = await world.query('SELECT id FROM steward.task WHERE goal_id = $1 LIMIT 1', [second.id]);
    await admin.post('/api/v1/tasks/actions', {
      action: 'complete',
      tasks: [{ accountId: second.account_id, id: task.id, revision: 1 }],
    });
    const undone = await world.undone(admin, id);
    expect(undone).toMatchObject({
      counts: { done: 2, refused: 2 },
      refusals: [{ code: 'CHANGED_SINCE', accounts: 2 }],
    });
    const left = await goals(playbookId);
    expect(left.map(({ status }) => status).sort()).toEqual(['cancelled', 'cancelled', 'inProgress', 'inProgress']);
    const [{ open }] = await world.query(
      `SELECT count(*)::int AS open FROM steward.task t JOIN steward.goal g ON g.account_id = t.account_id AND g.id = t.goal_id
       WHERE g.playbook_id = $1 AND t.state = 'open'`,
      [playbookId],
    );
    expect(open).toBe(3);
  });

  it('goes on when its process is killed: each account gets one goal, and each goal its tasks', async () => {
    const admin = await world.server.as('admin');
    const ids = await world.accounts(5_000);
    const playbookId = await playbook({ run: { ...aPlaybook().run, oneAtATime: false } });
    const { id } = await world.order(admin, start(playbookId), ids);

    const { url: databaseUrl } = world.server.dataSource.options as { url: string };
    const child = spawn(process.execPath, [join(__dirname, 'run-bulk.mjs'), id], {
      env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let batches = 0;
    for await (const _ of createInterface({ input: child.stdout })) {
      batches += 1;
      if (batches >= 20) child.kill('SIGKILL');
    }
    expect((await ended)[1]).toBe('SIGKILL');
    const killed = await world.shown(admin, id);
    expect(killed).toMatchObject({ state: 'running' });
    expect(killed.counts.done).toBeGreaterThanOrEqual(400);
    expect(killed.counts.due).toBeGreaterThan(0);

    await world.work(id);
    expect(await world.shown(admin, id)).toMatchObject({ state: 'done', counts: { done: 5_000, due: 0 } });
    const [row] = await world.query(
      `SELECT count(*)::int AS goals, count(DISTINCT account_id)::int AS accounts,
         (SELECT count(*)::int FROM steward.task WHERE account_id = ANY($2::uuid[])) AS tasks,
         (SELECT count(*)::int FROM steward.goal_event WHERE account_id = ANY($2::uuid[])) AS events,
         (SELECT count(*)::int FROM steward.dirty_account WHERE account_id = ANY($2::uuid[])) AS due
       FROM steward.goal WHERE playbook_id = $1`,
      [playbookId, ids],
    );
    expect(row).toEqual({ goals: 5_000, accounts: 5_000, tasks: 10_000, events: 5_000, due: 5_000 });
  }, 120_000);
});
