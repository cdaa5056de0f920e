import { ApiServer, type Caller } from '../../support/api-server.js';

describe('events that many senders bring at the same time', () => {
  let server: ApiServer;
  let sender: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    sender = server.withKey((await server.key(['facts:write'])).secret);
    for (const account of ['A-1', 'A-2']) await sender.post('/api/v1/facts/account', { account, name: account });
  });
  afterAll(() => server.close());

  const track = (messageId: string, more: Record<string, unknown> = {}) => ({
    type: 'track',
    messageId,
    userId: 'U-1',
    groupId: 'A-1',
    event: 'Report opened',
    timestamp: '2026-04-10T10:00:00.000Z',
    ...more,
  });
  /** What became of each item of each batch, by what the sender was told. */
  const sendAll = async (batches: object[][]) => {
    const answers = await Promise.all(batches.map((batch) => sender.post('/api/v1/batch', { batch })));
    return answers.map(({ body }) => body.items.map((item: { status: string }) => item.status));
  };
  const counted = async () => {
    const [row] = await server.dataSource.query(
      `SELECT (SELECT count(*)::int FROM steward.event) AS events,
         (SELECT coalesce(sum(c), 0)::int FROM steward.usage_event_month u, unnest(u.counts) c) AS ledger`,
    );
    return [row.events, row.ledger];
  };

  it('are each kept and counted once, whoever brings them, and each sender is told of its own', async () => {
    const batches = Array.from({ length: 12 }, (_, n) => [
      track(`own-${n}`, { userId: `U-${n}` }),
      track('shared'),
      { ...track(`nameless-${n}`), event: undefined },
      track(`waiting-${n}`, { groupId: 'not known' }),
    ]);
    const told = await sendAll(batches);
    expect(told.map(([own, , ...rest]) => [own, ...rest])).toEqual(
      batches.map(() => ['created', 'rejected', 'quarantined']),
    );
    expect(told.map(([, shared]) => shared).sort()).toEqual(['created', ...Array(11).fill('unchanged')]);
    expect(await counted()).toEqual([13, 13]);
  });

  it('do not suffer for one that cannot be stored', async () => {
    await server.dataSource.query(`ALTER TABLE steward.event ADD CONSTRAINT no_poison CHECK (name <> 'Poison')`);
    const before = await counted();
    const batches = Array.from({ length: 12 }, (_, n) => [
      track(`good-${n}`),
      track(`maybe-${n}`, { groupId: 'A-2', event: n === 7 ? 'Poison' : 'Report opened' }),
      track(`last-${n}`),
    ]);
    const told = await sendAll(batches);
    const created = ['created', 'created', 'created'];
    expect(told).toEqual(batches.map((_, n) => (n === 7 ? ['created', 'rejected', 'created'] : created)));
    expect(await counted()).toEqual([before[0] + 35, before[1] + 35]);
  });
});
