import { aPlaybook, aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { goTo, keepRule } from '../alerts/alert-world.js';
import { anAccount, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';
import { goalEvents, goals, keepPerson, keepPlaybook, keepSegment, publish, tasks } from './goal-world.js';

const isSmall = all(field('account.status', 'eq', 'customer'), field('account.arr', 'lt', 50_000));
const { run } = aPlaybook();
/** Reached with an ARR of 100,000. */
const toGrow = { kind: 'signal', field: 'account.arr', op: 'gte', value: 100_000 } as const;

describe('goals in the pipeline', () => {
  let world: PipelineWorld;
  let small: string;
  let cora: string;
  let begun: KeptWorld;
  // 10 April 2026 is a Friday.
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-09T08:00:00Z');
    small = await keepSegment(world, isSmall);
    cora = await keepPerson(world, 'cora');
    await deliver('a', 80_000);
    await deliver('b', 20_000);
    await world.drain();
    await goTo(world, '2026-04-10');
    begun = await world.keep();
  }, 60_000);
  beforeEach(async () => {
    world = await begun.copy();
  });
  afterEach(() => world.close());
  afterAll(() => begun?.close());

  const deliver = (id: string, arr: number, more: object = {}) =>
    world.deliver(anAccount(id, { arr: usd(arr), customerSince: '2024-01-01', ...more }));
  const own = (id: string, person: string) =>
    world.query('UPDATE steward.account SET csm_user_id = $2 WHERE id = $1', [accountIdOf(id), person]);
  const triggers = { segmentIds: [] as string[], alertRuleIds: [] as string[] };
  const onSmall = () => ({ ...triggers, segmentIds: [small] });

  it('start once where an account enters the segment, not where it was in it before', async () => {
    await own('a', cora);
    await keepPlaybook(world, { target: toGrow, durationDays: 30, triggers: onSmall() });
    await deliver('a', 20_000);
    await world.drain();
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-05-10 0%']);
    expect(await tasks(world)).toEqual(['a call open 2026-04-14 cora']);
    await world.refresh();
    await deliver('a', 21_000);
    await world.drain();
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-05-10 1%']);
    expect(await goalEvents(world)).toEqual(['a started 2026-04-10 news']);
  });

  it('are reached when their target holds at the close of two days', async () => {
    await keepPlaybook(world, { target: toGrow, durationDays: 30, triggers: onSmall() });
    await deliver('a', 20_000);
    await world.drain();
    await deliver('a', 120_000);
    await world.drain();
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-05-10 125%']);
    await goTo(world, '2026-04-11');
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-05-10 125%']);
    await goTo(world, '2026-04-12');
    expect(await goals(world)).toEqual(['a achieved 2026-04-10→2026-05-10 125% ended 2026-04-11 targetReached']);
    expect(await goalEvents(world)).toContain('a achieved 2026-04-11 news');
    const [end] = await world.query('SELECT arr_minor_at_start, arr_minor_at_end FROM steward.goal');
    expect(end).toEqual({ arr_minor_at_start: 2_000_000, arr_minor_at_end: 12_000_000 });
  });

  it('are no others to whoever looks at them when they are merely further on, and are when their status moves', async () => {
    const revision = async () => (await world.query('SELECT revision FROM steward.goal'))[0].revision;
    await keepPlaybook(world, { target: toGrow, durationDays: 10, triggers: onSmall() });
    await deliver('a', 20_000);
    await world.drain();
    const begun = await revision();
    await deliver('a', 21_000);
    await world.drain();
    expect([await goals(world), await revision()]).toEqual([['a inProgress 2026-04-10→2026-04-20 1%'], begun]);
    await goTo(world, '2026-04-13');
    expect([await goals(world), await revision()]).toEqual([['a atRisk 2026-04-10→2026-04-20 1%'], begun + 1]);
  });

  it('fall behind, and are missed on the day after they were due, while their tasks stay', async () => {
    await keepPlaybook(world, { target: toGrow, durationDays: 10, triggers: onSmall() });
    await deliver('a', 20_000);
    await world.drain();
    await goTo(world, '2026-04-12');
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-04-20 0%']);
    await goTo(world, '2026-04-13');
    expect(await goals(world)).toEqual(['a atRisk 2026-04-10→2026-04-20 0%']);
    await goTo(world, '2026-04-20');
    expect(await goals(world)).toEqual(['a atRisk 2026-04-10→2026-04-20 0%']);
    await goTo(world, '2026-04-21');
    expect(await goals(world)).toEqual(['a missed 2026-04-10→2026-04-20 0% ended 2026-04-21']);
    expect(await tasks(world)).toEqual(['a call open 2026-04-14 nobody']);
  });

  it('have tasks that complete themselves, wait for a day of the account, and find their person', async () => {
    await keepPlaybook(world, {
      target: { kind: 'tasks' },
      triggers: onSmall(),
      tasks: [
        aTaskTemplate({ key: 'grow', completesWhen: all(field('account.arr', 'gte', 60_000)) }),
        aTaskTemplate({ key: 'renew', due: { anchor: 'renewalDate', offset: -30, unit: 'calendar' } }),
      ],
    });
    await deliver('a', 20_000);
    await world.drain();
    expect(await tasks(world)).toEqual(['a grow open 2026-04-14 nobody', 'a renew open waits for renewalDate nobody']);
    await own('a', cora);
    await deliver('a', 70_000, { renewalDate: '2026-07-01' });
    await world.drain();
    expect(await tasks(world)).toEqual(['a grow done 2026-04-14 nobody', 'a renew open 2026-06-01 cora']);
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-06-09 50%']);
    await world.query(`UPDATE steward.task SET due_by_hand = TRUE, due_day = '2026-05-05' WHERE key = 'renew'`);
    await deliver('a', 71_000, { renewalDate: '2026-08-01' });
    await world.drain();
    expect(await tasks(world)).toContain('a renew open 2026-05-05 cora');
    await world.query(`UPDATE steward.task SET state = 'done', ended_day = '2026-04-10' WHERE key = 'renew'`);
    await world.refresh();
    expect(await goals(world)).toEqual(['a achieved 2026-04-10→2026-06-09 100% ended 2026-04-10 targetReached']);
  });

  it('go on by the version that they were started with, edited or deleted as their playbook may be', async () => {
    const id = await keepPlaybook(world, { target: toGrow, durationDays: 30, triggers: onSmall() });
    await deliver('a', 20_000);
    await world.drain();
    await publish(world, id, {
      name: 'Anew',
      target: { kind: 'tasks' },
      triggers,
      tasks: [aTaskTemplate({ key: 'new' })],
    });
    await world.query('UPDATE steward.playbook SET deleted_at = now()');
    await deliver('a', 60_000);
    await world.drain();
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-05-10 50%']);
    expect(await tasks(world)).toEqual(['a call open 2026-04-14 nobody']);
  });

  it('are not measured while what they aim at is gone, and nothing new aims at it', async () => {
    const gone = { kind: 'signal', field: 'own.gone', op: 'gte', value: 1 } as const;
    const id = await keepPlaybook(world, { target: gone, durationDays: 10, triggers: onSmall() });
    await deliver('a', 20_000);
    await world.drain();
    expect(await goals(world)).toEqual([]);
    await publish(world, id, { target: toGrow, durationDays: 10, triggers: onSmall() });
    await deliver('a', 80_000);
    await world.drain();
    await deliver('a', 20_000);
    await goTo(world, '2026-04-11');
    await world.query(`UPDATE steward.goal SET target = $1`, [JSON.stringify(gone)]);
    await world.refresh();
    expect(await goals(world)).toEqual(['a inProgress 2026-04-10→2026-04-20 0%']);
    await goTo(world, '2026-04-21');
    expect(await goals(world)).toEqual(['a missed 2026-04-10→2026-04-20 0% ended 2026-04-21']);
  });

  it('are cancelled with their open tasks when the account leaves the segment, where the playbook says so', async () => {
    await keepPlaybook(world, {
      target: toGrow,
      triggers: onSmall(),
      run: { ...run, cancelWhenConditionStops: true, cancelOpenTasks: true },
    });
    await deliver('a', 20_000);
    await world.drain();
    await deliver('a', 60_000);
    await world.drain();
    expect(await goals(world)).toEqual(['a cancelled 2026-04-10→2026-06-09 0% ended 2026-04-10 conditionStopped']);
    expect(await tasks(world)).toEqual(['a call cancelled 2026-04-14 nobody']);
  });

  it('start again on an account only after the days that the playbook names', async () => {
    const settings = { ...run, cancelWhenConditionStops: true, againAfterDays: 5 };
    await keepPlaybook(world, { target: toGrow, triggers: onSmall(), run: settings });
    for (const [day, arr] of [
      ['2026-04-10', 20_000],
      ['2026-04-11', 60_000],
      ['2026-04-13', 20_000],
      ['2026-04-14', 60_000],
      ['2026-04-16', 20_000],
    ] as const) {
      await goTo(world, day);
      await deliver('a', arr);
      await world.drain();
    }
    expect((await goals(world)).map((each) => each.split(' ').slice(0, 3).join(' '))).toEqual([
      'a cancelled 2026-04-10→2026-06-09',
      'a inProgress 2026-04-16→2026-06-15',
    ]);
  });

  it('start from an alert that opens, once, and not from one that was true at start', async () => {
    const rule = await keepRule(world, isSmall);
    const expired = await keepPlaybook(world, { target: toGrow, triggers: { ...triggers, alertRuleIds: [rule] } });
    await world.drain();
    await goTo(world, '2026-04-11');
    expect(await goals(world)).toEqual([]);
    await deliver('a', 20_000);
    await world.drain();
    await world.drain();
    expect(await goals(world)).toEqual(['a inProgress 2026-04-11→2026-06-10 0%']);
    const [goal] = await world.query('SELECT alert_id, started, playbook_id FROM steward.goal');
    const [alert] = await world.query(`SELECT id FROM steward.alert WHERE started = 'change'`);
    expect(goal).toEqual({ alert_id: alert.id, started: 'alert', playbook_id: expired });
    await world.query(`DELETE FROM steward.goal`);
    await world.drain();
    expect(await goals(world)).toEqual([]);
  });

  it('aim at a deal that is won after their start, and is not another goal’s', async () => {
    await keepPlaybook(world, { target: { kind: 'deal', dealKind: 'expansion' }, triggers: onSmall() });
    await deliver('a', 20_000);
    await world.drain();
    const win = (id: string, endedOn: string, goalId: string | null = null) =>
      world.query(
        `INSERT INTO steward.deal (account_id, id, kind, name, state, opened_on, ended_on, goal_id, observed_at, received_at)
         VALUES ($1, $2, 'expansion', 'Seats', 'won', '2026-01-01', $3, $4, now(), now())`,
        [accountIdOf('a'), id, endedOn, goalId],
      );
    await win('before', '2026-04-09');
    await win('anothers', '2026-04-10', '00000000-0000-4000-8000-000000000001');
    await win('to-come', '2026-04-12');
    await world.refresh();
    expect((await goals(world))[0]).toMatch(/^a inProgress/);
    await goTo(world, '2026-04-12');
    expect(await goals(world)).toEqual(['a achieved 2026-04-10→2026-06-09 0% ended 2026-04-12 targetReached']);
  });
});
