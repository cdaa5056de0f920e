import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** Profiles that were tried on history, and what came out. */
export class CreateBacktest1795296960000 implements MigrationInterface {
  name = 'CreateBacktest1795296960000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.backtest (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('backtest', 'weights')),
        profile jsonb NOT NULL,
        profile_name text NOT NULL,
        config jsonb NOT NULL,
        by_user_id uuid NOT NULL,
        by_name text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'running', 'cancelling', 'done', 'cancelled', 'failed')),
        attempt integer NOT NULL,
        done integer NOT NULL,
        steps integer NOT NULL,
        step text NOT NULL,
        result jsonb,
        problem text,
        created_at timestamptz NOT NULL,
        heartbeat_at timestamptz,
        finished_at timestamptz
      )`,
    );
    await copyToEveryNode(runner, ['backtest']);
    await run(runner, 'CREATE INDEX backtest_created_idx ON steward.backtest (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.backtest');
  }
}
