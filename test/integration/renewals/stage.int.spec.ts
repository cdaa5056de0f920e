import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { anAccount, aPulse, PipelineWorld, usd } from '../pipeline/pipeline-world.js';

function aTerm(account: string, id: string, start: string, end: string | null, mrr = 1_000): FactRow {
  return {
    kind: 'subscription',
    account: { via: 'externalId', id: account },
    id,
    plan: 'Team',
    quantity: 10,
    seatBased: true,
    mrr: usd(mrr),
    start,
    end,
    termMonths: 12,
    autoRenew: false,
  };
}

let world: PipelineWorld;

const rows = (account: string) =>
  world
    .query(
      `SELECT due_on, amount_minor / 100 AS amount, outcome, outcome_day, renewed_amount_minor / 100 AS renewed
       FROM steward.renewal WHERE account_id = $1 ORDER BY due_on`,
      [accountIdOf(account)],
    )
    .then((found) => found.map((row) => Object.values(row)));
const all = () => world.query('SELECT * FROM steward.renewal ORDER BY account_id, due_on');

describe('renewals as the pipeline keeps them', () => {
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
    await world.deliver(
      anAccount('acme'),
      aTerm('acme', 'a1', '2024-05-01', '2025-04-30'),
      aTerm('acme', 'a2', '2025-05-01', '2026-04-30', 1_500),
      anAccount('smaller'),
      aTerm('smaller', 's1', '2025-04-01', '2026-03-31'),
      aTerm('smaller', 's2', '2026-04-05', '2027-04-04', 600),
      anAccount('late'),
      aTerm('late', 'l1', '2025-04-01', '2026-04-05'),
      anAccount('gone', { status: 'churned', churnedOn: '2026-03-15' }),
      aTerm('gone', 'g1', '2025-04-01', '2026-03-31'),
      anAccount('dated', { arr: usd(24_000), renewalDate: '2026-06-30' }, '2025-07-01'),
      anAccount('trying', { status: 'trial', renewalDate: '2026-06-30' }),
    );
    await world.drain();
  });
  afterAll(() => world?.close());

  it('are told from the facts, with all their past', async () => {
    expect(await rows('acme')).toEqual([
      ['2025-04-30', 12_000, 'renewed', '2025-05-01', 18_000],
      ['2026-04-30', 18_000, null, null, null],
    ]);
    expect(await rows('smaller')).toEqual([
      ['2026-03-31', 12_000, 'renewedSmaller', '2026-04-05', 7_200],
      ['2027-04-04', 7_200, null, null, null],
    ]);
    expect(await rows('late')).toEqual([['2026-04-05', 12_000, null, null, null]]);
    expect(await rows('gone')).toEqual([['2026-03-31', 12_000, 'lost', '2026-03-15', 0]]);
    expect(await rows('dated')).toEqual([['2026-06-30', 24_000, null, null, null]]);
    expect(await rows('trying')).toEqual([]);
  });

  it('are written only where something differs, however often and by how many it is computed', async () => {
    const before = await all();
    world.now = '2026-04-15T10:00:00Z';
    await world.refresh();
    const others = await Promise.all([world.another(), world.another(), world.another()]);
    await world.query(
      'INSERT INTO steward.dirty_account SELECT id, $1, gen_random_uuid(), now() FROM steward.account',
      ['2026-04-15'],
    );
    await Promise.all([world, ...others].map((each) => each.drain()));
    await Promise.all(others.map((each) => each.close()));
    expect(await all()).toEqual(before);
  });

  it('are not looked at again for facts that they do not rest on, but for rates that they do', async () => {
    const looked = () => world.query('SELECT account_id, checked_at FROM steward.renewal_check ORDER BY 1');
    const before = await looked();
    world.now = '2026-04-15T12:00:00Z';
    await world.deliver(aPulse('acme', '2026-04-15', 5));
    await world.drain();
    expect(await looked()).toEqual(before);
    await world.deliver({
      ...aTerm('late', 'l0', '2024-01-01', '2026-12-31', 0),
      mrr: { amountMinor: 1_000_00, currency: 'EUR' },
    } as FactRow);
    await world.drain();
    expect((await rows('late')).at(-1)).toEqual(['2026-12-31', null, null, null, null]);
    await world.query(`INSERT INTO steward.exchange_rate VALUES ('EUR', '2026-01-01', 1.1)`);
    await world.query(
      'INSERT INTO steward.dirty_account SELECT id, $1, gen_random_uuid(), now() FROM steward.account',
      ['2026-04-15'],
    );
    await world.drain();
    expect((await rows('late')).at(-1)).toEqual(['2026-12-31', 13_200, null, null, null]);
    await world.query(`DELETE FROM steward.subscription WHERE id = 'l0'`);
    await world.query('DELETE FROM steward.renewal_check');
    await world.refresh();
    expect(await rows('late')).toEqual([['2026-04-05', 12_000, null, null, null]]);
  });

  it('take up an extension in place as renewed, and a corrected day with its forecast', async () => {
    await world.query(
      `UPDATE steward.renewal SET forecast_category = 'commit', forecast_amount_minor = 5 WHERE account_id = $1`,
      [accountIdOf('dated')],
    );
    await world.deliver(
      aTerm('acme', 'a2', '2025-05-01', '2027-04-30', 1_400),
      anAccount('dated', { renewalDate: '2026-07-10' }),
    );
    await world.drain();
    expect(await rows('acme')).toEqual([
      ['2025-04-30', 12_000, 'renewed', '2025-05-01', 16_800],
      ['2026-04-30', 18_000, 'renewedSmaller', '2026-04-15', 16_800],
      ['2027-04-30', 16_800, null, null, null],
    ]);
    expect(await rows('dated')).toEqual([['2026-07-10', 24_000, null, null, null]]);
    const [moved] = await world.query('SELECT forecast_category FROM steward.renewal WHERE due_on = $1', [
      '2026-07-10',
    ]);
    expect(moved).toEqual({ forecast_category: 'commit' });
  });

  it('leave alone what a person decided', async () => {
    await world.query(
      `UPDATE steward.renewal SET outcome = 'lost', outcome_day = '2026-04-15', renewed_amount_minor = 0,
         decided_by = gen_random_uuid() WHERE account_id = $1`,
      [accountIdOf('late')],
    );
    await world.deliver(aTerm('late', 'l2', '2026-04-10', '2027-04-09'));
    await world.drain();
    expect(await rows('late')).toEqual([
      ['2026-04-05', 12_000, 'lost', '2026-04-15', 0],
      ['2027-04-09', 12_000, null, null, null],
    ]);
  });

  it('come out by the passing of days alone, when the day is closed', async () => {
    await world.deliver(
      anAccount('partly'),
      aTerm('partly', 'p1', '2025-04-15', '2026-04-14'),
      aTerm('partly', 'p2', '2025-11-01', '2026-10-31', 500),
      aTerm('smaller', 's3', '2026-04-20', '2027-04-19'),
    );
    await world.drain();
    expect(await rows('partly')).toEqual([
      ['2026-04-14', 12_000, null, null, null],
      ['2026-10-31', 6_000, null, null, null],
    ]);
    expect((await rows('smaller')).length).toBe(2);
    world.now = '2026-04-30T09:00:00Z';
    await world.closeDays();
    await world.drain();
    expect((await rows('partly'))[0]).toEqual(['2026-04-14', 12_000, 'lost', '2026-04-29', 0]);
    expect((await rows('smaller')).map(([due]) => due)).toEqual(['2026-03-31', '2027-04-04', '2027-04-19']);
  });

  it('come up on the account’s renewal date: what was succeeded rolls no more, and nothing goes on after the churn', async () => {
    const monthly = { termMonths: 1, autoRenew: true };
    await world.deliver(
      anAccount('switched'),
      { ...aTerm('switched', 'w1', '2025-06-03', '2025-07-02'), ...monthly } as FactRow,
      aTerm('switched', 'w2', '2025-07-03', '2026-07-02'),
      anAccount('left', { status: 'churned', churnedOn: '2026-03-03' }),
      { ...aTerm('left', 'f1', '2026-02-03', '2026-03-02'), ...monthly } as FactRow,
    );
    await world.drain();
    const renewalDate = (account: string) =>
      world
        .query('SELECT renewal_date FROM steward.account_state WHERE account_id = $1', [accountIdOf(account)])
        .then(([row]) => row?.renewal_date);
    expect((await rows('switched')).at(-1)).toEqual(['2026-07-02', 12_000, null, null, null]);
    expect(await renewalDate('switched')).toBe('2026-07-02');
    expect(await rows('left')).toEqual([['2026-03-02', 12_000, 'lost', '2026-03-03', 0]]);
    expect(await renewalDate('left')).toBe('2026-03-02');
  });
});
