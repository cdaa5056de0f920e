import { Injectable } from '@nestjs/common';
import type { AlertEventKind, AlertKind, AlertSeverity } from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { PastEvent, TriageFields } from '../../domain/alerts/triage.js';
import type { Scope } from '../../platform/auth/scope.js';
import { IS_SHOWN } from './alert-row-sql.js';

export interface AlertKey {
  accountId: string;
  id: string;
}

export interface TriagedAlert extends AlertKey, TriageFields {
  ruleId: string | null;
  revision: number;
}

const INSTANTS = ['acknowledgedAt', 'escalateAt', 'endedAt'] as const;
type Stored = Omit<TriagedAlert, (typeof INSTANTS)[number]> & Record<(typeof INSTANTS)[number], Date | null>;

/** The column of each field that people's actions change, and its type. */
const COLUMNS: Record<keyof TriageFields, readonly [string, string]> = {
  state: ['state', 'text'],
  unread: ['unread', 'boolean'],
  snoozedUntil: ['snoozed_until', 'date'],
  snoozeReason: ['snooze_reason', 'text'],
  assigneeUserId: ['assignee_user_id', 'uuid'],
  outcome: ['outcome', 'text'],
  outcomeNote: ['outcome_note', 'text'],
  acknowledgedAt: ['acknowledged_at', 'timestamptz'],
  acknowledgedBy: ['acknowledged_by', 'uuid'],
  escalateAt: ['escalate_at', 'timestamptz'],
  endedDay: ['ended_day', 'date'],
  endedAt: ['ended_at', 'timestamptz'],
  endedBy: ['ended_by', 'uuid'],
  falseSinceDay: ['false_since_day', 'date'],
};
const FIELDS = Object.keys(COLUMNS) as (keyof TriageFields)[];

export interface NewEvent extends AlertKey {
  kind: AlertEventKind;
  at: Date;
  day: IsoDay;
  byUserId: string;
  before: Partial<TriageFields> | null;
  details: Record<string, unknown> | null;
  /** Somebody else may want to be told. */
  isNews: boolean;
}

export interface RaisedAlert extends AlertKey {
  kind: AlertKind;
  severity: AlertSeverity;
  reason: string;
  dueDay: IsoDay | null;
  assigneeUserId: string | null;
  day: IsoDay;
  at: Date;
}

/** What people do to alerts. Every change is written onto the revision that was read. */
@Injectable()
export class TriageRepository {
  /** Those of the named ones that the person may see. */
  async load(tx: Tx, scope: Scope, named: readonly AlertKey[]): Promise<TriagedAlert[]> {
    const { bind, values } = new Binder();
    const fields = FIELDS.map((field) => `t.${COLUMNS[field][0]} AS "${field}"`);
    const rows = await open(tx).query<Stored>(
      `SELECT t.account_id AS "accountId", t.id, t.rule_id AS "ruleId", t.revision, ${fields.join(', ')}
       FROM unnest(${bind(named.map(({ accountId }) => accountId))}::uuid[], ${bind(named.map(({ id }) => id))}::uuid[])
           AS wanted (account_id, id)
         JOIN steward.alert t ON t.account_id = wanted.account_id AND t.id = wanted.id
         JOIN steward.account a ON a.id = t.account_id
       WHERE ${IS_SHOWN} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.map((row) => ({
      ...row,
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      escalateAt: row.escalateAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
    }));
  }

  /** Newest first. */
  pastEvents(tx: Tx, accountId: string, alertId: string): Promise<PastEvent[]> {
    return open(tx).query(
      `SELECT e.id, e.kind, e.by_user_id AS "byUserId", e.before, e.details FROM steward.alert_event e
       WHERE e.account_id = $1 AND e.alert_id = $2 ORDER BY e.at DESC, e.id DESC LIMIT 500`,
      [accountId, alertId],
    );
  }

  /** Another alert of the rule lives on the account. */
  async otherLives(tx: Tx, { accountId, id, ruleId }: TriagedAlert): Promise<boolean> {
    if (ruleId === null) return false;
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.alert WHERE account_id = $1 AND rule_id = $2 AND id <> $3
         AND state IN ('pending', 'open', 'acknowledged', 'snoozed')`,
      [accountId, ruleId, id],
    );
    return rows.length > 0;
  }

  /** False: someone else, or a run, was there first. */
  async change(tx: Tx, { accountId, id }: AlertKey, revision: number, change: Partial<TriageFields>): Promise<boolean> {
    const { bind, values } = new Binder();
    const where = `account_id = ${bind(accountId)}::uuid AND id = ${bind(id)}::uuid AND revision = ${bind(revision)}::int`;
    const set = FIELDS.filter((field) => change[field] !== undefined).map((field) => {
      const [column, type] = COLUMNS[field];
      return `${column} = ${bind(change[field])}::${type}`;
    });
    const rows = await open(tx).query(
      `UPDATE steward.alert SET ${[...set, 'revision = revision + 1'].join(', ')} WHERE ${where} RETURNING id`,
      values,
    );
    return rows.length > 0;
  }

  async addEvent(tx: Tx, event: NewEvent): Promise<void> {
    await open(tx).prepared(
      `INSERT INTO steward.alert_event (account_id, id, alert_id, kind, at, day, by_user_id, before, details, told_at)
       VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8::jsonb, $9::jsonb, $10)`,
      [
        event.accountId,
        uuidv7(),
        event.id,
        event.kind,
        event.at,
        event.day,
        event.byUserId,
        event.before === null ? null : JSON.stringify(event.before),
        event.details === null ? null : JSON.stringify(event.details),
        event.isNews ? null : event.at,
      ],
    );
  }

  async raise(tx: Tx, alert: RaisedAlert): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.alert (account_id, id, kind, severity, state, started, reason, evidence, opened_day, opened_at,
         unread, score_at_open, arr_minor_at_open, due_day, assignee_user_id, revision)
       SELECT a.id, $2, $3, $4, 'open', 'hand', $5, $6::jsonb, $7::date, $8, true, s.score, s.arr_minor, $9::date, $10, 1
       FROM steward.account a LEFT JOIN steward.account_state s ON s.account_id = a.id WHERE a.id = $1`,
      [
        alert.accountId,
        alert.id,
        alert.kind,
        alert.severity,
        alert.reason,
        JSON.stringify({ values: [], leaves: null, loss: null }),
        alert.day,
        alert.at,
        alert.dueDay,
        alert.assigneeUserId,
      ],
    );
  }

  /** Those of the accounts that lie in a scope. */
  async inScope(tx: Tx, scope: Scope, accountIds: readonly string[]): Promise<Set<string>> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string }>(
      `SELECT a.id FROM steward.account a WHERE a.id = ANY(${bind(accountIds)}::uuid[]) AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return new Set(rows.map(({ id }) => id));
  }
}
