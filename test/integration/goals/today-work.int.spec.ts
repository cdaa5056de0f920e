import { insertRows } from '../../support/insert-rows.js';
import { DeskWorld, TODAY } from './desk-world.js';

describe('what a day begins with, of tasks and goals', () => {
  let world: DeskWorld;
  beforeAll(async () => {
    world = await DeskWorld.start();
  }, 60_000);
  afterAll(() => world?.close());

  it('brings renewals of the next 90 days until their outcome is recorded', async () => {
    const renews = (day: string) => world.account({ renewal_date: day });
    const [soon, decided, later] = [await renews('2026-05-01'), await renews('2026-05-02'), await renews('2026-09-01')];
    await insertRows(world.server.dataSource, 'renewal', [
      { account_id: soon, due_on: '2026-05-01', outcome: null, outcome_day: null },
      // The one of last year says nothing of this one.
      { account_id: soon, due_on: '2025-05-01', outcome: 'renewed', outcome_day: '2025-05-01' },
      { account_id: decided, due_on: '2026-05-02', outcome: 'lost', outcome_day: TODAY },
    ]);
    const { renewals } = (await world.asCsm.get('/api/v1/today?scope=mine')).body;
    expect(renewals).toMatchObject({ accounts: 1, arrMinor: 2_000_000, rows: [{ id: soon }] });
    await world.query('UPDATE steward.renewal SET outcome = NULL, outcome_day = NULL WHERE account_id = $1', [decided]);
    const again = (await world.asCsm.get('/api/v1/today?scope=mine')).body.renewals;
    expect(again.rows.map(({ id }: { id: string }) => id)).toEqual([soon, decided]);
    for (const id of [soon, decided, later]) await world.query('DELETE FROM steward.account WHERE id = $1', [id]);
  });

  it('is one’s own, one’s team’s or all that one may see: overdue tasks first, and goals at risk', async () => {
    const account = await world.account({ tier: 'T1' });
    const make = async (title: string, dueDay: string | null, assigneeUserId = world.csm.id) =>
      (await world.asCsm.post(`/api/v1/accounts/${account}/tasks`, { title, dueDay, assigneeUserId })).body;
    await make('next week', '2026-04-21');
    await make('now', TODAY);
    await make('late', '2026-04-10');
    await make('the AM’s', '2026-04-09', world.am.id);
    await world.taskAct(world.asCsm, await make('resting', '2026-04-01'), { action: 'snooze', until: '2026-05-01' });
    const goal = await world.started(world.asCsm, account, await world.playbook({ tasks: [] }));
    await world.started(world.asCsm, await world.account(), await world.playbook({ tasks: [] }));
    await world.query(`UPDATE steward.goal SET status = 'atRisk', at_risk_reason = 'behind' WHERE id = $1`, [goal.id]);
    const today = async (caller: typeof world.asCsm, scope: string) =>
      (await caller.get(`/api/v1/today?scope=${scope}`)).body;
    const titles = ({ tasks }: any) => tasks.rows.map(({ task }: any) => task.title);

    const mine = await today(world.asCsm, 'mine');
    expect(mine.tasks).toMatchObject({ overdue: 1, today: 1, week: 1, open: 3 });
    expect(titles(mine)).toEqual(['late', 'now', 'next week']);
    expect(mine.tasks.rows[0]).toMatchObject({
      account: { id: account, status: 'customer', tier: 'T1' },
      task: { isOverdue: true },
    });
    expect(mine.goals).toMatchObject({
      live: 2,
      atRisk: 1,
      atRiskArrMinor: 2_000_000,
      rows: [{ account: { id: account, health: { score: 60 } }, goal: { id: goal.id, atRiskReason: 'behind' } }],
    });
    expect(titles(await today(world.asLead, 'team'))).toEqual(['the AM’s', 'late', 'now', 'next week']);
    expect((await today(world.asAdmin, 'all')).tasks).toMatchObject({ open: 4, overdue: 2 });
    expect(await today(world.asStranger, 'all')).toMatchObject({
      tasks: { open: 0, rows: [] },
      goals: { live: 0, rows: [] },
    });
  });
});
