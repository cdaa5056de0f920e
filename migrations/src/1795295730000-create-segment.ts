import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

const OF_ACCOUNT = ['segment_member', 'segment_event', 'segment_exclusion', 'segment_evaluation'] as const;

/** Segments, who is in them and since when, and who came and went. */
export class CreateSegment1795295730000 implements MigrationInterface {
  name = 'CreateSegment1795295730000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'CREATE SEQUENCE steward.segment_rule_version AS integer',
      `CREATE TABLE steward.segment (
        id uuid PRIMARY KEY,
        key text,
        name text NOT NULL,
        description text NOT NULL,
        of text NOT NULL CHECK (of IN ('account', 'contact')),
        rule jsonb NOT NULL,
        owner_user_id uuid,
        visibility text NOT NULL CHECK (visibility IN ('private', 'shared')),
        columns jsonb,
        sort jsonb,
        rule_version integer NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT segment_key_key UNIQUE (key)
      )`,
      `CREATE TABLE steward.segment_member (
        account_id uuid NOT NULL,
        segment_id uuid NOT NULL,
        contact_id uuid NOT NULL,
        since_day date NOT NULL,
        entered_at timestamptz NOT NULL,
        how text NOT NULL CHECK (how IN ('baseline', 'rule')),
        PRIMARY KEY (account_id, segment_id, contact_id)
      )`,
      `CREATE TABLE steward.segment_event (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        segment_id uuid NOT NULL,
        contact_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('entered', 'left')),
        day date NOT NULL,
        at timestamptz NOT NULL,
        leaf integer,
        since_day date NOT NULL,
        since_at timestamptz NOT NULL,
        how text NOT NULL CHECK (how IN ('baseline', 'rule')),
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.segment_exclusion (
        account_id uuid NOT NULL,
        segment_id uuid NOT NULL,
        reason text NOT NULL,
        until_day date,
        by_user_id uuid,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, segment_id)
      )`,
      `CREATE TABLE steward.segment_evaluation (
        account_id uuid PRIMARY KEY,
        through_version integer NOT NULL
      )`,
    );
    await copyToEveryNode(runner, ['segment']);
    await distribute(runner, OF_ACCOUNT);
    await run(
      runner,
      'CREATE INDEX segment_member_segment_idx ON steward.segment_member (segment_id, account_id)',
      'CREATE INDEX segment_event_day_idx ON steward.segment_event (account_id, day)',
      ...OF_ACCOUNT.map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...OF_ACCOUNT, 'segment']) await run(runner, `DROP TABLE steward.${table}`);
    await run(runner, 'DROP SEQUENCE steward.segment_rule_version');
  }
}
