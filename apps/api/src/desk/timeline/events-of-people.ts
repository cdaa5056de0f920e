import { type EventSql, personBy, type TimelineParameters } from './event-sql.js';

const by = { byId: 'u.id', byName: 'u.full_name' };

const alertName = `coalesce(r.name, 'raised by hand')`;

/** Entries of the log that no other kind shows already, in words. */
const EDITS: Record<string, string> = {
  'account.edited': `'Edited: ' || (SELECT string_agg(CASE k WHEN 'renewalDate' THEN 'renewal date'
    WHEN 'noticeGivenOn' THEN 'notice given on' WHEN 'leavesOn' THEN 'leaves on' WHEN 'csmUserId' THEN 'CSM'
    WHEN 'amUserId' THEN 'account manager' ELSE k END, ', ' ORDER BY k) FROM jsonb_object_keys(f.changes) k)`,
  'account.planned': `'Plan changed: ' || (SELECT string_agg(CASE k WHEN 'nextStep' THEN 'next step' ELSE k END, ', ' ORDER BY k)
    FROM jsonb_object_keys(f.changes) k)`,
  'account.tier_set': `'Tier set by hand: ' || coalesce(f.changes #>> '{tier,to}', '')`,
  'account.tier_released': `'Tier left to the rules again'`,
  'account.stage_set': `'Stage set by hand: ' || coalesce(f.changes #>> '{stage,to}', '')`,
  'account.stage_released': `'Stage left to the rules again'`,
  'touchpoint.changed': `'Touch changed'`,
  'touchpoint.removed': `'Touch removed'`,
  'touchpoint.restored': `'Touch brought back'`,
  'contact.erased': `'Contact erased'`,
};

const editTitle = `CASE f.action ${Object.entries(EDITS)
  .map(([action, words]) => `WHEN '${action}' THEN ${words}`)
  .join(' ')} END`;

const alertTitle = `CASE e.kind WHEN 'opened' THEN 'Alert' WHEN 'acknowledged' THEN 'Alert acknowledged'
  WHEN 'escalated' THEN 'Alert escalated' WHEN 'cleared' THEN 'Alert cleared'
  ELSE 'Alert resolved' || CASE f.outcome WHEN 'successful' THEN ', successful' WHEN 'unsuccessful' THEN ', unsuccessful'
    WHEN 'falseAlarm' THEN ', false alarm' ELSE '' END END || ' (' || f.severity || '): ' || ${alertName}`;

/** What was taken back after the day still held on it. */
const wasTakenBack = (day: string) => `EXISTS (SELECT 1 FROM steward.alert_event x WHERE x.account_id = e.account_id
  AND x.alert_id = e.alert_id AND x.kind = 'undone' AND x.details ->> 'undoes' = e.id::text AND x.day <= ${day})`;

const goalTitle = `CASE e.kind WHEN 'started' THEN 'Goal started' WHEN 'atRisk' THEN 'Goal at risk'
  WHEN 'onTrack' THEN 'Goal on track again' WHEN 'achieved' THEN 'Goal achieved' WHEN 'missed' THEN 'Goal missed'
  WHEN 'cancelled' THEN 'Goal cancelled' WHEN 'reopened' THEN 'Goal reopened' ELSE 'Goal extended' END || ': ' || f.name`;

/** What people and the desk did: alerts, goals, tasks, deals they move, renewals they decide, owners and edits. */
export function eventsOfPeople({ account, day, timeZone, labels }: TimelineParameters): EventSql[] {
  const ofEvents = (alias: string) => `${alias}.account_id = ${account}`;
  const name = (id: string) => `(SELECT p.full_name FROM steward.app_user p WHERE p.id = ${id})`;
  const owners = (role: 'csm' | 'am', label: string) =>
    `CASE WHEN f.from_${role}_user_id IS DISTINCT FROM f.to_${role}_user_id THEN
       '${label}: ' || coalesce(${name(`f.from_${role}_user_id`)}, 'nobody') || ' → ' || coalesce(${name(`f.to_${role}_user_id`)}, 'nobody') END`;
  return [
    {
      kind: 'alert',
      from: `steward.alert_event e JOIN steward.alert f ON f.account_id = e.account_id AND f.id = e.alert_id
        LEFT JOIN steward.alert_rule r ON r.id = f.rule_id ${personBy('e.by_user_id')}`,
      where: `${ofEvents('e')} AND f.state NOT IN ('pending', 'dropped')
        AND e.kind IN ('opened', 'acknowledged', 'escalated', 'resolved', 'cleared') AND NOT ${wasTakenBack(day)}`,
      id: 'e.id::text',
      what: 'e.kind',
      at: 'e.at',
      day: 'e.day',
      title: alertTitle,
      text: `CASE e.kind WHEN 'opened' THEN f.reason WHEN 'resolved' THEN f.outcome_note END`,
      ...by,
      subjectId: 'f.id',
    },
    {
      kind: 'goal',
      from: `steward.goal_event e JOIN steward.goal f ON f.account_id = e.account_id AND f.id = e.goal_id ${personBy('e.by_user_id')}`,
      where: `${ofEvents('e')}
        AND e.kind IN ('started', 'atRisk', 'onTrack', 'achieved', 'missed', 'cancelled', 'reopened', 'extended')`,
      id: 'e.id::text',
      what: 'e.kind',
      at: 'e.at',
      day: 'e.day',
      title: goalTitle,
      text: `CASE WHEN e.kind IN ('achieved', 'missed', 'cancelled') THEN f.outcome_note END`,
      ...by,
      subjectId: 'f.id',
    },
    {
      kind: 'task',
      from: `steward.task f ${personBy('f.ended_by')}`,
      where: `${ofEvents('f')} AND f.state <> 'open' AND f.ended_day IS NOT NULL`,
      id: 'f.id::text',
      what: 'f.state',
      at: 'f.ended_at',
      day: 'f.ended_day',
      title: `'Task ' || f.state || ': ' || f.title`,
      text: 'f.note',
      ...by,
      subjectId: 'f.id',
    },
    {
      kind: 'deal',
      from: `steward.deal_event e JOIN steward.deal f ON f.account_id = e.account_id AND f.id = e.deal_id ${personBy('e.by_user_id')}`,
      where: `${ofEvents('e')} AND e.kind IN ('moved', 'reopened')`,
      id: 'e.id::text',
      what: `CASE e.kind WHEN 'moved' THEN 'stage' ELSE 'reopened' END`,
      at: 'e.at',
      day: 'e.day',
      title: `CASE e.kind WHEN 'moved' THEN 'Deal moved to ' || coalesce(${labels} ->> ('deal:' || (e.details #>> '{stage,to}')),
          e.details #>> '{stage,to}', 'another stage') ELSE 'Deal reopened' END || ': ' || f.name`,
      ...by,
      subjectId: 'f.id',
    },
    {
      kind: 'renewal',
      from: `steward.renewal f ${personBy('f.decided_by')}`,
      where: `${ofEvents('f')} AND f.outcome IS NOT NULL AND f.outcome_day IS NOT NULL`,
      id: 'f.due_on::text',
      what: 'f.outcome',
      at: 'f.decided_at',
      day: 'f.outcome_day',
      title: `CASE f.outcome WHEN 'renewed' THEN 'Renewed' WHEN 'renewedSmaller' THEN 'Renewed smaller' ELSE 'Renewal lost' END
        || ', due ' || to_char(f.due_on, 'FMDD Mon YYYY')`,
      text: 'f.note',
      ...by,
      subjectId: 'f.due_on::text',
    },
    {
      kind: 'renewal',
      from: `steward.leaving f ${personBy('f.by_user_id')}`,
      where: `${ofEvents('f')} AND f.taken_back_at IS NULL`,
      id: `'leaving:' || f.id`,
      what: `'leaving'`,
      at: 'f.at',
      day: 'f.notice_given_on',
      title: `'Notice given' || coalesce(', leaves on ' || f.leaves_on, '')`,
      text: 'f.note',
      ...by,
      subjectId: 'f.id',
    },
    {
      kind: 'renewal',
      from: `steward.churn_record f ${personBy('f.by_user_id')}`,
      where: `${ofEvents('f')} AND f.undone_at IS NULL`,
      id: `'churned:' || f.id`,
      what: `'churned'`,
      at: 'f.at',
      day: 'f.churned_on',
      title: `'Churned: ' || f.reason_label || coalesce(' (to ' || f.competitor || ')', '')`,
      text: 'f.note',
      ...by,
      subjectId: 'f.id',
    },
    {
      kind: 'owner',
      from: `steward.hand_over f ${personBy('f.by_user_id')}`,
      where: `${ofEvents('f')} AND f.undone_at IS NULL`,
      id: 'f.id::text',
      what: `'handedOver'`,
      at: 'f.at',
      day: 'f.day',
      title: `'Handed over. ' || concat_ws(' · ', ${owners('csm', 'CSM')}, ${owners('am', 'Account manager')})`,
      text: 'f.note',
      ...by,
      subjectId: 'f.id',
    },
    {
      kind: 'owner',
      // Owners as feeds deliver them, and as people changed them without handing over.
      from: `(SELECT v.account_id, v.field, v.from_day, v.value, v.source, v.received_at, lag(v.value) OVER w AS was,
          row_number() OVER w AS place
        FROM steward.account_field v WHERE v.account_id = ${account} AND v.field IN ('csm', 'am')
        WINDOW w AS (PARTITION BY v.field ORDER BY v.from_day)) f
        LEFT JOIN steward.app_user u ON 'person:' || u.id = f.source`,
      where: `f.place > 1 AND coalesce(nullif(f.value, 'null') ->> 'userId', f.value ->> 'text')
          IS DISTINCT FROM coalesce(nullif(f.was, 'null') ->> 'userId', f.was ->> 'text')
        AND NOT EXISTS (SELECT 1 FROM steward.hand_over h WHERE h.account_id = f.account_id AND h.day = f.from_day
          AND h.undone_at IS NULL)`,
      id: `f.field || ':' || f.from_day`,
      what: `'changed'`,
      at: 'f.received_at',
      day: 'f.from_day',
      title: `CASE f.field WHEN 'csm' THEN 'CSM' ELSE 'Account manager' END || ': ' || coalesce(f.was ->> 'text', 'nobody')
        || ' → ' || coalesce(f.value ->> 'text', 'nobody')`,
      ...by,
    },
    {
      kind: 'edit',
      from: 'steward.audit_log f',
      where: `f.account_id = ${account} AND f.actor_kind = 'user'
        AND f.action IN (${Object.keys(EDITS)
          .map((action) => `'${action}'`)
          .join(', ')})
        AND NOT (f.action = 'account.edited' AND f.changes - 'csmUserId' - 'amUserId' = '{}')`,
      id: 'f.id::text',
      what: `CASE f.action WHEN 'account.edited' THEN 'account' WHEN 'account.planned' THEN 'plan' ELSE 'other' END`,
      at: 'f.at',
      day: `(f.at AT TIME ZONE ${timeZone})::date`,
      title: editTitle,
      byId: 'f.actor_id',
      byName: 'f.actor_name',
    },
  ];
}
