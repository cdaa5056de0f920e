import type { EventRow } from '../../domain/values/fact-rows.js';
import type { Outcome, Parcel } from '../facts/arrival.js';
import { rejected } from '../facts/arrival.js';
import { GatheredEvents } from './gathered-events.js';

class BadData extends Error {}

const event = (messageId: string): EventRow => ({
  kind: 'event',
  account: { via: 'externalId', id: 'A-1' },
  messageId,
  contact: null,
  name: 'opened',
  feature: null,
  occurredAt: null,
  count: 1,
  properties: {},
});

const parcelOf = (...messageIds: string[]): Parcel => ({
  rows: messageIds.map(event),
  context: { sourceKey: 'api', receivedAt: new Date(), actor: { kind: 'system', id: null, name: 'test' } },
});

const idsOf = ({ rows }: Parcel) => rows.map((row) => (row as EventRow).messageId);
const created: Outcome = { status: 'created', keptByHand: [], ownerTexts: [] };
/** Tells in the outcome which event it is about. */
const outcomeOf = (id: string): Outcome => ({ ...created, keptByHand: [id] });

/** A store whose batches end when told to. */
function setUp() {
  const batches: string[][][] = [];
  const ends: { succeed: () => void; fail: (error: Error) => void }[] = [];
  const events = new GatheredEvents({
    together: (parcels) => {
      batches.push(parcels.map(idsOf));
      return new Promise((resolve, reject) => {
        ends.push({ succeed: () => resolve(parcels.flatMap(idsOf).map(outcomeOf)), fail: reject });
      });
    },
    alone: (parcel) => {
      batches.push([idsOf(parcel)]);
      const outcomes = idsOf(parcel).map((id) => (id === 'bad' ? rejected('CANNOT_BE_STORED', 'bad') : outcomeOf(id)));
      return new Promise((resolve, reject) => ends.push({ succeed: () => resolve(outcomes), fail: reject }));
    },
    isFaultOfOne: (error) => error instanceof BadData,
  });
  const end = async (index: number, how: 'succeed' | Error = 'succeed') => {
    if (how === 'succeed') ends[index]!.succeed();
    else ends[index]!.fail(how);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { batches, end, store: (...ids: string[]) => events.store(parcelOf(...ids)) };
}

const told = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => ('keptByHand' in outcome ? outcome.keptByHand[0] : outcome.status));

describe('events that arrive while others are being stored', () => {
  it('wait and are stored together, each sender being told of its own', async () => {
    const { batches, end, store } = setUp();
    const sent = [store('a'), store('b'), store('c', 'd'), store('e')];
    expect(batches).toEqual([[['a']], [['b']]]);
    await end(0);
    expect(batches[2]).toEqual([['c', 'd'], ['e']]);
    await end(1);
    await end(2);
    expect((await Promise.all(sent)).map(told)).toEqual([['a'], ['b'], ['c', 'd'], ['e']]);
  });

  it('are stored one by one when one of them is refused', async () => {
    const { batches, end, store } = setUp();
    const sent = [store('a'), store('b'), store('c'), store('bad'), store('e')];
    await end(0);
    await end(2, new BadData());
    for (const index of [3, 4, 5]) await end(index);
    expect(batches.slice(2)).toEqual([[['c'], ['bad'], ['e']], [['c']], [['bad']], [['e']]]);
    expect((await Promise.all(sent.slice(2))).map(told)).toEqual([['c'], ['rejected'], ['e']]);
  });

  it('are not tried again where nothing can be stored', async () => {
    const { batches, end, store } = setUp();
    const sent = [store('a'), store('b'), store('c'), store('d')];
    await end(0);
    const lost = Promise.allSettled(sent.slice(2));
    await end(2, new Error('the database is gone'));
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(batches).toHaveLength(3);
  });

  it('never make a batch too long, and none waits for ever', async () => {
    const { batches, end, store } = setUp();
    const many = (name: string) => Array.from({ length: 900 }, (_, n) => `${name}-${n}`);
    const sent = [store('a'), store('b'), store(...many('c')), store(...many('d')), store(...many('e'))];
    await end(0);
    await end(1);
    expect(batches.slice(2).map((batch) => batch.map((parcel) => parcel[0]))).toEqual([['c-0', 'd-0'], ['e-0']]);
    await end(2);
    await end(3);
    expect((await Promise.all(sent)).map((outcomes) => outcomes.length)).toEqual([1, 1, 900, 900, 900]);
  });
});
