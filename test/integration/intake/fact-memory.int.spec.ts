import { Partitions } from '../../../apps/api/src/db/partitions.js';
import type { Tx } from '../../../apps/api/src/db/unit-of-work.js';
import type { EventRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { learnNames, NO_NAMES } from '../../../apps/api/src/intake/facts/names.repository.js';
import { MANY_EVENTS } from '../../../apps/api/src/intake/facts/new-events.repository.js';
import { rebuildLedger } from '../../../apps/api/src/intake/facts/usage-ledger.repository.js';
import { Clock } from '../../../apps/api/src/platform/clock.js';
import { SampleRepository } from '../../../apps/api/src/sample/sample.repository.js';
import { aContact, aContactRow, anAccount, anEvent } from './a-fact.js';
import { FactWorld, RECEIVED } from './fact-world.js';

const CONTEXT = {
  sourceKey: 'other',
  receivedAt: RECEIVED,
  actor: { kind: 'system', id: null, name: 'test' },
} as const;

/** New events of one person, as many as go the quick way. */
const manyEvents = (round: string, more: Partial<EventRow> = {}): EventRow[] =>
  Array.from({ length: MANY_EVENTS }, (_, n) =>
    anEvent({
      messageId: `${round}-${n}`,
      feature: 'reports',
      occurredAt: new Date(Date.parse('2026-04-10T12:00:00Z') + n).toISOString(),
      ...more,
    }),
  );

describe('what a process remembers of facts', () => {
  let world: FactWorld;
  /** Stores facts as another process does, which remembers for itself. */
  let elsewhere: FactStore;

  beforeEach(async () => {
    world = await FactWorld.open({ own_email_domains: ['us.example'] });
    elsewhere = new FactStore(world.unitOfWork, new Partitions(world.db));
    await world.take([anAccount()]);
    // The second round finds account, person and what was used remembered.
    await world.take(manyEvents('first'));
    await world.take(manyEvents('second'));
  });
  afterEach(() => world?.close());

  const active = () =>
    world.one<{ people: number; features: number; events: number }>(
      `SELECT (SELECT count(*) FROM steward.usage_contact_month WHERE days <> 0)::int AS people,
         (SELECT count(*) FROM steward.usage_feature_month WHERE days <> 0)::int AS features,
         (SELECT coalesce(sum(c), 0) FROM steward.usage_event_month u, unnest(u.counts) c)::int AS events`,
    );
  /** Counts April again with `opened` as a background event, which takes all days away. */
  const takeDaysAway = async (tx: Tx) => {
    const names = await learnNames(tx, NO_NAMES, RECEIVED);
    const { id: accountId } = await world.one<{ id: string }>('SELECT id FROM steward.account');
    await rebuildLedger(tx, [{ accountId, month: '2026-04-01' }], { ...names, backgroundEvents: ['opened'] });
  };

  /** Until a batch on its way waits for a month that is counted again. */
  const untilMonthIsWaitedFor = async () => {
    const waiting = `SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'
        AND (query LIKE '%usage_event_month%' OR query LIKE '%INSERT INTO steward.event (%')`;
    while ((await world.db.query(waiting)).length === 0);
  };

  it('leaves nobody out and counts nobody twice', async () => {
    expect(await active()).toEqual({ people: 1, features: 1, events: 2 * MANY_EVENTS });
    await world.take([
      ...manyEvents('third', { contact: aContact({ externalId: 'U-2' }), feature: 'inbox' }),
      ...manyEvents('fourth'),
    ]);
    expect(await active()).toEqual({ people: 2, features: 2, events: 4 * MANY_EVENTS });
    await world.take(manyEvents('next day', { occurredAt: '2026-04-11T12:00:00Z' }));
    expect(
      await world.one('SELECT max(bit_count(days::bit(32)))::int AS days FROM steward.usage_contact_month'),
    ).toEqual({
      days: 2,
    });
    expect(await world.one(`SELECT last_seen FROM steward.contact WHERE external_id = 'U-1'`)).toEqual({
      last_seen: '2026-04-11',
    });
  });

  it('ends when a month is counted again', async () => {
    await world.unitOfWork.run(takeDaysAway);
    expect(await active()).toEqual({ people: 0, features: 0, events: 0 });
    await world.take(manyEvents('third', { name: 'clicked' }));
    expect(await active()).toEqual({ people: 1, features: 1, events: MANY_EVENTS });
  });

  it('ends also for a batch that is on its way while a month is counted again', async () => {
    let arriving: Promise<unknown> = Promise.resolve();
    await world.unitOfWork.run(async (tx) => {
      await takeDaysAway(tx);
      arriving = world.take(manyEvents('third', { name: 'clicked' }));
      await untilMonthIsWaitedFor();
    });
    await arriving;
    expect(await active()).toEqual({ people: 1, features: 1, events: MANY_EVENTS });
  });

  it('ends when someone turns out to be one of the workspace’s own people', async () => {
    await elsewhere.store([aContactRow({ externalId: 'U-1' }, { email: 'ann@us.example' })], CONTEXT);
    await world.take(manyEvents('third'));
    expect(await active()).toEqual({ people: 0, features: 0, events: 0 });
  });

  it.each([
    ['many', MANY_EVENTS],
    ['few', 1],
  ])('counts nobody who becomes one of them while %s events of theirs wait', async (_, count) => {
    let arriving: Promise<unknown> = Promise.resolve();
    const told = aContactRow({ externalId: 'U-1' }, { email: 'ann@us.example' });
    await elsewhere.store([told], CONTEXT, async () => {
      arriving = world.take(manyEvents('third').slice(0, count));
      await untilMonthIsWaitedFor();
    });
    await arriving;
    expect(await active()).toEqual({ people: 0, features: 0, events: 0 });
    await elsewhere.store([aContactRow({ externalId: 'U-1' }, { internal: false })], CONTEXT);
    expect(await active()).toEqual({ people: 1, features: 1, events: 2 * MANY_EVENTS + count });
  });

  it('ends when accounts are deleted', async () => {
    const { id } = await world.one<{ id: string }>('SELECT id FROM steward.account');
    await world.unitOfWork.run((tx) => new SampleRepository(new Clock()).deleteAccounts(tx, [id]));
    const outcomes = await world.outcomes(manyEvents('third'));
    expect(new Set(outcomes)).toEqual(new Set(['quarantined']));
  });

  it('holds nothing of a batch that was not committed', async () => {
    const yesterday = { occurredAt: '2026-04-09T12:00:00Z', contact: aContact({ externalId: 'U-2' }) };
    const broken = world.store.store(manyEvents('third', yesterday), CONTEXT, () =>
      Promise.reject(new Error('broken')),
    );
    await expect(broken).rejects.toThrow('broken');
    await world.take(manyEvents('third', yesterday));
    expect(await active()).toEqual({ people: 2, features: 1, events: 3 * MANY_EVENTS });
  });
});
