import { ApiServer } from '../../support/api-server.js';
import { dataFile, importFile, saySkipped, withData } from './third-party-data.js';

saySkipped('Third-party facts');

withData('third-party facts', () => {
  let server: ApiServer;
  beforeEach(async () => {
    server = await ApiServer.start();
  });
  afterEach(() => server.close());
  const one = async (sql: string) => (await server.dataSource.query(sql))[0];

  it('contentstack-renewal', async () => {
    const file = (name: string) => dataFile('contentstack-renewal', name);
    expect((await importFile(server, 'contentstack-accounts', file('accounts.csv'))).did).toMatchObject({
      rows: 120,
      created: 120,
    });
    expect((await importFile(server, 'contentstack-usage', file('usage_metrics.csv'))).did).toMatchObject({
      rows: 720,
      created: 2_880,
    });
    const tickets = (await importFile(server, 'contentstack-tickets', file('support_tickets.csv'))).did;
    expect(tickets).toMatchObject({ rows: 271, created: 271 });
    expect((await importFile(server, 'contentstack-nps', file('nps_responses.csv'))).did).toMatchObject({
      rows: 98,
      created: 98,
    });
    expect(
      await one(`SELECT count(*) AS accounts, sum(arr_minor) AS arr, count(*) FILTER (WHERE arr_minor >= 10000000) AS t1,
      count(*) FILTER (WHERE renewal_date BETWEEN '2026-04-15' AND '2026-07-14') AS renewing,
      sum(arr_minor) FILTER (WHERE renewal_date BETWEEN '2026-04-15' AND '2026-07-14') AS at_stake FROM steward.account`),
    ).toEqual({
      accounts: 120,
      arr: 5_408_900_000,
      t1: 84,
      renewing: 30,
      at_stake: 1_462_900_000,
    });
    expect(
      await one(`SELECT sum(value) FILTER (WHERE key = 'active_users' AND day = '2026-03-31') AS users,
      sum(value) FILTER (WHERE key = 'api_calls') AS calls
      FROM steward.metric_point p JOIN steward.metric_definition d ON d.id = p.metric_id`),
    ).toEqual({ users: 4_215, calls: 59_513_284 });
    expect(
      await one(`SELECT count(*) FILTER (WHERE status = 'closed') AS closed, count(*) FILTER (WHERE status = 'open') AS open,
      count(*) FILTER (WHERE status = 'escalated') AS escalated, count(*) FILTER (WHERE closed_assumed) AS assumed,
      count(*) FILTER (WHERE priority = 'urgent') AS p1,
      count(*) FILTER (WHERE status = 'open' AND disagrees) AS disagreeing FROM steward.ticket`),
    ).toEqual({ closed: 198, open: 55, escalated: 18, assumed: 8, p1: 41, disagreeing: 42 });
    expect(
      await one(
        `SELECT count(*) FILTER (WHERE score >= 9) AS up, count(*) FILTER (WHERE score <= 6) AS down FROM steward.survey_answer`,
      ),
    ).toEqual({
      up: 31,
      down: 24,
    });
    server.clock.advance({ minutes: 1 });
    const again = await importFile(server, 'contentstack-tickets', file('support_tickets.csv'));
    expect(again.did).toMatchObject({ created: 0, updated: 0, unchanged: 271 });
  });

  it('insider-b2b', async () => {
    const file = (name: string) => dataFile('insider-b2b', name);
    const status = await importFile(server, 'insider-status', file('StatusAndLevel_Data.csv'));
    expect(status.did).toMatchObject({ rows: 2_655, created: 2_651, rejected: 4 });
    expect(status.rejections.map(({ column, code }) => [column, code])).toEqual(
      Array(4).fill(['Customer ID', 'MISSING_VALUE']),
    );
    const mrr = await importFile(server, 'insider-mrr', file('Customer_MRR_Data.csv'));
    expect(mrr.did).toMatchObject({ rows: 1_380, updated: 1_332, quarantined: 48, created: 0 });
    expect(
      await one(
        `SELECT count(*) AS accounts, count(arr_minor) AS known, sum(arr_minor) / 1200 AS mrr FROM steward.account`,
      ),
    ).toEqual({
      accounts: 2_651,
      known: 1_332,
      mrr: 5_223_581,
    });
    expect(
      await server.dataSource.query(`SELECT attributes->>'level' AS level, count(arr_minor) AS accounts, sum(arr_minor) / 1200 AS mrr
      FROM steward.account WHERE arr_minor IS NOT NULL GROUP BY 1 ORDER BY 3 DESC`),
    ).toEqual([
      { level: 'Enterprise', accounts: 781, mrr: 4_248_633 },
      { level: 'Semi-Enterprise', accounts: 303, mrr: 703_814 },
      { level: 'Long-tail', accounts: 248, mrr: 271_134 },
    ]);
    const survey = await importFile(server, 'insider-survey', file('CSAT_Survey_Data.csv'));
    expect(survey.did).toMatchObject({ rows: 1_989, created: 1_978, duplicates: 7, quarantined: 4, rejected: 0 });
  });
});
