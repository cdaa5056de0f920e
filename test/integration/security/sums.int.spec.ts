import { randomUUID } from 'node:crypto';
import { ApiServer } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';
import { aSubscription } from '../intake/a-fact.js';
import { anAccount, PipelineWorld, usd } from '../pipeline/pipeline-world.js';

describe('sums beyond what is stored', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
  });
  afterAll(() => world?.close());

  it('stay at the most, and no other account waits for them', async () => {
    await world.deliver(anAccount('huge', {}), anAccount('usual', { arr: usd(6_000) }));
    const huge = ['1', '2', '3'].map((id) =>
      aSubscription({ of: 'huge', id, mrr: usd(90_000_000_000_000), quantity: 2_000_000_000 }),
    );
    await world.deliver(...huge);
    await world.drain();
    expect(await world.state('usual')).toMatchObject({ arr_minor: 600_000 });
    expect(await world.state('huge')).toMatchObject({ seats: 2_147_483_647, arr_minor: Number.MAX_SAFE_INTEGER });
  });
});

describe('amounts that add up to more than can be told', () => {
  let server: ApiServer;

  beforeAll(async () => {
    server = await ApiServer.start();
  });
  afterAll(() => server?.close());

  it('are told as the most, so that the accounts are still counted', async () => {
    const ids = [randomUUID(), randomUUID()];
    const account = { status: 'customer', first_seen_on: '2026-01-01', revision: 1 };
    const state = { as_of: '2026-04-15', status: 'customer', arr_minor: Number.MAX_SAFE_INTEGER };
    await insertRows(
      server.dataSource,
      'account',
      ids.map((id) => ({ id, external_id: id, name: id, ...account })),
    );
    await insertStates(
      server.dataSource,
      ids.map((id) => ({ account_id: id, ...state })),
    );
    const answer = await (await server.as('admin')).post('/api/v1/accounts/count', {});
    expect(answer.body).toMatchObject({ accounts: 2, arrMinor: Number.MAX_SAFE_INTEGER });
  });
});
