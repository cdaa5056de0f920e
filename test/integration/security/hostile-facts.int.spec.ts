import { ApiServer, type Caller } from '../../support/api-server.js';

let server: ApiServer;
let sender: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  sender = server.withKey((await server.key(['facts:write'])).secret);
  await sender.post('/api/v1/facts/account', { account: 'A-1', name: 'Acme' });
});

afterAll(() => server?.close());

const event = (messageId: string, properties: object) => ({
  type: 'track',
  messageId,
  groupId: 'A-1',
  event: 'Report opened',
  timestamp: '2026-04-10T10:00:00.000Z',
  properties,
});

/** Sent as text: a nesting this deep cannot be written by JSON.stringify either. */
async function sendText(path: string, text: string) {
  const headers = { ...sender.credentials, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: text });
  return { status: response.status, body: (await response.json()) as any };
}

const DEPTH = 20_000;
const nested = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
const statuses = (answer: { body: any }) => answer.body.items.map(({ status, code }: any) => [status, code]);

describe('hostile facts', () => {
  it('nested without end are refused alone, and the rest of the batch is taken', async () => {
    const text = JSON.stringify({ batch: [event('before', {}), event('deep', { x: 0 }), event('after', {})] });
    const answer = await sendText('/api/v1/batch', text.replace('"x":0', `"x":${nested}`));
    expect(statuses(answer)).toEqual([
      ['created', null],
      ['rejected', 'TOO_DEEP'],
      ['created', null],
    ]);
    const alone = await sendText(
      '/api/v1/track',
      JSON.stringify(event('deep', { x: 0 })).replace('"x":0', `"x":${nested}`),
    );
    expect([alone.status, alone.body.code]).toEqual([400, 'TOO_DEEP']);
  });

  it('name their attributes as they like, and each keeps its own', async () => {
    await sender.post('/api/v1/facts/account', [
      { account: 'N-1', attributes: { x: '1', y: '2' } },
      { account: 'N-2', attributes: { 'x:text|attributes.y': '3' } },
    ]);
    const rows = await server.dataSource.query(
      `SELECT external_id AS id, attributes FROM steward.account WHERE external_id LIKE 'N-%' ORDER BY 1`,
    );
    expect(rows).toEqual([
      { id: 'N-1', attributes: { x: '1', y: '2' } },
      { id: 'N-2', attributes: { 'x:text|attributes.y': '3' } },
    ]);
  });

  it('that the database refuses are told in words, without those of the database', async () => {
    const most = (id: string) => ({
      account: 'A-1',
      messageId: id,
      name: 'login',
      occurredAt: '2026-04-10T10:00:00Z',
      count: 1e9,
    });
    const answer = await sender.post('/api/v1/facts/event', ['1', '2', '3', '4'].map(most));
    const refused = answer.body.items.filter(({ status }: any) => status === 'rejected');
    expect(refused.map(({ code }: any) => code)).toContain('CANNOT_BE_STORED');
    for (const { message } of refused) expect(message).toBe('The fact cannot be stored. A number is too large.');
  });
});
