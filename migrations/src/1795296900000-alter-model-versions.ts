import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

const VERSIONED = ['tier_set_version', 'stage_set_version', 'health_profile_version'] as const;

/** Drafts of the model stand apart from its versions, which say why they were published and never change. */
export class AlterModelVersions1795296900000 implements MigrationInterface {
  name = 'AlterModelVersions1795296900000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...VERSIONED.flatMap((table) => [
        `ALTER TABLE steward.${table} ADD COLUMN note text`,
        `ALTER TABLE steward.${table} ADD COLUMN rolled_back_to integer`,
        `ALTER TABLE steward.${table} DROP CONSTRAINT ${table}_state_check`,
        `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_state_check CHECK (state IN ('published', 'superseded'))`,
      ]),
      'ALTER TABLE steward.health_profile ADD COLUMN deleted_at timestamptz',
      // A draft that was discarded or published leaves its row: the revision goes on, so that nobody writes over a new one.
      `CREATE TABLE steward.model_draft (
        part text NOT NULL CHECK (part IN ('tiers', 'stages', 'health')),
        subject text NOT NULL,
        body jsonb,
        based_on integer,
        revision integer NOT NULL,
        started_by uuid,
        started_at timestamptz NOT NULL,
        saved_by uuid,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (part, subject)
      )`,
    );
    await copyToEveryNode(runner, ['model_draft']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP TABLE steward.model_draft',
      'ALTER TABLE steward.health_profile DROP COLUMN deleted_at',
      ...VERSIONED.flatMap((table) => [
        `ALTER TABLE steward.${table} DROP CONSTRAINT ${table}_state_check`,
        `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_state_check
          CHECK (state IN ('draft', 'published', 'superseded'))`,
        `ALTER TABLE steward.${table} DROP COLUMN rolled_back_to`,
        `ALTER TABLE steward.${table} DROP COLUMN note`,
      ]),
    );
  }
}
