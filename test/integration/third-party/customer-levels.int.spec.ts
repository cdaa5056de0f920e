import type { Rule } from '@steward/shared/rules';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { command } from '../../support/command.js';
import { dataFile, importFile, saySkipped, withData } from './third-party-data.js';

saySkipped('Third-party customer levels');

const all = (...rules: Rule[]): Rule => ({ kind: 'all', rules });
const is = (field: string, value: string): Rule => ({ kind: 'compare', field, op: 'eq', value });
const isSet = (field: string): Rule => ({ kind: 'compare', field, op: 'isSet' }) as Rule;
const level = (value: string) => is('attribute.level', value);
const churned = is('account.status', 'churned');

withData('insider-b2b', () => {
  let server: ApiServer;
  let admin: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    server.clock.at = new Date('2023-07-01T09:00:00Z');
    admin = await server.as('admin');
    // The answers are of the year before: here they count for two years.
    const { body: workspace } = await admin.get('/api/v1/workspace');
    await admin.patch('/api/v1/workspace', {
      revision: workspace.revision,
      settings: { ...workspace.settings, npsDays: 730 },
    });
    const file = (name: string) => dataFile('insider-b2b', name);
    await importFile(server, 'insider-status', file('StatusAndLevel'));
    await importFile(server, 'insider-mrr', file('Customer_MRR'));
    await importFile(server, 'insider-survey', file('CSAT_Survey'));
    await importFile(server, 'insider-help-tickets', file('Help_Ticket'));
    await command(server, 'refresh');
  }, 120_000);
  afterAll(() => server?.close());

  const count = async (rule: Rule | null) => (await admin.post('/api/v1/accounts/count', { rule, asOf: null })).body;

  it.each([
    ['Enterprise', 1_073, 237, 4_248_633, 781],
    ['Semi-Enterprise', 574, 249, 703_814, 303],
    ['Long-tail', 1_003, 728, 271_134, 248],
  ])('%s: %d accounts, %d churned, MRR %d of %d accounts', async (value, accounts, lost, mrr, paying) => {
    expect(await count(level(value))).toMatchObject({ accounts, arrMinor: mrr * 1200 });
    expect(await count(all(level(value), churned))).toMatchObject({ accounts: lost });
    expect(await count(all(level(value), isSet('account.arr')))).toMatchObject({ accounts: paying });
  });

  it('keeps them in segments by level and status', async () => {
    const wanted: [string, Rule, number][] = [
      ['Enterprise', level('Enterprise'), 1_073],
      ['Long-tail, churned', all(level('Long-tail'), churned), 728],
      ['Semi-Enterprise, not churned', all(level('Semi-Enterprise'), { kind: 'not', rule: churned }), 574 - 249],
      ['Churned', churned, 1_215],
      ['No level', { kind: 'not', rule: isSet('attribute.level') }, 1],
    ];
    for (const [name, rule] of wanted) expect((await admin.post('/api/v1/segments', { name, rule })).status).toBe(201);
    await command(server, 'refresh');
    const { segments } = (await admin.get('/api/v1/segments')).body;
    for (const [name, rule, members] of wanted) {
      expect(segments.find((each: { name: string }) => each.name === name)).toMatchObject({ name, members });
      expect((await admin.post('/api/v1/segments/preview', { rule })).body.total).toBe(members);
    }
  });

  it('leaves one account without a level, and churned ones without a score', async () => {
    expect(await count(null)).toMatchObject({ accounts: 2_651, arrMinor: 5_223_581 * 1200 });
    expect(await count({ kind: 'not', rule: isSet('attribute.level') })).toMatchObject({ accounts: 1 });
    expect(await count(all(churned, isSet('health.score')))).toMatchObject({ accounts: 0 });
    expect(await count(churned)).toMatchObject({ accounts: 1_215 });
  });

  it('counts each answer that names nobody: 1,978 of 638 accounts, NPS +38.0', async () => {
    const [found] = await server.dataSource.query(
      `SELECT count(*)::int AS answers, count(DISTINCT account_id)::int AS accounts,
         round(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*), 1)::float8 AS nps
       FROM steward.survey_answer`,
    );
    expect(found).toEqual({ answers: 1_978, accounts: 638, nps: 38 });
    const wrong = await server.dataSource.query(
      `SELECT s.account_id FROM steward.account_state s
         JOIN (SELECT account_id, avg(CASE WHEN score >= 9 THEN 100 WHEN score <= 6 THEN -100 ELSE 0 END) AS nps
           FROM steward.survey_answer GROUP BY account_id) n ON n.account_id = s.account_id
         JOIN steward.signal_definition d ON d.key = 'sentiment.nps'
       WHERE s.signals[d.number] IS NULL OR abs(s.signals[d.number] - n.nps) > 0.001`,
    );
    expect(wrong).toEqual([]);
    expect(await count(isSet('sentiment.nps'))).toMatchObject({ accounts: 638 });
  });

  it('has the help tickets of 1,367 accounts, 23,783 in all', async () => {
    const [found] = await server.dataSource.query(
      `SELECT count(*)::int AS accounts, sum(value)::float8 AS tickets FROM steward.metric_point p
         JOIN steward.metric_definition d ON d.id = p.metric_id WHERE d.key = 'help_tickets'`,
    );
    expect(found).toEqual({ accounts: 1_367, tickets: 23_783 });
  });
});
