import { anAccount, anAnswer, aTicket, PipelineWorld } from './pipeline-world.js';

const SIGNAL = { openTickets: 13, csat: 18, nps: 19 };
const REASON = { noFeed: 1 };

describe('sources that speak only for the accounts they have told of', () => {
  let world: PipelineWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T09:00:00Z');
    const satisfaction = { score: 4, scaleMin: 1, scaleMax: 5 };
    const solved = { status: 'closed', closed: '2026-04-12', satisfaction } as const;
    await world.deliver(
      anAccount('rated'),
      anAccount('asked'),
      anAccount('quiet'),
      aTicket('rated', 't1', '2026-04-10', solved),
      anAnswer('asked', '2026-04-01', 9),
    );
    await world.query(`UPDATE steward.source SET covers = 'seen' WHERE fact_kind IN ('ticket', 'survey')`);
    await world.drain();
  });
  afterAll(() => world?.close());

  it('leave the others without a feed, not with nothing', async () => {
    expect(await world.signal('rated', SIGNAL.openTickets)).toEqual({ value: 0, reason: 0 });
    expect(await world.signal('quiet', SIGNAL.openTickets)).toEqual({ value: null, reason: REASON.noFeed });
    expect(await world.signal('asked', SIGNAL.nps)).toEqual({ value: 100, reason: 0 });
    expect(await world.signal('quiet', SIGNAL.nps)).toEqual({ value: null, reason: REASON.noFeed });
  });

  it('tell of satisfaction by a rated ticket as well as by an answer', async () => {
    expect(await world.signal('rated', SIGNAL.csat)).toEqual({ value: 4, reason: 0 });
    expect(await world.signal('quiet', SIGNAL.csat)).toEqual({ value: null, reason: REASON.noFeed });
  });
});
