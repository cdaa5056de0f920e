import type { EventRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { MANY_EVENTS } from '../../../apps/api/src/intake/facts/new-events.repository.js';
import { aContact, anAccount, anEvent } from './a-fact.js';
import { FactWorld } from './fact-world.js';

const ACCOUNTS = ['A', 'B', 'C'];
const SIZE = MANY_EVENTS + 50;
const UNFIT = ['\t', '\n', '\r\n', '\\', '\\N', '\\.', '"', '{', ',', 'é', '😀'];

/** People, features and accounts mixed; some background events, some of the workspace's own people. */
function events(from: number, count = SIZE, more: Partial<EventRow> = {}): EventRow[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const own = n % 11 === 0;
    return anEvent({
      of: ACCOUNTS[n % 3]!,
      messageId: `m-${n}-${UNFIT[n % UNFIT.length]}`,
      contact:
        n % 7 === 0
          ? null
          : aContact(own ? { externalId: 'own', email: 'me@us.example' } : { externalId: `U-${n % 5}` }),
      name: n % 13 === 0 ? 'sync' : 'opened',
      feature: n % 4 === 0 ? null : `feature-${n % 3}`,
      occurredAt: new Date(Date.parse('2026-04-01T03:00:00.000Z') + n * 7).toISOString(),
      count: 1 + (n % 2),
      properties: n % 5 === 0 ? {} : { text: `a${UNFIT[n % UNFIT.length]}b`, list: [n, null] },
      ...more,
    });
  });
}

const inPieces = <Item>(items: readonly Item[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

async function withWorld<Result>(work: (world: FactWorld) => Promise<Result>): Promise<Result> {
  const world = await FactWorld.open({ time_zone: 'America/New_York' });
  try {
    await world.db.query(`INSERT INTO steward.event_name VALUES ('sync', true, now())`);
    await world.take(ACCOUNTS.map((of) => anAccount({}, { of })));
    return await work(world);
  } finally {
    await world.close();
  }
}

/** What the events leave behind when they come a few at a time. */
const fewAtATime = (rows: readonly EventRow[]) =>
  withWorld(async (world) => {
    for (const piece of inPieces(rows, MANY_EVENTS - 1)) await world.take(piece);
    return everything(world);
  });

const everything = async (world: FactWorld) => ({
  ...(await world.everything()),
  properties: await world.db.query(
    `SELECT message_id, properties, received_at FROM steward.event ORDER BY account_id, occurred_at, message_id`,
  ),
  dirty: await world.db.query(`SELECT account_id, since_day FROM steward.dirty_account ORDER BY 1`),
});

const tally = (outcomes: readonly string[]) =>
  Object.fromEntries([...new Set(outcomes)].sort().map((one) => [one, outcomes.filter((each) => each === one).length]));

describe('many events at once', () => {
  it('leave what the same events leave when they come a few at a time, in either order', async () => {
    const rows = events(0);
    const expected = await fewAtATime(rows);
    await withWorld(async (world) => {
      expect(tally(await world.outcomes(rows))).toEqual({ created: SIZE });
      expect(await everything(world)).toEqual(expected);
    });
    await withWorld(async (world) => {
      await world.outcomes([...rows].reverse());
      expect(await everything(world)).toEqual(expected);
    });
  });

  it('are counted once when all of them, or any part, come again', async () => {
    const rows = events(0, 2 * SIZE);
    const expected = await fewAtATime(rows);
    await withWorld(async (world) => {
      await world.take(rows.slice(0, SIZE));
      expect(tally(await world.outcomes(rows.slice(0, SIZE)))).toEqual({ unchanged: SIZE });
      // One known among new ones, where no sample sees it.
      expect(tally(await world.outcomes([...rows.slice(SIZE, -2), rows[1]!, rows.at(-2)!, rows.at(-1)!]))).toEqual({
        created: SIZE,
        unchanged: 1,
      });
      expect(await everything(world)).toEqual(expected);
    });
  });

  it('are counted once when several senders bring the same ones at the same time', async () => {
    const rows = events(0);
    const expected = await fewAtATime(rows);
    await withWorld(async (world) => {
      const taken = await Promise.all([1, 2, 3].map(() => world.outcomes(rows)));
      expect(tally(taken.flat())).toEqual({ created: SIZE, unchanged: 2 * SIZE });
      expect(await everything(world)).toEqual(expected);
    });
  });

  it('count on the days of the workspace, whether of one day or of two', async () => {
    const twoDays = [...events(0), ...events(SIZE, SIZE, { occurredAt: '2026-04-01T04:00:00.000Z' })];
    const expected = await fewAtATime(twoDays);
    await withWorld(async (world) => {
      await world.take(twoDays);
      expect(await everything(world)).toEqual(expected);
      const [first] = (await world.everything())['usage_event_month'] as { month: string; counts: number[] }[];
      expect(first).toMatchObject({ month: '2026-03-01' });
      expect(first!.counts.slice(0, 30)).toEqual(Array(30).fill(0));
    });
    await withWorld(async (world) => {
      for (const day of inPieces(twoDays, SIZE)) await world.take(day);
      expect(await everything(world)).toEqual(expected);
    });
  });
});
