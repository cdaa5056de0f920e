import type { AtRiskReason, GoalStart, GoalStatus, OutcomeReason } from '@steward/shared/goals';
import type { GoalTarget, PlaybookKind } from '@steward/shared/playbooks';

/** Goals as the desk shows them: over `g` (goal) and the joins below. `today` is a bound day. */

export const LIVE_GOAL = `g.status IN ('notStarted', 'inProgress', 'atRisk')`;

/** A task that was skipped or cancelled is required no more. */
export const goalJoins = (today: string) => `LEFT JOIN steward.playbook p ON p.id = g.playbook_id
  LEFT JOIN steward.app_user owner ON owner.id = g.owner_user_id
  LEFT JOIN steward.app_user ender ON ender.id = g.ended_by
  LEFT JOIN steward.segment segment ON segment.id = g.segment_id
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE k.required AND k.state IN ('open', 'done'))::int AS required,
      count(*) FILTER (WHERE k.required AND k.state = 'done')::int AS required_done,
      count(*) FILTER (WHERE k.state = 'open')::int AS open,
      count(*) FILTER (WHERE k.state = 'open' AND k.due_day < ${today}::date)::int AS overdue
    FROM steward.task k WHERE k.account_id = g.account_id AND k.goal_id = g.id) work ON TRUE`;

export const GOAL_COLUMNS = `g.account_id AS "accountId", g.id, g.playbook_id AS "playbookId",
  coalesce(p.name, g.name) AS "playbookName", g.playbook_version AS version,
  p.id IS NULL OR p.deleted_at IS NOT NULL AS "playbookDeleted", g.kind, g.name, g.status,
  g.at_risk_reason AS "atRiskReason", g.started, g.start_day AS "startDay", g.due_day AS "dueDay",
  g.owner_user_id AS "ownerUserId", owner.full_name AS "ownerName", g.target, g.baseline, g.value, g.progress,
  g.met_since_day AS "metSinceDay", g.alert_id AS "alertId", g.segment_id AS "segmentId", segment.name AS "segmentName",
  g.score_at_start AS "scoreAtStart", g.arr_minor_at_start AS "arrMinorAtStart", g.ended_day AS "endedDay",
  ender.full_name AS "endedBy", g.outcome_reason AS "outcomeReason", g.outcome_note AS "outcomeNote", g.revision,
  work.required, work.required_done AS "requiredDone", work.open, work.overdue`;

/** A row as `GOAL_COLUMNS` reads it. */
export interface GoalRow {
  accountId: string;
  id: string;
  playbookId: string;
  playbookName: string;
  version: number;
  playbookDeleted: boolean;
  kind: PlaybookKind;
  name: string;
  status: GoalStatus;
  atRiskReason: AtRiskReason | null;
  started: GoalStart;
  startDay: string;
  dueDay: string;
  ownerUserId: string | null;
  ownerName: string | null;
  target: GoalTarget;
  baseline: number | null;
  value: number | null;
  progress: number | null;
  metSinceDay: string | null;
  alertId: string | null;
  segmentId: string | null;
  segmentName: string | null;
  scoreAtStart: number | null;
  arrMinorAtStart: number | null;
  endedDay: string | null;
  endedBy: string | null;
  outcomeReason: OutcomeReason | null;
  outcomeNote: string | null;
  revision: number;
  required: number;
  requiredDone: number;
  open: number;
  overdue: number;
}

/** Live ones by due day, then ended ones, newest first. */
export const GOAL_ORDER = `g.ended_day IS NOT NULL, CASE WHEN g.ended_day IS NULL THEN g.due_day END, g.ended_at DESC,
  g.account_id, g.id`;
