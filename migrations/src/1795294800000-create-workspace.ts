import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, run } from './support.js';

/** The workspace, its people, their sessions and keys, and the log of what they changed. */
export class CreateWorkspace1795294800000 implements MigrationInterface {
  name = 'CreateWorkspace1795294800000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE SCHEMA IF NOT EXISTS steward`,
      `CREATE TABLE steward.workspace (
        id smallint PRIMARY KEY CHECK (id = 1),
        name text NOT NULL,
        time_zone text NOT NULL,
        currency text NOT NULL,
        everyone_sees_all boolean NOT NULL,
        own_email_domains text[] NOT NULL,
        settings jsonb NOT NULL,
        sample_loaded_at timestamptz,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.exchange_rate (
        currency text NOT NULL,
        from_day date NOT NULL,
        rate numeric NOT NULL CHECK (rate > 0),
        PRIMARY KEY (currency, from_day)
      )`,
      `CREATE TABLE steward.app_user (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        full_name text NOT NULL,
        role text NOT NULL CHECK (role IN ('admin', 'manager', 'csm', 'am', 'viewer')),
        manager_id uuid,
        password_hash text,
        active boolean NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT app_user_manager_fkey FOREIGN KEY (manager_id) REFERENCES steward.app_user (id)
      )`,
      `CREATE UNIQUE INDEX app_user_email_key ON steward.app_user (lower(email))`,
      `CREATE TABLE steward.stand_in (
        user_id uuid NOT NULL,
        stand_in_id uuid NOT NULL,
        from_day date NOT NULL,
        to_day date NOT NULL,
        PRIMARY KEY (user_id, stand_in_id, from_day),
        CONSTRAINT stand_in_user_fkey FOREIGN KEY (user_id) REFERENCES steward.app_user (id),
        CONSTRAINT stand_in_stand_in_fkey FOREIGN KEY (stand_in_id) REFERENCES steward.app_user (id),
        CONSTRAINT stand_in_days_check CHECK (from_day <= to_day)
      )`,
      `CREATE TABLE steward.session (
        token_hash bytea PRIMARY KEY,
        user_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ip text,
        user_agent text,
        CONSTRAINT session_user_fkey FOREIGN KEY (user_id) REFERENCES steward.app_user (id)
      )`,
      `CREATE INDEX session_user_idx ON steward.session (user_id)`,
      `CREATE TABLE steward.sign_in_attempt (
        subject text PRIMARY KEY,
        window_started_at timestamptz NOT NULL,
        failures integer NOT NULL
      )`,
      `CREATE TABLE steward.api_key (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        prefix text NOT NULL,
        secret_hash bytea NOT NULL,
        scopes text[] NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT api_key_created_by_fkey FOREIGN KEY (created_by) REFERENCES steward.app_user (id)
      )`,
      `CREATE UNIQUE INDEX api_key_prefix_key ON steward.api_key (prefix)`,
      `CREATE TABLE steward.audit_log (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'api_key', 'system')),
        actor_id uuid,
        actor_name text NOT NULL,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        account_id uuid,
        changes jsonb NOT NULL,
        request_id text
      )`,
      `CREATE INDEX audit_log_at_idx ON steward.audit_log (at DESC)`,
      `CREATE INDEX audit_log_account_idx ON steward.audit_log (account_id, at DESC) WHERE account_id IS NOT NULL`,
    );
    await copyToEveryNode(runner, ['workspace', 'exchange_rate', 'app_user', 'stand_in', 'session', 'api_key']);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'audit_log',
      'api_key',
      'sign_in_attempt',
      'session',
      'stand_in',
      'app_user',
      'exchange_rate',
      'workspace',
    ];
    // The schema stays: it also holds the list of the migrations that ran.
    await run(runner, ...tables.map((table) => `DROP TABLE steward.${table}`));
  }
}
