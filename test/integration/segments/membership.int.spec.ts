import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { insertRows } from '../../support/insert-rows.js';
import { anAccount, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';

const isLarge = all(field('account.status', 'eq', 'customer'), field('account.arr', 'gte', 50_000));

describe('membership of segments', () => {
  let world: PipelineWorld;
  let large: string;
  let begun: KeptWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-10T08:00:00Z');
    large = await keep(isLarge);
    await deliver('small', 10_000);
    await deliver('large', 80_000);
    await world.drain();
    await goTo('2026-04-15');
    begun = await world.keep();
  }, 60_000);
  beforeEach(async () => {
    world = await begun.copy();
  });
  afterEach(() => world.close());
  afterAll(() => begun?.close());

  const keep = async (rule: Rule, id: string = randomUUID(), of: 'account' | 'contact' = 'account') => {
    const [{ version }] = await world.query(`SELECT nextval('steward.segment_rule_version')::int AS version`);
    await insertRows(world.dataSource, 'segment', [
      {
        id,
        name: 'Large',
        description: '',
        of,
        rule,
        visibility: 'shared',
        rule_version: version,
        revision: 1,
        created_at: new Date(),
        updated_at: new Date(),
      },
    ]);
    return id;
  };
  const change = (id: string, rule: Rule) =>
    world.query(
      `UPDATE steward.segment SET rule = $2, rule_version = nextval('steward.segment_rule_version') WHERE id = $1`,
      [id, JSON.stringify(rule)],
    );
  const deliver = (id: string, arr: number) =>
    world.deliver(anAccount(id, { arr: usd(arr), customerSince: '2024-01-01' }));
  const goTo = async (day: string) => {
    world.now = `${day}T08:00:00Z`;
    await world.closeDays();
    await world.drain();
  };
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
      `SELECT a.external_id AS account, e.kind, e.day, e.leaf FROM steward.segment_event e
       JOIN steward.account a ON a.id = e.account_id WHERE e.segment_id = $1 ORDER BY e.day, 1`,
      [id],
    );
    return rows.map(({ account, kind, day, leaf }) => `${account} ${kind} ${day} ${leaf}`);
  };

  it('takes what it finds on the first day without an event', async () => {
    expect(await members()).toEqual(['large 2026-04-10 baseline']);
    expect(await events()).toEqual([]);
  });

  it('tells of who comes and goes, when, and by which condition', async () => {
    await deliver('small', 60_000);
    await deliver('large', 20_000);
    await world.drain();
    expect(await members()).toEqual(['small 2026-04-15 rule']);
    expect(await events()).toEqual(['large left 2026-04-15 1', 'small entered 2026-04-15 1']);
    const [left] = await world.query(`SELECT since_day, how FROM steward.segment_event WHERE kind = 'left'`);
    expect(left).toEqual({ since_day: '2026-04-10', how: 'baseline' });
  });

  it('is the same however often a day is computed, and by whatever ways it came there', async () => {
    await deliver('small', 60_000);
    await deliver('large', 20_000);
    await world.drain();
    await deliver('large', 90_000);
    await world.drain();
    expect(await members()).toEqual(['large 2026-04-10 baseline', 'small 2026-04-15 rule']);
    expect(await events()).toEqual(['small entered 2026-04-15 1']);
    await world.refresh();
    await world.refresh();
    expect(await events()).toEqual(['small entered 2026-04-15 1']);
    await deliver('small', 1_000);
    await goTo('2026-04-16');
    expect(await members()).toEqual(['large 2026-04-10 baseline']);
    expect(await events()).toEqual([]);
  });

  it('makes every account due when a segment is new or its rule has changed, and tells of nobody then', async () => {
    const small = await keep(field('account.arr', 'lt', 50_000));
    await world.drain();
    expect(await members(small)).toEqual(['small 2026-04-15 baseline']);
    await change(large, field('account.arr', 'gte', 5_000));
    await world.drain();
    expect(await members()).toEqual(['large 2026-04-10 baseline', 'small 2026-04-15 baseline']);
    await change(large, field('account.arr', 'gte', 500_000));
    await world.drain();
    expect(await members()).toEqual([]);
    expect([...(await events()), ...(await events(small))]).toEqual([]);
  });

  it('lets an account that is new enter what it meets', async () => {
    await deliver('newcomer', 70_000);
    await world.drain();
    expect(await members()).toEqual(['large 2026-04-10 baseline', 'newcomer 2026-04-15 rule']);
    expect(await events()).toEqual(['newcomer entered 2026-04-15 null']);
  });

  it('keeps out whom a person has excluded, until the day', async () => {
    const exclusion = { account_id: accountIdOf('large'), segment_id: large, reason: 'ours', until_day: '2026-04-15' };
    await insertRows(world.dataSource, 'segment_exclusion', [{ ...exclusion, created_at: new Date() }]);
    await world.refresh();
    expect(await members()).toEqual([]);
    expect(await events()).toEqual(['large left 2026-04-15 null']);
    await goTo('2026-04-16');
    expect(await members()).toEqual(['large 2026-04-16 rule']);
    expect(await events()).toEqual(['large left 2026-04-15 null', 'large entered 2026-04-16 null']);
  });

  it('follows the segments that its rule reads, within the same run', async () => {
    const others = await keep({ kind: 'member', segment: large, is: false }, 'ffffffff-0000-4000-8000-000000000000');
    const again = await keep({ kind: 'member', segment: others, is: true }, '00000000-0000-4000-8000-000000000000');
    await world.drain();
    expect([await members(others), await members(again)]).toEqual([
      ['small 2026-04-15 baseline'],
      ['small 2026-04-15 baseline'],
    ]);
    await goTo('2026-04-16');
    await deliver('small', 60_000);
    await world.drain();
    expect([await members(others), await members(again)]).toEqual([[], []]);
    expect(await events(again)).toEqual(['small left 2026-04-16 0']);
  });

  it('stays as it is while past days are walked through', async () => {
    await deliver('small', 60_000);
    await world.drain();
    const stands = [await members(), await events()];
    await world.backfill('2026-04-01', '2026-04-14', true);
    expect([await members(), await events()]).toEqual(stands);
  });

  it('forgets the members of a segment that is gone', async () => {
    await keep(isLarge);
    await world.drain();
    await world.query('DELETE FROM steward.segment WHERE id = $1', [large]);
    await world.refresh();
    expect(await members()).toEqual([]);
  });

  it('keeps contacts likewise: the same however often a day is computed, with the condition that turned', async () => {
    const [ada, bo] = [randomUUID(), randomUUID()];
    const isActive: Rule = all({ kind: 'date', field: 'contact.lastActive', op: 'inLastDays', days: 28 });
    const active = await keep(isActive, randomUUID(), 'contact');
    const contact = (id: string, last_seen: string) => ({ account_id: accountIdOf('small'), id, last_seen });
    await insertRows(world.dataSource, 'contact', [contact(ada, '2026-04-01'), contact(bo, '2025-12-01')]);
    await world.drain();
    const inIt = async () =>
      (
        await world.query(`SELECT contact_id AS id, since_day, how FROM steward.segment_member WHERE segment_id = $1`, [
          active,
        ])
      )
        .map(({ id, since_day, how }) => `${id === ada ? 'ada' : 'bo'} ${since_day} ${how}`)
        .sort();
    const told = async () =>
      (
        await world.query(
          `SELECT contact_id AS id, kind, day, condition FROM steward.segment_event WHERE segment_id = $1`,
          [active],
        )
      )
        .map(
          ({ id, kind, day, condition }) => `${id === ada ? 'ada' : 'bo'} ${kind} ${day} ${condition?.field ?? null}`,
        )
        .sort();
    expect([await inIt(), await told()]).toEqual([['ada 2026-04-15 baseline'], []]);
    await world.query(`UPDATE steward.contact SET last_seen = '2026-04-15' WHERE id = $1`, [bo]);
    for (let time = 0; time < 3; time += 1) await world.refresh();
    expect(await inIt()).toEqual(['ada 2026-04-15 baseline', 'bo 2026-04-15 rule']);
    expect(await told()).toEqual(['bo entered 2026-04-15 contact.lastActive']);
    await world.query(`UPDATE steward.contact SET last_seen = '2025-12-01' WHERE id = $1`, [bo]);
    await world.refresh();
    expect([await inIt(), await told()]).toEqual([['ada 2026-04-15 baseline'], []]);
    await goTo('2026-04-29');
    expect([await inIt(), await told()]).toEqual([[], ['ada left 2026-04-29 contact.lastActive']]);
  });

  it('keeps its members where the catalogue no longer knows a field of its rule', async () => {
    await world.query(`UPDATE steward.segment SET rule = $2 WHERE id = $1`, [
      large,
      JSON.stringify(field('own.gone', 'gt', 1)),
    ]);
    await world.refresh();
    expect(await members()).toEqual(['large 2026-04-10 baseline']);
  });
});
