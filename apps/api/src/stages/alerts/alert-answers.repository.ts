import { Injectable } from '@nestjs/common';
import type { AlertEventKind, AlertSeverity } from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { alertEventId } from '../../db/many-alerts.js';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { TriageFields } from '../../domain/alerts/triage.js';
import { type Batch, inBatch } from '../batch.js';

export interface LivedAlert {
  accountId: string;
  id: string;
  severity: AlertSeverity;
  openedAt: Date;
  fields: TriageFields;
  owner: { id: string; email: string };
}

/** A step of an answer. */
export interface AnswerEvent {
  accountId: string;
  alertId: string;
  kind: AlertEventKind;
  at: Date;
  byUserId: string;
  details: Record<string, unknown> | null;
}

/** What the people of a company that is made up did with its alerts. */
@Injectable()
export class AlertAnswersRepository {
  /** What a replay has found on the day came to people. */
  async live(tx: Tx, batch: Batch, day: IsoDay): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).prepared(
      `UPDATE steward.alert SET started = 'lived'
       WHERE ${inBatch(batch, 'account_id', bind)} AND opened_day = ${bind(day)}::date AND started = 'replay'`,
      values,
    );
  }

  /** Those that wait for somebody: who answers for the account, by the role that the rule names. */
  async waiting(tx: Tx, batch: Batch): Promise<LivedAlert[]> {
    const { bind, values } = new Binder();
    const rows = await open(tx).prepared<
      Omit<LivedAlert, 'fields' | 'owner'> & {
        state: 'open' | 'acknowledged';
        unread: boolean;
        acknowledgedAt: Date | null;
        acknowledgedBy: string | null;
        ownerId: string;
        email: string;
      }
    >(
      `SELECT t.account_id AS "accountId", t.id, t.severity, t.opened_at AS "openedAt", t.state, t.unread,
         t.acknowledged_at AS "acknowledgedAt", t.acknowledged_by AS "acknowledgedBy", u.id AS "ownerId", u.email
       FROM steward.alert t JOIN steward.account a ON a.id = t.account_id JOIN steward.alert_rule r ON r.id = t.rule_id
         JOIN steward.app_user u ON u.id = CASE r.owner_role WHEN 'am' THEN coalesce(a.am_user_id, a.csm_user_id)
           ELSE coalesce(a.csm_user_id, a.am_user_id) END
       WHERE ${inBatch(batch, 't.account_id', bind)} AND t.state IN ('open', 'acknowledged') AND t.started = 'lived'
       ORDER BY t.account_id, t.id`,
      values,
    );
    return rows.map(({ accountId, id, severity, openedAt, ownerId, email, acknowledgedAt, ...fields }) => ({
      ...{ accountId, id, severity, openedAt, owner: { id: ownerId, email } },
      fields: { ...UNTOUCHED, ...fields, acknowledgedAt: acknowledgedAt?.toISOString() ?? null },
    }));
  }

  async answer(tx: Tx, alerts: readonly Pick<LivedAlert, 'accountId' | 'id' | 'fields'>[]): Promise<void> {
    if (alerts.length === 0) return;
    const of = <Value>(value: (fields: TriageFields) => Value) => alerts.map(({ fields }) => value(fields));
    await open(tx).prepared(
      `UPDATE steward.alert t SET state = u.state, unread = FALSE, acknowledged_at = u.acknowledged_at,
         acknowledged_by = u.acknowledged_by, outcome = u.outcome, ended_day = u.ended_day, ended_at = u.ended_at,
         ended_by = u.ended_by, revision = t.revision + 1
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[], $6::text[], $7::date[],
           $8::timestamptz[], $9::uuid[])
         AS u (account_id, id, state, acknowledged_at, acknowledged_by, outcome, ended_day, ended_at, ended_by)
       WHERE t.account_id = u.account_id AND t.id = u.id AND t.account_id = ANY($1::uuid[])`,
      [
        ...[alerts.map(({ accountId }) => accountId), alerts.map(({ id }) => id), of(({ state }) => state)],
        ...[of(({ acknowledgedAt }) => acknowledgedAt), of(({ acknowledgedBy }) => acknowledgedBy)],
        ...[of(({ outcome }) => outcome), of(({ endedDay }) => endedDay), of(({ endedAt }) => endedAt)],
        of(({ endedBy }) => endedBy),
      ],
    );
  }

  /** Told to nobody. `madeUp` tells them from what people really do. */
  async addEvents(tx: Tx, events: readonly AnswerEvent[], day: IsoDay): Promise<void> {
    if (events.length === 0) return;
    await open(tx).prepared(
      `INSERT INTO steward.alert_event (account_id, id, alert_id, kind, at, day, by_user_id, details, told_at)
       SELECT u.account_id, u.id, u.alert_id, u.kind, u.at, $1::date, u.by_user_id, u.details, u.at
       FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::uuid[], $8::jsonb[])
         AS u (account_id, id, alert_id, kind, at, by_user_id, details)
       ORDER BY u.account_id, u.id ON CONFLICT (account_id, id) DO NOTHING`,
      [
        day,
        events.map((each) => each.accountId),
        events.map((each) => alertEventId(each.alertId, each.kind, '', day)),
        events.map((each) => each.alertId),
        events.map((each) => each.kind),
        events.map((each) => each.at),
        events.map((each) => each.byUserId),
        events.map((each) => JSON.stringify({ ...each.details, madeUp: true })),
      ],
    );
  }
}

const UNTOUCHED = {
  snoozedUntil: null,
  snoozeReason: null,
  assigneeUserId: null,
  outcome: null,
  outcomeNote: null,
  escalateAt: null,
  endedDay: null,
  endedAt: null,
  endedBy: null,
  falseSinceDay: null,
} as const;
