import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/**
 * Sums of months by owner. They stand by the owners that an account keeps beside its present ones, so that whoever's
 * accounts changed hands since is found by an index and told apart. Months tell which features were used in them.
 * What is there is made anew.
 */
export class CreateReportOwner1797012000000 implements MigrationInterface {
  name = 'CreateReportOwner1797012000000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.report_owner (
        month date NOT NULL,
        basis text NOT NULL CHECK (basis IN ('level', 'month', 'year')),
        key uuid NOT NULL,
        csm_user_id uuid,
        am_user_id uuid,
        csm_then uuid,
        am_then uuid,
        tier text,
        tier_now text,
        rows integer NOT NULL,
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
        moved_minor bigint[] NOT NULL,
        PRIMARY KEY (month, basis, key)
      )`,
      `CREATE INDEX report_owner_csm_idx ON steward.report_owner (csm_user_id, basis, month)`,
      `CREATE INDEX report_owner_am_idx ON steward.report_owner (am_user_id, basis, month)`,
    );
    await copyToEveryNode(runner, ['report_owner']);
    await run(
      runner,
      `ALTER TABLE steward.account ADD COLUMN summed boolean NOT NULL DEFAULT FALSE,
        ADD COLUMN summed_csm_user_id uuid, ADD COLUMN summed_am_user_id uuid, ADD COLUMN summed_tier text`,
      // Over a number: of a condition alone the planner would not know that so few meet it.
      `CREATE INDEX account_moved_idx ON steward.account (((summed AND (csm_user_id IS DISTINCT FROM summed_csm_user_id
        OR am_user_id IS DISTINCT FROM summed_am_user_id))::integer))`,
      'ALTER TABLE steward.account_month ADD COLUMN features integer[]',
      'DELETE FROM steward.report_rollup',
      'DELETE FROM steward.report_feature',
      `INSERT INTO steward.report_build (id, from_month, to_month, state, due_at, attempts, accounts_done, rows_written, created_at)
       SELECT gen_random_uuid(), min(month), max(month), 'due', now(), 0, 0, 0, now()
       FROM steward.account_month HAVING count(*) > 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.account_moved_idx',
      `ALTER TABLE steward.account DROP COLUMN summed, DROP COLUMN summed_csm_user_id, DROP COLUMN summed_am_user_id,
        DROP COLUMN summed_tier`,
      'DROP TABLE steward.report_owner',
      'ALTER TABLE steward.account_month DROP COLUMN features',
    );
  }
}
