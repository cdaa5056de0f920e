import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { DayBatches } from '../../../apps/api/src/pipeline/run/day-batches.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { configureLog, log } from '../../../apps/api/src/platform/logging/log.js';
import type { LoadedAccount } from '../../../apps/api/src/stages/signals/facts/facts.loader.js';
import { KeptFactsLoader } from '../../../apps/api/src/stages/signals/facts/kept-facts.loader.js';
import { anAccount, daysFrom, PipelineWorld, usd } from './pipeline-world.js';

const MOST_SEATS = 1_000_000;
const GOOD = Array.from({ length: 24 }, (_, index) => `good-${index}`);
const BAD = ['bad-1', 'bad-2'];

/** A value that no column takes, as a data type or constraint of a real database would refuse it. */
const refuse = (world: PipelineWorld, table: string) =>
  world.query(`ALTER TABLE steward.${table} ADD CONSTRAINT refused CHECK (seats < ${MOST_SEATS}) NOT VALID`);
const accept = (world: PipelineWorld, table: string) =>
  world.query(`ALTER TABLE steward.${table} DROP CONSTRAINT refused`);

const setAside = (world: PipelineWorld) =>
  world.query(
    `SELECT a.external_id AS account, s.work, s.as_of, s.code FROM steward.set_aside_account s
     JOIN steward.account a ON a.id = s.account_id ORDER BY 1, 2`,
  );
const computed = async (world: PipelineWorld) =>
  (
    await world.query(
      `SELECT a.external_id AS account FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id`,
    )
  ).map(({ account }) => account);
const snapshotsOf = async (world: PipelineWorld, account: string) =>
  (
    await world.query('SELECT day FROM steward.account_snapshot WHERE account_id = $1 ORDER BY day', [
      accountIdOf(account),
    ])
  ).map(({ day }) => day);

beforeAll(() => configureLog({ level: 'silent', format: 'json' }));

describe('accounts whose data cannot be computed', () => {
  let world: PipelineWorld;
  beforeEach(async () => {
    world = await PipelineWorld.open('2026-03-05T08:00:00Z');
    await world.deliver(
      ...GOOD.map((id, index) => anAccount(id, { seats: 3, arr: usd(index) }, '2026-01-05')),
      ...BAD.map((id) => anAccount(id, { seats: 2 * MOST_SEATS }, '2026-01-05')),
    );
  });
  afterEach(() => world.close());

  it('are set aside while the others are computed, and come back with a fact that mends them', async () => {
    const logged = jest.spyOn(log, 'error');
    await refuse(world, 'account_state');
    await world.drain();
    expect(logged.mock.calls.map(([line]) => line)).toEqual(
      expect.arrayContaining(
        BAD.map((id) => expect.objectContaining({ accountId: accountIdOf(id), day: '2026-03-05', code: '23514' })),
      ),
    );
    expect((await computed(world)).sort()).toEqual([...GOOD].sort());
    expect(await setAside(world)).toEqual(
      BAD.map((account) => ({ account, work: 'daily', as_of: '2026-03-05', code: '23514' })),
    );
    // Nothing is tried over and over that nothing has changed about.
    expect(await world.query('SELECT * FROM steward.dirty_account')).toEqual([]);

    await world.deliver(anAccount('bad-1', { seats: 5 }));
    await world.drain();
    expect(await computed(world)).toContain('bad-1');
    expect((await setAside(world)).map(({ account }) => account)).toEqual(['bad-2']);
  });

  it('do not keep the day from being closed, and are tried again with every day', async () => {
    await world.closeDays();
    await refuse(world, 'account_state');
    world.now = '2026-03-06T00:30:00Z';
    await world.closeDays();
    expect(await world.query(`SELECT day FROM steward.day_close WHERE state = 'closed' ORDER BY day`)).toEqual([
      { day: '2026-03-04' },
      { day: '2026-03-05' },
    ]);
    expect(await world.app.get(Runs).unfinished()).toEqual([]);
    for (const account of GOOD) expect(await snapshotsOf(world, account)).toEqual(['2026-03-05', '2026-03-06']);
    expect((await setAside(world)).map(({ account, as_of }) => [account, as_of])).toEqual(
      BAD.map((account) => [account, '2026-03-06']),
    );

    await accept(world, 'account_state');
    world.now = '2026-03-07T00:30:00Z';
    await world.closeDays();
    expect(await setAside(world)).toEqual([]);
    expect(await snapshotsOf(world, 'bad-1')).toEqual(expect.arrayContaining(['2026-03-06', '2026-03-07']));
  });

  it('are left out of a backfill as a whole, and are there after the next one', async () => {
    await world.drain();
    await refuse(world, 'account_rebuild');
    await world.backfill('2026-02-20', '2026-03-04');
    expect(await world.app.get(Runs).unfinished()).toEqual([]);
    const days = daysFrom('2026-02-20', '2026-03-05');
    for (const account of GOOD) expect(await snapshotsOf(world, account)).toEqual(days);
    for (const account of BAD) expect(await snapshotsOf(world, account)).toEqual(['2026-03-05']);
    expect((await setAside(world)).map(({ account, work }) => [account, work])).toEqual(
      BAD.map((account) => [account, 'past']),
    );
    expect(await world.query('SELECT * FROM steward.account_rebuild')).toEqual([]);

    await accept(world, 'account_rebuild');
    await world.backfill('2026-02-20', '2026-03-04');
    expect(await setAside(world)).toEqual([]);
    for (const account of BAD) expect(await snapshotsOf(world, account)).toEqual(days);
  });

  it('leave the walk of a backfill on the day that broke them, and the days before it stand', async () => {
    await world.drain();
    const whole = await world.another();
    try {
      await world.query(
        `ALTER TABLE steward.account_rebuild ADD CONSTRAINT refused
         CHECK (seats < ${MOST_SEATS} OR as_of <> DATE '2026-03-01') NOT VALID`,
      );
      await whole.backfill('2026-02-26', '2026-03-04');
    } finally {
      await whole.app.close();
    }
    // What comes after the day would stand on nothing.
    expect(await snapshotsOf(world, 'bad-1')).toEqual(['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-05']);
    expect((await setAside(world)).map(({ account, as_of }) => [account, as_of])).toEqual(
      BAD.map((account) => [account, '2026-03-01']),
    );
  });

  it('end a backfill as well where there is nobody but them', async () => {
    await world.query('DELETE FROM steward.account WHERE external_id <> $1', ['bad-1']);
    await refuse(world, 'account_rebuild');
    await world.backfill('2026-02-20', '2026-03-04');
    expect(await world.app.get(Runs).unfinished()).toEqual([]);
    expect((await setAside(world)).map(({ account, work }) => [account, work])).toEqual([['bad-1', 'past']]);
  });

  it('keep the late facts of others from waiting; their own days are marked for a backfill', async () => {
    await world.closeDays();
    world.now = '2026-03-06T08:00:00Z';
    await world.closeDays();
    await world.rebuildLate();
    await refuse(world, 'account_rebuild');
    await world.deliver(
      anAccount('good-1', { arr: usd(777) }, '2026-03-05'),
      anAccount('bad-1', { arr: usd(777) }, '2026-03-05'),
    );
    await world.drain();
    await world.rebuildLate();
    const [good] = await world.query(
      `SELECT arr_minor FROM steward.account_snapshot WHERE account_id = $1 AND day = '2026-03-05'`,
      [accountIdOf('good-1')],
    );
    expect(good.arr_minor).toBe(77_700);
    expect(await world.query('SELECT * FROM steward.stale_account')).toEqual([]);
    expect((await setAside(world)).map(({ account, work }) => [account, work])).toEqual([['bad-1', 'past']]);
    const stale = await world.query('SELECT account_id, day FROM steward.account_snapshot WHERE stale');
    expect(stale).toEqual([{ account_id: accountIdOf('bad-1'), day: '2026-03-05' }]);
  });

  const broken = (account: LoadedAccount): LoadedAccount => ({
    ...account,
    facts: {
      ...account.facts,
      get subscriptions(): never {
        throw new RangeError('Invalid array length');
      },
    },
  });

  it('are found as well where our own code cannot cope with them', async () => {
    const loader = world.app.get(KeptFactsLoader, { strict: false });
    const load = loader.load.bind(loader);
    jest.spyOn(loader, 'load').mockImplementation(async (...asked) => {
      const loaded = await load(...asked);
      return (function* () {
        for (const account of loaded) yield account.id === accountIdOf('bad-1') ? broken(account) : account;
      })();
    });
    await world.drain();
    expect(await setAside(world)).toEqual([
      { account: 'bad-1', work: 'daily', as_of: '2026-03-05', code: 'RangeError' },
    ]);
    expect(await computed(world)).toHaveLength(GOOD.length + 1);
  });

  it('are no excuse where everybody’s computation fails: then the model is at fault, or we are', async () => {
    await world.query('ALTER TABLE steward.account_state ADD CONSTRAINT refused CHECK (seats < 0) NOT VALID');
    await expect(world.drain()).rejects.toThrow(/refused/);
    expect(await setAside(world)).toEqual([]);
    expect(await world.query('SELECT * FROM steward.dirty_account')).toHaveLength(GOOD.length + BAD.length);
  });

  it('are not looked for where the fault is not in the data', async () => {
    jest.spyOn(world.app.get(DayBatches, { strict: false }), 'compute').mockImplementation(() => {
      throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    });
    await expect(world.refresh()).rejects.toThrow('terminating connection');
    expect(await setAside(world)).toEqual([]);
  });
});
