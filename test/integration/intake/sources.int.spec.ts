import { ApiServer, type Caller } from '../../support/api-server.js';

describe('the list of sources', () => {
  let server: ApiServer;
  let sender: Caller;
  const silent = async () => {
    const admin = await server.as('admin');
    const { sources } = (await admin.get('/api/v1/sources')).body;
    return Object.fromEntries(sources.map((source: any) => [source.factKind, source.silent && source.silentSince]));
  };

  beforeAll(async () => {
    server = await ApiServer.start();
    sender = server.withKey((await server.key(['facts:write'])).secret);
    await sender.post('/api/v1/facts/account', { account: 'A-1' });
    for (let day = 0; day < 6; day += 1) {
      server.clock.advance({ hours: 24 });
      await sender.post('/api/v1/track', { messageId: `m-${day}`, userId: 'U-1', groupId: 'A-1', event: 'Opened' });
    }
  });
  afterAll(() => server.close());

  it('tells which one has fallen silent: three times its usual gap and at least three days', async () => {
    server.clock.advance({ hours: 48 });
    expect(await silent()).toMatchObject({ event: false });
    server.clock.advance({ hours: 24 });
    // One delivery says nothing about how often they come.
    expect(await silent()).toMatchObject({ event: '2026-04-22', account: false });
  });
});
