import { AccountHealthService } from '../../../apps/api/src/desk/account-page/account-health.service.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import type { Actor } from '../../../apps/api/src/platform/auth/principal.js';
import { Scope } from '../../../apps/api/src/platform/auth/scope.js';
import { QuietPeriodsService } from '../../../apps/api/src/records/workspace/quiet-periods.service.js';
import { anAccount, anAnswer, anEvent, aPulse, aTicket, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

const admin: Actor = { kind: 'system', id: null, name: 'spec' };
const christmas = { name: 'Christmas', fromDay: '2025-12-22', toDay: '2026-01-02' };

/** An account that fell silent more than 28 days ago, beside one that is active. */
describe('quiet periods of the workspace', () => {
  let world: PipelineWorld;
  beforeEach(async () => {
    world = await PipelineWorld.open('2025-12-20T08:00:00Z');
    const base = { arr: usd(30_000), seats: 1, customerSince: '2024-01-01' };
    const lastSeen = daysFrom('2025-10-20', '2025-11-20').map((day) => anEvent('silent', day));
    const seen = daysFrom('2025-11-20', '2025-12-20').map((day) => anEvent('active', day));
    await world.deliver(anAccount('silent', base, '2025-01-01'), anAccount('active', base, '2025-01-01'));
    // But for its silence it is well: it answers, is content, and asks for nothing.
    const well = [
      aPulse('silent', '2025-12-20', 6),
      anAnswer('silent', '2025-12-18', 10),
      aTicket('active', 't', '2025-12-18'),
    ];
    await world.deliver(...lastSeen, ...seen, ...well, aPulse('active', '2025-12-20', 1));
    await world.drain();
  }, 60_000);
  afterEach(() => world.close());

  const periods = () => world.app.get(QuietPeriodsService, { strict: false });
  const reasons = async (id: string, asOf?: string) => {
    const health = world.app.get(AccountHealthService, { strict: false });
    const found = await health.explanation(Scope.system('spec'), accountIdOf(id), asOf);
    return {
      score: found.score,
      limits: found.limits.map(({ key }) => key),
      leftOut: found.leftOut.map(({ key, quietPeriod }) => [key, quietPeriod]),
    };
  };
  const goTo = async (day: string) => {
    world.now = `${day}T08:00:00Z`;
    await world.closeDays();
    await world.drain();
  };

  it('leave out the caps that ask for it, on their days only, and say which and why', async () => {
    await periods().create(admin, christmas);
    await goTo('2025-12-23');
    await goTo('2026-01-03');
    expect(await reasons('silent', '2025-12-21')).toMatchObject({ score: 30, limits: ['no_activity'], leftOut: [] });
    const within = { limits: [], leftOut: [['no_activity', 'Christmas']] };
    expect(await reasons('silent', '2025-12-22')).toMatchObject(within);
    expect(await reasons('silent', '2026-01-02')).toMatchObject(within);
    expect((await reasons('silent', '2025-12-22')).score).toBeGreaterThan(30);
    expect(await reasons('silent')).toMatchObject({ score: 30, limits: ['no_activity'], leftOut: [] });
    // What a person judged counts on every day.
    expect(await reasons('active', '2025-12-23')).toMatchObject({ score: 30, limits: ['pulse_severe'] });
  });

  it('make accounts due at once when they come to concern today, or no longer do', async () => {
    expect(await reasons('silent')).toMatchObject({ score: 30 });
    const today = { name: 'Works closed', fromDay: '2025-12-20', toDay: '2025-12-20' };
    const { id } = await periods().create(admin, today);
    await world.drain();
    expect((await world.state('silent')).score).toBeGreaterThan(30);

    await periods().update(admin, id, { ...today, fromDay: '2025-12-18', toDay: '2025-12-19', revision: 1 });
    await world.drain();
    expect((await world.state('silent')).score).toBe(30);

    await periods().update(admin, id, { ...today, revision: 2 });
    await world.drain();
    await periods().remove(admin, id);
    await world.drain();
    expect((await world.state('silent')).score).toBe(30);
    await expect(periods().remove(admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const actions = await world.query('SELECT action FROM steward.audit_log ORDER BY id');
    expect(actions.map(({ action }) => action)).toEqual([
      'quiet-period.created',
      'quiet-period.updated',
      'quiet-period.updated',
      'quiet-period.removed',
    ]);
  });

  it('of the past count in a backfill, and leave closed days as they are without one', async () => {
    await goTo('2025-12-24');
    await periods().create(admin, christmas);
    await world.drain();
    expect(await reasons('silent', '2025-12-23')).toMatchObject({ score: 30, leftOut: [] });
    await world.backfill('2025-12-20', '2025-12-23', true);
    expect(await reasons('silent', '2025-12-21')).toMatchObject({ score: 30, leftOut: [] });
    expect(await reasons('silent', '2025-12-23')).toMatchObject({ leftOut: [['no_activity', 'Christmas']] });
  });

  it('are changed by one person at a time', async () => {
    const { id } = await periods().create(admin, christmas);
    await periods().update(admin, id, { ...christmas, name: 'Year end', revision: 1 });
    await expect(periods().update(admin, id, { ...christmas, revision: 1 })).rejects.toMatchObject({
      code: 'REVISION_MOVED',
    });
    expect(await periods().list()).toEqual([{ id, ...christmas, name: 'Year end', revision: 2 }]);
  });
});
