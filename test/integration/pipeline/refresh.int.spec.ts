import { anAccount, anAnswer, anEvent, aPulse, aTicket, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

const SIGNAL = { activeContacts: 1, activeDays: 5, urgentOpen: 14, nps: 19, pulse: 23, arr: 31 };
const REASON = { noFeed: 1, noAnswer: 9 };

describe('the refresh of accounts whose facts changed', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
  });
  afterAll(() => world?.close());

  it('computes, after each delivery, what the facts now say', async () => {
    await world.deliver(
      anAccount('acme', { arr: usd(120_000), seats: 4, customerSince: '2024-01-01' }),
      anAccount('zenith', { arr: usd(6_000), seats: 4, customerSince: '2024-01-01' }),
    );
    expect(await world.drain()).toEqual({ accounts: 2, waitsForClose: false });
    expect(await world.state('acme')).toMatchObject({ tier: 'T1', stage: 'established', band: 'unknown', score: null });
    expect(await world.state('zenith')).toMatchObject({ tier: 'T3', arr_minor: 600_000 });
    expect(await world.signal('acme', SIGNAL.activeContacts)).toEqual({ value: null, reason: REASON.noFeed });

    await world.deliver(...daysFrom('2026-03-20', '2026-04-14').map((day) => anEvent('acme', day)));
    await world.drain();
    expect(await world.signal('acme', SIGNAL.activeDays)).toEqual({ value: 26, reason: 0 });
    // Events cover the accounts seen: no event is no feed, not silence.
    expect(await world.signal('zenith', SIGNAL.activeDays)).toEqual({ value: null, reason: REASON.noFeed });

    await world.deliver(
      aTicket('acme', 't1', '2026-04-10'),
      anAnswer('acme', '2026-04-01', 9),
      aPulse('acme', '2026-04-02', 5),
    );
    await world.drain();
    expect(await world.signal('acme', SIGNAL.urgentOpen)).toEqual({ value: 1, reason: 0 });
    // Tickets cover all accounts once they are connected, so the other account is computed again as well.
    expect(await world.signal('zenith', SIGNAL.urgentOpen)).toEqual({ value: 0, reason: 0 });
    expect(await world.signal('zenith', SIGNAL.nps)).toEqual({ value: null, reason: REASON.noAnswer });
    const scored = await world.state('acme');
    expect(scored.score).toBeGreaterThan(0);
    expect(scored.band).not.toBe('unknown');

    await world.deliver(aPulse('acme', '2026-04-15', 1));
    await world.drain();
    const capped = await world.state('acme');
    expect(capped).toMatchObject({ score: 30, band: 'at_risk', band_since: '2026-04-15' });
    expect(capped.caps).toHaveLength(1);
  });

  it('leaves a snapshot and the moves of the day', async () => {
    const [snapshot] = await world.query(`SELECT * FROM steward.account_snapshot WHERE score = 30`);
    // One of four seats is used: by the end of the day's facts the account is in adoption, whatever earlier runs said.
    expect(snapshot).toMatchObject({ day: '2026-04-15', tier: 'T1', stage: 'adoption', band: 'at_risk', stale: false });
    const moves = await world.query(
      `SELECT a.external_id AS account, from_stage, to_stage, reason, moved_on FROM steward.stage_move m
       JOIN steward.account a ON a.id = m.account_id ORDER BY 1`,
    );
    const move = { from_stage: null, reason: 'rule', moved_on: '2026-04-15' };
    expect(moves).toEqual([
      { account: 'acme', to_stage: 'adoption', ...move },
      { account: 'zenith', to_stage: 'established', ...move },
    ]);
  });

  it('writes nothing when it is repeated without new facts', async () => {
    const before = { states: await world.states(), snapshots: await world.snapshots() };
    world.now = '2026-04-15T10:00:00Z';
    await world.refresh();
    expect({ states: await world.states(), snapshots: await world.snapshots() }).toEqual(before);
  });

  it('keeps an account due whose facts arrive while it is computed', async () => {
    await world.deliver(anAccount('acme', { seats: 8 }));
    await world.drain();
    await world.deliver(aPulse('acme', '2026-04-15', 4));
    const runner = await import('../../../apps/api/src/pipeline/run/day-runner.js');
    const real = runner.DayRunner.prototype.run;
    const inFlight = jest.spyOn(runner.DayRunner.prototype, 'run').mockImplementationOnce(async function (
      this: InstanceType<typeof runner.DayRunner>,
      ...args: Parameters<typeof real>
    ) {
      const count = await real.apply(this, args);
      await world.deliver(aPulse('acme', '2026-04-15', 6));
      return count;
    });
    await world.drain();
    inFlight.mockRestore();
    await world.drain();
    expect(await world.signal('acme', SIGNAL.pulse)).toEqual({ value: 6, reason: 0 });
    expect(await world.query('SELECT * FROM steward.dirty_account')).toEqual([]);
  });

  it('leaves nothing half and nothing lost when its connection dies in mid-batch', async () => {
    await world.deliver(aPulse('acme', '2026-04-15', 2));
    const before = await world.states();
    const stage = await import('../../../apps/api/src/stages/lifecycle/lifecycle.stage.js');
    const killed = jest.spyOn(stage.LifecycleStage.prototype, 'run').mockImplementationOnce(async (tx) => {
      const { open } = await import('../../../apps/api/src/db/unit-of-work.js');
      await open(tx).query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(world.drain()).rejects.toThrow();
    killed.mockRestore();
    expect(await world.states()).toEqual(before);
    expect(await world.query('SELECT since_day FROM steward.dirty_account')).toHaveLength(1);
    await world.drain();
    expect(await world.signal('acme', SIGNAL.pulse)).toEqual({ value: 2, reason: 0 });
  });

  it('brings a new exchange rate to amounts in that currency at once, and no amount without one', async () => {
    const arr = async () => (await world.state('rated')).arr_minor;
    await world.deliver(anAccount('rated', { arr: { amountMinor: 100_000, currency: 'CHF' } }));
    await world.drain();
    expect(await arr()).toBeNull();
    await world.query(`INSERT INTO steward.exchange_rate VALUES ('CHF', '2026-01-01', 1.1)`);
    await world.drain();
    expect(await arr()).toBe(110_000);
    await world.query(`UPDATE steward.exchange_rate SET rate = 1.25 WHERE currency = 'CHF'`);
    await world.drain();
    expect(await arr()).toBe(125_000);
    await world.query(`DELETE FROM steward.exchange_rate`);
    await world.drain();
    expect(await arr()).toBeNull();
  });

  it('keeps ARR and renewal date of every state once more, in rows that nothing else rewrites', async () => {
    const rowsOf = () =>
      world.query(`SELECT a.external_id AS account, t.xmin::text AS written_by, t.arr_minor, t.renewal_date
        FROM steward.account_terms t JOIN steward.account a ON a.id = t.account_id
        WHERE a.external_id IN ('acme', 'zenith') ORDER BY 1`);
    const [acme, zenith] = await rowsOf();
    await world.deliver(
      anAccount('zenith', { arr: usd(7_000), renewalDate: '2026-09-30' }),
      aPulse('acme', '2026-04-15', 3),
    );
    await world.drain();
    await world.refresh();
    expect(await rowsOf()).toEqual([
      acme,
      { account: 'zenith', arr_minor: 700_000, renewal_date: '2026-09-30', written_by: expect.any(String) },
    ]);
    expect(zenith).toMatchObject({ arr_minor: 600_000, renewal_date: null });
    expect(await world.termsAstray()).toEqual([]);
    await world.query(`UPDATE steward.account_terms SET renewal_date = NULL`);
    expect(await world.termsAstray()).toHaveLength(1);
    await world.query(`UPDATE steward.account_terms SET renewal_date = '2026-09-30' WHERE arr_minor = 700000`);
  });

  it('reads what all accounts rest on again after a while, by the clock of the product', async () => {
    const before = await world.state('rated');
    // Nothing announces this change: settings that are saved also raise the revision.
    await world.query(`UPDATE steward.workspace SET currency = 'CHF'`);
    await world.drain();
    expect(await world.state('rated')).toEqual(before);
    world.clock.at = new Date(world.clock.at.getTime() + 16_000);
    await world.drain();
    expect((await world.state('rated')).arr_minor).toBe(100_000);
    await world.query(`UPDATE steward.workspace SET currency = 'USD'`);
    world.clock.at = new Date(world.clock.at.getTime() + 16_000);
    await world.drain();
  });

  it('leaves days that an account missed without a letter among its last thirty bands', async () => {
    const bandsAfterMissing = async (days: number, pulse: number) => {
      await world.query('UPDATE steward.account_state SET as_of = as_of - $1::int - 1 WHERE account_id = $2', [
        days,
        (await world.state('acme')).account_id,
      ]);
      await world.deliver(aPulse('acme', '2026-04-15', pulse));
      await world.drain();
      return (await world.state('acme')).band_ring;
    };
    expect(await bandsAfterMissing(2, 4)).toMatch(/w--$/);
    expect(await bandsAfterMissing(40, 5)).toBe('-'.repeat(30));
  });

  it('lets two processes work on the same accounts', async () => {
    const second = await world.another();
    await world.deliver(
      ...Array.from({ length: 60 }, (_, i) => anAccount(`many-${i}`, { arr: usd(1_000 * i), seats: i })),
    );
    await Promise.all([world.drain(), second.drain(), world.refresh(), second.refresh()]);
    await second.app.close();
    await world.drain();
    expect(await world.query('SELECT * FROM steward.dirty_account')).toEqual([]);
    const states = await world.query(
      `SELECT a.arr_minor = s.arr_minor AND a.seats = s.seats AS same FROM steward.account a
       JOIN steward.account_state s ON s.account_id = a.id WHERE a.external_id LIKE 'many-%'`,
    );
    expect(states).toHaveLength(60);
    expect(states.every(({ same }) => same)).toBe(true);
    expect(await world.termsAstray()).toEqual([]);
  });
});
