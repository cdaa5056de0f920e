import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** The order in which a person has their views. */
export class CreateViewOrder1795296240000 implements MigrationInterface {
  name = 'CreateViewOrder1795296240000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.view_order (
        user_id uuid PRIMARY KEY,
        view_ids uuid[] NOT NULL
      )`,
    );
    await copyToEveryNode(runner, ['view_order']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.view_order');
  }
}
