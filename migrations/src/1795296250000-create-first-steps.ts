import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** What a person said of the first steps: that they are in the way, and that the tiers fit. */
export class CreateFirstSteps1795296250000 implements MigrationInterface {
  name = 'CreateFirstSteps1795296250000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.first_steps (
        user_id uuid PRIMARY KEY,
        hidden boolean NOT NULL,
        tiers_reviewed_at timestamptz
      )`,
    );
    await copyToEveryNode(runner, ['first_steps']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.first_steps');
  }
}
