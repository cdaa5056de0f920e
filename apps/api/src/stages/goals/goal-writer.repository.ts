import { Injectable } from '@nestjs/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import { byKey, eventIdOf, type NewGoal, type NewGoalEvent, type NewTask, type NewTaskEvent } from './goal-rows.js';
import type { Instant } from './goals.repository.js';

/** Goals, tasks and their events as they come about. */
@Injectable()
export class GoalWriterRepository {
  /** Answers those that were not there yet, and that no live goal stands in the way of. */
  async add(tx: Tx, goals: readonly NewGoal[], day: Instant): Promise<Set<string>> {
    if (goals.length === 0) return new Set();
    const rows = [...goals].sort(byKey);
    const added = await open(tx).prepared<{ id: string }>(
      `INSERT INTO steward.goal (account_id, id, playbook_id, playbook_version, kind, name, status, started,
         one_at_a_time, start_day, due_day, owner_user_id, target, baseline, baseline_day, value, value_day, progress,
         alert_id, segment_id, score_at_start, arr_minor_at_start, created_by, created_at, revision)
       SELECT u.account_id, u.id, u.playbook_id, u.version, u.kind, u.name, u.status, u.started, u.one_at_a_time,
         u.start_day, u.due_day, u.owner_user_id, u.target, u.baseline,
         CASE WHEN u.baseline IS NOT NULL THEN $1::date END, u.baseline,
         CASE WHEN u.baseline IS NOT NULL THEN $1::date END, u.progress, u.alert_id, u.segment_id, u.score, u.arr_minor,
         u.created_by, $2, 1
       FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::text[], $9::text[], $10::text[],
           $11::boolean[], $12::date[], $13::date[], $14::uuid[], $15::jsonb[], $16::float8[], $17::float8[], $18::uuid[],
           $19::uuid[], $20::numeric[], $21::bigint[], $22::uuid[])
         AS u (account_id, id, playbook_id, version, kind, name, status, started, one_at_a_time, start_day, due_day,
           owner_user_id, target, baseline, progress, alert_id, segment_id, score, arr_minor, created_by)
       ORDER BY u.account_id, u.id
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        day.iso,
        day.at,
        rows.map((row) => row.accountId),
        rows.map((row) => row.id),
        rows.map((row) => row.playbookId),
        rows.map((row) => row.version),
        rows.map((row) => row.kind),
        rows.map((row) => row.name),
        rows.map((row) => row.status),
        rows.map((row) => row.started),
        rows.map((row) => row.oneAtATime),
        rows.map((row) => row.startDay),
        rows.map((row) => row.dueDay),
        rows.map((row) => row.ownerUserId),
        rows.map((row) => JSON.stringify(row.target)),
        rows.map((row) => row.baseline),
        rows.map((row) => row.progress),
        rows.map((row) => row.alertId),
        rows.map((row) => row.segmentId),
        rows.map((row) => row.score),
        rows.map((row) => row.arrMinor),
        rows.map((row) => row.createdBy),
      ],
    );
    return new Set(added.map(({ id }) => id));
  }

  async addTasks(tx: Tx, tasks: readonly NewTask[], day: Instant): Promise<void> {
    if (tasks.length === 0) return;
    const rows = [...tasks].sort(byKey);
    await open(tx).prepared(
      `INSERT INTO steward.task (account_id, id, goal_id, key, origin, title, guidance, state, required, role,
         assignee_user_id, due_day, due_by_hand, waits_for, completes_itself, created_at, revision)
       SELECT u.account_id, u.id, u.goal_id, u.key, 'playbook', u.title, u.guidance, 'open', u.required, u.role,
         u.assignee_user_id, u.due_day, FALSE, u.waits_for, u.completes_itself, $1, 1
       FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[],
           $10::uuid[], $11::date[], $12::text[], $13::boolean[])
         AS u (account_id, id, goal_id, key, title, guidance, required, role, assignee_user_id, due_day, waits_for,
           completes_itself)
       ORDER BY u.account_id, u.id
       ON CONFLICT DO NOTHING`,
      [
        day.at,
        rows.map((row) => row.accountId),
        rows.map((row) => row.id),
        rows.map((row) => row.goalId),
        rows.map((row) => row.key),
        rows.map((row) => row.title),
        rows.map((row) => row.guidance),
        rows.map((row) => row.required),
        rows.map((row) => row.role),
        rows.map((row) => row.assigneeUserId),
        rows.map((row) => row.dueDay),
        rows.map((row) => row.waitsFor),
        rows.map((row) => row.completesItself),
      ],
    );
  }

  async addGoalEvents(tx: Tx, events: readonly NewGoalEvent[], day: Instant): Promise<void> {
    const rows = events.map((event) => ({ ...event, id: eventIdOf(event.goalId, event.kind, day.iso) }));
    await this.addEvents(tx, 'goal', rows, day);
  }

  async addTaskEvents(tx: Tx, events: readonly NewTaskEvent[], day: Instant): Promise<void> {
    const rows = events.map((event) => ({
      ...event,
      byUserId: null,
      id: eventIdOf(event.taskId, event.kind, day.iso),
      goalId: event.taskId,
    }));
    await this.addEvents(tx, 'task', rows, day);
  }

  private async addEvents(
    tx: Tx,
    of: 'goal' | 'task',
    events: readonly {
      accountId: string;
      id: string;
      goalId: string;
      kind: string;
      byUserId: string | null;
      details: Record<string, unknown> | null;
      isNews: boolean;
    }[],
    day: Instant,
  ): Promise<void> {
    if (events.length === 0) return;
    const rows = [...events].sort(byKey);
    await open(tx).prepared(
      `INSERT INTO steward.${of}_event (account_id, id, ${of}_id, kind, at, day, by_user_id, details, told_at)
       SELECT u.account_id, u.id, u.of_id, u.kind, $2, $1::date, u.by_user_id, u.details,
         CASE WHEN NOT u.is_news THEN $2::timestamptz END
       FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::jsonb[], $9::boolean[])
         AS u (account_id, id, of_id, kind, by_user_id, details, is_news)
       ORDER BY u.account_id, u.id
       ON CONFLICT DO NOTHING`,
      [
        day.iso,
        day.at,
        rows.map((row) => row.accountId),
        rows.map((row) => row.id),
        rows.map((row) => row.goalId),
        rows.map((row) => row.kind),
        rows.map((row) => row.byUserId),
        rows.map((row) => (row.details === null ? null : JSON.stringify(row.details))),
        rows.map((row) => row.isNews),
      ],
    );
  }
}
