import { DEFAULT_STAGE_SET } from '../../../apps/api/src/domain/lifecycle/defaults.js';
import { all, any, field, not } from '../../../apps/api/src/domain/rule-builders.js';
import { DEFAULT_TIER_SET } from '../../../apps/api/src/domain/tiers/defaults.js';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { anAccount, usd } from '../pipeline/pipeline-world.js';
import { flowsBetween, ModelWorld } from './model-world.js';

const STATUSES = ['customer', 'customer', 'customer', 'trial', 'prospect', 'churned'] as const;
const ARR = [1_000, 6_000, 30_000, 120_000, 90_000, null] as const;

const name = (n: number) => `A${n}`;
const statusOf = (n: number) => STATUSES[n % STATUSES.length]!;
const arrOf = (n: number, day = 0) => {
  const major = ARR[(n * 7 + day * (n % 3)) % ARR.length]!;
  return major === null ? null : usd(major + n);
};
const account = (n: number, day = 0, fields: object = {}): FactRow =>
  anAccount(name(n), {
    status: statusOf(n),
    arr: arrOf(n, day),
    customerSince: statusOf(n) === 'customer' ? `2025-0${1 + (n % 9)}-01` : null,
    ...fields,
  });

const told = (flows: { from: string | null; to: string | null; accounts: number }[]) =>
  Object.fromEntries(flows.map(({ from, to, accounts }) => [`${from} → ${to}`, accounts]));

describe('dry runs of tiers and stages', () => {
  let world: ModelWorld;
  const numbers = Array.from({ length: 42 }, (_, n) => n);

  beforeAll(async () => {
    world = await ModelWorld.start('2026-04-08T09:00:00Z');
    await world.deliver(...numbers.map((n) => account(n)));
    await world.refresh();
    for (const day of [1, 2, 3, 4]) await world.nextDay(...numbers.filter((n) => n % 2).map((n) => account(n, day)));
    for (const n of [2, 8]) {
      const base = `/api/v1/accounts/${world.idOf(name(n))}`;
      const reason = 'agreed with the customer';
      const tier = await world.admin.put(`${base}/tier`, {
        tier: n === 2 ? 'T2' : 'T1',
        reason,
        untilDay: '2026-06-30',
      });
      const stage = await world.admin.put(`${base}/stage`, { stage: 'established', reason });
      expect([tier, stage]).toMatchObject([{ status: 204 }, { status: 204 }]);
    }
    await world.refresh();
  }, 180_000);
  afterAll(() => world?.server.close());

  const tierSets = {
    'lower thresholds': () => setOf([80_000, 20_000, 1_000]),
    'higher thresholds, which fall after the hold only': () => setOf([500_000, 100_000, 50_000]),
    'no hold': () => ({ ...setOf([500_000, 100_000, 50_000]), holdDays: 1 }),
    'a short hold': () => ({ ...setOf([95_000, 40_000, 2_000]), holdDays: 3 }),
    'a tier that vanishes': () => {
      const [first, , third, last] = DEFAULT_TIER_SET.tiers as [any, any, any, any];
      return { ...DEFAULT_TIER_SET, tiers: [first, third, last] };
    },
    'other names altogether': () => ({
      ...DEFAULT_TIER_SET,
      tiers: DEFAULT_TIER_SET.tiers.map((tier) => ({ ...tier, key: `N${tier.key}`, label: `New ${tier.label}` })),
    }),
    'a single tier': () => ({ ...DEFAULT_TIER_SET, tiers: DEFAULT_TIER_SET.tiers.slice(-1) }),
  };
  const setOf = (thresholds: number[]) => ({
    ...DEFAULT_TIER_SET,
    tiers: DEFAULT_TIER_SET.tiers.map((tier, place) => {
      const least = thresholds[place];
      return least === undefined ? tier : { ...tier, rule: field('account.arr', 'gte', least) };
    }),
  });

  it.each(Object.entries(tierSets))('tiers: %s: accounts go where the dry run said, and come back', async (_, body) => {
    const before = await world.now('tier');
    const rawBefore = await world.now('raw_tier');
    const { version } = (await world.admin.get('/api/v1/tiers')).body;
    const tried = await world.dryRun('tiers', body());
    expect(tried.accounts).toBe(before.size);
    expect(await world.now('tier')).toEqual(before);

    const published = await world.publish('tiers', body());
    const after = await world.now('tier');
    expect(told(tried.flows)).toEqual(flowsBetween(before, after));
    const moved = [...before].filter(([id, tier]) => after.get(id) !== tier).map(([id]) => id);
    expect(tried.moving.accounts).toBe(moved.length);
    const rows = tried.rows.filter(({ how }: { how: string }) => how !== 'held');
    expect(rows.map(({ id }: { id: string }) => id).sort()).toEqual(moved.sort());
    for (const row of tried.rows) expect(after.get(row.id)).toBe(row.to);
    for (const row of tried.rows) expect((row.fallsOn === null) === (row.how !== 'held')).toBe(true);
    for (const tier of tried.tiers) {
      expect([...after.values()].filter((each) => each === tier.key).length).toBe(tier.after.accounts);
      expect([...before.values()].filter((each) => each === tier.key).length).toBe(tier.now.accounts);
    }

    await world.rollBack('tiers', version, published);
    expect(await world.now('tier')).toEqual(before);
    expect(await world.now('raw_tier')).toEqual(rawBefore);
  });

  /** The rows behind a cell, read from `offset` on. */
  const behind = async (base: string, body: unknown, cell: object): Promise<any[]> =>
    (await world.admin.post(`/api/v1/${base}/dry-run`, { body, cell })).body.rows;

  it.each(['no hold', 'a tier that vanishes', 'a short hold'] as const)(
    'tiers: %s: each cell opens all of its accounts, page after page',
    async (name) => {
      const body = tierSets[name]();
      const tried = await world.dryRun('tiers', body);
      const cells = { once: tried.flows, rules: tried.rawFlows };
      for (const by of ['once', 'rules'] as const) {
        for (const { from, to, accounts } of cells[by]) {
          const rows = await behind('tiers', body, { by, from, to });
          expect(rows).toHaveLength(accounts);
          for (const row of rows) {
            expect(by === 'once' ? [row.from, row.to] : [row.rawFrom, row.rawTo]).toEqual([from, to]);
          }
          expect(await behind('tiers', body, { by, from, to, offset: 1 })).toEqual(rows.slice(1));
        }
      }
    },
  );

  it('stages: each cell opens its accounts, page after page', async () => {
    const body = stageSets['by tier']();
    const moves = (await world.dryRun('stages', body)).flows.filter(({ from, to }: any) => from !== to);
    expect(moves.length).toBeGreaterThan(0);
    for (const { from, to, accounts } of moves) {
      const rows = await behind('stages', body, { from, to });
      expect(rows.map((row) => [row.from, row.to])).toEqual(new Array(accounts).fill([from, to]));
      expect(await behind('stages', body, { from, to, offset: accounts })).toEqual([]);
    }
  });

  it('tiers: says what an account falls to, and when, once the days are over that it is held', async () => {
    const { rows, held } = await world.dryRun('tiers', setOf([500_000, 100_000, 50_000]));
    expect(held).toMatchObject({ holdDays: 30 });
    const [largest] = rows;
    // 120,000 are T1 today, and have been for the last time yesterday, 12 April being the first day under the new set.
    expect(largest).toMatchObject({
      how: 'held',
      from: 'T1',
      to: 'T1',
      rawTo: 'T2',
      fallsTo: 'T2',
      fallsOn: '2026-05-11',
    });
    const sizes = rows.map(({ arrMinor }: { arrMinor: number | null }) => arrMinor ?? -1);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('tiers: those set by hand stay, and are counted apart; without their tier the rules decide again', async () => {
    expect(await world.dryRun('tiers', setOf([500_000, 100_000, 50_000]))).toMatchObject({
      byHand: { accounts: 2 },
      byHandVanishing: { accounts: 0 },
    });
    const without = await world.dryRun('tiers', tierSets['a tier that vanishes']());
    expect(without).toMatchObject({ byHand: { accounts: 1 }, byHandVanishing: { accounts: 1 } });
    expect(without.problems).toContainEqual({
      severity: 'warning',
      path: '',
      code: 'TIER_IN_USE',
      message: 'the tier T2 goes, which 1 account was given by hand: the rules decide about it again',
    });
  });

  const stageSets = {
    'adoption for all that are large': () =>
      withStage('adoption', { rule: any(field('account.arr', 'gte', 20_000), field('account.status', 'eq', 'trial')) }),
    'nobody is established': () => withStage('established', { rule: any() }),
    'established falls back': () => withStage('established', { rule: any(), fallsBackTo: ['onboarding', 'adoption'] }),
    'no adoption': () => without('adoption', {}),
    'only those who were customers': () => ({
      stages: [
        {
          key: 'onboarding',
          label: 'Customers',
          rule: not(field('account.status', 'in', ['prospect', 'trial'])),
          expectedDays: null,
          stuckDays: null,
          fallsBackTo: [],
        },
      ],
      onStatus: { trial: 'onboarding', churned: 'onboarding', reactivated: 'onboarding' },
    }),
    'by tier': () => withStage('advocate', { rule: all(field('tier', 'eq', 'T1')) }),
  };
  const withStage = (key: string, fields: object) => ({
    ...DEFAULT_STAGE_SET,
    stages: DEFAULT_STAGE_SET.stages.map((stage) => (stage.key === key ? { ...stage, ...fields } : stage)),
  });
  const without = (key: string, onStatus: object) => ({
    onStatus: { ...DEFAULT_STAGE_SET.onStatus, ...onStatus },
    stages: DEFAULT_STAGE_SET.stages.filter((stage) => stage.key !== key),
  });

  it.each(Object.entries(stageSets))(
    'stages: %s: accounts go where the dry run said, and come back',
    async (_, body) => {
      const before = await world.now('stage');
      const { version } = (await world.admin.get('/api/v1/stages')).body;
      const tried = await world.dryRun('stages', body());
      const published = await world.publish('stages', body());
      const after = await world.now('stage');
      expect(told(tried.flows)).toEqual(flowsBetween(before, after));
      const moved = [...before].filter(([id, stage]) => after.get(id) !== stage).map(([id]) => id);
      expect(tried.rows.map(({ id }: { id: string }) => id).sort()).toEqual(moved.sort());
      expect(tried.moving.accounts).toBe(moved.length);
      const keys = body().stages.map(({ key }) => key);
      for (const stage of after.values()) expect(keys).toContain(stage);
      await world.rollBack('stages', version, published);
      expect(await world.now('stage')).toEqual(before);
    },
  );

  it('stages: says who is locked, held back, and named by no rule', async () => {
    const tried = await world.dryRun('stages', stageSets['no adoption']());
    expect(tried).toMatchObject({ locked: { accounts: 2 }, lockedVanishing: { accounts: 0 } });
    const empty = await world.dryRun('stages', stageSets['only those who were customers']());
    expect(empty.lockedVanishing.accounts).toBe(2);
    expect(empty.unmatched.accounts).toBeGreaterThan(0);
    expect(empty.stages.at(-1)).toMatchObject({ key: 'churned', vanishes: true, after: { accounts: 0 } });
  });

  it('leaves closed days as they were computed', async () => {
    const snapshots = () =>
      world.query(`SELECT account_id, day, tier, stage, score FROM steward.account_snapshot
        WHERE day < '2026-04-12' ORDER BY account_id, day`);
    const before = await snapshots();
    expect(before.length).toBeGreaterThan(100);
    const { version } = (await world.admin.get('/api/v1/tiers')).body;
    const published = await world.publish('tiers', tierSets['a single tier']());
    expect(await snapshots()).toEqual(before);
    await world.rollBack('tiers', version, published);
  });

  it('refuses a set that is not whole, with the place', async () => {
    const body = { ...DEFAULT_TIER_SET, tiers: DEFAULT_TIER_SET.tiers.map((tier) => ({ ...tier, label: '' })) };
    const answer = await world.admin.post('/api/v1/tiers/dry-run', { body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'DRAFT_NOT_VALID' } });
    expect(answer.body.details[0].path).toBe('tiers.0.label');
  });
});
