import { ApiServer } from '../../support/api-server.js';
import { command } from '../../support/command.js';
import { dataFile, importFile, saySkipped, withData } from './third-party-data.js';

saySkipped('Third-party facts in three encodings');

/** Everything that an import leaves, table by table, as one number each. */
const FACTS = `SELECT
  (SELECT md5(string_agg(a::text, ';' ORDER BY external_id)) FROM (SELECT external_id, name, seats, status, customer_since, churned_on, churn_reason, plan, attributes FROM steward.account) a) AS accounts,
  (SELECT md5(string_agg(f::text, ';' ORDER BY account_id, field, from_day)) FROM (SELECT account_id, field, from_day, value FROM steward.account_field) f) AS fields,
  (SELECT md5(string_agg(s::text, ';' ORDER BY account_id, id)) FROM (SELECT account_id, id, plan, quantity, mrr_minor, starts_on, ends_on, auto_renew FROM steward.subscription) s) AS subscriptions,
  (SELECT md5(string_agg(e::text, ';' ORDER BY account_id, occurred_at, message_id)) FROM (SELECT account_id, occurred_at, message_id, count, properties FROM steward.event) e) AS events,
  (SELECT md5(string_agg(t::text, ';' ORDER BY account_id, id)) FROM (SELECT account_id, id, opened_at, closed_at, priority, status, resolution_hours, satisfaction FROM steward.ticket) t) AS tickets`;

const SCORES = `SELECT a.external_id, s.status, s.score, s.band, s.tier, s.stage, s.arr_minor, s.coverage, s.signals, s.null_reasons
  FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id ORDER BY a.external_id`;

withData('ravenstack', () => {
  let server: ApiServer | undefined;
  afterEach(() => server?.close());

  it('gives the same facts and the same scores in each of its encodings', async () => {
    const found: { counts: unknown[]; facts: unknown; scores: any[] }[] = [];
    for (const name of ['ravenstack', 'ravenstack-bomcrlf', 'ravenstack-iso']) {
      server = await ApiServer.start();
      server.clock.at = new Date('2025-01-15T09:00:00Z');
      const counts: unknown[] = [];
      for (const [mapping, part] of [
        ['ravenstack-accounts', 'accounts'],
        ['ravenstack-churn', 'churn_events'],
        ['ravenstack-subscriptions', 'subscriptions'],
        ['ravenstack-usage', 'feature_usage'],
        ['ravenstack-tickets', 'support'],
      ] as const)
        counts.push((await importFile(server, mapping, dataFile(name, part))).did);
      await command(server, 'refresh');
      const [facts] = await server.dataSource.query(FACTS);
      found.push({ counts, facts, scores: await server.dataSource.query(SCORES) });
      await server.close();
      server = undefined;
    }
    const [first] = found;
    expect(first!.counts).toMatchObject([
      { rows: 500, created: 500 },
      { rows: 600, created: 0, rejected: 0, quarantined: 0 },
      { created: 5_000 },
      { rows: 25_000, rejected: 0, quarantined: 0 },
      { created: 2_000 },
    ]);
    expect(first!.scores).toHaveLength(500);
    expect(first!.scores.filter(({ score }) => score !== null).length).toBeGreaterThan(300);
    expect(found[1]).toEqual(first);
    expect(found[2]).toEqual(first);
  }, 240_000);
});
