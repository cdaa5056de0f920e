import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Alert rules that name what is not there are remembered, so that they begin anew when it is there again. */
export class AlterAlertRule1795296480000 implements MigrationInterface {
  name = 'AlterAlertRule1795296480000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.alert_rule ADD COLUMN unsound boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'ALTER TABLE steward.alert_rule DROP COLUMN unsound');
  }
}
