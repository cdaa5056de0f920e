import type { PlaybookRole, TaskAnchor } from '@steward/shared/playbooks';
import type { TaskOrigin, TaskState } from '@steward/shared/tasks';

/** Tasks as the desk shows them: over `t` (task) and the joins below. */

export const TASK_JOINS = `LEFT JOIN steward.goal g ON g.account_id = t.account_id AND g.id = t.goal_id
  LEFT JOIN steward.app_user assignee ON assignee.id = t.assignee_user_id
  LEFT JOIN steward.app_user ender ON ender.id = t.ended_by`;

export const TASK_COLUMNS = `t.account_id AS "accountId", t.id, t.key, t.origin, t.title, t.guidance, t.state, t.required,
  t.role, t.assignee_user_id AS "assigneeUserId", assignee.full_name AS "assigneeName", t.due_day AS "dueDay",
  t.waits_for AS "waitsFor", t.snoozed_until AS "snoozedUntil", t.completes_itself AS "completesItself",
  t.completed_how AS "completedHow", t.ended_day AS "endedDay", ender.full_name AS "endedBy", t.note,
  t.created_at AS "createdAt", t.revision, g.id AS "goalId", g.name AS "goalName", g.status AS "goalStatus",
  g.playbook_id AS "playbookId", g.playbook_version AS version`;

/** A row as `TASK_COLUMNS` reads it. */
export interface TaskRow {
  accountId: string;
  id: string;
  key: string | null;
  origin: TaskOrigin;
  title: string;
  guidance: string | null;
  state: TaskState;
  required: boolean;
  role: PlaybookRole | null;
  assigneeUserId: string | null;
  assigneeName: string | null;
  dueDay: string | null;
  waitsFor: TaskAnchor | null;
  snoozedUntil: string | null;
  completesItself: boolean;
  completedHow: 'person' | 'rule' | null;
  endedDay: string | null;
  endedBy: string | null;
  note: string | null;
  createdAt: Date;
  revision: number;
  goalId: string | null;
  goalName: string | null;
  goalStatus: string | null;
  playbookId: string | null;
  version: number | null;
}

/** Nobody has it: no person, or one who is no longer active. Over the joins above. */
export const IS_UNASSIGNED = `(t.assignee_user_id IS NULL OR assignee.active IS NOT TRUE)`;

/** Open ones by due day, without one last; then ended ones, newest first. */
export const TASK_ORDER = `t.state <> 'open', CASE WHEN t.state = 'open' THEN t.due_day END NULLS LAST, t.ended_at DESC,
  t.required DESC, t.created_at, t.account_id, t.id`;

/** The account beside its task, over `a` and its state `s`. */
export const TASK_ACCOUNT = `jsonb_build_object('id', a.id, 'name', a.name, 'status', coalesce(s.status, a.status),
  'tier', s.tier, 'arrMinor', s.arr_minor) AS account`;
