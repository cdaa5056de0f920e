import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, run } from './support.js';

/** What a run of a day computes, before the columns that carry the close of the day before. */
const COMPUTED = `
        status text NOT NULL,
        csm_user_id uuid,
        am_user_id uuid,
        arr_minor bigint,
        mrr_minor bigint,
        seats integer,
        customer_since date,
        renewal_date date,
        usage_covered boolean NOT NULL,
        signals real[] NOT NULL,
        null_reasons smallint[] NOT NULL,
        tier text,
        raw_tier text,
        tier_since date,
        health_version_id integer,
        score numeric(5, 2),
        band text,
        band_since date,
        coverage real,
        caps smallint[] NOT NULL,
        model_change numeric(5, 2) NOT NULL,
        health_change numeric(5, 2),
        trend text,
        stage text,
        stage_since date,
        tier_version integer,
        stage_version integer`;

/**
 * A run of day D is a function of the close of D − 1 and the facts of D: these columns hold that close, so that
 * running D again starts from the same place. Rings are the 30 closed days before D, oldest first.
 */
const MEMORY = `
        closed_score numeric(5, 2),
        closed_band text,
        closed_band_since date,
        closed_tier text,
        closed_tier_since date,
        closed_stage text,
        closed_stage_since date,
        closed_health_version_id integer,
        closed_signals real[],
        closed_caps smallint[],
        closed_status text,
        score_ring real[] NOT NULL,
        model_change_ring real[] NOT NULL,
        raw_tier_ring text[] NOT NULL`;

/** What the pipeline computes: the state of today, the snapshots of days, the moves, and the work that is due. */
export class CreateState1795295040000 implements MigrationInterface {
  name = 'CreateState1795295040000';

  async up(runner: QueryRunner): Promise<void> {
    const stateTable = (table: string) => `CREATE TABLE steward.${table} (
        account_id uuid PRIMARY KEY,
        as_of date NOT NULL,${COMPUTED},${MEMORY},
        updated_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`;
    await run(
      runner,
      stateTable('account_state'),
      stateTable('account_rebuild'),
      `CREATE INDEX account_state_arr_idx ON steward.account_state (arr_minor DESC NULLS LAST, account_id)`,
      `CREATE INDEX account_state_score_idx ON steward.account_state (score, account_id)`,
      `CREATE INDEX account_state_csm_idx ON steward.account_state (csm_user_id, account_id)`,
      `CREATE TABLE steward.account_snapshot (
        account_id uuid NOT NULL,
        day date NOT NULL,${COMPUTED},
        stale boolean NOT NULL,
        PRIMARY KEY (account_id, day)
      ) PARTITION BY RANGE (day)`,
      `CREATE INDEX account_snapshot_day_idx ON steward.account_snapshot USING brin (day)`,
      `CREATE TABLE steward.stage_move (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        from_stage text,
        to_stage text NOT NULL,
        moved_on date NOT NULL,
        reason text NOT NULL CHECK (reason IN ('rule', 'person', 'import', 'status')),
        by_user_id uuid,
        note text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.tier_move (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        from_tier text,
        to_tier text NOT NULL,
        moved_on date NOT NULL,
        reason text NOT NULL CHECK (reason IN ('rule', 'person')),
        by_user_id uuid,
        note text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.tier_override (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        tier text NOT NULL,
        reason text NOT NULL,
        from_day date NOT NULL,
        until_day date,
        by_user_id uuid,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.stage_lock (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        stage text NOT NULL,
        reason text,
        from_day date NOT NULL,
        until_day date,
        by_user_id uuid,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.dirty_account (
        account_id uuid PRIMARY KEY,
        since_day date NOT NULL,
        token uuid NOT NULL,
        marked_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.stale_account (
        account_id uuid PRIMARY KEY,
        from_day date NOT NULL,
        token uuid NOT NULL,
        marked_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.live_basis (
        id smallint PRIMARY KEY CHECK (id = 1),
        basis text NOT NULL,
        changed_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.day_close (
        day date PRIMARY KEY,
        state text NOT NULL CHECK (state IN ('due', 'running', 'closed')),
        started_at timestamptz,
        closed_at timestamptz
      )`,
      `CREATE TABLE steward.refresh_run (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('refresh', 'close', 'open', 'backfill', 'rebuild')),
        from_day date NOT NULL,
        to_day date NOT NULL,
        overwrite boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('due', 'running', 'done', 'failed')),
        requested_by uuid,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        error text
      )`,
      `CREATE INDEX refresh_run_unfinished_idx ON steward.refresh_run (created_at) WHERE finished_at IS NULL`,
      `CREATE TABLE steward.refresh_run_bucket (
        run_id uuid NOT NULL,
        bucket smallint NOT NULL CHECK (bucket BETWEEN 0 AND 255),
        accounts integer NOT NULL,
        through_day date NOT NULL,
        done boolean NOT NULL,
        PRIMARY KEY (run_id, bucket),
        CONSTRAINT refresh_run_bucket_run_fkey FOREIGN KEY (run_id) REFERENCES steward.refresh_run (id) ON DELETE CASCADE
      )`,
    );
    const owned = [
      'account_state',
      'account_rebuild',
      'account_snapshot',
      'stage_move',
      'tier_move',
      'tier_override',
      'stage_lock',
      'dirty_account',
      'stale_account',
    ];
    await distribute(runner, owned);
    await run(
      runner,
      ...['account_state', 'stage_move', 'tier_move', 'tier_override', 'stage_lock'].map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'refresh_run_bucket',
      'refresh_run',
      'day_close',
      'live_basis',
      'stale_account',
      'dirty_account',
      'stage_lock',
      'tier_override',
      'tier_move',
      'stage_move',
      'account_snapshot',
      'account_rebuild',
      'account_state',
    ];
    await run(runner, ...tables.map((table) => `DROP TABLE steward.${table}`));
  }
}
