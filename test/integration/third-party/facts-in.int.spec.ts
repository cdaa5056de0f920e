import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportDetail } from '@steward/shared/import-api';
import { importMappingSchema } from '@steward/shared/imports';
import { ImportRunner } from '../../../apps/api/src/intake/imports/import-runner.js';
import { ImportsService } from '../../../apps/api/src/intake/imports/imports.service.js';
import { systemActor } from '../../../apps/api/src/platform/auth/principal.js';
import { ApiServer } from '../../support/api-server.js';

/**
 * Files that nobody wrote for this product. They are no part of it: `STEWARD_DATA_DIR` names the folder that holds
 * `contentstack-renewal`, `insider-b2b` and `ravenstack…`; without it these tests are skipped.
 */
const folder = process.env.STEWARD_DATA_DIR ?? '';
const isThere = folder !== '' && existsSync(join(folder, 'contentstack-renewal'));
if (!isThere) process.stderr.write('Third-party facts: skipped, STEWARD_DATA_DIR names no folder with them.\n');
const withData = isThere ? describe : describe.skip;

const ACTOR = systemActor('test');
const mappings = join(__dirname, '../../fixtures/mappings');

async function importFile(server: ApiServer, mapping: string, path: string): Promise<ImportDetail> {
  const imports = server.app.get(ImportsService, { strict: false });
  const id = randomUUID();
  const parsed = importMappingSchema.parse(JSON.parse(readFileSync(join(mappings, `${mapping}.json`), 'utf8')));
  await imports.add(
    { id, name: path, path, bytes: statSync(path).size, sha256: '', kind: parsed.kind, mapping: parsed },
    ACTOR,
  );
  await imports.begin(id, 'queued');
  await server.app.get(ImportRunner, { strict: false }).run(id, ACTOR);
  const result = await imports.detail(id);
  expect(result.problem).toBeNull();
  return result;
}

withData('third-party facts', () => {
  let server: ApiServer;
  beforeEach(async () => {
    server = await ApiServer.start();
  });
  afterEach(() => server.close());
  const one = async (sql: string) => (await server.dataSource.query(sql))[0];

  it('contentstack-renewal', async () => {
    const file = (name: string) => join(folder, 'contentstack-renewal', name);
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
    const file = (name: string) => join(folder, 'insider-b2b', name);
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

  it('ravenstack gives the same facts in each of its encodings', async () => {
    const found: unknown[] = [];
    for (const name of ['ravenstack', 'ravenstack-bomcrlf', 'ravenstack-iso']) {
      const world = await ApiServer.start();
      world.clock.at = new Date('2025-01-15T09:00:00Z');
      const file = (part: RegExp) => join(folder, name, readdirSync(join(folder, name)).find((one) => part.test(one))!);
      const counts = [
        await importFile(world, 'ravenstack-accounts', file(/accounts/)),
        await importFile(world, 'ravenstack-subscriptions', file(/subscriptions/)),
        await importFile(world, 'ravenstack-usage', file(/feature_usage/)),
        await importFile(world, 'ravenstack-tickets', file(/support/)),
      ].map(({ did }) => did);
      const tables = await world.dataSource.query(`SELECT
        (SELECT md5(string_agg(a::text, ';' ORDER BY external_id)) FROM (SELECT external_id, name, seats, status, customer_since, plan, attributes FROM steward.account) a) AS accounts,
        (SELECT md5(string_agg(s::text, ';' ORDER BY account_id, id)) FROM (SELECT account_id, id, plan, quantity, mrr_minor, starts_on, ends_on, auto_renew FROM steward.subscription) s) AS subscriptions,
        (SELECT md5(string_agg(e::text, ';' ORDER BY account_id, occurred_at, message_id)) FROM (SELECT account_id, occurred_at, message_id, count, properties FROM steward.event) e) AS events,
        (SELECT md5(string_agg(t::text, ';' ORDER BY account_id, id)) FROM (SELECT account_id, id, opened_at, closed_at, priority, status, resolution_hours, satisfaction FROM steward.ticket) t) AS tickets`);
      found.push({ counts, tables });
      await world.close();
    }
    expect(found[0]).toMatchObject({
      counts: [{ created: 500 }, { created: 5_000 }, { rows: 25_000, rejected: 0, quarantined: 0 }, { created: 2_000 }],
    });
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  }, 180_000);
});
