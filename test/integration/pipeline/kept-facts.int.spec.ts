import { AccountFieldsRepository } from '../../../apps/api/src/stages/signals/facts/account-fields.repository.js';
import { FactsLoader } from '../../../apps/api/src/stages/signals/facts/facts.loader.js';
import { KeptFactsRepository } from '../../../apps/api/src/stages/signals/facts/kept-facts.repository.js';
import { anAccount, anAnswer, anEvent, aPulse, aTicket, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

const ACCOUNTS = Array.from({ length: 12 }, (_, index) => `a-${index}`);
const SIGNAL = { activeDays: 5, pulse: 23 };

/** How often facts of accounts are loaded, rather than taken from what was kept. */
function loads(world: PipelineWorld) {
  return jest.spyOn(world.app.get(FactsLoader, { strict: false }), 'drafts');
}

/** A process that keeps facts as all do, and uses none. */
function forgetful(world: PipelineWorld): void {
  const fields = world.app.get(AccountFieldsRepository, { strict: false });
  jest
    .spyOn(world.app.get(KeptFactsRepository, { strict: false }), 'accounts')
    .mockImplementation(async (tx, batch) => (await fields.accounts(tx, batch)).map((row) => ({ ...row, kept: null })));
}

const withoutTime = (rows: { updated_at?: Date }[]) => rows.map(({ updated_at, ...row }) => row);

describe('facts kept for later runs', () => {
  let keeping: PipelineWorld;
  let loading: PipelineWorld;
  const worlds = () => [keeping, loading];

  beforeAll(async () => {
    const world = await PipelineWorld.open('2026-04-15T09:00:00Z');
    for (const [index, id] of ACCOUNTS.entries()) {
      await world.deliver(
        anAccount(id, {
          arr: usd(1_000 * (index + 1)),
          seats: 3,
          customerSince: '2024-01-01',
          renewalDate: '2026-05-02',
        }),
        ...daysFrom('2026-01-20', '2026-04-15')
          .filter((_, day) => (day * 7 + index) % 5 < 2)
          .map((day, n) => anEvent(id, day, { feature: `feature-${(n + index) % 4}` })),
        aTicket(id, `t-${index}`, '2026-04-01'),
        anAnswer(id, '2026-03-20', index % 11),
        aPulse(id, '2026-04-02', 1 + (index % 6)),
      );
    }
    const kept = await world.keep();
    [keeping, loading] = [await kept.copy(), await kept.copy()];
    await kept.close();
    forgetful(loading);
    for (const each of worlds()) await each.drain();
  }, 120_000);
  afterAll(async () => {
    for (const world of worlds()) await world?.close();
  });

  it('give what loading them anew gives, on every day, while facts arrive and months and turns pass', async () => {
    const [loadsOfKeeping, loadsOfLoading] = [loads(keeping), loads(loading)];
    for (const day of ['2026-04-16', '2026-04-17', '2026-04-18', '2026-05-02', '2026-05-25']) {
      for (const world of worlds()) {
        world.now = `${day}T00:10:00Z`;
        await world.closeDays();
        await world.deliver(anEvent('a-3', day), aTicket('a-4', `t-${day}`, day));
        world.now = `${day}T09:00:00Z`;
        await world.drain();
        await world.refresh();
      }
      expect(withoutTime(await keeping.states())).toEqual(withoutTime(await loading.states()));
    }
    expect(withoutTime(await keeping.snapshots())).toEqual(withoutTime(await loading.snapshots()));
    expect(loadsOfKeeping.mock.calls.length).toBeLessThan(loadsOfLoading.mock.calls.length);
  }, 240_000);

  it('are read as long as nothing arrives, and never after', async () => {
    await keeping.refresh();
    const loaded = loads(keeping);
    loaded.mockClear();
    await keeping.refresh();
    expect(loaded).not.toHaveBeenCalled();
    const before = await keeping.signal('a-5', SIGNAL.activeDays);
    await keeping.deliver(anEvent('a-5', '2026-05-25'), aPulse('a-6', '2026-05-25', 2));
    await keeping.refresh();
    expect(loaded.mock.calls.map(([, batch]) => (batch.kind === 'list' ? batch.ids.length : 'all'))).toEqual([2]);
    expect((await keeping.signal('a-5', SIGNAL.activeDays)).value).toBe((before.value ?? 0) + 1);
    expect(await keeping.signal('a-6', SIGNAL.pulse)).toEqual({ value: 2, reason: 0 });
  });

  it('serve no other signals than those that they were loaded for', async () => {
    await keeping.query(
      `UPDATE steward.workspace SET settings = jsonb_set(settings, '{windowDays}', '14'), revision = revision + 1`,
    );
    const loaded = loads(keeping);
    loaded.mockClear();
    await keeping.refresh();
    expect(loaded).toHaveBeenCalled();
  });
});
