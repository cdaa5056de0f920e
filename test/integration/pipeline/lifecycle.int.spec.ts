import { AccountPageService } from '../../../apps/api/src/desk/account-page/account-page.service.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { Scope } from '../../../apps/api/src/platform/auth/scope.js';
import { anAccount, anEvent, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

describe('an account that churned and came back', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-01-10T08:00:00Z');
    const since = { arr: usd(50_000), seats: 2, customerSince: '2020-01-01' };
    await world.deliver(anAccount('acme', since), anAccount('loyal', since));
    const active = daysFrom('2025-12-01', '2026-04-30');
    await world.deliver(...active.slice(0, 41).flatMap((day) => [anEvent('acme', day), anEvent('loyal', day)]));
    await world.drain();
    await dayWith('2026-01-11', anAccount('acme', { status: 'churned', churnedOn: '2026-01-11' }, '2026-01-11'));
    await dayWith('2026-02-01', anAccount('acme', { status: 'customer' }, '2026-02-01'));
    for (const day of daysFrom('2026-02-02', '2026-03-05'))
      await dayWith(day, anEvent('acme', day), anEvent('loyal', day));
  }, 120_000);
  afterAll(() => world?.close());

  async function dayWith(day: string, ...rows: Parameters<PipelineWorld['deliver']>): Promise<void> {
    world.now = `${day}T08:00:00Z`;
    await world.closeDays();
    await world.deliver(...rows);
    await world.drain();
  }

  const movesOf = (id: string) =>
    world.query(
      `SELECT m.moved_on AS "on", m.to_stage AS "to", m.reason FROM steward.stage_move m
       JOIN steward.account a ON a.id = m.account_id WHERE a.external_id = $1 ORDER BY m.moved_on`,
      [id],
    );

  it('is onboarded anew for thirty days although it is active and customer since has not moved', async () => {
    expect(await movesOf('acme')).toEqual([
      { on: '2026-01-10', to: 'established', reason: 'rule' },
      { on: '2026-01-11', to: 'churned', reason: 'status' },
      { on: '2026-02-01', to: 'onboarding', reason: 'status' },
      { on: '2026-03-04', to: 'adoption', reason: 'rule' },
    ]);
    expect(await world.state('acme')).toMatchObject({ customer_since: '2020-01-01' });
  });

  it('is no reason to move one that never left', async () => {
    expect(await movesOf('loyal')).toEqual([{ on: '2026-01-10', to: 'established', reason: 'rule' }]);
  });
});

describe('an account that was first heard of as a new customer', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-01-10T08:00:00Z');
    await world.deliver(anAccount('acme', { arr: usd(50_000), customerSince: '2026-01-05' }, '2026-01-05'));
    await world.drain();
    await world.backfill('2025-12-20', '2026-01-09');
  }, 60_000);
  afterAll(() => world?.close());

  it('was nobody’s customer before, and is in onboarding from its first day on', async () => {
    const days = await world.query(
      `SELECT to_char(min(day), 'MM-DD') AS "from", status, stage, min(stage_since)::text AS since, count(score)::int AS scores
       FROM steward.account_snapshot GROUP BY status, stage ORDER BY min(day)`,
    );
    expect(days).toMatchObject([
      { from: '12-20', status: 'prospect', stage: 'prospect', scores: 0 },
      { from: '01-05', status: 'customer', stage: 'onboarding', since: '2026-01-05' },
    ]);
  });
});

describe('a stage that a person locked', () => {
  let world: PipelineWorld;

  beforeEach(async () => {
    world = await PipelineWorld.open('2026-01-10T08:00:00Z');
    await world.deliver(anAccount('acme', { arr: usd(50_000), seats: 2, customerSince: '2020-01-01' }, '2026-01-01'));
    await world.deliver(...daysFrom('2025-12-01', '2026-01-10').map((day) => anEvent('acme', day)));
    await world.drain();
    await world.query(
      `INSERT INTO steward.stage_lock (account_id, id, stage, reason, from_day, created_at)
       VALUES ($1, gen_random_uuid(), 'adoption', 'Not there yet', '2026-01-10', '2026-01-10T09:00:00Z')`,
      [accountIdOf('acme')],
    );
    await goTo('2026-01-11');
    await goTo('2026-01-12');
  }, 60_000);
  afterEach(() => world.close());

  const goTo = async (day: string) => {
    world.now = `${day}T08:00:00Z`;
    await world.closeDays();
    await world.drain();
  };
  const hears = async (status: 'churned' | 'customer' | 'trial', effectiveOn: string, at: string) => {
    world.now = at;
    const churnedOn = status === 'churned' ? effectiveOn : null;
    await world.deliver(anAccount('acme', { status, churnedOn }, effectiveOn));
    await world.drain();
  };
  const stages = async () => (await world.snapshots()).map(({ day, stage }) => `${day.slice(8)} ${stage}`);
  const shownLock = async () => {
    const page = world.app.get(AccountPageService, { strict: false });
    return (await page.detail(Scope.system('spec'), accountIdOf('acme'), undefined)).stageLock?.stage ?? null;
  };

  it('is overridden by a change of status, for good', async () => {
    await hears('churned', '2026-01-12', '2026-01-12T09:00:00Z');
    expect(await shownLock()).toBeNull();
    await goTo('2026-01-13');
    await hears('customer', '2026-01-13', '2026-01-13T09:00:00Z');
    await goTo('2026-01-14');
    expect(await stages()).toEqual(['10 adoption', '11 adoption', '12 churned', '13 onboarding', '14 onboarding']);
    expect(await shownLock()).toBeNull();
  });

  it('holds again when the change of status is taken back on the same day', async () => {
    await hears('churned', '2026-01-12', '2026-01-12T09:00:00Z');
    expect(await stages()).toEqual(['10 adoption', '11 adoption', '12 churned']);
    await hears('customer', '2026-01-12', '2026-01-12T10:00:00Z');
    expect(await stages()).toEqual(['10 adoption', '11 adoption', '12 adoption']);
    expect(await shownLock()).toBe('adoption');
    await goTo('2026-01-13');
    expect((await stages()).at(-1)).toBe('13 adoption');
  });

  it('is overridden by a change of status that is heard of late, and holds again when that was wrong', async () => {
    await goTo('2026-01-14');
    await world.query('DELETE FROM steward.stale_account');
    await hears('trial', '2026-01-12', '2026-01-14T09:00:00Z');
    expect(await world.rebuildLate()).toBe(1);
    expect(await stages()).toEqual(['10 adoption', '11 adoption', '12 trial', '13 trial', '14 trial']);
    expect(await shownLock()).toBeNull();

    await hears('customer', '2026-01-12', '2026-01-14T10:00:00Z');
    expect(await world.rebuildLate()).toBe(1);
    expect(await stages()).toEqual(['10 adoption', '11 adoption', '12 adoption', '13 adoption', '14 adoption']);
    expect(await shownLock()).toBe('adoption');
  });
});
