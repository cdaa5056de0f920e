import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** Filters of the account list that people keep under a name. */
export class CreateSavedView1795296120000 implements MigrationInterface {
  name = 'CreateSavedView1795296120000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.saved_view (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        owner_user_id uuid NOT NULL,
        visibility text NOT NULL CHECK (visibility IN ('private', 'shared')),
        rule jsonb,
        text text NOT NULL,
        columns jsonb,
        sort jsonb NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
    );
    await copyToEveryNode(runner, ['saved_view']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.saved_view');
  }
}
