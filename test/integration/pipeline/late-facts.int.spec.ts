import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import type { Queues } from '../../../apps/api/src/pipeline/base/queue.module.js';
import { DayClose, LateFacts } from '../../../apps/api/src/pipeline/run/day-close.service.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { Maintenance } from '../../../apps/api/src/pipeline/run/maintenance.service.js';
import { RunProcessor } from '../../../apps/api/src/pipeline/run/run.processor.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { anAccount, PipelineWorld, usd } from './pipeline-world.js';

describe('closed days that late facts touch', () => {
  let world: PipelineWorld;
  let processor: RunProcessor;
  const enqueue = jest.fn();

  beforeEach(async () => {
    enqueue.mockClear();
    world = await PipelineWorld.open('2026-03-05T08:00:00Z');
    const get = <Service>(token: new (...args: never[]) => Service) => world.app.get<Service>(token);
    processor = new RunProcessor(get(LiveRefresh), get(DayClose), get(LateFacts), get(Runs), get(Maintenance), {
      enqueue,
      enqueueAll: jest.fn(),
    } as Partial<Queues> as Queues);
    await world.deliver(anAccount('acme', { arr: usd(1) }), anAccount('zenith', { arr: usd(2) }));
    await world.closeDays();
    world.now = '2026-03-06T08:00:00Z';
    await world.closeDays();
    await world.rebuildLate();
  });
  afterEach(() => world.close());

  const yesterday = async (account: string) => {
    const [row] = await world.query(
      `SELECT arr_minor FROM steward.account_snapshot WHERE account_id = $1 AND day = '2026-03-05'`,
      [accountIdOf(account)],
    );
    return row.arr_minor;
  };
  const late = async (account: string, arr: number) => {
    await world.deliver(anAccount(account, { arr: usd(arr) }, '2026-03-05'));
    await world.drain();
  };
  const ordered = async (): Promise<any> => {
    enqueue.mockClear();
    await processor.closeDays();
    return enqueue.mock.calls.find(([job]) => job === 'rebuild-late')?.[1];
  };
  const running = { id: '1', attempt: 1, signal: new AbortController().signal };

  it('are rebuilt within the day once no more come, and not with each of a burst', async () => {
    await late('acme', 10);
    expect(await ordered()).toBeUndefined();
    world.now = '2026-03-06T08:30:00Z';
    await late('acme', 11);
    world.now = '2026-03-06T09:10:00Z';
    expect(await ordered()).toBeUndefined();
    await late('zenith', 20);

    world.now = '2026-03-06T09:31:00Z';
    await processor.rebuildLate(await ordered(), running);
    expect([await yesterday('acme'), await yesterday('zenith')]).toEqual([1_100, 200]);
    world.now = '2026-03-06T10:11:00Z';
    await processor.rebuildLate(await ordered(), running);
    expect(await yesterday('zenith')).toBe(2_000);
    expect(await ordered()).toBeUndefined();
  });

  it('are all rebuilt by the night’s run, also those touched a moment ago', async () => {
    await late('acme', 10);
    await processor.rebuildLate({}, running);
    expect(await yesterday('acme')).toBe(1_000);
  });

  it('wait for a backfill that is on its way', async () => {
    await late('acme', 10);
    world.now = '2026-03-06T10:00:00Z';
    const day = await world.app.get(DayClose).nextRun();
    expect(day).toBeNull();
    await world.app.get(Runs).start('backfill', { from: 20_517 as never, to: 20_517 as never });
    expect(await ordered()).toBeUndefined();
  });
});
