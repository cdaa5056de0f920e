import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/**
 * What each day's run looks up of all accounts is found without walking past the rest: an account's own memberships beside
 * those of its contacts, who entered and left on the day beside those of all days before, contacts who have left, and
 * answers of the last days.
 */
export class AlterIndexesOfRuns1797012900000 implements MigrationInterface {
  name = 'AlterIndexesOfRuns1797012900000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE INDEX segment_member_account_idx ON steward.segment_member (account_id, segment_id)
        WHERE contact_id = '00000000-0000-0000-0000-000000000000'`,
      'DROP INDEX steward.segment_event_on_day_idx',
      'CREATE INDEX segment_event_on_day_idx ON steward.segment_event (day, account_id)',
      'CREATE INDEX contact_left_idx ON steward.contact (account_id) WHERE left_on IS NOT NULL',
      'CREATE INDEX survey_answer_day_idx ON steward.survey_answer (account_id, answered_on)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.survey_answer_day_idx',
      'DROP INDEX steward.contact_left_idx',
      'DROP INDEX steward.segment_event_on_day_idx',
      'CREATE INDEX segment_event_on_day_idx ON steward.segment_event (day, segment_id)',
      'DROP INDEX steward.segment_member_account_idx',
    );
  }
}
