import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

const CONFIGURATION = ['touch_template', 'pulse_reason_list'] as const;
const OF_ACCOUNT = ['touchpoint_by_hand', 'account_plan', 'account_follower', 'hand_over', 'account_news'] as const;

/** What people keep about an account: touches of their own, its plan, who follows it, and who handed it to whom. */
export class CreateTouchAndPlan1795296360000 implements MigrationInterface {
  name = 'CreateTouchAndPlan1795296360000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.touch_template (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('call', 'meeting', 'email', 'note', 'other')),
        subject text,
        text text NOT NULL,
        segment_id uuid,
        owner_user_id uuid NOT NULL,
        visibility text NOT NULL CHECK (visibility IN ('private', 'shared')),
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.pulse_reason_list (
        id smallint PRIMARY KEY CHECK (id = 1),
        reasons jsonb NOT NULL,
        revision integer NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.touchpoint_by_hand (
        account_id uuid NOT NULL,
        touchpoint_id text NOT NULL,
        by_user_id uuid NOT NULL,
        mentions uuid[] NOT NULL,
        task_id uuid,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        removed jsonb,
        removed_at timestamptz,
        removed_by uuid,
        PRIMARY KEY (account_id, touchpoint_id),
        CONSTRAINT touchpoint_by_hand_removed_check CHECK ((removed IS NULL) = (removed_at IS NULL))
      )`,
      `CREATE TABLE steward.account_plan (
        account_id uuid NOT NULL,
        note text,
        note_mentions uuid[] NOT NULL,
        objectives jsonb NOT NULL,
        links jsonb NOT NULL,
        next_step text,
        next_step_day date,
        next_step_user_id uuid,
        revision integer NOT NULL,
        updated_by uuid,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (account_id),
        CONSTRAINT account_plan_next_step_check CHECK (next_step IS NOT NULL OR
          (next_step_day IS NULL AND next_step_user_id IS NULL))
      )`,
      `CREATE TABLE steward.account_follower (
        account_id uuid NOT NULL,
        user_id uuid NOT NULL,
        since timestamptz NOT NULL,
        since_day date NOT NULL,
        PRIMARY KEY (account_id, user_id)
      )`,
      `CREATE TABLE steward.hand_over (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        day date NOT NULL,
        by_user_id uuid NOT NULL,
        from_csm_user_id uuid,
        to_csm_user_id uuid,
        from_am_user_id uuid,
        to_am_user_id uuid,
        note text,
        moved jsonb NOT NULL,
        before jsonb NOT NULL,
        undone_at timestamptz,
        undone_by uuid,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.account_news (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('touched', 'mentioned', 'handedOver')),
        at timestamptz NOT NULL,
        day date NOT NULL,
        by_user_id uuid,
        to_user_ids uuid[] NOT NULL,
        text text NOT NULL,
        subject_id text,
        told_at timestamptz,
        PRIMARY KEY (account_id, id)
      )`,
    );
    await copyToEveryNode(runner, CONFIGURATION);
    await distribute(runner, OF_ACCOUNT);
    await run(
      runner,
      'CREATE INDEX account_follower_user_idx ON steward.account_follower (user_id)',
      'CREATE INDEX account_plan_next_step_idx ON steward.account_plan (next_step_day)',
      'CREATE INDEX hand_over_day_idx ON steward.hand_over (account_id, day)',
      'CREATE INDEX account_news_untold_idx ON steward.account_news (at) WHERE told_at IS NULL',
      ...OF_ACCOUNT.map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...OF_ACCOUNT, ...CONFIGURATION]) await run(runner, `DROP TABLE steward.${table}`);
  }
}
