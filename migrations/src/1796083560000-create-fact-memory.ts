import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** Until when what processes remember of facts is true: one row, written anew whenever some of it ceases to be. */
export class CreateFactMemory1796083560000 implements MigrationInterface {
  name = 'CreateFactMemory1796083560000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.fact_memory (
        id smallint PRIMARY KEY CHECK (id = 1),
        version bigint NOT NULL
      )`,
    );
    await copyToEveryNode(runner, ['fact_memory']);
    await run(runner, 'INSERT INTO steward.fact_memory (id, version) VALUES (1, 1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.fact_memory');
  }
}
