import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** Days on which the workspace expects its customers to be quiet: holidays, shutdowns. Both ends belong to it. */
export class CreateQuietPeriod1795295520000 implements MigrationInterface {
  name = 'CreateQuietPeriod1795295520000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.quiet_period (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        from_day date NOT NULL,
        to_day date NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        CHECK (from_day <= to_day)
      )`,
    );
    await copyToEveryNode(runner, ['quiet_period']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.quiet_period');
  }
}
