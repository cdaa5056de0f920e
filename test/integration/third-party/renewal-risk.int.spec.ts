import type { Rule } from '@steward/shared/rules';
import { DEFAULT_PROFILE } from '../../../apps/api/src/domain/health/defaults.js';
import { compileProfile } from '../../../apps/api/src/domain/health/profile.js';
import { coverageOf, scoreOf } from '../../../apps/api/src/domain/health/score.js';
import { BUILT_IN_SIGNALS } from '../../../apps/api/src/domain/signals/built-in.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { command } from '../../support/command.js';
import { dataFile, importFile, saySkipped, withData } from './third-party-data.js';

saySkipped('Third-party renewals');

const DAY = '2026-04-15';
const RENEWING: Rule = { kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 };
const NPS = 'sentiment.nps';

const slotOf = (key: string) => {
  const signal = BUILT_IN_SIGNALS.find((one) => one.key === key);
  return signal ? signal.number - 1 : null;
};
const profile = compileProfile(DEFAULT_PROFILE, slotOf);
const profileWithoutNps = compileProfile(
  { ...DEFAULT_PROFILE, groups: DEFAULT_PROFILE.groups.filter(({ key }) => key !== 'sentiment') },
  slotOf,
);

interface Scored {
  external_id: string;
  signals: (number | null)[];
  caps: number[];
  score: number | null;
  band: string;
}

withData('contentstack-renewal, months after its last fact', () => {
  let server: ApiServer;
  let admin: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    server.clock.at = new Date('2026-11-21T09:00:00Z');
    admin = await server.as('admin');
    const file = (name: string) => dataFile('contentstack-renewal', name);
    await importFile(server, 'contentstack-accounts', file('accounts'));
    await importFile(server, 'contentstack-usage', file('usage_metrics'));
    await importFile(server, 'contentstack-tickets', file('support_tickets'));
    await importFile(server, 'contentstack-nps', file('nps_responses'));
    const created = await admin.post('/api/v1/signals', {
      key: 'api.calls_change',
      label: 'API calls, change over five months',
      unit: 'percent',
      description: 'API calls of the newest month against the month five months earlier.',
      better: 'up',
      windowDays: null,
      compute: { source: 'metric', metric: 'api_calls', aggregation: 'last' },
      change: { daysEarlier: 152, as: 'percent', floor: 'none' },
    });
    expect(created.status).toBe(201);
    await backfill();
  }, 120_000);
  afterAll(() => server?.close());

  const backfill = (...more: string[]) => command(server, 'backfill', '--from', DAY, '--to', DAY, ...more);
  const count = async (rule: Rule | null, asOf: string | null = DAY) =>
    (await admin.post('/api/v1/accounts/count', { rule, asOf })).body;
  const ids = async (rule: Rule, asOf = DAY) => {
    const { body } = await admin.post('/api/v1/accounts/query', { rule, asOf, limit: 500 });
    return body.rows.map(({ externalId }: { externalId: string }) => externalId).sort();
  };
  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const scored = (): Promise<Scored[]> =>
    server.dataSource.query(
      `SELECT a.external_id, s.signals, s.caps, s.score, s.band FROM steward.account_snapshot s
         JOIN steward.account a ON a.id = s.account_id WHERE s.day = $1 ORDER BY a.external_id`,
      [DAY],
    );

  it('has 120 accounts with their ARR, in the default tiers', async () => {
    expect(await count(null)).toMatchObject({ accounts: 120, arrMinor: 5_408_900_000 });
    for (const [tier, accounts] of [
      ['T1', 84],
      ['T2', 27],
      ['T3', 9],
      ['T4', 0],
    ] as const)
      expect(await count({ kind: 'compare', field: 'tier', op: 'eq', value: tier })).toMatchObject({ accounts });
  });

  it('finds the renewals of the next 90 days, on screen and by command', async () => {
    expect(await count(RENEWING)).toMatchObject({ accounts: 30, arrMinor: 1_462_900_000 });
    expect(await ids(RENEWING)).toEqual(numbered(1000, 1029));
    const listed = JSON.parse(
      await command(server, 'accounts', '--rule', JSON.stringify(RENEWING), '--as-of', DAY, '--format', 'json'),
    );
    expect(listed).toHaveLength(30);
    expect(listed.reduce((sum: number, row: { arrMinor: number }) => sum + row.arrMinor, 0)).toBe(1_462_900_000);
  });

  it('finds them by the segment of renewals as well, with the columns that it shows', async () => {
    const { segments } = (await admin.get('/api/v1/segments')).body;
    const { rule, sort, columns } = segments.find(({ key }: { key: string }) => key === 'renewal_90');
    expect(await count(rule)).toMatchObject({ accounts: 30, arrMinor: 1_462_900_000 });
    const { rows } = (await admin.post('/api/v1/accounts/query', { rule, sort, asOf: DAY, limit: 500 })).body;
    expect(rows.map(({ externalId }: { externalId: string }) => externalId).sort()).toEqual(numbered(1000, 1029));
    const days = rows.map(({ renewalDate }: { renewalDate: string }) => renewalDate);
    expect(days).toEqual([...days].sort());
    expect(columns).toEqual([
      'account.arr',
      'health.score',
      'account.renewalDate',
      'account.primaryContact',
      'relationship.days_since_touch',
      'sentiment.nps',
      'account.csm',
    ]);
    const shown = ['arrMinor', 'score', 'renewalDate', 'primaryContact', 'daysSinceTouch', 'nps', 'csm'];
    for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(shown));
    expect(rows.some(({ nps }: { nps: number | null }) => nps !== null)).toBe(true);
  });

  it('finds who calls the API more than 30 % less than in October', async () => {
    const down: Rule = { kind: 'compare', field: 'api.calls_change', op: 'lt', value: -30 };
    expect(await ids(down)).toEqual([...numbered(1000, 1007), '1010']);
  });

  const expectScores = async () => {
    const rows = await scored();
    expect(rows).toHaveLength(120);
    // A measure counts as connected once the workspace has been delivered what it reads.
    const connected = new Set(
      profile.counted.flatMap(({ signal, slot }) => (rows.some((row) => row.signals[slot] !== null) ? [signal] : [])),
    );
    const silent = rows.filter(({ signals }) => signals[slotOf(NPS)!] === null);
    expect(silent).toHaveLength(22);
    for (const { signals, caps, score, band } of silent) {
      const isCovered = (coverageOf(profile, signals, (signal) => connected.has(signal)) ?? 0) >= 50;
      const without = scoreOf(
        profileWithoutNps,
        signals,
        (signal) => signal !== NPS && signals[slotOf(signal)!] !== null,
        caps,
      );
      expect({ score, band }).toEqual(
        isCovered ? { score: without.score, band: without.band } : { score: null, band: 'unknown' },
      );
    }
    return silent;
  };

  it('calls the 22 accounts that never answered unknown, not bad, while little else is known', async () => {
    const silent = await expectScores();
    expect(new Set(silent.map(({ band }) => band))).toEqual(new Set(['unknown']));
  });

  it('scores them without the missing answers once a usage metric covers enough', async () => {
    const { body: workspace } = await admin.get('/api/v1/workspace');
    const mapped = await admin.patch('/api/v1/workspace', {
      revision: workspace.revision,
      settings: { ...workspace.settings, activeContactsMetric: 'active_users' },
    });
    expect(mapped.status).toBe(200);
    await backfill('--overwrite');
    const silent = await expectScores();
    expect(silent.filter(({ score }) => score !== null).length).toBeGreaterThan(10);
  });

  it('takes no old month for news today', async () => {
    await command(server, 'refresh');
    const stale: Rule = { kind: 'compare', field: 'api.calls_change', op: 'isSet' } as Rule;
    expect(await count(stale, null)).toMatchObject({ accounts: 0 });
    const [{ reasons }] = await server.dataSource.query(
      `SELECT array_agg(DISTINCT null_reasons[d.number]) AS reasons FROM steward.account_state
         CROSS JOIN steward.signal_definition d WHERE d.key = 'api.calls_change'`,
    );
    expect(reasons).toEqual([2]);
  });
});
