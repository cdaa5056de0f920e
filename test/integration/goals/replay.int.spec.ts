import { BUILT_IN_ALERT_RULES } from '../../../apps/api/src/domain/alerts/built-in.js';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { factsByDay, sampleCompany } from '../../../apps/api/src/domain/sample/company.js';
import { Replay } from '../../../apps/api/src/pipeline/run/replay.service.js';
import { BuiltInAlertRulesRepository } from '../../../apps/api/src/records/alert-rules/built-in-alert-rules.repository.js';
import { PipelineWorld } from '../pipeline/pipeline-world.js';
import { keepPlaybook } from './goal-world.js';

const replay = (world: PipelineWorld, from: string, to: string) =>
  world.app.get(Replay, { strict: false }).run(toDay(from), toDay(to));

/** Every goal, task and event of a replay, as stored. */
async function stored(world: PipelineWorld): Promise<unknown[]> {
  const tables = ['goal', 'goal_event', 'task', 'task_event'];
  return Promise.all(tables.map((table) => world.query(`SELECT * FROM steward.${table} ORDER BY account_id, id`)));
}

describe('a hundred days of a sample company with playbooks that start by themselves', () => {
  let world: PipelineWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-06-15T08:00:00Z');
    const company = sampleCompany({ accounts: 12, months: 8, seed: 7, to: toDay('2026-06-14') });
    for (const { facts } of factsByDay(company)) if (facts.length > 0) await world.deliver(...facts);
    await world.unitOfWork.run((tx) =>
      new BuiltInAlertRulesRepository().addMissing(tx, BUILT_IN_ALERT_RULES, new Date('2026-06-15T08:00:00Z')),
    );
    const rules = await world.query('SELECT id FROM steward.alert_rule ORDER BY key');
    const alertRuleIds = rules.map(({ id }) => id);
    await keepPlaybook(world, {
      durationDays: 45,
      triggers: { segmentIds: [], alertRuleIds },
      tasks: [
        aTaskTemplate({ key: 'soon', due: { anchor: 'goalStart', offset: 3, unit: 'business' } }),
        aTaskTemplate({ key: 'late', due: { anchor: 'goalDue', offset: -1, unit: 'calendar' } }),
      ],
    });
    await world.backfill('2026-02-23', '2026-06-14', true);
    await replay(world, '2026-03-02', '2026-06-14');
  }, 300_000);
  afterAll(() => world?.close());

  it('starts goals on the days of their alerts, each with its tasks, and never two at a time', async () => {
    const [counts] = await world.query(
      `SELECT count(*)::int AS goals, count(DISTINCT status)::int AS statuses,
         (SELECT count(*)::int FROM steward.task) AS tasks,
         count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM steward.alert t WHERE t.account_id = g.account_id
           AND t.id = g.alert_id AND t.opened_day = g.start_day))::int AS strays
       FROM steward.goal g`,
    );
    expect(counts.goals).toBeGreaterThan(5);
    expect(counts).toMatchObject({ tasks: counts.goals * 2, strays: 0 });
    const together = await world.query(
      `SELECT x.id FROM steward.goal x JOIN steward.goal y ON y.account_id = x.account_id AND y.id <> x.id
         AND y.start_day >= x.start_day AND (x.ended_day IS NULL OR y.start_day < x.ended_day + 90)`,
    );
    expect(together).toEqual([]);
  });

  it('dates tasks as the calendar has it', async () => {
    const wrong = await world.query(
      `SELECT g.start_day, t.key, t.due_day FROM steward.goal g JOIN steward.task t ON t.goal_id = g.id
       WHERE t.due_day IS DISTINCT FROM CASE t.key WHEN 'late' THEN g.start_day + 44
         ELSE g.start_day + (ARRAY[3, 3, 5, 5, 5, 4, 3])[extract(isodow FROM g.start_day)::int] END`,
    );
    expect(wrong).toEqual([]);
  });

  it('ends them as missed on the day after they were due, where nothing was reached', async () => {
    const wrong = await world.query(
      `SELECT id FROM steward.goal WHERE status = 'missed' AND ended_day NOT IN (due_day + 1, due_day + 2)
         OR ended_day IS NULL AND due_day < '2026-06-14'`,
    );
    expect(wrong).toEqual([]);
  });

  it('tells nobody', async () => {
    expect(await world.query('SELECT id FROM steward.goal_event WHERE told_at IS NULL')).toEqual([]);
    expect(await world.query('SELECT id FROM steward.task_event WHERE told_at IS NULL')).toEqual([]);
  });

  it('comes to the same when it is made twice, and when four make it at once', async () => {
    const once = await stored(world);
    const others = [await world.another(), await world.another(), await world.another()];
    await Promise.all([world, ...others].map((each) => replay(each, '2026-03-02', '2026-06-14')));
    for (const other of others) await other.close();
    expect(await stored(world)).toEqual(once);
  }, 300_000);

  it('is refused where people have worked on a goal', async () => {
    await world.query(
      `INSERT INTO steward.goal_event (account_id, id, goal_id, kind, at, day, by_user_id)
       SELECT account_id, gen_random_uuid(), id, 'extended', now(), '2026-06-01', gen_random_uuid() FROM steward.goal LIMIT 1`,
    );
    await expect(replay(world, '2026-03-02', '2026-06-14')).rejects.toMatchObject({ code: 'PEOPLE_HAVE_ACTED' });
  });
});
