import fc from 'fast-check';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { monthOf } from '../../../apps/api/src/domain/calendar/month.js';
import type { ContactRef, FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { UsageLedgerUpkeep } from '../../../apps/api/src/intake/facts/usage-ledger-upkeep.js';
import {
  aContact,
  aContactRow,
  aMetric,
  anAccount,
  anAnswer,
  anEvent,
  anInvoice,
  aSubscription,
  aTicket,
  aTouchpoint,
} from './a-fact.js';
import { FactWorld, RECEIVED } from './fact-world.js';

const DATA = [
  'account',
  'account_field',
  'contact',
  'contact_field',
  'metric_point',
  'subscription',
  'invoice',
  'ticket',
  'survey_answer',
  'touchpoint',
  'event',
  'usage_contact_month',
  'usage_feature_month',
  'usage_event_month',
  'message_arrival',
  'quarantined_fact',
  'dirty_account',
  'feature',
  'event_name',
  'metric_definition',
  'custom_attribute',
  'source',
  'source_delivery',
]
  .map((table) => `steward.${table}`)
  .join(', ');

/** A fact with the moment of its observation; no two are observed at once, so there is always a newest. */
interface Observed {
  row: FactRow;
  at: Date;
}

const accountId = fc.constantFrom('A', 'B', 'C');
const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-03-${String(number).padStart(2, '0')}`);
/** People known by id or by e-mail; the same address never belongs to two ids. */
const contact: fc.Arbitrary<ContactRef> = fc.constantFrom(
  aContact({ externalId: 'U-1' }),
  aContact({ externalId: 'U-1', email: 'one@x.example' }),
  aContact({ email: 'one@x.example' }),
  aContact({ externalId: 'U-2' }),
  aContact({ email: 'three@x.example' }),
  aContact({ email: 'own@us.example' }),
);

const fact: fc.Arbitrary<FactRow> = fc.oneof(
  fc
    .record({ of: accountId, seats: fc.integer({ min: 0, max: 9 }), effectiveOn: day })
    .map(({ of, seats, effectiveOn }) => anAccount({ seats }, { of, effectiveOn })),
  fc
    .record({ of: accountId, status: fc.constantFrom('trial', 'customer', 'churned'), effectiveOn: day })
    .map(({ of, status, effectiveOn }) => anAccount({ status: status as 'trial' }, { of, effectiveOn })),
  fc
    .record({ of: accountId, id: fc.nat(3), start: day })
    .map(({ of, id, start }) => aSubscription({ of, id: `S-${of}-${id}`, start })),
  fc
    .record({ of: accountId, id: fc.nat(3), status: fc.constantFrom('open', 'pending'), contact: fc.option(contact) })
    .map(({ of, id, status, contact: who }) => aTicket({ of, id: `T-${id}`, status: status as 'open', contact: who })),
  fc.record({ of: accountId, day, value: fc.integer({ min: 0, max: 9 }) }).map((point) => aMetric(point)),
  fc
    .record({ of: accountId, id: fc.nat(2), status: fc.constantFrom('open', 'paid', 'failed') })
    .map(({ of, id, status }) => anInvoice({ of, id: `I-${id}`, status: status as 'open' })),
  fc.record({ of: accountId, day, contact }).map((answer) => anAnswer({ ...answer, id: null })),
  fc
    .record({ of: accountId, id: fc.nat(3), day, who: contact })
    .map(({ of, id, day: on, who }) => aTouchpoint({ of, id: `C-${id}`, day: on, contacts: [who] })),
  fc
    .record({ of: accountId, who: contact, feature: fc.constantFrom('f', 'g', null), on: day, id: fc.nat(20) })
    .map(({ of, who, feature, on, id }) =>
      anEvent({
        of,
        contact: who,
        feature,
        occurredAt: `${on}T10:00:00.000Z`,
        messageId: `m-${of}-${id}-${on}`,
        name: `n-${feature}`,
      }),
    ),
  fc
    .record({ of: accountId, role: fc.constantFrom('champion', 'user'), internal: fc.boolean() })
    .map(({ of, role, internal }) => aContactRow({ externalId: 'U-2' }, { role, internal }, { of })),
);

const observed = fc
  .array(fact, { minLength: 1, maxLength: 40 })
  .map((rows): Observed[] =>
    rows.map((row, index) => ({ row, at: new Date(Date.parse('2026-04-01T00:00:00Z') + index * 60_000) })),
  );

const shuffled = <Item>(items: readonly Item[], seed: number): Item[] =>
  items
    .map((item, index) => ({ item, key: Math.imul(index + 1, 2654435761 ^ seed) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** Account rows always name the account that creates itself; every account of the world exists in the end. */
const creations = ['A', 'B', 'C'].map(
  (of): Observed => ({
    row: anAccount({ name: `Account ${of}` }, { of, effectiveOn: '2026-02-01' }),
    at: new Date('2026-03-31T00:00:00Z'),
  }),
);

async function arrive(world: FactWorld, facts: readonly Observed[], batch: number): Promise<void> {
  for (let start = 0; start < facts.length; start += batch) {
    const part = facts.slice(start, start + batch);
    await world.take(
      part.map(({ row }) => row),
      {
        receivedAt: new Date(RECEIVED.getTime() + start),
        observedAtOf: (index) => part[index]!.at,
      },
    );
  }
}

describe('laws of stored facts', () => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await FactWorld.open();
  });
  afterAll(() => world.close());
  const clear = () => world.db.query(`TRUNCATE ${DATA} RESTART IDENTITY CASCADE`);

  it('the order of arrival and the cut into batches do not matter, and twice is once', async () => {
    await fc.assert(
      fc.asyncProperty(observed, fc.nat(1_000), fc.integer({ min: 1, max: 15 }), async (facts, seed, batch) => {
        await clear();
        await arrive(world, [...creations, ...facts], 100);
        const expected = await world.everything();
        await clear();
        await arrive(world, shuffled([...facts, ...creations], seed), batch);
        expect(await world.everything()).toEqual(expected);
        await arrive(world, shuffled([...facts, ...creations], seed + 1), batch);
        expect(await world.everything()).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  }, 240_000);

  it('the ledger is what counting the events again gives', async () => {
    await fc.assert(
      fc.asyncProperty(observed, fc.nat(1_000), async (facts, seed) => {
        await clear();
        await arrive(world, shuffled([...facts, ...creations], seed), 7);
        const counted = await world.everything();
        const inBoth = ['2026-03-10T12:00:00Z', '2026-04-10T12:00:00Z'].map((occurredAt) => anEvent({ occurredAt }));
        await world.store.makeRoom(inBoth, RECEIVED);
        await world.unitOfWork.run((tx) => world.countAgain(tx, ['2026-03-01', '2026-04-01']));
        expect(await world.everything()).toEqual(counted);
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('next month is prepared without counting as activity', async () => {
    await clear();
    await arrive(world, [...creations, { row: anEvent({ of: 'A', feature: 'f' }), at: RECEIVED }], 10);
    const upkeep = new UsageLedgerUpkeep(world.unitOfWork, new Partitions(world.db));
    const before = await world.everything();
    const march = monthOf(toDay('2026-03-28'));
    await upkeep.seed(march);
    await upkeep.seed(march);
    expect(await world.everything()).toEqual(before);
    expect(await world.db.query(`SELECT month, days FROM steward.usage_contact_month ORDER BY month`)).toEqual([
      { month: '2026-03-01', days: 1 << 9 },
      { month: '2026-04-01', days: 0 },
    ]);
  });

  it('writers of the same accounts wait for each other and never fail', async () => {
    await clear();
    const ids = Array.from({ length: 60 }, (_, index) => `P-${index}`);
    const write = async (writer: number) => {
      for (let round = 0; round < 6; round += 1) {
        const rows = shuffled(ids, writer * 31 + round).flatMap((of): FactRow[] => [
          anAccount({ seats: round }, { of }),
          aSubscription({ of, id: `S-${of}-${writer}` }),
          aTicket({ of, id: `T-${writer}-${round}`, contact: aContact({ email: `p${writer}@x.example` }) }),
          anEvent({
            of,
            messageId: `m-${writer}-${round}`,
            contact: aContact({ externalId: `U-${round % 3}` }),
            feature: 'f',
          }),
        ]);
        await world.take(rows, { receivedAt: new Date(RECEIVED.getTime() + round * 10 + writer) });
      }
    };
    await Promise.all([1, 2, 3, 4].map(write));
    const [{ events, counted, tickets }] = await world.db.query(`SELECT (SELECT count(*) FROM steward.event) AS events,
      (SELECT sum(c) FROM steward.usage_event_month u, unnest(u.counts) c) AS counted, (SELECT count(*) FROM steward.ticket) AS tickets`);
    expect([events, Number(counted), tickets]).toEqual([60 * 24, 60 * 24, 60 * 24]);
  }, 120_000);
});
