import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

/** Accounts and the facts about them. Every table is keyed by account first, so that an account's rows stay together. */
export class CreateAccount1795294920000 implements MigrationInterface {
  name = 'CreateAccount1795294920000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.account (
        id uuid PRIMARY KEY,
        external_id text NOT NULL,
        name text NOT NULL,
        domain text,
        industry text,
        size text,
        employees integer,
        country text,
        region text,
        time_zone text,
        plan text,
        seats integer CHECK (seats >= 0),
        currency text,
        arr_minor bigint,
        customer_since date,
        trial_since date,
        renewal_date date,
        notice_days integer,
        notice_given_on date,
        leaves_on date,
        csm_user_id uuid,
        csm_text text,
        am_user_id uuid,
        am_text text,
        parent_id uuid,
        status text NOT NULL CHECK (status IN ('prospect', 'trial', 'customer', 'churned')),
        churned_on date,
        churn_reason text,
        tags text[] NOT NULL,
        attributes jsonb NOT NULL,
        first_seen_on date NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      ) WITH (fillfactor = 80)`,
      `CREATE INDEX account_csm_idx ON steward.account (csm_user_id)`,
      `CREATE INDEX account_am_idx ON steward.account (am_user_id)`,
      `CREATE INDEX account_parent_idx ON steward.account (parent_id) WHERE parent_id IS NOT NULL`,
      `CREATE TABLE steward.account_key (
        key text PRIMARY KEY,
        account_id uuid,
        reason text NOT NULL CHECK (reason IN ('renamed', 'merged', 'deleted')),
        created_at timestamptz NOT NULL
      )`,
      `CREATE TABLE steward.account_field (
        account_id uuid NOT NULL,
        field text NOT NULL,
        from_day date NOT NULL,
        value jsonb,
        source text NOT NULL,
        observed_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, field, from_day)
      )`,
      `CREATE TABLE steward.contact (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        external_id text,
        email text,
        name text,
        title text,
        role text,
        is_primary boolean NOT NULL,
        consent boolean,
        left_on date,
        internal boolean NOT NULL,
        first_seen date,
        last_seen date,
        attributes jsonb NOT NULL,
        observed_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      ) WITH (fillfactor = 80)`,
      `CREATE UNIQUE INDEX contact_external_id_key ON steward.contact (account_id, external_id) WHERE external_id IS NOT NULL`,
      `CREATE INDEX contact_email_idx ON steward.contact (account_id, lower(email)) WHERE email IS NOT NULL`,
      `CREATE TABLE steward.metric_point (
        account_id uuid NOT NULL,
        metric_id smallint NOT NULL,
        day date NOT NULL,
        value double precision NOT NULL,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, metric_id, day)
      )`,
      `CREATE TABLE steward.subscription (
        account_id uuid NOT NULL,
        id text NOT NULL,
        plan text,
        quantity integer CHECK (quantity >= 0),
        seat_based boolean NOT NULL,
        mrr_minor bigint,
        currency text,
        starts_on date NOT NULL,
        ends_on date,
        term_months integer,
        auto_renew boolean,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.invoice (
        account_id uuid NOT NULL,
        id text NOT NULL,
        issued_on date NOT NULL,
        due_on date,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'paid', 'failed', 'void')),
        paid_on date,
        failed_on date,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE INDEX invoice_due_idx ON steward.invoice (account_id, due_on)`,
      `CREATE TABLE steward.ticket (
        account_id uuid NOT NULL,
        id text NOT NULL,
        opened_at timestamptz NOT NULL,
        opened_on date NOT NULL,
        closed_at timestamptz,
        closed_on date,
        priority text CHECK (priority IN ('urgent', 'high', 'normal', 'low')),
        status text NOT NULL CHECK (status IN ('open', 'pending', 'escalated', 'closed')),
        subject text,
        resolution_hours double precision,
        satisfaction double precision,
        satisfaction_min double precision,
        satisfaction_max double precision,
        contact_id uuid,
        disagrees boolean NOT NULL,
        closed_assumed boolean NOT NULL,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE INDEX ticket_opened_idx ON steward.ticket (account_id, opened_on)`,
      `CREATE TABLE steward.survey_answer (
        account_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('nps', 'csat')),
        id text NOT NULL,
        answered_on date NOT NULL,
        score double precision NOT NULL,
        scale_min double precision NOT NULL,
        scale_max double precision NOT NULL,
        comment text,
        contact_id uuid,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, kind, id)
      )`,
      `CREATE TABLE steward.touchpoint (
        account_id uuid NOT NULL,
        id text NOT NULL,
        kind text NOT NULL,
        at timestamptz NOT NULL,
        on_day date NOT NULL,
        author_user_id uuid,
        author_text text,
        text text,
        links jsonb NOT NULL,
        counts boolean NOT NULL,
        contact_ids uuid[] NOT NULL,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE INDEX touchpoint_day_idx ON steward.touchpoint (account_id, on_day)`,
      `CREATE TABLE steward.deal (
        account_id uuid NOT NULL,
        id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('expansion', 'renewal', 'new')),
        name text NOT NULL,
        stage text,
        amount_minor bigint,
        currency text,
        probability double precision CHECK (probability >= 0 AND probability <= 100),
        close_on date,
        owner_user_id uuid,
        owner_text text,
        state text NOT NULL CHECK (state IN ('open', 'won', 'lost')),
        ended_on date,
        reason text,
        opened_on date NOT NULL,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.pulse (
        account_id uuid NOT NULL,
        day date NOT NULL,
        value smallint NOT NULL CHECK (value BETWEEN 1 AND 6),
        reasons text[] NOT NULL,
        note text,
        author_user_id uuid,
        author_text text,
        observed_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, day)
      )`,
      `CREATE TABLE steward.quarantined_fact (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        account_external_id text NOT NULL,
        fact_kind text NOT NULL,
        fact jsonb NOT NULL,
        source_key text NOT NULL,
        import_id uuid,
        line bigint,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
    );
    await copyToEveryNode(runner, ['account_key']);
    await distribute(runner, ['account'], 'id');
    const owned = [
      'account_field',
      'contact',
      'metric_point',
      'subscription',
      'invoice',
      'ticket',
      'survey_answer',
      'touchpoint',
      'deal',
      'pulse',
    ];
    await distribute(runner, [...owned, 'quarantined_fact']);
    await run(
      runner,
      ...owned.map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'quarantined_fact',
      'pulse',
      'deal',
      'touchpoint',
      'survey_answer',
      'ticket',
      'invoice',
      'subscription',
      'metric_point',
      'contact',
      'account_field',
      'account_key',
      'account',
    ];
    await run(runner, ...tables.map((table) => `DROP TABLE steward.${table}`));
  }
}
