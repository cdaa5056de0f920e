import type { ScoreChange } from '@steward/shared/health';
import { AccountHealthService } from '../../../apps/api/src/desk/account-page/account-health.service.js';
import { addDays, isoOf, toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { toHundredths } from '../../../apps/api/src/domain/health/points.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { Scope } from '../../../apps/api/src/platform/auth/scope.js';
import { publishOtherWeights } from './other-weights.js';
import { anAccount, anEvent, aPulse, aTicket, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

const FIRST = '2026-03-01';
const CHURNED = '2026-03-10';
const PUBLISHED = '2026-03-20';
const RETURNED = '2026-03-25';
const LAST = '2026-04-05';

/** Accounts that fade; one of them is away while a new version of the profiles is published. */
describe('a new profile version', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open(`${FIRST}T08:00:00Z`);
    for (const day of daysFrom(FIRST, LAST)) {
      world.now = `${day}T08:00:00Z`;
      await world.closeDays();
      const index = toDay(day) - toDay(FIRST);
      if (index === 0) {
        for (const id of ['staying', 'away']) {
          await world.deliver(anAccount(id, { arr: usd(30_000), seats: 2, customerSince: '2025-01-01' }, '2026-01-01'));
        }
      }
      const rows = ['staying', 'away'].flatMap((id) => [
        ...(index % 2 === 0 ? [anEvent(id, day)] : []),
        ...(index % 6 === 0 ? [aTicket(id, `t${index}`, day)] : []),
        ...(index % 9 === 2 ? [aPulse(id, day, 6 - (index % 5))] : []),
      ]);
      if (day === CHURNED) rows.push(anAccount('away', { status: 'churned', churnedOn: day }, day));
      if (day === RETURNED) rows.push(anAccount('away', { status: 'customer', churnedOn: null }, day));
      if (day === PUBLISHED) await publishOtherWeights(world);
      await world.deliver(...rows);
      await world.drain();
    }
  }, 120_000);
  afterAll(() => world.close());

  function changes(id: string, from: string, to: string): Promise<ScoreChange> {
    const scope = Scope.system('spec');
    return world.app.get(AccountHealthService, { strict: false }).changes(scope, accountIdOf(id), { from, to });
  }

  it('is the model’s part of what changed, and the rest is health.change', async () => {
    const compared: number[] = [];
    for (const id of ['staying', 'away']) {
      for (const to of daysFrom('2026-03-31', LAST)) {
        const [row] = await world.query(
          'SELECT health_change FROM steward.account_snapshot WHERE account_id = $1 AND day = $2',
          [accountIdOf(id), to],
        );
        const change = await changes(id, isoOf(addDays(toDay(to), -30)), to);
        expect(change.model).not.toBe(0);
        expect(toHundredths(change.total) - toHundredths(change.model)).toBe(toHundredths(row.health_change));
        compared.push(row.health_change);
      }
    }
    expect(new Set(compared).size).toBeGreaterThan(3);
  });

  it('says the same when late facts rebuild the days from a time without a score on', async () => {
    const of = () =>
      world.query(
        `SELECT day, score, model_change, health_change FROM steward.account_snapshot WHERE account_id = $1 ORDER BY day`,
        [accountIdOf('away')],
      );
    const before = await of();
    expect(before.find(({ day }) => day === RETURNED).model_change).not.toBe(0);
    await world.query('DELETE FROM steward.stale_account');
    await world.query(
      `INSERT INTO steward.stale_account (account_id, from_day, token, marked_at)
       VALUES ($1, $2, gen_random_uuid(), '2026-01-01')`,
      [accountIdOf('away'), '2026-03-22'],
    );
    expect(await world.rebuildLate()).toBe(1);
    expect(await of()).toEqual(before);
  });
});
