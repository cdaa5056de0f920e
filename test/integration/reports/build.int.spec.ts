import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ReportBuild } from '../../../apps/api/src/reports/base/report-build.service.js';
import { ReportOrdersRepository } from '../../../apps/api/src/reports/base/report-orders.repository.js';
import { ReportOrders } from '../../../apps/api/src/reports/base/report-orders.service.js';
import { anAccount, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';

const aSubscription = (
  account: string,
  id: string,
  start: string,
  end: string | null,
  mrr: { amountMinor: number; currency: string },
): FactRow => ({
  kind: 'subscription',
  account: { via: 'externalId', id: account },
  id,
  plan: null,
  quantity: null,
  seatBased: false,
  mrr,
  start,
  end,
  termMonths: 12,
  autoRenew: null,
});

describe('figures by month', () => {
  let kept: KeptWorld;
  let world: PipelineWorld;
  const runDue = () => world.app.get(ReportBuild, { strict: false }).runDue();
  const rows = () => world.query('SELECT * FROM steward.account_month ORDER BY account_id, month');
  const sums = () => world.query('SELECT * FROM steward.report_rollup ORDER BY month, basis, grain, key');
  const monthsOf = async (account: string): Promise<any[]> =>
    world.query('SELECT * FROM steward.account_month WHERE account_id = $1 ORDER BY month', [accountIdOf(account)]);

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-05-10T08:00:00Z');
    await world.query(
      `INSERT INTO steward.exchange_rate (currency, from_day, rate)
       VALUES ('EUR', '2025-01-01', 1.10), ('EUR', '2026-03-01', 1.20)`,
    );
    await world.deliver(
      anAccount('grows'),
      anAccount('leaves', {}),
      anAccount('pauses'),
      anAccount('euro'),
      anAccount('figure', { arr: usd(24_000) }),
      anAccount('nothing'),
      aSubscription('grows', 'a', '2025-01-01', null, usd(100)),
      aSubscription('grows', 'b', '2026-03-10', null, usd(50)),
      aSubscription('leaves', 'a', '2025-01-01', '2026-03-20', usd(200)),
      aSubscription('pauses', 'a', '2025-01-01', '2026-03-24', usd(70)),
      aSubscription('pauses', 'b', '2026-04-05', null, usd(70)),
      aSubscription('euro', 'a', '2025-01-01', null, { amountMinor: 100_00, currency: 'EUR' }),
    );
    await world.closeDays();
    await world.backfill('2026-01-01', '2026-05-09');
    await world.drain();
    await world.rebuildLate();
    await world.query('DELETE FROM steward.report_due');
    kept = await world.keep();
  });
  beforeEach(async () => {
    world = await kept.copy();
  });
  afterEach(() => world.close());
  afterAll(() => kept.close());

  it('are put down after a backfill, and a second time changes nothing', async () => {
    expect(await runDue()).toBe(true);
    const [before, summed] = [await rows(), await sums()];
    expect(new Set(before.map(({ month }) => month))).toEqual(
      new Set(['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01']),
    );
    expect(await runDue()).toBe(false);
    const again = await world.app.get(ReportBuild, { strict: false }).build({ from: 0 as never, to: 9999 as never });
    expect(again.rows).toBe(0);
    expect([await rows(), await sums()]).toEqual([before, summed]);
  });

  it('reconcile: start and movement make the end, and the end is the next start at another rate at most', async () => {
    await runDue();
    const ledgers: any[] = await rows();
    for (const row of ledgers) {
      expect(row.movement === null).toBe(row.start_minor === row.end_minor);
      const next = ledgers.find((each) => each.account_id === row.account_id && each.month > row.month);
      if (next && row.account_id !== accountIdOf('euro')) expect(next.start_minor).toBe(row.end_minor);
    }
    const [sum] = await world.query(
      `SELECT sum(start_minor)::bigint AS start, sum(end_minor)::bigint AS "end",
         sum((SELECT sum(x) FROM unnest(moved_minor) x))::bigint AS moved
       FROM steward.report_rollup WHERE month = '2026-03-01' AND basis = 'month' AND grain = 'stage'`,
    );
    expect(sum.start + sum.moved).toBe(sum.end);
    expect(sum.moved).toBe(50_00 - 200_00);
  });

  it('tell what each month made of an account', async () => {
    await runDue();
    const told = async (account: string) =>
      (await monthsOf(account)).map(({ start_minor, movement, end_minor }) => [start_minor, movement, end_minor]);
    expect((await told('grows'))[2]).toEqual([100_00, 'expansion', 150_00]);
    expect((await told('leaves')).slice(2)).toEqual([
      [200_00, 'churn', 0],
      [0, null, 0],
      [0, null, 0],
    ]);
    // The gap of eleven days over the month's end is a late renewal.
    expect(await told('pauses')).toEqual(Array(5).fill([70_00, null, 70_00]));
    expect((await told('euro')).map(([start]) => start)).toEqual([110_00, 110_00, 120_00, 120_00, 120_00]);
    expect(await told('figure')).toEqual(Array(5).fill([2_000_00, null, 2_000_00]));
    expect(await told('nothing')).toEqual(Array(5).fill([0, null, 0]));
  });

  it('follow late facts for the accounts that they touch', async () => {
    await runDue();
    const before = await monthsOf('grows');
    await world.deliver(aSubscription('leaves', 'late', '2026-04-20', null, usd(30)));
    await world.drain();
    await world.rebuildLate();
    expect(await world.query('SELECT account_id FROM steward.report_due')).toEqual([
      { account_id: accountIdOf('leaves') },
    ]);
    expect(await runDue()).toBe(true);
    const [april] = (await monthsOf('leaves')).filter(({ month }) => month === '2026-04-01');
    expect(april).toMatchObject({ start_minor: 0, movement: 'reactivation', end_minor: 30_00 });
    expect(await monthsOf('grows')).toEqual(before);
    const [sum] = await world.query(
      `SELECT sum(moved_minor[5])::bigint AS back FROM steward.report_rollup
       WHERE month = '2026-04-01' AND basis = 'month' AND grain = 'stage'`,
    );
    expect(sum.back).toBe(30_00);
    expect(await runDue()).toBe(false);
  });

  it('follow late facts though one account among many cannot be put down: it is tried again later', async () => {
    await runDue();
    await world.deliver(
      aSubscription('grows', 'late', '2026-04-20', null, usd(30)),
      aSubscription('leaves', 'late', '2026-04-20', null, usd(30)),
    );
    await world.drain();
    await world.rebuildLate();
    // No row of this account can be written.
    await world.query(
      `ALTER TABLE steward.account_month ADD CONSTRAINT poison CHECK (account_id <> '${accountIdOf('grows')}') NOT VALID`,
    );
    expect(await runDue()).toBe(true);
    const [april] = (await monthsOf('leaves')).filter(({ month }) => month === '2026-04-01');
    expect(april).toMatchObject({ movement: 'reactivation', end_minor: 30_00 });
    const [left] = await world.query('SELECT account_id, attempts FROM steward.report_due');
    expect(left).toEqual({ account_id: accountIdOf('grows'), attempts: 1 });
    expect(await runDue()).toBe(false);
    await world.query('ALTER TABLE steward.account_month DROP CONSTRAINT poison');
    world.now = '2026-05-10T09:00:00Z';
    expect(await runDue()).toBe(true);
    expect(await world.query('SELECT 1 FROM steward.report_due')).toEqual([]);
    expect((await monthsOf('grows')).find(({ month }) => month === '2026-04-01')!.end_minor).toBe(180_00);
  });

  it('outlive any number of restarts: a process that stops in good order has not failed', async () => {
    const stopping = new AbortController();
    stopping.abort();
    const builds = world.app.get(ReportBuild, { strict: false });
    for (let restart = 0; restart < 7; restart += 1) await builds.runDue({ signal: stopping.signal });
    const orders = await world.query('SELECT DISTINCT state, attempts FROM steward.report_build');
    expect(orders).toEqual([{ state: 'due', attempts: 0 }]);
    expect(await runDue()).toBe(true);
  });

  describe('whose build came to no end', () => {
    const get = <Service>(type: new (...args: any[]) => Service) => world.app.get(type, { strict: false });
    const order = (from: string, to: string) =>
      get(UnitOfWork).run((tx) => get(ReportOrders).ofDays(tx, from as never, to as never));
    const everything = { from: 0 as never, to: 2_000 as never };
    /** No sums of a month can be written, though rows of accounts can. */
    const poison = () =>
      world.query(`ALTER TABLE steward.report_rollup ADD CONSTRAINT poison CHECK (month <> '2026-01-01') NOT VALID`);
    const heal = () => world.query('ALTER TABLE steward.report_rollup DROP CONSTRAINT poison');
    const states = () => world.query('SELECT state FROM steward.report_build ORDER BY created_at, id');
    /** Revenue at the months' starts, by what it is read from. */
    const revenue = async (from: string): Promise<unknown[]> =>
      world.query(`SELECT r.month, sum(r.start_minor)::bigint AS start FROM ${from} GROUP BY r.month ORDER BY r.month`);
    const ofRows = () => revenue('steward.account_month r');
    const ofOwners = () => revenue('steward.report_owner r');
    const ofRollup = () => revenue(`(SELECT * FROM steward.report_rollup WHERE basis = 'month' AND grain = 'stage') r`);

    beforeEach(async () => {
      await runDue();
      await world.query('DELETE FROM steward.report_build');
      await world.query('UPDATE steward.exchange_rate SET rate = rate * 2');
      await poison();
    });

    it('are brought to their end by a worker when it was begun by hand', async () => {
      await expect(get(ReportBuild).buildByHand(everything)).rejects.toThrow();
      expect(await ofOwners()).not.toEqual(await ofRows());
      await heal();
      world.now = '2026-05-10T09:00:00Z';
      expect(await runDue()).toBe(true);
      expect(await ofOwners()).toEqual(await ofRows());
      expect(await states()).toEqual([{ state: 'done' }]);
    });

    it('are left alone by workers while they are built by hand, and not for long when that process is gone', async () => {
      await heal();
      await get(UnitOfWork).run((tx) =>
        get(ReportOrdersRepository).begin(tx, {
          ...{ id: '00000000-0000-7000-8000-000000000001', ...everything },
          at: new Date('2026-05-10T08:00:00Z'),
        }),
      );
      expect(await runDue()).toBe(false);
      world.now = '2026-05-10T09:00:00Z';
      expect(await runDue()).toBe(true);
      expect(await ofOwners()).toEqual(await ofRows());
    });

    /** Fails at each hour of the day. */
    async function failAllDay(): Promise<void> {
      for (let hour = 8; hour < 24; hour += 1) {
        world.now = `2026-05-10T${String(hour).padStart(2, '0')}:30:00Z`;
        expect(await runDue()).toBe(true);
      }
    }

    it('are never given up, however often it fails: what is put right is seen within an hour', async () => {
      await order('2026-02-01', '2026-04-30');
      await failAllDay();
      expect(await ofOwners()).not.toEqual(await ofRows());
      await heal();
      world.now = '2026-05-11T00:30:00Z';
      expect(await runDue()).toBe(true);
      expect(await ofOwners()).toEqual(await ofRows());
      expect(await states()).toEqual([{ state: 'done' }]);
    });

    it('have sums of all months again after accounts were taken away, though making them failed for hours', async () => {
      await get(UnitOfWork).run((tx) => get(ReportOrders).ofEverything(tx));
      await failAllDay();
      await heal();
      world.now = '2026-05-11T00:30:00Z';
      expect(await runDue()).toBe(true);
      expect(await ofOwners()).toEqual(await ofRows());
      expect(await ofRollup()).toEqual(await ofRows());
    });

    it('have sums of all months with the next build of any, though these were taken away before it', async () => {
      await heal();
      await get(UnitOfWork).run((tx) => get(ReportOrders).ofEverything(tx));
      await world.query('DELETE FROM steward.report_build');
      await order('2026-05-09', '2026-05-09');
      expect(await runDue()).toBe(true);
      expect(await ofOwners()).toEqual(await ofRows());
      expect(await ofRollup()).toEqual(await ofRows());
    });

    it('have accounts under the owners of now before their rows are others', async () => {
      await heal();
      const owner = '00000000-0000-7000-8000-000000000002';
      await world.query('UPDATE steward.account SET csm_user_id = $2 WHERE id = $1', [accountIdOf('euro'), owner]);
      const before = await ofOwners();
      await world.query('ALTER TABLE steward.account_month ADD CONSTRAINT poison CHECK (FALSE) NOT VALID');
      await expect(get(ReportBuild).buildByHand(everything)).rejects.toThrow();
      const [row] = await world.query(
        `SELECT sum(start_minor)::bigint AS start FROM steward.report_owner
         WHERE basis = 'month' AND month = '2026-04-01' AND csm_user_id = $1`,
        [owner],
      );
      expect(row.start).toBe(120_00);
      expect(await ofOwners()).toEqual(before);
    });
  });

  it('go on with the days: a close puts the running month down', async () => {
    await runDue();
    world.now = '2026-05-12T08:00:00Z';
    await world.closeDays();
    expect(await runDue()).toBe(true);
    const days = (await monthsOf('grows')).map(({ day }) => day);
    expect(days.at(-1)).toBe('2026-05-11');
    expect(days).toHaveLength(5);
  });

  it('stand by the tier of now in every month, also in those that are long over', async () => {
    await runDue();
    await world.query(`UPDATE steward.account_state SET tier = 'T1' WHERE account_id = $1`, [accountIdOf('grows')]);
    await world.app
      .get(UnitOfWork, { strict: false })
      .run((tx) => world.app.get(ReportOrders, { strict: false }).ofDays(tx, '2026-05-09', '2026-05-09'));
    expect(await runDue()).toBe(true);
    const inTier = await world.query(
      `SELECT month, sum(accounts)::int AS accounts FROM steward.report_rollup
       WHERE basis = 'level' AND grain = 'stage' AND tier_now = 'T1' GROUP BY month ORDER BY month`,
    );
    expect(inTier.map(({ month, accounts }: any) => [month, accounts])).toEqual(
      ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'].map((month) => [month, 1]),
    );
  });

  it('tell the year anew after a past month was made again', async () => {
    await runDue();
    await world.query(`UPDATE steward.account_month SET year_start_minor = 1 WHERE month = '2026-05-01'`);
    await world.backfill('2026-01-01', '2026-01-31');
    expect(await runDue()).toBe(true);
    const [row] = await world.query(
      `SELECT count(*)::int AS wrong FROM steward.account_month WHERE month = '2026-05-01' AND year_start_minor = 1`,
    );
    expect(row.wrong).toBe(0);
  });
});

describe('a workspace on its first day', () => {
  it('has no figures of months yet, and no order fails', async () => {
    const world = await PipelineWorld.open('2026-05-10T08:00:00Z');
    await world.deliver(anAccount('one'));
    await world.closeDays();
    const built = await world.app.get(ReportBuild, { strict: false }).build({ from: 0 as never, to: 9999 as never });
    expect(built.rows).toBe(0);
    expect(await world.query('SELECT 1 FROM steward.account_month')).toEqual([]);
    await world.close();
  });
});
