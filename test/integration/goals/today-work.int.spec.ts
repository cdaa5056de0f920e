import { DeskWorld, TODAY } from './desk-world.js';

describe('what a day begins with, of tasks and goals', () => {
  let world: DeskWorld;
  beforeAll(async () => {
    world = await DeskWorld.start();
  }, 60_000);
  afterAll(() => world?.close());

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
