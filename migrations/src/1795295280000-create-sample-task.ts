import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** The newest order to load or remove the sample company, and how far it has come. */
export class CreateSampleTask1795295280000 implements MigrationInterface {
  name = 'CreateSampleTask1795295280000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.sample_task (
        id smallint PRIMARY KEY CHECK (id = 1),
        kind text NOT NULL CHECK (kind IN ('load', 'remove')),
        state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
        options jsonb NOT NULL,
        step text CHECK (step IN ('facts', 'history')),
        share double precision NOT NULL,
        attempts integer NOT NULL,
        problem text,
        requested_by uuid,
        created_at timestamptz NOT NULL,
        heartbeat_at timestamptz,
        finished_at timestamptz
      )`,
    );
    await copyToEveryNode(runner, ['sample_task']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.sample_task');
  }
}
