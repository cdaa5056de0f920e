import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** Files on their way in: one row an import, its rejected rows, and the mappings that people saved. */
export class CreateImport1795295100000 implements MigrationInterface {
  name = 'CreateImport1795295100000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.import (
        id uuid PRIMARY KEY,
        fact_kind text NOT NULL,
        file_name text NOT NULL,
        file_path text NOT NULL,
        file_bytes bigint NOT NULL,
        file_sha256 text NOT NULL,
        mapping jsonb,
        state text NOT NULL CHECK (state IN ('uploaded', 'checking', 'checked', 'queued', 'running', 'done', 'failed', 'cancelled')),
        counts jsonb NOT NULL,
        bytes_read bigint NOT NULL,
        committed_line bigint NOT NULL,
        error jsonb,
        attempts integer NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        heartbeat_at timestamptz,
        headers text[] NOT NULL,
        header_fingerprint text NOT NULL,
        file_expired_at timestamptz
      )`,
      `CREATE INDEX import_fingerprint_idx ON steward.import (header_fingerprint)`,
      `CREATE INDEX import_created_idx ON steward.import (created_at DESC)`,
      `CREATE TABLE steward.import_rejection (
        import_id uuid NOT NULL,
        line bigint NOT NULL,
        seq smallint NOT NULL,
        column_name text,
        value text,
        code text NOT NULL,
        message text NOT NULL,
        record text[] NOT NULL,
        PRIMARY KEY (import_id, line, seq),
        CONSTRAINT import_rejection_import_fkey FOREIGN KEY (import_id) REFERENCES steward.import (id) ON DELETE CASCADE
      )`,
      `CREATE TABLE steward.saved_mapping (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        fact_kind text NOT NULL,
        header_fingerprint text NOT NULL,
        mapping jsonb NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT saved_mapping_name_key UNIQUE (name)
      )`,
      `CREATE TABLE steward.owner_alias (
        text text PRIMARY KEY,
        user_id uuid NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL,
        CONSTRAINT owner_alias_user_fkey FOREIGN KEY (user_id) REFERENCES steward.app_user (id)
      )`,
    );
    await copyToEveryNode(runner, ['import', 'import_rejection', 'saved_mapping', 'owner_alias']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      ...['owner_alias', 'saved_mapping', 'import_rejection', 'import'].map((table) => `DROP TABLE steward.${table}`),
    );
  }
}
