import { DataSource } from 'typeorm';
import { createDataSource } from '../../apps/api/src/db/data-source.js';
import { entities } from '../../apps/api/src/db/entities/entities.js';
import { migrate } from '../../apps/api/src/db/migrate.js';
import { Partitions } from '../../apps/api/src/db/partitions.js';
import { migrations } from '../../migrations/src/migrations.js';
import { emptyDatabase } from '../support/test-server.js';

/**
 * What TypeORM cannot describe (expressions, descending or covering columns, BRIN) is marked `synchronize: false` in
 * the entities, and is held to its definition here instead.
 */
const INDEXES_BEYOND_ENTITIES = {
  account_month_month_idx: "ON steward.account_month USING brin (month) WITH (pages_per_range='16')",
  account_moved_idx:
    'ON steward.account USING btree ((((summed AND ((csm_user_id IS DISTINCT FROM summed_csm_user_id) ' +
    'OR (am_user_id IS DISTINCT FROM summed_am_user_id))))::integer))',
  account_name_idx: 'ON steward.account USING btree (lower(name), id)',
  account_snapshot_day_idx: 'ON ONLY steward.account_snapshot USING brin (day)',
  account_state_arr_idx: 'ON steward.account_state USING btree (arr_minor DESC NULLS LAST, account_id)',
  account_state_csm_idx:
    'ON steward.account_state USING btree (csm_user_id, account_id) ' +
    'INCLUDE (am_user_id, status, tier, band, stage, stage_since, arr_minor, score)',
  account_terms_arr_idx: 'ON steward.account_terms USING btree (arr_minor DESC NULLS LAST, account_id)',
  stage_move_account_idx:
    'ON steward.stage_move USING btree (account_id, moved_on, created_at) INCLUDE (from_stage, to_stage)',
  alert_live_key:
    'ON steward.alert USING btree (account_id, rule_id) INCLUDE (state, kind, severity, unread, assignee_user_id) ' +
    "WHERE (state = ANY (ARRAY['pending'::text, 'open'::text, 'acknowledged'::text, 'snoozed'::text]))",
  app_user_email_key: 'ON steward.app_user USING btree (lower(email))',
  audit_log_account_idx: 'ON steward.audit_log USING btree (account_id, at DESC) WHERE (account_id IS NOT NULL)',
  audit_log_at_idx: 'ON steward.audit_log USING btree (at DESC)',
  contact_email_idx: 'ON steward.contact USING btree (account_id, lower(email)) WHERE (email IS NOT NULL)',
  goal_owner_idx:
    'ON steward.goal USING btree (owner_user_id, due_day) INCLUDE (account_id) ' +
    "WHERE (status = ANY (ARRAY['notStarted'::text, 'inProgress'::text, 'atRisk'::text]))",
  import_created_idx: 'ON steward.import USING btree (created_at DESC)',
  renewal_due_idx: 'ON steward.renewal USING btree (due_on) INCLUDE (account_id, outcome, amount_minor)',
  ticket_rated_idx: 'ON steward.ticket USING btree (COALESCE(closed_on, opened_on)) WHERE (satisfaction IS NOT NULL)',
  touchpoint_day_idx: 'ON steward.touchpoint USING btree (account_id, on_day) INCLUDE (counts)',
};

const PARTITIONED_BY_MONTH = {
  account_snapshot: 'RANGE (day)',
  event: 'RANGE (occurred_at)',
  usage_contact_month: 'RANGE (month)',
  usage_event_month: 'RANGE (month)',
  usage_feature_month: 'RANGE (month)',
};

describe('the migrations', () => {
  it('stand in the order in which they run, no two at one time', () => {
    const times = migrations.map(({ name }) => Number(/\d{13}$/.exec(name)?.[0]));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });
});

describe('the migrated database', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await emptyDatabase();
    dataSource = await createDataSource({ url: database.url, applicationName: 'drift', entities }).initialize();
    await migrate(dataSource);
  });

  afterAll(async () => {
    await dataSource?.destroy();
    await database?.close();
  });

  it('is what the entities describe', async () => {
    const difference = await dataSource.driver.createSchemaBuilder().log();
    expect(difference.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('would not hide a difference', async () => {
    await dataSource.query(`ALTER TABLE steward.deal ALTER COLUMN amount_minor TYPE integer`);
    const difference = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.query(`ALTER TABLE steward.deal ALTER COLUMN amount_minor TYPE bigint`);
    expect(difference.upQueries.map((query) => query.query).join()).toContain('amount_minor');
  });

  it('has no table without an entity', async () => {
    const tables: { name: string }[] = await dataSource.query(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'steward'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
         AND relname <> 'migration'`,
    );
    const described = dataSource.entityMetadatas.map((entity) => entity.tableName);
    expect(tables.map((table) => table.name).sort()).toEqual(described.sort());
  });

  it('has the indexes that entities cannot describe', async () => {
    const marked = dataSource.entityMetadatas.flatMap((entity) =>
      entity.indices.filter((index) => !index.synchronize).map((index) => index.name),
    );
    expect(marked.sort()).toEqual(Object.keys(INDEXES_BEYOND_ENTITIES).sort());
    const rows: { indexname: string; indexdef: string }[] = await dataSource.query(
      `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'steward' AND indexname = ANY($1)`,
      [marked],
    );
    const found = Object.fromEntries(rows.map((row) => [row.indexname, row.indexdef.replace(/^.*? ON /, 'ON ')]));
    expect(found).toEqual(INDEXES_BEYOND_ENTITIES);
  });

  it('enforces the checks that entities name, word for word', async () => {
    const meant = dataSource.entityMetadatas.flatMap((entity) =>
      entity.checks.map((check) => ({ table: entity.tableName, name: check.name, expression: check.expression })),
    );
    for (const { table, name, expression } of meant) {
      await dataSource.query(`ALTER TABLE steward.${table} ADD CONSTRAINT as_meant CHECK (${expression})`);
      const [row]: { same: boolean }[] = await dataSource.query(
        `SELECT count(DISTINCT pg_get_constraintdef(oid)) = 1 AND count(*) = 2 AS same FROM pg_constraint
         WHERE conrelid = ('steward.' || $1)::regclass AND conname = ANY($2)`,
        [table, ['as_meant', name]],
      );
      await dataSource.query(`ALTER TABLE steward.${table} DROP CONSTRAINT as_meant`);
      expect({ name, same: row?.same }).toEqual({ name, same: true });
    }
  });

  it('splits the big tables by month and makes no default part', async () => {
    const rows: { name: string; key: string; fallback: number }[] = await dataSource.query(
      `SELECT partrelid::regclass::text AS name, pg_get_partkeydef(partrelid) AS key, partdefid::int AS fallback
       FROM pg_partitioned_table`,
    );
    expect(rows.filter((row) => row.fallback !== 0)).toEqual([]);
    expect(Object.fromEntries(rows.map((row) => [row.name.replace('steward.', ''), row.key]))).toEqual(
      PARTITIONED_BY_MONTH,
    );
  });

  it('goes back to empty and forward again', async () => {
    const shape = async () =>
      (await dataSource.query(
        `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
         WHERE table_schema = 'steward' ORDER BY 1, 2`,
      )) as { table_name: string }[];
    const before = await shape();
    while ((await dataSource.query(`SELECT 1 FROM steward.migration`)).length > 0) {
      await dataSource.undoLastMigration({ transaction: 'each' });
    }
    const left = (await shape()).filter((column) => column.table_name !== 'migration');
    expect(left).toEqual([]);
    expect((await migrate(dataSource)).length).toBe(dataSource.migrations.length);
    expect(await shape()).toEqual(before);
  });

  it('gathers no statistics of lists that each day writes anew, in parts made later either', async () => {
    await new Partitions(dataSource).ensure(['account_snapshot'], '2026-04-01', '2026-05-01');
    const columns: { name: string; gathered: boolean }[] = await dataSource.query(
      `SELECT c.relname || '.' || a.attname AS name, a.attstattarget IS DISTINCT FROM 0 AS gathered
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'steward'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
         AND (c.relname ~ '^account_(state|rebuild|snapshot)' AND format_type(a.atttypid, NULL) LIKE '%[]'
           OR c.relname = 'alert' AND a.attname = 'evidence')`,
    );
    expect(columns.filter(({ gathered }) => gathered)).toEqual([]);
    const names = columns.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['alert.evidence', 'account_state.signals', 'account_snapshot_2026_05.signals']),
    );
  });

  it('is migrated once when two processes start together', async () => {
    const fresh = await emptyDatabase();
    const options = { url: fresh.url, applicationName: 'drift' };
    const both = await Promise.all([createDataSource(options).initialize(), createDataSource(options).initialize()]);
    try {
      const ran = await Promise.all(both.map(migrate));
      expect(ran.map((names) => names.length).sort()).toEqual([0, both[0]!.migrations.length]);
    } finally {
      await Promise.all(both.map((one) => one.destroy()));
      await fresh.close();
    }
  });
});
