import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

const OF_ACCOUNT = ['deal_event', 'renewal', 'renewal_check', 'leaving', 'churn_record'] as const;

/** Deals and subscriptions kept by hand, renewals with their forecast and outcome, leaving and churned customers. */
export class CreateRenewal1795296420000 implements MigrationInterface {
  name = 'CreateRenewal1795296420000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `ALTER TABLE steward.deal ADD COLUMN goal_id uuid, ADD COLUMN kept_by_hand boolean NOT NULL DEFAULT false,
        ADD COLUMN revision integer NOT NULL DEFAULT 1`,
      `ALTER TABLE steward.subscription ADD COLUMN kept_by_hand boolean NOT NULL DEFAULT false,
        ADD COLUMN revision integer NOT NULL DEFAULT 1`,
      `CREATE INDEX deal_open_idx ON steward.deal (close_on) WHERE state = 'open'`,
      `CREATE INDEX deal_ended_idx ON steward.deal (ended_on) WHERE state <> 'open'`,
      `CREATE INDEX deal_goal_idx ON steward.deal (account_id, goal_id) WHERE goal_id IS NOT NULL`,
      `CREATE TABLE steward.editable_list (
        key text PRIMARY KEY,
        entries jsonb NOT NULL,
        revision integer NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.deal_event (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        deal_id text NOT NULL,
        kind text NOT NULL
          CHECK (kind IN ('created', 'edited', 'moved', 'won', 'lost', 'reopened', 'deleted', 'undone')),
        at timestamptz NOT NULL,
        day date NOT NULL,
        by_user_id uuid,
        before jsonb,
        details jsonb,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.renewal (
        account_id uuid NOT NULL,
        due_on date NOT NULL,
        amount_minor bigint,
        outcome text CHECK (outcome IN ('renewed', 'renewedSmaller', 'lost')),
        outcome_day date,
        renewed_amount_minor bigint,
        reason_key text,
        note text,
        decided_by uuid,
        decided_at timestamptz,
        before jsonb,
        forecast_category text CHECK (forecast_category IN ('commit', 'likely', 'atRisk', 'lost')),
        forecast_amount_minor bigint CHECK (forecast_amount_minor >= 0),
        forecast_by uuid,
        forecast_at timestamptz,
        revision integer NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, due_on)
      )`,
      `CREATE TABLE steward.renewal_check (
        account_id uuid PRIMARY KEY,
        next_day date NOT NULL
      )`,
      `CREATE TABLE steward.leaving (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        notice_given_on date NOT NULL,
        leaves_on date,
        reason_key text,
        note text,
        before jsonb NOT NULL,
        by_user_id uuid NOT NULL,
        at timestamptz NOT NULL,
        taken_back_by uuid,
        taken_back_at timestamptz,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.churn_record (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        churned_on date NOT NULL,
        reason_key text NOT NULL,
        reason_label text NOT NULL,
        can_influence boolean NOT NULL,
        competitor text,
        arr_lost_minor bigint CHECK (arr_lost_minor >= 0),
        note text,
        before jsonb NOT NULL,
        by_user_id uuid NOT NULL,
        at timestamptz NOT NULL,
        undone_by uuid,
        undone_at timestamptz,
        PRIMARY KEY (account_id, id)
      )`,
    );
    await copyToEveryNode(runner, ['editable_list']);
    await distribute(runner, OF_ACCOUNT);
    await run(
      runner,
      'CREATE INDEX deal_event_deal_idx ON steward.deal_event (account_id, deal_id)',
      'CREATE INDEX renewal_due_idx ON steward.renewal (due_on)',
      'CREATE INDEX churn_record_day_idx ON steward.churn_record (churned_on) WHERE undone_at IS NULL',
      ...OF_ACCOUNT.map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...OF_ACCOUNT].reverse()) await run(runner, `DROP TABLE steward.${table}`);
    await run(
      runner,
      'DROP TABLE steward.editable_list',
      'DROP INDEX steward.deal_goal_idx',
      'DROP INDEX steward.deal_ended_idx',
      'DROP INDEX steward.deal_open_idx',
      'ALTER TABLE steward.subscription DROP COLUMN kept_by_hand, DROP COLUMN revision',
      'ALTER TABLE steward.deal DROP COLUMN goal_id, DROP COLUMN kept_by_hand, DROP COLUMN revision',
    );
  }
}
