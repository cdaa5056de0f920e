import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const LIVE = `WHERE state IN ('pending', 'open', 'acknowledged', 'snoozed')`;

/** The key of live alerts holds what the inbox reads of them, so that it need not read the alerts themselves. */
export class AlterAlertLiveKey1795296630000 implements MigrationInterface {
  name = 'AlterAlertLiveKey1795296630000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.alert_live_key',
      `CREATE UNIQUE INDEX alert_live_key ON steward.alert (account_id, rule_id)
        INCLUDE (state, kind, severity, unread, assignee_user_id) ${LIVE}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.alert_live_key',
      `CREATE UNIQUE INDEX alert_live_key ON steward.alert (account_id, rule_id) ${LIVE}`,
    );
  }
}
