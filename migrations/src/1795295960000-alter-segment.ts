import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** How large segments were at the close of each day, and which condition let somebody in or out. */
export class AlterSegment1795295960000 implements MigrationInterface {
  name = 'AlterSegment1795295960000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.segment_size (
        day date NOT NULL,
        segment_id uuid NOT NULL,
        rule_version integer NOT NULL,
        members integer NOT NULL,
        arr_minor bigint,
        PRIMARY KEY (day, segment_id)
      )`,
    );
    await copyToEveryNode(runner, ['segment_size']);
    await run(
      runner,
      'ALTER TABLE steward.segment_event ADD COLUMN condition jsonb',
      'CREATE INDEX segment_event_segment_idx ON steward.segment_event (segment_id, day)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP INDEX steward.segment_event_segment_idx',
      'ALTER TABLE steward.segment_event DROP COLUMN condition',
      'DROP TABLE steward.segment_size',
    );
  }
}
