import { HistoryWorker } from '../../../apps/api/src/reports/studio/history-worker.js';
import { ApiServer } from '../../support/api-server.js';
import { command } from '../../support/command.js';
import { dataFile, importFile, saySkipped, withData } from './third-party-data.js';

/** A company whose churn was dealt by chance: nothing in its data tells of it, and a backtest has to say so. */
saySkipped('what a backtest says of chance');
withData('ravenstack', () => {
  let server: ApiServer | undefined;
  afterEach(() => server?.close());

  it('is told no better than by chance', async () => {
    server = await ApiServer.start();
    server.clock.at = new Date('2025-01-15T09:00:00Z');
    for (const [mapping, part] of [
      ['ravenstack-accounts', 'accounts'],
      ['ravenstack-churn', 'churn_events'],
      ['ravenstack-subscriptions', 'subscriptions'],
      ['ravenstack-usage', 'feature_usage'],
      ['ravenstack-tickets', 'support'],
    ] as const)
      await importFile(server, mapping, dataFile('ravenstack', part));
    // All days, because what a day shows follows from the days before it.
    await command(server, 'backfill', '--from', '2023-10-31', '--to', '2025-01-14');
    const admin = await server.as('admin');
    const { profiles } = (await admin.get('/api/v1/health-profiles')).body;
    const { id, body } = profiles.find(({ isDefault }: { isDefault: boolean }) => isDefault);
    const ordered = await admin.post('/api/v1/health-studio/runs', {
      kind: 'backtest',
      profile: { profileId: id, body },
    });
    await server.app.get(HistoryWorker, { strict: false }).work(ordered.body.id);
    const run = (await admin.get(`/api/v1/health-studio/runs/${ordered.body.id}`)).body;
    process.stderr.write(`${run.backtest.eventAccounts} accounts churned. ${run.backtest.verdict.sentence}\n`);
    expect(run.backtest.eventAccounts).toBeGreaterThan(30);
    expect(run.backtest.auc.low).toBeLessThan(0.5);
    expect(run.backtest.auc.high).toBeGreaterThan(0.5);
    expect(run.backtest.verdict.kind).toBe('no_better');
  }, 560_000);
});
