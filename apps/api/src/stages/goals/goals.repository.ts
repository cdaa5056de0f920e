import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';
import { byKey, type ChangedGoal, type StoredGoal } from './goal-rows.js';

export interface Instant {
  iso: IsoDay;
  at: Date;
}

const LIVE = `status IN ('notStarted', 'inProgress', 'atRisk')`;

/** Live goals, and what a day makes of them. */
@Injectable()
export class GoalsRepository {
  live(tx: Tx, batch: Batch): Promise<StoredGoal[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared<StoredGoal>(
      `SELECT account_id AS "accountId", id, playbook_id AS "playbookId", playbook_version AS version, status,
         at_risk_reason AS "atRiskReason", started, ${dayNumber('start_day')} AS "startDay",
         ${dayNumber('due_day')} AS "dueDay", target, baseline, value, progress,
         ${dayNumber('met_since_day')} AS "metSinceDay", alert_id AS "alertId", segment_id AS "segmentId", revision
       FROM steward.goal WHERE ${inBatch(batch, 'account_id', bind)} AND ${LIVE} ORDER BY account_id, id`,
      values,
    );
  }

  /** Of goals that a segment or an alert started, those whose reason has ceased: left, cleared, or a false alarm. */
  async stopped(tx: Tx, goals: readonly StoredGoal[]): Promise<Set<string>> {
    if (goals.length === 0) return new Set();
    const ids = goals.map(({ id }) => id);
    const accountIds = goals.map(({ accountId }) => accountId);
    const rows = await open(tx).prepared<{ id: string }>(
      `SELECT g.id FROM steward.goal g
       WHERE g.account_id = ANY($1::uuid[]) AND g.id = ANY($2::uuid[]) AND (
         g.segment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM steward.segment_member m
           WHERE m.account_id = g.account_id AND m.segment_id = g.segment_id)
         OR g.alert_id IS NOT NULL AND EXISTS (SELECT 1 FROM steward.alert t
           WHERE t.account_id = g.account_id AND t.id = g.alert_id
             AND (t.state = 'cleared' OR t.outcome = 'falseAlarm')))`,
      [accountIds, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Of goals that aim at a deal, those for which one was won: of their kind, on or after their start, by the day, and
   * not linked to another goal.
   */
  async won(tx: Tx, goals: readonly StoredGoal[], day: IsoDay): Promise<Set<string>> {
    if (goals.length === 0) return new Set();
    const rows = await open(tx).prepared<{ id: string }>(
      `SELECT g.id FROM steward.goal g
       WHERE g.account_id = ANY($1::uuid[]) AND g.id = ANY($2::uuid[]) AND EXISTS (SELECT 1 FROM steward.deal d
         WHERE d.account_id = g.account_id AND d.kind = g.target->>'dealKind' AND d.state = 'won'
           AND d.ended_on BETWEEN g.start_day AND $3::date AND coalesce(d.goal_id = g.id, TRUE))`,
      [goals.map(({ accountId }) => accountId), goals.map(({ id }) => id), day],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Writes onto the revisions that were read; answers which. What a person has changed meanwhile waits for the next run. A
   * goal that is merely further on is no other to whoever looks at it: their step on it stands.
   */
  async change(tx: Tx, changes: readonly ChangedGoal[], day: Instant): Promise<Set<string>> {
    if (changes.length === 0) return new Set();
    const rows = [...changes].sort((a, b) => byKey(a.goal, b.goal));
    const changed = await open(tx).prepared<{ id: string }>(
      `UPDATE steward.goal g SET status = u.status, at_risk_reason = u.at_risk_reason,
         baseline_day = CASE WHEN g.baseline IS NULL AND u.baseline IS NOT NULL THEN $1::date ELSE g.baseline_day END,
         baseline = u.baseline,
         value_day = CASE WHEN u.value IS DISTINCT FROM g.value THEN $1::date ELSE g.value_day END, value = u.value,
         progress = u.progress, met_since_day = u.met_since_day, outcome_reason = u.outcome_reason,
         ended_day = CASE WHEN u.ends THEN $1::date END, ended_at = CASE WHEN u.ends THEN $2::timestamptz END,
         score_at_end = CASE WHEN u.ends THEN u.score END, arr_minor_at_end = CASE WHEN u.ends THEN u.arr_minor END,
         revision = g.revision + (u.ends OR (u.status, u.at_risk_reason) IS DISTINCT FROM (g.status, g.at_risk_reason))::int
       FROM unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::float8[], $9::float8[], $10::float8[],
           $11::date[], $12::text[], $13::boolean[], $14::numeric[], $15::bigint[])
         AS u (account_id, id, revision, status, at_risk_reason, baseline, value, progress, met_since_day,
           outcome_reason, ends, score, arr_minor)
       WHERE g.account_id = u.account_id AND g.id = u.id AND g.account_id = ANY($3::uuid[]) AND g.revision = u.revision
       RETURNING g.id`,
      [
        day.iso,
        day.at,
        rows.map(({ goal }) => goal.accountId),
        rows.map(({ goal }) => goal.id),
        rows.map(({ goal }) => goal.revision),
        rows.map(({ status }) => status),
        rows.map(({ atRiskReason }) => atRiskReason),
        rows.map(({ baseline }) => baseline),
        rows.map(({ value }) => value),
        rows.map(({ progress }) => progress),
        rows.map(({ metSinceDay }) => metSinceDay),
        rows.map(({ outcomeReason }) => outcomeReason),
        rows.map(({ status }) => status === 'achieved' || status === 'missed' || status === 'cancelled'),
        rows.map(({ score }) => score),
        rows.map(({ arrMinor }) => arrMinor),
      ],
    );
    return new Set(changed.map(({ id }) => id));
  }
}
