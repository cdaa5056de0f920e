import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

/** What figures are summed by, beside month, basis and tier. */
const SUMS = `
        accounts integer NOT NULL,
        customers integer NOT NULL,
        arr_minor bigint NOT NULL,
        arr_known integer NOT NULL,
        score_sum numeric NOT NULL,
        scored integer NOT NULL,
        at_risk integer NOT NULL,
        watch integer NOT NULL,
        healthy integer NOT NULL,
        unknown integer NOT NULL,
        contacts bigint NOT NULL,
        seats bigint NOT NULL,
        breadth_sum numeric NOT NULL,
        breadth_known integer NOT NULL,
        touch_expected integer NOT NULL,
        touch_kept integer NOT NULL,
        alerts integer NOT NULL,
        goals_achieved integer NOT NULL,
        goals_missed integer NOT NULL,
        cohort integer NOT NULL,
        cohort_start_minor bigint NOT NULL,
        cohort_kept_minor bigint NOT NULL,
        cohort_end_minor bigint NOT NULL,
        cohort_lost integer NOT NULL,
        start_minor bigint NOT NULL,
        end_minor bigint NOT NULL,
        paying integer NOT NULL,
        moved integer[] NOT NULL,
        moved_minor bigint[] NOT NULL`;

/**
 * What managers read: a narrow row an account and month-end, sums of these, and the orders to put them down. The running
 * month stands as of the last closed day.
 */
export class CreateReport1795296840000 implements MigrationInterface {
  name = 'CreateReport1795296840000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.account_month (
        account_id uuid NOT NULL,
        month date NOT NULL,
        day date NOT NULL,
        status text NOT NULL,
        tier text,
        stage text,
        band text,
        score numeric(5,2),
        arr_minor bigint,
        mrr_minor bigint,
        csm_user_id uuid,
        am_user_id uuid,
        region text,
        plan text,
        seats integer,
        active_contacts integer,
        breadth numeric(6,2),
        touch_kept boolean,
        alerts integer NOT NULL,
        goals_achieved integer NOT NULL,
        goals_missed integer NOT NULL,
        start_tier text,
        start_minor bigint NOT NULL,
        movement text,
        end_minor bigint NOT NULL,
        year_tier text,
        year_start_minor bigint NOT NULL,
        year_end_minor bigint NOT NULL,
        PRIMARY KEY (account_id, month)
      ) WITH (fillfactor = 90)`,
      `CREATE INDEX account_month_month_idx ON steward.account_month USING brin (month) WITH (pages_per_range = 16)`,
      `CREATE TABLE steward.report_rollup (
        month date NOT NULL,
        basis text NOT NULL CHECK (basis IN ('level', 'month', 'year')),
        grain text NOT NULL CHECK (grain IN ('stage', 'market')),
        key text NOT NULL,
        day date NOT NULL,
        tier text,
        tier_now text,
        stage text,
        band text,
        region text,
        plan text,${SUMS},
        PRIMARY KEY (month, basis, grain, key)
      )`,
      `CREATE TABLE steward.report_feature (
        month date NOT NULL,
        feature_id integer NOT NULL,
        key text NOT NULL,
        tier text,
        tier_now text,
        accounts integer NOT NULL,
        PRIMARY KEY (month, feature_id, key)
      )`,
      `CREATE TABLE steward.report_build (
        id uuid PRIMARY KEY,
        from_month date NOT NULL,
        to_month date NOT NULL,
        state text NOT NULL CHECK (state IN ('due', 'running', 'done', 'failed')),
        due_at timestamptz NOT NULL,
        attempts integer NOT NULL,
        accounts_done integer NOT NULL,
        rows_written integer NOT NULL,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        problem text
      )`,
      `CREATE INDEX report_build_open_idx ON steward.report_build (due_at) WHERE state IN ('due', 'running')`,
      `CREATE TABLE steward.report_due (
        account_id uuid PRIMARY KEY,
        from_month date NOT NULL,
        token uuid NOT NULL,
        marked_at timestamptz NOT NULL
      )`,
    );
    await distribute(runner, ['account_month', 'report_due']);
    await copyToEveryNode(runner, ['report_rollup', 'report_feature', 'report_build']);
    await run(
      runner,
      ...['account_month', 'report_due'].map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['report_due', 'report_build', 'report_feature', 'report_rollup', 'account_month'];
    await run(runner, ...tables.map((table) => `DROP TABLE steward.${table}`));
  }
}
