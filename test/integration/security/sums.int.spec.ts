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
