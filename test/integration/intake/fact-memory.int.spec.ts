import { Partitions } from '../../../apps/api/src/db/partitions.js';
import type { Tx } from '../../../apps/api/src/db/unit-of-work.js';
import type { EventRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { MANY_EVENTS } from '../../../apps/api/src/intake/facts/new-events.repository.js';
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
  const takeDaysAway = (tx: Tx) => world.countAgain(tx, ['2026-04-01'], ['opened']);

  /** Until the other transaction waits for the one that is open, or has ended without. */
  const untilWaitingOrDone = async (other: Promise<unknown>) => {
    let isDone = false;
    void other.finally(() => {
      isDone = true;
    });
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while (!isDone && (await world.db.query(waiting)).length === 0);
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
      await untilWaitingOrDone(arriving);
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
      await untilWaitingOrDone(arriving);
    });
    await arriving;
    expect(await active()).toEqual({ people: 0, features: 0, events: 0 });
    await elsewhere.store([aContactRow({ externalId: 'U-1' }, { internal: false })], CONTEXT);
    expect(await active()).toEqual({ people: 1, features: 1, events: 2 * MANY_EVENTS + count });
  });

  describe.each([
    ['many', MANY_EVENTS],
    ['few', 1],
  ])('while %s first events of a month', (_, count) => {
    const inMarch = manyEvents('march', { occurredAt: '2026-03-20T12:00:00Z' }).slice(0, count);
    const becomesOwn = [aContactRow({ externalId: 'U-1' }, { email: 'ann@us.example' })];

    /** Then March changes nothing of when the person was seen first and last, and nothing of them is written for it. */
    const seenBefore = async (more: Partial<EventRow> = {}) => {
      await world.take(manyEvents('february', { occurredAt: '2026-02-20T12:00:00Z', ...more }));
      await world.store.makeRoom(inMarch, RECEIVED);
    };

    it('are not committed, who becomes one of our own people waits for them, so that they count nowhere', async () => {
      await seenBefore();
      let becoming: Promise<unknown> = Promise.resolve();
      await world.store.store(inMarch, CONTEXT, async () => {
        becoming = elsewhere.store(becomesOwn, CONTEXT);
        await untilWaitingOrDone(becoming);
      });
      await becoming;
      expect(await active()).toEqual({ people: 0, features: 0, events: 0 });
    });

    it('wait for such a person to be committed, they count nowhere either', async () => {
      await seenBefore();
      let arriving: Promise<unknown> = Promise.resolve();
      await elsewhere.store(becomesOwn, CONTEXT, async () => {
        arriving = world.take(inMarch);
        await untilWaitingOrDone(arriving);
      });
      await arriving;
      expect(await active()).toEqual({ people: 0, features: 0, events: 0 });
    });

    it('are on their way, nothing is left of a contact who turns out to be another one', async () => {
      const by = { contact: aContact({ externalId: null, email: 'eve@customer.example' }) };
      await seenBefore(by);
      await world.take(manyEvents('by mail', by));
      const told = [aContactRow({ externalId: 'U-1' }, { email: 'eve@customer.example' })];
      let arriving: Promise<unknown> = Promise.resolve();
      await elsewhere.store(told, CONTEXT, async () => {
        arriving = world.take(inMarch.map((row) => ({ ...row, ...by })));
        await untilWaitingOrDone(arriving);
      });
      await arriving;
      expect(
        await world.one(
          `SELECT count(DISTINCT contact_id)::int AS of_events, (SELECT count(*) FROM steward.contact)::int AS contacts,
             (SELECT count(DISTINCT contact_id) FROM steward.usage_contact_month)::int AS active FROM steward.event`,
        ),
      ).toEqual({ of_events: 1, contacts: 1, active: 1 });
    });
  });

  it.each([
    [
      'by the product',
      (id: string) => world.unitOfWork.run((tx) => new SampleRepository(new Clock()).deleteAccounts(tx, [id])),
    ],
    ['by hand', (id: string) => world.db.query('DELETE FROM steward.account WHERE id = $1', [id])],
    ['by hand, all of them', () => world.db.query('TRUNCATE steward.account CASCADE')],
  ])('ends when accounts are deleted %s', async (_, remove) => {
    const { id } = await world.one<{ id: string }>('SELECT id FROM steward.account');
    await remove(id);
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
