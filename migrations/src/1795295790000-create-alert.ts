import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

const CONFIGURATION = ['alert_rule', 'alert_rule_version', 'alert_rule_hold'] as const;
const OF_ACCOUNT = ['alert', 'alert_event', 'alert_evaluation'] as const;
const KIND = `kind IN ('churn', 'renewal', 'expansion', 'lifecycle', 'billing', 'data')`;
const SEVERITY = `severity IN ('info', 'low', 'medium', 'high', 'critical')`;

/** Alert rules, the alerts they raise, and all that becomes of them. */
export class CreateAlert1795295790000 implements MigrationInterface {
  name = 'CreateAlert1795295790000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'CREATE SEQUENCE steward.alert_rule_number AS integer',
      `CREATE TABLE steward.alert_rule (
        id uuid PRIMARY KEY,
        key text,
        name text NOT NULL,
        kind text NOT NULL CHECK (${KIND}),
        reason text NOT NULL,
        rule jsonb NOT NULL,
        clear_rule jsonb,
        severity text NOT NULL CHECK (${SEVERITY}),
        tier_severity jsonb NOT NULL,
        tiers text[],
        owner_role text NOT NULL CHECK (owner_role IN ('csm', 'am')),
        cool_down_days integer NOT NULL CHECK (cool_down_days >= 0),
        skip_in_quiet_periods boolean NOT NULL,
        playbook_key text,
        channels text[] NOT NULL,
        enabled boolean NOT NULL,
        rule_version integer NOT NULL,
        revision integer NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT alert_rule_key_key UNIQUE (key)
      )`,
      `CREATE TABLE steward.alert_rule_version (
        rule_id uuid NOT NULL,
        version integer NOT NULL,
        definition jsonb NOT NULL,
        published_at timestamptz NOT NULL,
        by_user_id uuid,
        PRIMARY KEY (rule_id, version)
      )`,
      `CREATE TABLE steward.alert_rule_hold (
        rule_id uuid NOT NULL,
        reason text NOT NULL CHECK (reason IN ('storm', 'silentSource')),
        day date NOT NULL,
        since_at timestamptz NOT NULL,
        would_fire integer,
        in_scope integer,
        source text,
        decision text CHECK (decision IN ('released', 'dropped')),
        decided_at timestamptz,
        decided_by uuid,
        PRIMARY KEY (rule_id, reason)
      )`,
      `CREATE TABLE steward.alert (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        rule_id uuid,
        rule_version integer,
        kind text NOT NULL CHECK (${KIND}),
        severity text NOT NULL CHECK (${SEVERITY}),
        state text NOT NULL
          CHECK (state IN ('pending', 'open', 'acknowledged', 'snoozed', 'resolved', 'cleared', 'dropped')),
        started text NOT NULL CHECK (started IN ('change', 'start', 'hand', 'replay')),
        reason text NOT NULL,
        evidence jsonb NOT NULL,
        opened_day date NOT NULL,
        opened_at timestamptz NOT NULL,
        last_matched_day date,
        clear_since_day date,
        held_reason text CHECK (held_reason IN ('unknown', 'silentSource')),
        unread boolean NOT NULL,
        score_at_open numeric(5,2),
        score_noted numeric(5,2),
        arr_minor_at_open bigint,
        snoozed_until date,
        snooze_reason text,
        assignee_user_id uuid,
        due_day date,
        outcome text CHECK (outcome IN ('successful', 'unsuccessful', 'falseAlarm')),
        outcome_note text,
        acknowledged_at timestamptz,
        acknowledged_by uuid,
        escalate_at timestamptz,
        escalated_at timestamptz,
        ended_day date,
        ended_at timestamptz,
        ended_by uuid,
        false_since_day date,
        revision integer NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.alert_event (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        alert_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('opened', 'evidence', 'acknowledged', 'snoozed', 'woken', 'assigned',
          'resolved', 'cleared', 'dropped', 'escalated', 'undone', 'severity')),
        at timestamptz NOT NULL,
        day date NOT NULL,
        by_user_id uuid,
        before jsonb,
        details jsonb,
        told_at timestamptz,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.alert_evaluation (
        account_id uuid PRIMARY KEY,
        through_version integer NOT NULL
      )`,
    );
    await copyToEveryNode(runner, CONFIGURATION);
    await distribute(runner, OF_ACCOUNT);
    await run(
      runner,
      `CREATE UNIQUE INDEX alert_live_key ON steward.alert (account_id, rule_id)
        WHERE state IN ('pending', 'open', 'acknowledged', 'snoozed')`,
      'CREATE INDEX alert_ended_idx ON steward.alert (account_id, ended_day) WHERE ended_day IS NOT NULL',
      'CREATE INDEX alert_rule_day_idx ON steward.alert (rule_id, opened_day)',
      `CREATE INDEX alert_pending_idx ON steward.alert (rule_id) WHERE state = 'pending'`,
      `CREATE INDEX alert_escalate_idx ON steward.alert (escalate_at)
        WHERE state = 'open' AND escalated_at IS NULL AND escalate_at IS NOT NULL`,
      'CREATE INDEX alert_event_alert_idx ON steward.alert_event (account_id, alert_id)',
      'CREATE INDEX alert_event_untold_idx ON steward.alert_event (at) WHERE told_at IS NULL',
      ...OF_ACCOUNT.map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
      `ALTER TABLE steward.alert_event ADD CONSTRAINT alert_event_alert_fkey FOREIGN KEY (account_id, alert_id)
        REFERENCES steward.alert (account_id, id) ON DELETE CASCADE`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...OF_ACCOUNT].reverse()) await run(runner, `DROP TABLE steward.${table}`);
    for (const table of CONFIGURATION) await run(runner, `DROP TABLE steward.${table}`);
    await run(runner, 'DROP SEQUENCE steward.alert_rule_number');
  }
}
