import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { insertRows } from '../../support/insert-rows.js';
import { goTo } from '../alerts/alert-world.js';
import { anAccount, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';
import { goals, keepPerson, keepPlaybook, keepSegment } from './goal-world.js';

const isSmall = all(field('account.status', 'eq', 'customer'), field('account.arr', 'lt', 50_000));
const toGrow = { kind: 'signal', field: 'account.arr', op: 'gte', value: 100_000 } as const;
const noOpenGoalOf = (playbook: string): Rule => ({
  kind: 'related',
  of: 'goal',
  quantifier: 'none',
  rule: all(
    { kind: 'compare', field: 'playbook', op: 'in', value: [playbook] },
    { kind: 'compare', field: 'open', op: 'eq', value: true },
  ),
});

describe('rules over goals', () => {
  let world: PipelineWorld;
  let small: string;
  let grow: string;
  let without: string;
  let cora: string;
  let begun: KeptWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-09T08:00:00Z');
    small = await keepSegment(world, isSmall);
    cora = await keepPerson(world, 'cora');
    const triggers = { segmentIds: [small], alertRuleIds: [] };
    grow = await keepPlaybook(world, { target: toGrow, durationDays: 2, triggers });
    without = await keepSegment(world, all(field('account.status', 'eq', 'customer'), noOpenGoalOf(grow)));
    await deliver('a', 80_000);
    await world.drain();
    await goTo(world, '2026-04-10');
    begun = await world.keep();
  }, 60_000);
  beforeEach(async () => {
    world = await begun.copy();
  });
  afterEach(() => world.close());
  afterAll(() => begun?.close());

  const deliver = (id: string, arr: number) =>
    world.deliver(anAccount(id, { arr: usd(arr), customerSince: '2024-01-01' }));
  const stages = async (id: string) => {
    const rows = await world.query(
      'SELECT day, stage FROM steward.account_snapshot WHERE account_id = $1 ORDER BY day',
      [accountIdOf(id)],
    );
    return rows.map(({ day, stage }) => `${day} ${stage}`);
  };
  const events = async () => {
    const rows = await world.query(
      `SELECT kind, day, leaf FROM steward.segment_event WHERE segment_id = $1 ORDER BY day, kind`,
      [without],
    );
    return rows.map(({ kind, day, leaf }) => `${kind} ${day} ${leaf}`);
  };
  const isMember = async () =>
    (await world.query('SELECT 1 FROM steward.segment_member WHERE segment_id = $1', [without])).length > 0;
  const makeDue = () =>
    insertRows(world.dataSource, 'dirty_account', [
      { account_id: accountIdOf('a'), since_day: world.clock.now().toISOString().slice(0, 10), token: randomUUID() },
    ]);
  const startByHand = async (startDay: string, createdAt: Date = world.clock.now()) => {
    const goal = { playbook_id: grow, kind: 'adoption', name: 'Grow', status: 'inProgress', started: 'hand' };
    const days = { start_day: startDay, due_day: '2026-05-30', created_by: cora, created_at: createdAt };
    await insertRows(world.dataSource, 'goal', [
      { account_id: accountIdOf('a'), id: randomUUID(), ...goal, ...days, target: toGrow, revision: 1 },
    ]);
    await makeDue();
    await world.drain();
  };

  it('see at once what people do, and nothing where they have taken it back on the same day', async () => {
    expect(await isMember()).toBe(true);
    await startByHand('2026-04-10');
    expect(await isMember()).toBe(false);
    expect(await events()).toEqual(['left 2026-04-10 1']);
    await world.query(
      `UPDATE steward.goal SET status = 'cancelled', ended_day = '2026-04-10', ended_by = $1, revision = revision + 1`,
      [cora],
    );
    await makeDue();
    await world.drain();
    expect(await isMember()).toBe(true);
    expect(await events()).toEqual([]);
  });

  it('see a goal that is planned from the day on which somebody planned it, open days and their closes alike', async () => {
    await startByHand('2026-04-20');
    expect(await isMember()).toBe(false);
    await goTo(world, '2026-04-11');
    expect(await isMember()).toBe(false);
    expect(await events()).toEqual(['left 2026-04-10 1']);
  });

  it('see what a run starts from the day after, however often its day is computed', async () => {
    await deliver('a', 20_000);
    await world.drain();
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-04-12 0%']);
    await world.refresh();
    await makeDue();
    await world.drain();
    expect(await isMember()).toBe(true);
    await goTo(world, '2026-04-11');
    expect(await isMember()).toBe(false);
    expect(await events()).toEqual(['left 2026-04-11 1']);
  });

  it('see what a run ends from the day after', async () => {
    await deliver('a', 20_000);
    await world.drain();
    await goTo(world, '2026-04-11');
    await goTo(world, '2026-04-12');
    await goTo(world, '2026-04-13');
    expect(await goals(world)).toEqual(['a missed 2026-04-10→2026-04-12 0% ended 2026-04-13']);
    await world.refresh();
    expect(await isMember()).toBe(false);
    await goTo(world, '2026-04-14');
    expect(await isMember()).toBe(true);
    expect(await events()).toEqual(['left 2026-04-11 1', 'entered 2026-04-14 1']);
  });

  it('read a goal on a day that is rebuilt as it stood then, though somebody has given it more time since', async () => {
    await world.deliver(anAccount('b', { arr: usd(80_000), customerSince: '2026-02-01' }));
    const days = { start_day: '2026-04-10', due_day: '2026-04-12' };
    const onboarding = { kind: 'onboarding', name: 'First value', started: 'hand', created_by: cora, ...days };
    const goal = { account_id: accountIdOf('b'), id: randomUUID() };
    await insertRows(world.dataSource, 'goal', [
      { ...goal, ...onboarding, playbook_id: grow, playbook_version: 1, status: 'inProgress', target: toGrow },
    ]);
    await world.drain();
    for (const day of ['2026-04-11', '2026-04-12', '2026-04-13', '2026-04-14', '2026-04-15']) await goTo(world, day);
    const stood = [
      '2026-04-10 onboarding',
      '2026-04-11 onboarding',
      '2026-04-12 onboarding',
      '2026-04-13 onboarding',
      '2026-04-14 adoption',
      '2026-04-15 adoption',
    ];
    expect(await stages('b')).toEqual(stood);

    const before = { dueDay: '2026-04-12', status: 'missed', endedDay: '2026-04-13', endedBy: null };
    await world.query(
      `UPDATE steward.goal SET status = 'inProgress', due_day = '2026-05-30', ended_day = NULL, revision = revision + 1
       WHERE id = $1`,
      [goal.id],
    );
    await insertRows(world.dataSource, 'goal_event', [
      { ...goal, id: randomUUID(), goal_id: goal.id, kind: 'extended', day: '2026-04-15', by_user_id: cora, before },
    ]);
    await world.deliver(anAccount('b', { arr: usd(90_000) }, '2026-04-11'));
    await world.drain();
    await world.rebuildLate();
    expect(await stages('b')).toEqual(stood);
    expect(await world.state('b')).toMatchObject({ stage: 'adoption', stage_since: '2026-04-14' });
  });
});
