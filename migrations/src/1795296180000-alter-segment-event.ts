import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Entries and exits by their day: those of long ago are forgotten, and sizes at a close ask for who has left since. */
export class AlterSegmentEvent1795296180000 implements MigrationInterface {
  name = 'AlterSegmentEvent1795296180000';

  async up(runner: QueryRunner): Promise<void> {
    await run(runner, 'CREATE INDEX segment_event_on_day_idx ON steward.segment_event (day, segment_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP INDEX steward.segment_event_on_day_idx');
  }
}
