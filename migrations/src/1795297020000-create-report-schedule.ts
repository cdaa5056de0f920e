import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** Reports that come by mail, and each mail of them. */
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
    await copyToEveryNode(runner, ['report_schedule', 'report_mail']);
    await run(
      runner,
      'CREATE INDEX report_schedule_next_idx ON steward.report_schedule (next_at) WHERE next_at IS NOT NULL',
      `ALTER TABLE steward.report_mail ADD CONSTRAINT report_mail_schedule_fkey FOREIGN KEY (schedule_id)
        REFERENCES steward.report_schedule (id) ON DELETE CASCADE`,
      `CREATE UNIQUE INDEX report_mail_day_key ON steward.report_mail (schedule_id, day, user_id) WHERE NOT is_extra`,
      'CREATE INDEX report_mail_schedule_idx ON steward.report_mail (schedule_id, created_at)',
      `CREATE INDEX report_mail_due_idx ON steward.report_mail (due_at) WHERE state IN ('due', 'sending')`,
      'CREATE INDEX stage_move_day_idx ON steward.stage_move (moved_on)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.stage_move_day_idx',
      'DROP TABLE steward.report_mail',
      'DROP TABLE steward.report_schedule',
    );
  }
}
