import { gzipSync } from 'node:zlib';
import { ApiServer, type Caller } from '../../support/api-server.js';

describe('facts over HTTP', () => {
  let server: ApiServer;
  let sender: Caller;
  let secret: string;

  beforeAll(async () => {
    server = await ApiServer.start();
    secret = (await server.key(['facts:write'])).secret;
    sender = server.withKey(secret);
    await sender.post('/api/v1/facts/account', { account: 'A-1', name: 'Acme' });
  });
  afterAll(() => server.close());

  const count = async (table: string, where = 'true') =>
    Number((await server.dataSource.query(`SELECT count(*) FROM steward.${table} WHERE ${where}`))[0].count);
  const track = (message: Record<string, unknown> = {}) => ({
    type: 'track',
    messageId: 'm-1',
    userId: 'U-1',
    groupId: 'A-1',
    event: 'Report opened',
    timestamp: '2026-04-10T10:00:00.000Z',
    ...message,
  });

  describe('under names that mean something to JavaScript', () => {
    const named = (json: string) => JSON.parse(json) as Record<string, unknown>;

    it('are facts like others', async () => {
      await sender.post('/api/v1/facts/account', { account: 'JS-1', name: 'Scripts' });
      const attributes = named('{"constructor": "Ferrari", "toString": "yes"}');
      const account = await sender.post('/api/v1/facts/account', { account: 'JS-1', attributes });
      const group = await sender.post('/api/v1/group', { groupId: 'JS-1', traits: named('{"valueOf": 7}') });
      const metric = { account: 'JS-1', metric: 'constructor', value: 3, day: '2026-04-10' };
      const point = await sender.post('/api/v1/facts/metric', metric);
      const events = ['constructor', '__proto__'].map((event) =>
        track({
          groupId: 'JS-1',
          messageId: event,
          event,
          properties: named('{"feature": "__proto__", "__proto__": 1}'),
        }),
      );
      const sent = await sender.post('/api/v1/batch', { batch: events });
      expect([account, group, point, sent].map(({ body }) => body.items.map((one: any) => one.status))).toEqual([
        ['updated'],
        ['updated'],
        ['created'],
        ['created', 'created'],
      ]);
      const [stored] = await server.dataSource.query(
        `SELECT attributes FROM steward.account WHERE external_id = 'JS-1'`,
      );
      expect(Object.entries(stored.attributes)).toEqual(
        expect.arrayContaining([
          ['constructor', 'Ferrari'],
          ['toString', 'yes'],
          ['valueOf', 7],
        ]),
      );
      expect(await count('event', `name = '__proto__' AND properties::text LIKE '%__proto__": 1%'`)).toBe(1);
      expect(await count('feature', `key = '__proto__'`)).toBe(1);
    });

    it('are refused where they cannot be kept', async () => {
      const attributes = named('{"__proto__": "x"}');
      const plain = await sender.post('/api/v1/facts/account', { account: 'JS-1', attributes });
      const group = await sender.post('/api/v1/group', { groupId: 'JS-1', traits: attributes });
      const metric = { account: 'JS-1', metric: '---', value: 3, day: '2026-04-10' };
      const point = await sender.post('/api/v1/facts/metric', metric);
      expect([plain, group, point].map(({ body }) => body.code ?? body.items[0].code)).toEqual([
        'BAD_ATTRIBUTE',
        'BAD_ATTRIBUTE',
        'BAD_METRIC',
      ]);
    });
  });

  describe('as Segment sends them', () => {
    it('are taken with the write key as user name, zipped, under the path of its libraries', async () => {
      const response = await fetch(`${server.url}/v1/batch`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}`,
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        body: gzipSync(
          JSON.stringify({ batch: [track({ messageId: 'zip' })], sentAt: '2026-04-15T09:00:00.000Z', writeKey: 'x' }),
        ),
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ success: true, items: [{ status: 'created', messageId: 'zip' }] });
    });

    it('count once, however often they are sent', async () => {
      const before = await count('event');
      expect((await sender.post('/api/v1/track', track())).body.items[0].status).toBe('created');
      expect((await sender.post('/api/v1/track', track())).body.items[0].status).toBe('unchanged');
      const untimed = track({ messageId: 'untimed', timestamp: undefined });
      await sender.post('/api/v1/track', untimed);
      server.clock.advance({ hours: 30 });
      expect((await sender.post('/api/v1/track', untimed)).body.items[0].status).toBe('unchanged');
      const unnamed = track({ messageId: undefined, event: 'Unnamed' });
      await sender.post('/api/v1/batch', { batch: [unnamed, unnamed] });
      expect(await count('event')).toBe(before + 3);
    });

    it('with ids that are too long to be told apart are refused', async () => {
      const long = 'x'.repeat(4_000);
      const batch = [track({ messageId: `${long}1` }), track({ messageId: `${long}2` })];
      const { body } = await sender.post('/api/v1/batch', { batch });
      expect(body.items).toMatchObject([
        { status: 'rejected', code: 'TEXT_TOO_LONG', path: 'messageId' },
        { status: 'rejected', code: 'TEXT_TOO_LONG', path: 'messageId' },
      ]);
    });

    it('identify people and describe accounts, traits under the names that the product knows', async () => {
      const traits = {
        email: 'Jo@Acme.example',
        firstName: 'Jo',
        lastName: 'Doe',
        title: 'CTO',
        favouriteColour: 'blue',
      };
      await sender.post('/api/v1/identify', { userId: 'U-7', context: { groupId: 'A-1' }, traits });
      const group = { name: 'Acme Inc', industry: 'Tools', employees: 12, plan: 'Pro', beta: true, score: 4.5 };
      await sender.post('/api/v1/group', { userId: 'U-7', groupId: 'A-1', traits: group });
      const [person] = await server.dataSource.query(
        `SELECT email, name, title, attributes FROM steward.contact WHERE external_id = 'U-7'`,
      );
      expect(person).toMatchObject({
        email: 'jo@acme.example',
        name: 'Jo Doe',
        title: 'CTO',
        attributes: { favouriteColour: 'blue' },
      });
      const [account] = await server.dataSource.query(
        `SELECT name, industry, employees, plan, attributes FROM steward.account WHERE external_id = 'A-1'`,
      );
      expect(account).toEqual({
        name: 'Acme Inc',
        industry: 'Tools',
        employees: 12,
        plan: 'Pro',
        attributes: { beta: true, score: 4.5 },
      });
    });

    it('name the parent of an account, which cannot be the account itself', async () => {
      const itself = await sender.post('/api/v1/group', { groupId: 'A-1', traits: { parent: 'A-1' } });
      expect([itself.status, itself.body.code, itself.body.details[0].path]).toEqual([400, 'PARENT_IS_SELF', 'parent']);
      await sender.post('/api/v1/group', { groupId: 'A-1', traits: { parent: 'A-0' } });
      const [account] = await server.dataSource.query(
        `SELECT a.parent_id IS NOT NULL AS "hasParent" FROM steward.account a WHERE a.external_id = 'A-1'`,
      );
      expect(account.hasParent).toBe(true);
    });

    it('of an unknown account wait for it', async () => {
      const { body } = await sender.post('/api/v1/track', track({ groupId: 'Later', messageId: 'early' }));
      expect(body.items[0].status).toBe('quarantined');
      const admin = await server.as('admin');
      expect((await admin.get('/api/v1/quarantine')).body.groups).toMatchObject([
        { accountExternalId: 'Later', factKind: 'event', facts: 1 },
      ]);
      await sender.post('/api/v1/group', { groupId: 'Later', traits: { name: 'Later Ltd' } });
      expect(await count('event', `message_id = 'early'`)).toBe(1);
      await sender.post('/api/v1/track', track({ groupId: 'Never', messageId: 'lost' }));
      expect((await admin.post('/api/v1/quarantine/discard', { accountExternalId: 'Never' })).body).toEqual({
        discarded: 1,
      });
      expect((await admin.post('/api/v1/quarantine/retry')).body).toEqual({ retried: 0 });
      expect((await (await server.as('csm')).get('/api/v1/quarantine')).status).toBe(403);
    });
  });

  it.each([
    ['no account', track({ groupId: undefined }), 'MISSING_GROUP', 'groupId'],
    ['no event', track({ event: undefined }), 'MISSING_EVENT', 'event'],
    ['a number for an event', track({ event: 5 }), 'MISSING_EVENT', 'event'],
    ['an account that is an object', track({ groupId: { a: 1 } }), 'WRONG_TYPE', 'groupId'],
    ['the year 0', track({ timestamp: '0000-01-01T00:00:00Z' }), 'YEAR_OUT_OF_RANGE', 'timestamp'],
    ['the year 9999', track({ timestamp: '9999-01-01T00:00:00Z' }), 'YEAR_OUT_OF_RANGE', 'timestamp'],
    ['a day that does not exist', track({ timestamp: '2026-02-31T25:00:00Z' }), 'BAD_INSTANT', 'timestamp'],
    ['an event too old', track({ timestamp: '2020-01-01T00:00:00Z' }), 'EVENT_TOO_OLD', 'occurredAt'],
    ['a NUL', track({ properties: { deep: ['a\u0000b'] } }), 'NUL_CHARACTER', 'properties.deep.0'],
    ['half a character', track({ event: 'x\ud800' }), 'NOT_TEXT', 'event'],
    ['a huge text', track({ event: 'x'.repeat(5_000) }), 'TEXT_TOO_LONG', 'event'],
    ['a huge message', track({ properties: { text: 'x'.repeat(40_000) } }), 'MESSAGE_TOO_LARGE', null],
    ['another type', track({ type: 'page' }), 'UNSUPPORTED_TYPE', 'type'],
    ['text', 'hello', 'WRONG_TYPE', null],
    ['nothing', null, 'WRONG_TYPE', null],
  ])('a message with %s is refused with its place, the others are taken', async (_, message, code, path) => {
    const good = track({ messageId: `good-${code}-${path}-${_}` });
    const { status, body } = await sender.post('/api/v1/batch', { batch: [message, good] });
    expect(status).toBe(200);
    expect(body.items[0]).toMatchObject({ status: 'rejected', code, path });
    expect(body.items[1]).toMatchObject({ status: 'created' });
    expect(body.counts).toMatchObject({ rejected: 1, created: 1 });
  });

  it.each([
    ['account', { account: 'A-1', seats: -1 }, 'seats'],
    ['account', { account: 'A-1', seats: 'many' }, 'seats'],
    ['account', { account: 'A-1', currency: 'XQQ' }, 'currency'],
    ['account', { account: 'A-1', renewalDate: '9999-01-01' }, 'renewalDate'],
    ['account', { account: 'A-1', renewalDate: '0000-01-01' }, 'renewalDate'],
    ['account', { account: 'A-1', name: 'x'.repeat(600) }, 'name'],
    ['account', { account: 'A-1', status: 'somehow' }, 'status'],
    ['account', { account: 'A-1', colour: 'red' }, 'colour'],
    ['account', { name: 'Nobody' }, 'account'],
    ['account', { account: 'A-1', csm: { id: 1 } }, 'csm'],
    ['account', { account: 'A\u0000', name: 'x' }, 'account'],
    ['invoice', { account: 'A-1', id: 'I-1', issued: '2026-01-01', amount: true, currency: 'EUR' }, 'amount'],
    ['ticket', { account: 'A-1', id: 'T-1', opened: '01/02/2026' }, 'opened'],
    ['survey', { account: 'A-1', kind: 'nps', score: 11, day: '2026-01-01', contactId: 'U-1' }, 'score'],
    ['pulse', { account: 'A-1', day: '2026-01-01', value: 9 }, 'value'],
    ['metric', { account: 'A-1', metric: 'x', day: '2026-01-01', value: 'much' }, 'value'],
    ['metric', ['not', 'a', 'fact'], null],
  ])('a plain %s such as %j is refused at its field', async (kind, fact, path) => {
    const { status, body } = await sender.put(`/api/v1/facts/${kind}`, [fact, { account: 'A-1', surprise: 1 }]);
    expect(status).toBe(200);
    expect(body.items[0]).toMatchObject({ status: 'rejected', path });
    expect(body.items[1]).toMatchObject({ code: 'UNKNOWN_FIELD', path: 'surprise' });
  });

  it('plain facts of every kind are stored, twice is once', async () => {
    const facts: [string, Record<string, unknown>][] = [
      ['contact', { account: 'A-1', email: 'vi@acme.example', role: 'champion', attributes: { vip: true } }],
      [
        'event',
        {
          account: 'A-1',
          messageId: 'plain',
          name: 'export',
          occurredAt: '2026-04-01T10:00:00Z',
          properties: { format: 'pdf' },
        },
      ],
      ['metric', { account: 'A-1', metric: 'api_calls', day: '2026-03', value: 12.5, period: undefined }],
      ['subscription', { account: 'A-1', id: 'S-1', start: '2025-01-01', mrr: 99.5, currency: 'USD', quantity: 5 }],
      [
        'invoice',
        {
          account: 'A-1',
          id: 'I-1',
          issued: '2026-01-01',
          due: '2026-02-01',
          amount: 100,
          currency: 'EUR',
          status: 'paid',
        },
      ],
      [
        'ticket',
        {
          account: 'A-1',
          id: 'T-1',
          opened: '2026-01-01',
          status: 'open',
          priority: 'P1',
          contactEmail: 'vi@acme.example',
        },
      ],
      ['survey', { account: 'A-1', kind: 'nps', score: 9, day: '2026-02-02', contactEmail: 'vi@acme.example' }],
      ['touchpoint', { account: 'A-1', id: 'C-1', kind: 'call', at: '2026-03-03', text: 'Hello' }],
      ['deal', { account: 'A-1', id: 'D-1', kind: 'expansion', name: 'More seats', amount: 5000 }],
      ['pulse', { account: 'A-1', day: '2026-04-01', value: 5 }],
    ];
    for (const [kind, fact] of facts) {
      const first = await sender.post(`/api/v1/facts/${kind}`, fact);
      expect([kind, first.body.items[0]]).toEqual([kind, expect.objectContaining({ status: 'created' })]);
      const again = await sender.post(`/api/v1/facts/${kind}`, [fact]);
      expect([kind, again.body.items[0].status]).toEqual([kind, 'unchanged']);
    }
  });

  it('an older observation that arrives late does not win', async () => {
    await sender.post('/api/v1/facts/account', { account: 'A-1', size: 'New', observedAt: '2026-04-14T10:00:00Z' });
    await sender.post('/api/v1/facts/account', { account: 'A-1', size: 'Old', observedAt: '2026-04-01T10:00:00Z' });
    const [{ size }] = await server.dataSource.query(`SELECT size FROM steward.account WHERE external_id = 'A-1'`);
    expect(size).toBe('New');
    const future = await sender.post('/api/v1/facts/account', {
      account: 'A-1',
      plan: 'X',
      observedAt: '2027-01-01T00:00:00Z',
    });
    expect(future.body.items[0].code).toBe('OBSERVED_IN_FUTURE');
  });

  it('need a key that may write facts', async () => {
    expect((await server.anonymous.post('/api/v1/track', track())).status).toBe(401);
    const reader = server.withKey((await server.key(['accounts:read'])).secret);
    expect((await reader.post('/api/v1/track', track())).status).toBe(403);
    expect((await sender.post('/api/v1/facts/nonsense', {})).status).toBe(400);
    expect((await sender.post('/api/v1/facts/account', Array(1_001).fill({}))).status).toBe(400);
    const large = { batch: Array(20).fill(track({ properties: { text: 'x'.repeat(30_000) } })) };
    expect((await sender.post('/api/v1/batch', large)).status).toBe(413);
    const single = await sender.post('/api/v1/track', track({ event: '' }));
    expect([single.status, single.body.code]).toEqual([400, 'MISSING_EVENT']);
  });
});
