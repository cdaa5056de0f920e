import { Partitions } from '../../../apps/api/src/db/partitions.js';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { aMetric, anAccount, anInvoice, aSubscription, aTicket } from './a-fact.js';
import { FactWorld, RECEIVED } from './fact-world.js';

const later = (minutes: number) => new Date(RECEIVED.getTime() + minutes * 60_000);
const ELSEWHERE = {
  sourceKey: 'other',
  receivedAt: later(1),
  actor: { kind: 'system', id: null, name: 'test' },
} as const;

describe('one fact that two deliveries bring at the same moment', () => {
  let world: FactWorld;
  let elsewhere: FactStore;

  beforeEach(async () => {
    world = await FactWorld.open();
    elsewhere = new FactStore(world.unitOfWork, new Partitions(world.db));
    await world.take([anAccount()]);
  });
  afterEach(() => world?.close());

  const untilWaiting = async () => {
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await world.db.query(waiting)).length === 0);
  };

  /** `late` waits for the delivery of `first` and is stored after it. */
  async function afterAnother(first: FactRow, late: FactRow) {
    let arriving = Promise.resolve<Awaited<ReturnType<FactWorld['take']>> | null>(null);
    await elsewhere.store([first], ELSEWHERE, async () => {
      arriving = world.take([late], { receivedAt: later(2) });
      await untilWaiting();
    });
    return arriving;
  }

  it.each<[string, FactRow, FactRow]>([
    ['a metric', aMetric({ value: 7 }), aMetric({ value: 9 })],
    ['an invoice', anInvoice({ status: 'open' }), anInvoice({ status: 'paid', paidOn: '2026-03-05' })],
    ['a ticket', aTicket({ closed: null }), aTicket({ closed: '2026-03-20' })],
    ['a subscription', aSubscription({ quantity: 5 }), aSubscription({ quantity: 8 })],
  ])('makes the account due where %s goes back to what it was before the other', async (_, before, between) => {
    await world.take([before]);
    const stored = await afterAnother(between, before);
    expect(stored).toMatchObject({ outcomes: [{ status: 'updated' }], dirtyAccounts: 1 });
  });

  it('is new for one of them only', async () => {
    const stored = await afterAnother(aMetric({ value: 7 }), aMetric({ value: 9 }));
    expect(stored).toMatchObject({ outcomes: [{ status: 'updated' }], dirtyAccounts: 1 });
  });

  it('is unchanged by the second where both say the same', async () => {
    const stored = await afterAnother(aMetric({ value: 7 }), aMetric({ value: 7 }));
    expect(stored).toMatchObject({ outcomes: [{ status: 'unchanged' }], dirtyAccounts: 0 });
  });
});
