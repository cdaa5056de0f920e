import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { Replay } from '../../../apps/api/src/pipeline/run/replay.service.js';
import { insertRows } from '../../support/insert-rows.js';
import { alerts, keepRule } from '../alerts/alert-world.js';
import { anAccount, anEvent, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';

const isLarge = all(field('account.status', 'eq', 'customer'), field('account.arr', 'gte', 50_000));

describe('memberships of days past', () => {
  let world: PipelineWorld;
  let large: string;
  /** With its facts, and nothing computed. */
  let told: KeptWorld;
  /** With each of its days computed, today among them. */
  let known: KeptWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T08:00:00Z');
    large = await keep(isLarge);
    await deliver('steady', 90_000, '2026-03-01');
    await deliver('moving', 80_000, '2026-03-01');
    await deliver('moving', 20_000, '2026-04-05');
    await deliver('moving', 80_000, '2026-04-10');
    await deliver('moving', 20_000, '2026-04-12');
    told = await world.keep();
    world = await told.copy();
    await know();
    known = await world.keep();
  }, 60_000);
  afterEach(() => world.close());
  afterAll(async () => {
    await told?.close();
    await known?.close();
  });

  const keep = async (rule: Rule, of: 'account' | 'contact' = 'account') => {
    const id = randomUUID();
    const [{ version }] = await world.query(`SELECT nextval('steward.segment_rule_version')::int AS version`);
    const plain = { name: id, description: '', visibility: 'shared', revision: 1, created_at: new Date() };
    await insertRows(world.dataSource, 'segment', [
      { ...plain, id, of, rule, rule_version: version, updated_at: new Date() },
    ]);
    return id;
  };
  const deliver = (id: string, arr: number, day: string | null = null) =>
    world.deliver(anAccount(id, { arr: usd(arr), customerSince: '2024-01-01' }, day));
  const goTo = async (day: string) => {
    world.now = `${day}T08:00:00Z`;
    await world.closeDays();
    await world.drain();
  };
  const know = async () => {
    await world.backfill('2026-03-20', '2026-04-14', true);
    await world.drain();
  };
  const replay = (from: string, to = '2026-04-14', on = world) =>
    on.app.get(Replay, { strict: false }).run(toDay(from), toDay(to));
  const members = async (id = large) => {
    const rows = await world.query(
      `SELECT a.external_id AS account, m.since_day AS since, m.how FROM steward.segment_member m
       JOIN steward.account a ON a.id = m.account_id WHERE m.segment_id = $1 ORDER BY 1`,
      [id],
    );
    return rows.map(({ account, since, how }) => `${account} ${since} ${how}`);
  };
  const events = async (id = large) => {
    const rows = await world.query(
      `SELECT a.external_id AS account, e.kind, e.day, e.since_day AS since, e.leaf FROM steward.segment_event e
       JOIN steward.account a ON a.id = e.account_id WHERE e.segment_id = $1 ORDER BY e.day, 1`,
      [id],
    );
    return rows.map(({ account, kind, day, since, leaf }) =>
      kind === 'left' ? `${account} left ${day} since ${since} ${leaf}` : `${account} entered ${day} ${leaf}`,
    );
  };
  const sizes = async (id = large) => {
    const rows = await world.query('SELECT day, members FROM steward.segment_size WHERE segment_id = $1 ORDER BY 1', [
      id,
    ]);
    return rows.map(({ day, members: many }) => `${day.slice(8)}: ${many}`);
  };
  const exclude = (id: string, createdAt: string) =>
    insertRows(world.dataSource, 'segment_exclusion', [
      { account_id: accountIdOf(id), segment_id: large, reason: 'ours', created_at: createdAt },
    ]);

  it('begin as a baseline, come and go on their days by a condition, and lead to those of today', async () => {
    world = await known.copy();
    expect([await members(), await events()]).toEqual([['steady 2026-04-15 baseline'], []]);
    await replay('2026-04-02');
    const expected = [
      ['steady 2026-04-02 baseline'],
      [
        'moving left 2026-04-05 since 2026-04-02 1',
        'moving entered 2026-04-10 1',
        'moving left 2026-04-12 since 2026-04-10 1',
      ],
    ];
    expect([await members(), await events()]).toEqual(expected);
    expect(await sizes()).toEqual(
      '02: 2,03: 2,04: 2,05: 1,06: 1,07: 1,08: 1,09: 1,10: 2,11: 2,12: 1,13: 1,14: 1'.split(','),
    );
    await world.drain();
    await world.refresh();
    expect([await members(), await events()]).toEqual(expected);
  });

  it('tell of today what has come and gone since yesterday, though it is the first day that was lived through', async () => {
    world = await known.copy();
    await deliver('moving', 70_000);
    await deliver('steady', 1_000);
    await world.drain();
    expect([await members(), await events()]).toEqual([['moving 2026-04-15 baseline'], []]);
    await replay('2026-04-13', '2026-04-13');
    expect(await members()).toEqual(['moving 2026-04-15 rule']);
    expect(await events()).toEqual(['moving entered 2026-04-15 1', 'steady left 2026-04-15 since 2026-04-13 1']);
  });

  it('are the same when made twice, and by four at a time', async () => {
    world = await known.copy();
    await replay('2026-04-02');
    const made = async () =>
      JSON.stringify([
        await world.query('SELECT * FROM steward.segment_member ORDER BY account_id'),
        await world.query('SELECT * FROM steward.segment_event ORDER BY id'),
        await world.query('SELECT * FROM steward.segment_size ORDER BY day'),
      ]);
    const once = await made();
    await replay('2026-04-02');
    expect(await made()).toBe(once);
    const others = await Promise.all([world.another(), world.another(), world.another()]);
    await Promise.all([world, ...others].map((each) => replay('2026-04-02', '2026-04-14', each)));
    await Promise.all(others.map((each) => each.close()));
    expect(await made()).toBe(once);
  });

  it('are what rules of alerts and of other segments read of those days', async () => {
    world = await told.copy();
    const isNotIn: Rule = { kind: 'member', segment: large, is: false };
    const small = await keep(isNotIn);
    await keepRule(world, isNotIn, { cool_down_days: 1 });
    await know();
    await replay('2026-04-02');
    expect(await events(small)).toEqual([
      'moving entered 2026-04-05 0',
      'moving left 2026-04-10 since 2026-04-05 0',
      'moving entered 2026-04-12 0',
    ]);
    expect(await alerts(world)).toEqual([
      'moving cleared replay 2026-04-05→2026-04-11',
      'moving open replay 2026-04-12',
    ]);
  });

  it('keep who was in before, since then, and take up again who has left since', async () => {
    world = await told.copy();
    world.now = '2026-03-20T08:00:00Z';
    await world.drain();
    await goTo('2026-04-15');
    const lived = [await members(), await events()];
    expect(lived).toEqual([
      ['steady 2026-03-20 baseline'],
      [
        'moving left 2026-04-05 since 2026-03-20 1',
        'moving entered 2026-04-10 1',
        'moving left 2026-04-12 since 2026-04-10 1',
      ],
    ]);
    await replay('2026-04-03');
    expect([await members(), await events()]).toEqual(lived);
  });

  it('are refused where a person has kept an account out on these days; who was kept out before stays out', async () => {
    world = await known.copy();
    await exclude('steady', '2026-04-03T09:00:00Z');
    await expect(replay('2026-04-02')).rejects.toMatchObject({ code: 'PEOPLE_HAVE_ACTED' });
    await replay('2026-04-04');
    expect(await members()).toEqual([]);
    expect(await sizes()).toEqual('04: 1,05: 0,06: 0,07: 0,08: 0,09: 0,10: 1,11: 1,12: 0,13: 0,14: 0'.split(','));
  });

  it('do not know yet whom a person keeps out since today', async () => {
    world = await known.copy();
    await exclude('steady', '2026-04-15T07:00:00Z');
    await replay('2026-04-12');
    expect(await members()).toEqual([]);
    expect(await events()).toEqual(['steady left 2026-04-15 since 2026-04-12 null']);
  });

  it('are kept of contacts as well', async () => {
    world = await told.copy();
    const active = await keep(all({ kind: 'date', field: 'contact.lastActive', op: 'inLastDays', days: 7 }), 'contact');
    await world.deliver(anEvent('steady', '2026-03-30'), anEvent('steady', '2026-04-09'));
    await know();
    await replay('2026-04-02');
    expect(await events(active)).toEqual(['steady left 2026-04-06 since 2026-04-02 0', 'steady entered 2026-04-09 0']);
    expect(await members(active)).toEqual(['steady 2026-04-09 rule']);
  });

  it('stay as they are where the batch breaks off', async () => {
    world = await known.copy();
    await replay('2026-04-02');
    const before = [await members(), await events()];
    const stop = new AbortController();
    const half = (share: number) => share > 0.5 && stop.abort();
    const run = world.app
      .get(Replay, { strict: false })
      .run(toDay('2026-04-08'), toDay('2026-04-14'), { signal: stop.signal, onProgress: half });
    await expect(run).rejects.toThrow();
    expect([await members(), await events()]).toEqual(before);
  });
});
