import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { DayBatches } from '../../../apps/api/src/pipeline/run/day-batches.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { type Run, RunRepository } from '../../../apps/api/src/pipeline/run/run.repository.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { BUCKETS, bucketRange } from '../../../apps/api/src/stages/batch.js';
import { DayRuns } from '../../../apps/api/src/stages/day-run.js';
import { publishOtherWeights } from './other-weights.js';
import { anAccount, aPulse, aTicket, type KeptWorld, PipelineWorld, usd } from './pipeline-world.js';

const ACCOUNTS = 24;
const TODAY = '2026-04-15';
const HALF = BUCKETS / 2;
const ALL = bucketRange(0, BUCKETS - 1);

describe('a model that is published while accounts are computed', () => {
  let kept: KeptWorld;
  let world: PipelineWorld;
  let elsewhere: PipelineWorld;

  beforeAll(async () => {
    const made = await PipelineWorld.open(`${TODAY}T09:00:00Z`);
    const ids = Array.from({ length: ACCOUNTS }, (_, index) => `account-${index}`);
    await made.deliver(...ids.map((id) => anAccount(id, { arr: usd(30_000), seats: 4, customerSince: '2024-01-01' })));
    await made.deliver(...ids.flatMap((id) => [aPulse(id, '2026-04-02', 5), aTicket(id, 't1', '2026-04-10')]));
    await made.drain();
    kept = await made.keep();
  }, 60_000);
  afterAll(() => kept?.close());

  beforeEach(async () => {
    world = await kept.copy();
    elsewhere = await world.another();
    await world.drain();
  });
  afterEach(async () => {
    await elsewhere?.app.close();
    await world?.close();
  });

  /** Another process learns of it, and makes all accounts due. */
  async function publish(): Promise<void> {
    await publishOtherWeights(world);
    await elsewhere.app.get(LiveRefresh).drain(AbortSignal.abort());
    expect(await due()).toBe(ACCOUNTS);
  }

  const due = async () => (await world.query('SELECT 1 FROM steward.dirty_account')).length;
  const runs = () => world.app.get(Runs);
  const refresh = (): Promise<Run> => runs().start('refresh', { from: toDay(TODAY), to: toDay(TODAY) });

  /** Accounts by whether their score is that of the new model. */
  async function byModel(): Promise<{ before: number; now: number }> {
    const [row] = await world.query(
      `SELECT count(*) FILTER (WHERE v.state = 'superseded')::int AS before, count(*) FILTER (WHERE v.state = 'published')::int AS now
       FROM steward.account_state s JOIN steward.health_profile_version v ON v.id = s.health_version_id`,
    );
    return row;
  }

  it('holds for the later spans of a run, and the earlier stay due', async () => {
    const run = await refresh();
    await runs().workSpan(run, [0, HALF - 1]);
    await publish();
    await runs().workSpan(run, [HALF, BUCKETS - 1]);

    const { before, now } = await byModel();
    expect([before > 0, now > 0, before + now]).toEqual([true, true, ACCOUNTS]);
    expect(await due()).toBe(before);
    await world.drain();
    expect(await byModel()).toEqual({ before: 0, now: ACCOUNTS });
    expect(await due()).toBe(0);
  });

  it('leaves those due whose batch of a run had begun by the one before', async () => {
    const run = await refresh();
    const known = await world.unitOfWork.run(async (tx) => ({
      names: await world.app.get(RunRepository, { strict: false }).namesInUse(tx),
      base: await world.app.get(DayRuns, { strict: false }).base(tx),
    }));
    await publish();
    const batches = world.app.get(DayBatches, { strict: false });
    expect(await world.unitOfWork.run((tx) => batches.compute(tx, known, run, ALL))).toBe(ACCOUNTS);

    expect(await byModel()).toEqual({ before: ACCOUNTS, now: 0 });
    expect(await due()).toBe(ACCOUNTS);
    await world.drain();
    expect(await byModel()).toEqual({ before: 0, now: ACCOUNTS });
  });

  it('holds for what a process is about to compute of the due accounts', async () => {
    await world.deliver(aPulse('account-0', TODAY, 2));
    const repository = world.app.get(RunRepository, { strict: false });
    const list = repository.dueAccounts.bind(repository);
    const meanwhile = jest.spyOn(repository, 'dueAccounts').mockImplementationOnce(async (tx, limit) => {
      await publish();
      return list(tx, limit);
    });
    await world.drain();
    meanwhile.mockRestore();
    expect(await byModel()).toEqual({ before: 0, now: ACCOUNTS });
    expect(await due()).toBe(0);
  });
});
