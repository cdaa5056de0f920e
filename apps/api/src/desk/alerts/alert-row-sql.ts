import { ALERT_SEVERITIES, type Alert } from '@steward/shared/alerts';

/** Alerts as the desk shows them: over `t` (alert), `a` (account) and the joins below. */

/** An alert raised by hand is its kind's: an expansion is for the account manager. */
const ROLE = `coalesce(r.owner_role, CASE t.kind WHEN 'expansion' THEN 'am' ELSE 'csm' END)`;

/** Who should act: the assignee, else the owner in the rule's role, else the other one. */
export const RECEIVER = `coalesce(t.assignee_user_id, CASE ${ROLE} WHEN 'am'
    THEN coalesce(a.am_user_id, a.csm_user_id) ELSE coalesce(a.csm_user_id, a.am_user_id) END)`;

export const RULE_JOIN = 'LEFT JOIN steward.alert_rule r ON r.id = t.rule_id';

export const PEOPLE_JOINS = `LEFT JOIN steward.app_user assignee ON assignee.id = t.assignee_user_id
  LEFT JOIN steward.app_user receiver ON receiver.id = ${RECEIVER}
  LEFT JOIN steward.app_user acknowledger ON acknowledger.id = t.acknowledged_by
  LEFT JOIN steward.app_user ender ON ender.id = t.ended_by`;

/** Rises with the severity, from 1. Comparisons one by one: a search in an array costs several times as much a row. */
export const SEVERITY_RANK = `CASE t.severity ${ALERT_SEVERITIES.map(
  (severity, place) => `WHEN '${severity}' THEN ${place + 1}`,
).join(' ')} END`;

/** What nobody is shown: not yet decided on by its run, or of a storm that was thrown away. */
export const IS_SHOWN = `t.state IN ('open', 'acknowledged', 'snoozed', 'resolved', 'cleared')`;

const named = (alias: string, id: string) =>
  `CASE WHEN ${id} IS NOT NULL THEN jsonb_build_object('userId', ${id}, 'name', coalesce(${alias}.full_name, '')) END`;

/** What the rule offers to start: a playbook that is there and switched on, by its key or id. */
const PLAYBOOK = `(SELECT jsonb_build_object('id', p.id, 'name', p.name) FROM steward.playbook p
  WHERE (p.key = r.playbook_key OR p.id::text = r.playbook_key) AND p.enabled AND p.deleted_at IS NULL)`;

export const ALERT_COLUMNS = `t.account_id AS "accountId", t.id,
  CASE WHEN t.rule_id IS NOT NULL THEN jsonb_build_object('id', t.rule_id, 'key', r.key, 'name', r.name) END AS rule,
  t.kind, t.severity, t.state, t.started, t.reason, r.reason AS template, t.evidence, t.opened_day AS "openedDay", t.opened_at AS "openedAt",
  t.last_matched_day AS "lastMatchedDay", t.clear_since_day AS "clearSinceDay", t.held_reason AS "heldReason", t.unread,
  t.score_at_open AS "scoreAtOpen", t.arr_minor_at_open AS "arrMinorAtOpen", t.snoozed_until AS "snoozedUntil",
  t.snooze_reason AS "snoozeReason", ${named('assignee', 't.assignee_user_id')} AS assignee,
  ${named('receiver', RECEIVER)} AS receiver, t.due_day AS "dueDay", t.outcome, t.outcome_note AS "outcomeNote",
  t.acknowledged_at AS "acknowledgedAt", acknowledger.full_name AS "acknowledgedBy", t.escalated_at AS "escalatedAt",
  t.ended_day AS "endedDay", t.ended_at AS "endedAt", ender.full_name AS "endedBy", r.playbook_key AS "playbookKey",
  ${PLAYBOOK} AS playbook, t.revision`;

type Instant = 'openedAt' | 'acknowledgedAt' | 'escalatedAt' | 'endedAt';

/** A row as `ALERT_COLUMNS` reads it. */
export type AlertRow = Omit<Alert, Instant | 'evidence' | 'reasonAtOpen'> & {
  /** The reason of its rule, with merge fields; null: it has none. */
  template: string | null;
  openedAt: Date;
  acknowledgedAt: Date | null;
  escalatedAt: Date | null;
  endedAt: Date | null;
  evidence: { values?: { field: string; value: unknown }[] } | null;
};

/** The account beside its alerts, over `s`, `a`, `csm` and `am`. */
export const ACCOUNT_COLUMNS = `a.id, a.external_id AS "externalId", a.name, coalesce(s.status, a.status) AS status, s.tier,
  s.stage, s.arr_minor AS "arrMinor",
  jsonb_build_object('score', s.score, 'band', s.band, 'change', s.health_change) AS health,
  s.renewal_date AS "renewalDate",
  CASE WHEN coalesce(csm.full_name, a.csm_text) IS NOT NULL THEN
    jsonb_build_object('userId', csm.id, 'name', coalesce(csm.full_name, a.csm_text)) END AS csm,
  CASE WHEN coalesce(am.full_name, a.am_text) IS NOT NULL THEN
    jsonb_build_object('userId', am.id, 'name', coalesce(am.full_name, a.am_text)) END AS am`;

export const ACCOUNT_JOINS = `LEFT JOIN steward.account_state s ON s.account_id = a.id
  LEFT JOIN steward.app_user csm ON csm.id = a.csm_user_id LEFT JOIN steward.app_user am ON am.id = a.am_user_id`;
