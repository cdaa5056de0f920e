import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** Reports that come by mail, each mail of them, files of accounts made in the background, and indexes that answer managers' pages without reading whole rows. */
export class CreateReportSchedule1795297020000 implements MigrationInterface {
  name = 'CreateReportSchedule1795297020000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.report_schedule (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        content jsonb NOT NULL,
        frequency text NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly')),
        weekday integer CHECK (weekday BETWEEN 1 AND 7),
        month_day integer CHECK (month_day BETWEEN 1 AND 31),
        hour integer NOT NULL CHECK (hour BETWEEN 0 AND 23),
        recipients uuid[] NOT NULL,
        paused boolean NOT NULL,
        next_at timestamptz,
        owner_user_id uuid NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.report_mail (
        id uuid PRIMARY KEY,
        schedule_id uuid NOT NULL,
        user_id uuid NOT NULL,
        day date NOT NULL,
        is_extra boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'failed', 'uncertain', 'skipped')),
        due_at timestamptz NOT NULL,
        attempts integer NOT NULL,
        claimed_at timestamptz,
        sent_at timestamptz,
        error text,
        created_at timestamptz NOT NULL
      )`,
    );
    await run(
      runner,
      `CREATE TABLE steward.account_export (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        question jsonb NOT NULL,
        name text NOT NULL,
        state text NOT NULL CHECK (state IN ('due', 'running', 'done', 'failed', 'expired')),
        accounts integer,
        written integer NOT NULL,
        bytes bigint,
        attempts integer NOT NULL,
        error text,
        created_at timestamptz NOT NULL,
        heard_at timestamptz,
        finished_at timestamptz,
        expires_at timestamptz
      )`,
    );
    await copyToEveryNode(runner, ['report_schedule', 'report_mail', 'account_export']);
    await run(
      runner,
      'CREATE INDEX report_schedule_next_idx ON steward.report_schedule (next_at) WHERE next_at IS NOT NULL',
      `ALTER TABLE steward.report_mail ADD CONSTRAINT report_mail_schedule_fkey FOREIGN KEY (schedule_id)
        REFERENCES steward.report_schedule (id) ON DELETE CASCADE`,
      `CREATE UNIQUE INDEX report_mail_day_key ON steward.report_mail (schedule_id, day, user_id) WHERE NOT is_extra`,
      'CREATE INDEX report_mail_schedule_idx ON steward.report_mail (schedule_id, created_at)',
      `CREATE INDEX report_mail_due_idx ON steward.report_mail (due_at) WHERE state IN ('due', 'sending')`,
      'CREATE INDEX account_export_user_idx ON steward.account_export (user_id, created_at)',
      'CREATE INDEX stage_move_day_idx ON steward.stage_move (moved_on)',
      `CREATE INDEX stage_move_account_idx ON steward.stage_move (account_id, moved_on, created_at)
        INCLUDE (from_stage, to_stage)`,
      'DROP INDEX steward.account_state_csm_idx',
      `CREATE INDEX account_state_csm_idx ON steward.account_state (csm_user_id, account_id)
        INCLUDE (am_user_id, status, tier, band, stage, stage_since, arr_minor, score)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.account_state_csm_idx',
      'CREATE INDEX account_state_csm_idx ON steward.account_state (csm_user_id, account_id)',
      'DROP INDEX steward.stage_move_account_idx',
      'DROP INDEX steward.stage_move_day_idx',
      'DROP TABLE steward.account_export',
      'DROP TABLE steward.report_mail',
      'DROP TABLE steward.report_schedule',
    );
  }
}
