import type { FirstSteps } from '@steward/shared/first-steps';
import { ApiServer, type Caller } from '../support/api-server.js';
import { insertRows } from '../support/insert-rows.js';

describe('the first steps', () => {
  let server: ApiServer;
  let admin: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    admin = await server.as('admin');
  }, 120_000);
  afterAll(() => server?.close());

  const shown = async (who = admin): Promise<FirstSteps> => (await who.get('/api/v1/first-steps')).body;
  const done = async () => (await shown()).steps.flatMap(({ step, done: isDone }) => (isDone ? [step] : []));

  it('are ticked by what is there, one by one', async () => {
    expect(await done()).toEqual([]);
    const [id, at] = ['10000000-0000-5000-8000-000000000001', '2026-04-10T10:00:00Z'];
    await insertRows(server.dataSource, 'account', [
      { id, external_id: 'a-1', name: 'First', status: 'customer', first_seen_on: '2026-01-01', revision: 1 },
    ]);
    expect(await done()).toEqual(['accounts']);
    await insertRows(server.dataSource, 'metric_definition', [
      { id: 1, key: 'seats', label: 'Seats', unit: null, period: 'day', created_at: at },
    ]);
    await insertRows(server.dataSource, 'metric_point', [
      { account_id: id, metric_id: 1, day: '2026-04-10', value: 1, observed_at: at, received_at: at },
    ]);
    expect(await done()).toEqual(['accounts', 'usage']);
    await admin.patch('/api/v1/first-steps', { tiersReviewed: true });
    expect(await done()).toEqual(['accounts', 'usage', 'tiers']);
    await server.person('csm');
    expect(await done()).toEqual(['accounts', 'usage', 'tiers', 'team']);
    await admin.post('/api/v1/segments', { name: 'Mine', rule: { kind: 'all', rules: [] } });
    expect(await done()).toEqual(['accounts', 'usage', 'tiers', 'team', 'segment']);
    const goal = { account_id: id, id, playbook_id: id, kind: 'adoption', name: 'Adopt', status: 'inProgress' };
    const span = { start_day: '2026-04-10', due_day: '2026-05-10' };
    await insertRows(server.dataSource, 'goal', [{ ...goal, ...span, started: 'segment', target: {} }]);
    expect(await done()).not.toContain('playbook');
    await server.dataSource.query(`UPDATE steward.goal SET started = 'hand'`);
    expect(await done()).toEqual(['accounts', 'usage', 'tiers', 'team', 'segment', 'playbook']);
  });

  it('are put aside and brought back by each person alone', async () => {
    const colleague = await server.as('admin');
    expect((await admin.patch('/api/v1/first-steps', { hidden: true })).body.hidden).toBe(true);
    expect((await shown()).hidden).toBe(true);
    expect((await shown(colleague)).hidden).toBe(false);
    expect((await admin.patch('/api/v1/first-steps', { hidden: false })).body.hidden).toBe(false);
  });
});
