import { randomUUID } from 'node:crypto';
import type { StageSetBody } from '@steward/shared/lifecycle';
import { DEFAULT_STAGE_SET } from '../../../apps/api/src/domain/lifecycle/defaults.js';
import { field } from '../../../apps/api/src/domain/rule-builders.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { anAccount, anEvent, daysFrom, type KeptWorld, PipelineWorld, usd } from './pipeline-world.js';

const LAST = '2026-03-09';
/** The first day that a backfill of the last day alone walks through, and the close that it goes on from. */
const WALK_FIRST = '2026-02-07';
const SEED = '2026-02-06';

/** The first set, with some stages otherwise. */
function stagesWith(changes: Record<string, Partial<StageSetBody['stages'][number]>>): StageSetBody {
  return { ...DEFAULT_STAGE_SET, stages: DEFAULT_STAGE_SET.stages.map((one) => ({ ...one, ...changes[one.key] })) };
}
/** By mistake every customer is established. */
const TOO_LAX = stagesWith({ established: { rule: field('account.status', 'eq', 'customer') } });
const OTHER_EXPECTATION = stagesWith({ adoption: { label: 'Using', expectedDays: 60, stuckDays: 90 } });

async function publish(world: PipelineWorld, body: StageSetBody): Promise<void> {
  await world.query(`UPDATE steward.stage_set_version SET state = 'superseded'`);
  await world.query(
    `INSERT INTO steward.stage_set_version (version, state, body, created_at, published_at)
     SELECT max(version) + 1, 'published', $1::jsonb, $2, $2 FROM steward.stage_set_version`,
    [JSON.stringify(body), world.clock.at],
  );
}

async function lastDay(world: PipelineWorld): Promise<Record<string, any>> {
  const rows = await world.query(
    `SELECT a.name, s.stage, s.stage_since, s.band, s.band_since, s.tier_since
     FROM steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id WHERE s.day = $1`,
    [LAST],
  );
  return Object.fromEntries(rows.map(({ name, ...row }) => [name, row]));
}

describe('a backfill of a few days', () => {
  let kept: KeptWorld;
  let world: PipelineWorld;

  beforeAll(async () => {
    const past = await PipelineWorld.open('2026-03-10T08:00:00Z');
    const of = (id: string, customerSince: string) =>
      anAccount(id, { arr: usd(30_000), seats: 2, customerSince }, customerSince);
    await past.deliver(
      ...[of('steady', '2024-01-01'), of('silent', '2024-01-01'), of('young', '2026-01-20')],
      ...daysFrom('2025-10-01', LAST).map((day) => anEvent('steady', day)),
      ...daysFrom('2025-10-01', '2025-12-20').map((day) => anEvent('silent', day)),
      anEvent('young', '2026-01-20'),
    );
    await past.backfill('2025-12-01', LAST);
    kept = await past.keep();
  }, 60_000);
  afterAll(() => kept?.close());
  beforeEach(async () => {
    world = await kept.copy();
  });
  afterEach(() => world?.close());

  const again = () => world.backfill(LAST, LAST, true);

  it('carries on a stage that no rule tells any more, and for how long all of it has held', async () => {
    const before = await lastDay(world);
    expect(before).toMatchObject({ silent: { stage: 'established' }, young: { stage: 'onboarding' } });
    expect(before['silent'].stage_since < WALK_FIRST).toBe(true);
    await again();
    expect(await lastDay(world)).toEqual(before);
    // Names and expectations move nobody.
    await publish(world, OTHER_EXPECTATION);
    await again();
    expect(await lastDay(world)).toEqual(before);
  });

  it('carries on no stage of a set that moved accounts otherwise, and for how long one has held that it finds itself', async () => {
    const before = await lastDay(world);
    await publish(world, TOO_LAX);
    await world.backfill('2026-02-01', LAST, true);
    expect(await lastDay(world)).toMatchObject({ young: { stage: 'established' } });
    await publish(world, DEFAULT_STAGE_SET);
    await again();
    const { steady, silent, young } = await lastDay(world);
    expect(steady).toEqual(before['steady']);
    expect(young).toEqual({ ...before['young'], stage_since: WALK_FIRST });
    expect(silent.stage).not.toBe('established');
  });

  it('carries on the stage that a person gave, whatever the set', async () => {
    const lock = { id: randomUUID(), accountId: accountIdOf('young'), from: '2026-01-25', until: '2026-01-30' };
    await world.query(
      `INSERT INTO steward.stage_lock (account_id, id, stage, from_day, until_day, created_at)
       VALUES ($1, $2, 'adoption', $3, $4, $5)`,
      [lock.accountId, lock.id, lock.from, lock.until, world.clock.at],
    );
    await publish(world, stagesWith({ advocate: { rule: field('account.status', 'eq', 'prospect') } }));
    await world.backfill('2026-01-20', LAST, true);
    await publish(world, DEFAULT_STAGE_SET);
    await again();
    expect((await lastDay(world))['young']).toMatchObject({ stage: 'adoption', stage_since: lock.from });
  });

  it('goes on from nothing that late facts have touched', async () => {
    const before = await lastDay(world);
    await world.query(
      `UPDATE steward.account_snapshot SET stale = true, stage = 'churned', band_since = '2025-12-24'
       WHERE account_id = $1 AND day = $2`,
      [accountIdOf('steady'), SEED],
    );
    await again();
    const { steady, silent } = await lastDay(world);
    expect(steady).toMatchObject({ stage: 'established', stage_since: WALK_FIRST, band_since: WALK_FIRST });
    expect(silent).toEqual(before['silent']);
  });
});
