import type { MigrationInterface, QueryRunner } from 'typeorm';
import { copyToEveryNode, distribute, run } from './support.js';

const CONFIGURATION = ['playbook', 'playbook_version'] as const;
const OF_ACCOUNT = ['goal', 'goal_event', 'task', 'task_event'] as const;
const KIND = `kind IN ('onboarding', 'adoption', 'retention', 'renewal', 'expansion')`;

/** Playbooks, the goals they run as on accounts, and the tasks of people. */
export class CreatePlaybook1795296300000 implements MigrationInterface {
  name = 'CreatePlaybook1795296300000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.playbook (
        id uuid PRIMARY KEY,
        key text,
        name text NOT NULL,
        kind text NOT NULL CHECK (${KIND}),
        definition jsonb NOT NULL,
        enabled boolean NOT NULL,
        version integer NOT NULL,
        revision integer NOT NULL,
        created_by uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        deleted_at timestamptz,
        CONSTRAINT playbook_key_key UNIQUE (key)
      )`,
      `CREATE TABLE steward.playbook_version (
        playbook_id uuid NOT NULL,
        version integer NOT NULL,
        definition jsonb NOT NULL,
        published_at timestamptz NOT NULL,
        by_user_id uuid,
        PRIMARY KEY (playbook_id, version)
      )`,
      `CREATE TABLE steward.goal (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        playbook_id uuid NOT NULL,
        playbook_version integer NOT NULL,
        kind text NOT NULL CHECK (${KIND}),
        name text NOT NULL,
        status text NOT NULL
          CHECK (status IN ('notStarted', 'inProgress', 'atRisk', 'achieved', 'missed', 'cancelled')),
        at_risk_reason text CHECK (at_risk_reason IN ('behind', 'taskOverdue')),
        started text NOT NULL CHECK (started IN ('hand', 'bulk', 'alert', 'segment', 'replay')),
        one_at_a_time boolean NOT NULL,
        start_day date NOT NULL,
        due_day date NOT NULL,
        owner_user_id uuid,
        target jsonb NOT NULL,
        baseline double precision,
        baseline_day date,
        value double precision,
        value_day date,
        progress double precision,
        met_since_day date,
        alert_id uuid,
        segment_id uuid,
        score_at_start numeric(5,2),
        arr_minor_at_start bigint,
        score_at_end numeric(5,2),
        arr_minor_at_end bigint,
        ended_day date,
        ended_at timestamptz,
        ended_by uuid,
        outcome_reason text,
        outcome_note text,
        created_by uuid,
        created_at timestamptz NOT NULL,
        revision integer NOT NULL,
        PRIMARY KEY (account_id, id),
        CONSTRAINT goal_days_check CHECK (start_day <= due_day)
      )`,
      `CREATE TABLE steward.goal_event (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        goal_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('started', 'began', 'baseline', 'atRisk', 'onTrack', 'achieved', 'missed',
          'cancelled', 'reopened', 'extended', 'moved', 'owner', 'undone')),
        at timestamptz NOT NULL,
        day date NOT NULL,
        by_user_id uuid,
        before jsonb,
        details jsonb,
        told_at timestamptz,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.task (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        goal_id uuid,
        key text,
        origin text NOT NULL CHECK (origin IN ('playbook', 'hand', 'nextStep')),
        title text NOT NULL,
        guidance text,
        state text NOT NULL CHECK (state IN ('open', 'done', 'skipped', 'cancelled')),
        required boolean NOT NULL,
        role text CHECK (role IN ('csm', 'am', 'manager')),
        assignee_user_id uuid,
        due_day date,
        due_by_hand boolean NOT NULL,
        waits_for text,
        snoozed_until date,
        completes_itself boolean NOT NULL,
        completed_how text CHECK (completed_how IN ('person', 'rule')),
        ended_day date,
        ended_at timestamptz,
        ended_by uuid,
        note text,
        touchpoint_id text,
        created_by uuid,
        created_at timestamptz NOT NULL,
        reminded_day date,
        revision integer NOT NULL,
        PRIMARY KEY (account_id, id)
      )`,
      `CREATE TABLE steward.task_event (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        task_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('created', 'done', 'skipped', 'cancelled', 'reopened', 'snoozed', 'woken',
          'assigned', 'due', 'changed', 'undone')),
        at timestamptz NOT NULL,
        day date NOT NULL,
        by_user_id uuid,
        before jsonb,
        details jsonb,
        told_at timestamptz,
        PRIMARY KEY (account_id, id)
      )`,
    );
    await copyToEveryNode(runner, CONFIGURATION);
    await distribute(runner, OF_ACCOUNT);
    await run(
      runner,
      `CREATE UNIQUE INDEX goal_live_key ON steward.goal (account_id, playbook_id)
        WHERE status IN ('notStarted', 'inProgress', 'atRisk') AND one_at_a_time`,
      `CREATE INDEX goal_live_idx ON steward.goal (account_id) WHERE status IN ('notStarted', 'inProgress', 'atRisk')`,
      'CREATE INDEX goal_playbook_idx ON steward.goal (playbook_id, start_day)',
      `CREATE INDEX goal_owner_idx ON steward.goal (owner_user_id, due_day)
        WHERE status IN ('notStarted', 'inProgress', 'atRisk')`,
      'CREATE INDEX goal_ended_idx ON steward.goal (ended_day) WHERE ended_day IS NOT NULL',
      'CREATE INDEX goal_event_goal_idx ON steward.goal_event (account_id, goal_id)',
      'CREATE INDEX goal_event_untold_idx ON steward.goal_event (at) WHERE told_at IS NULL',
      'CREATE INDEX task_goal_idx ON steward.task (account_id, goal_id)',
      `CREATE INDEX task_assignee_idx ON steward.task (assignee_user_id, due_day) WHERE state = 'open'`,
      `CREATE INDEX task_due_idx ON steward.task (due_day) WHERE state = 'open'`,
      'CREATE INDEX task_event_task_idx ON steward.task_event (account_id, task_id)',
      'CREATE INDEX task_event_untold_idx ON steward.task_event (at) WHERE told_at IS NULL',
      ...OF_ACCOUNT.map(
        (table) =>
          `ALTER TABLE steward.${table} ADD CONSTRAINT ${table}_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      ),
      `ALTER TABLE steward.goal_event ADD CONSTRAINT goal_event_goal_fkey FOREIGN KEY (account_id, goal_id)
        REFERENCES steward.goal (account_id, id) ON DELETE CASCADE`,
      `ALTER TABLE steward.task_event ADD CONSTRAINT task_event_task_fkey FOREIGN KEY (account_id, task_id)
        REFERENCES steward.task (account_id, id) ON DELETE CASCADE`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...[...OF_ACCOUNT].reverse(), ...CONFIGURATION])
      await run(runner, `DROP TABLE steward.${table}`);
  }
}
