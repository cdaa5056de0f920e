import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const BEFORE = ['assign', 'tier', 'releaseTier', 'pulse', 'tag', 'snooze', 'undo'];

const only = (kinds: readonly string[]) => [
  'ALTER TABLE steward.bulk_action DROP CONSTRAINT bulk_action_kind_check',
  `ALTER TABLE steward.bulk_action ADD CONSTRAINT bulk_action_kind_check
    CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`,
];

/** Playbooks are started on many accounts at once. */
export class AlterBulkAction1795296720000 implements MigrationInterface {
  name = 'AlterBulkAction1795296720000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, ...only([...BEFORE.slice(0, -1), 'startPlaybook', 'undo']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, `DELETE FROM steward.bulk_action WHERE kind = 'startPlaybook'`, ...only(BEFORE));
  }
}
