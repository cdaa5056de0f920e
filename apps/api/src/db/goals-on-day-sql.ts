/** The fields of people's steps that are read, and their columns. */
const CHANGED = {
  status: ['status', 'text'],
  startDay: ['start_day', 'date'],
  dueDay: ['due_day', 'date'],
  endedDay: ['ended_day', 'date'],
  endedBy: ['ended_by', 'uuid'],
  outcomeReason: ['outcome_reason', 'text'],
} as const;

const columns = Object.entries(CHANGED).map(([field, [column, type]]) => {
  const was = `(later.was ->> '${field}')::${type}`;
  return `CASE WHEN later.was ? '${field}' THEN ${was} ELSE g.${column} END AS ${column}`;
});

/**
 * In place of the table: goals as they stood at the end of an earlier day, an SQL date. A step of people keeps in its
 * event what was before, so a field was what the first event after the day has of it (of a key that comes twice jsonb
 * keeps the last). What a run does to a goal keeps nothing and need not: an end after the day had not come yet. Their
 * owner, and whether they are at risk, are of now; the latter `goalAtRiskOn` tells.
 */
export const goalsOnDay = (day: string) => `(SELECT g.account_id, g.id, g.playbook_id, g.kind, g.name, g.owner_user_id,
    g.created_by, g.created_at, g.status = 'atRisk' AS is_at_risk, ${columns.join(', ')}
  FROM steward.goal g LEFT JOIN LATERAL (SELECT jsonb_object_agg(b.key, b.value ORDER BY e.at DESC, e.id DESC) AS was
    FROM steward.goal_event e CROSS JOIN LATERAL jsonb_each(e.before) b
    WHERE e.account_id = g.account_id AND e.goal_id = g.id AND e.day > ${day}) later ON TRUE)`;

/**
 * Whether the goal `g` was at risk at the end of an earlier day, an SQL date: runs note that it got there and that it got
 * out. Of people's steps those that touch its status tell: moving the start leaves it at risk unless the new start lies
 * ahead, taking back restores what stood before the step, all others end it or begin anew. Null: nothing was noted yet.
 */
export const goalAtRiskOn = (day: string) => `(SELECT CASE e.kind WHEN 'atRisk' THEN TRUE
      WHEN 'moved' THEN e.before ->> 'status' = 'atRisk' AND (e.details ->> 'to')::date <= e.day
      WHEN 'undone' THEN (SELECT u.before ->> 'status' = 'atRisk' FROM steward.goal_event u
        WHERE u.account_id = e.account_id AND u.id = (e.details ->> 'undoes')::uuid)
      ELSE FALSE END
    FROM steward.goal_event e WHERE e.account_id = g.account_id AND e.goal_id = g.id AND e.day <= ${day}
      AND (e.kind IN ('atRisk', 'onTrack') OR e.before ? 'status')
    ORDER BY e.at DESC, e.id DESC LIMIT 1)`;
