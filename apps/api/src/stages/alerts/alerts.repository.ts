import { Injectable } from '@nestjs/common';
import type { AlertKind, AlertSeverity, AlertStart } from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { v5 as uuid } from 'uuid';
import { LOCKS } from '../../db/advisory-locks.js';
import { ALERTS, alertEventId } from '../../db/many-alerts.js';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type EndedAlert, LIVE_ALERT_STATES, type LiveAlert, type StoredEvidence } from '../../domain/alerts/alert.js';
import { FALSE_ALARM_DAYS } from '../../domain/alerts/firing.js';
import { alsoInBatch, type Batch, inBatch } from '../batch.js';

export interface StoredAlert extends LiveAlert {
  id: string;
  accountId: string;
  /** Null: raised by hand. */
  ruleId: string | null;
  revision: number;
  /** It has been said when it goes to a manager, or it has gone there. */
  hasEscalation: boolean;
  /** When a person first answered it, by acknowledging, snoozing or resolving. */
  acknowledgedAt: Date | null;
}

export interface StoredEnd extends EndedAlert {
  id: string;
  accountId: string;
  ruleId: string;
}

/** What is stored of a batch before its alert rules are evaluated. */
export interface AlertMemory {
  live: StoredAlert[];
  /**
   * The last one of each rule and account that has ended not long ago; where the day is closed late, it may have begun and
   * ended on later ones. Keys are `alertKey`.
   */
  ended: Map<string, StoredEnd>;
  /** Accounts that have not been held against the newest rule version: by account, against which they were; 0: none. */
  behind: Map<string, number>;
}

/** What is to be known of all rules before any of them is asked. */
export interface RulesAtAll {
  longestCoolDown: number;
  /** The newest of their versions. */
  newest: number;
}

export interface NewAlert {
  accountId: string;
  ruleId: string;
  ruleVersion: number;
  kind: AlertKind;
  severity: AlertSeverity;
  state: 'pending' | 'open';
  started: AlertStart;
  reason: string;
  evidence: StoredEvidence;
  score: number | null;
  arrMinor: number | null;
  escalateAt: Date | null;
}

/** A live alert as the day leaves it. */
export interface ChangedAlert {
  alert: StoredAlert;
  state: LiveAlert['state'] | 'cleared';
  severity: AlertSeverity;
  /** Null: as it was. */
  evidence: StoredEvidence | null;
  lastMatchedDay: IsoDay | null;
  clearSinceDay: IsoDay | null;
  heldReason: LiveAlert['heldReason'];
  callsForAttention: boolean;
  scoreNoted: number | null;
  snoozedUntil: IsoDay | null;
  /** Null: as it was. */
  escalateAt: Date | null;
}

export interface NewAlertEvent {
  accountId: string;
  alertId: string;
  kind: 'opened' | 'evidence' | 'woken' | 'severity' | 'cleared' | 'dropped' | 'escalated';
  details: Record<string, unknown> | null;
  /** Somebody may want to be told. */
  isNews: boolean;
}

export interface Instant {
  iso: IsoDay;
  at: Date;
}

const LIVE = LIVE_ALERT_STATES.map((state) => `'${state}'`).join(', ');

export const alertKey = (accountId: string, ruleId: string) => `${accountId} ${ruleId}`;
export const alertId = (accountId: string, ruleId: string, day: IsoDay) =>
  uuid(`${accountId} ${ruleId} ${day}`, ALERTS);

const byKey = (a: { accountId: string; id: string }, b: { accountId: string; id: string }) =>
  a.accountId < b.accountId || (a.accountId === b.accountId && a.id < b.id) ? -1 : 1;

@Injectable()
export class AlertsRepository {
  async memory(tx: Tx, batch: Batch, day: IsoDay, { longestCoolDown, newest }: RulesAtAll): Promise<AlertMemory> {
    const { prepared } = open(tx);
    const live = new Binder();
    const liveRows = prepared<StoredAlert>(
      `SELECT id, account_id AS "accountId", rule_id AS "ruleId", revision, state, started, severity,
         ${dayNumber('opened_day')} AS "openedDay", ${dayNumber('last_matched_day')} AS "lastMatchedDay",
         ${dayNumber('clear_since_day')} AS "clearSinceDay", held_reason AS "heldReason",
         ${dayNumber('snoozed_until')} AS "snoozedUntil", score_noted AS "scoreNoted",
         evidence -> 'leaves' AS leaves, evidence -> 'loss' AS loss,
         (escalate_at IS NOT NULL OR escalated_at IS NOT NULL) AS "hasEscalation", acknowledged_at AS "acknowledgedAt"
       FROM steward.alert WHERE ${inBatch(batch, 'account_id', live.bind)} AND state IN (${LIVE})`,
      live.values,
    );
    const ended = new Binder();
    const endedRows = prepared<StoredEnd>(
      `SELECT DISTINCT ON (account_id, rule_id) id, account_id AS "accountId", rule_id AS "ruleId", state, outcome,
         ${dayNumber('ended_day')} AS "endedDay", ${dayNumber('false_since_day')} AS "falseSinceDay"
       FROM steward.alert WHERE ${inBatch(batch, 'account_id', ended.bind)} AND rule_id IS NOT NULL
         AND ended_day > ${ended.bind(day)}::date - ${ended.bind(Math.max(longestCoolDown, FALSE_ALARM_DAYS))}::int
       ORDER BY account_id, rule_id, ended_day DESC, opened_day DESC`,
      ended.values,
    );
    const behind = new Binder();
    const behindRows = prepared<{ id: string; through: number }>(
      `SELECT s.account_id AS id, coalesce(e.through_version, 0) AS through FROM steward.account_state s
         LEFT JOIN steward.alert_evaluation e
           ON e.account_id = s.account_id ${alsoInBatch(batch, 'e.account_id', behind.bind)}
       WHERE ${inBatch(batch, 's.account_id', behind.bind)}
         AND coalesce(e.through_version, 0) < ${behind.bind(newest)}::int`,
      behind.values,
    );
    // All three are sent before the first is answered.
    const [lives, ends, behinds] = await Promise.all([liveRows, endedRows, behindRows]);
    return {
      live: lives,
      ended: new Map(ends.map((row) => [alertKey(row.accountId, row.ruleId), row])),
      behind: new Map(behinds.map(({ id, through }) => [id, through])),
    };
  }

  /** Answers those that were not there yet. */
  async add(tx: Tx, alerts: readonly NewAlert[], day: Instant): Promise<Set<string>> {
    if (alerts.length === 0) return new Set();
    const rows = alerts.map((each) => ({ ...each, id: alertId(each.accountId, each.ruleId, day.iso) })).sort(byKey);
    const added = await open(tx).prepared<{ id: string }>(
      `INSERT INTO steward.alert (account_id, id, rule_id, rule_version, kind, severity, state, started, reason,
         evidence, opened_day, opened_at, unread, score_at_open, score_noted, arr_minor_at_open, escalate_at, revision)
       SELECT u.account_id, u.id, u.rule_id, u.rule_version, u.kind, u.severity, u.state, u.started, u.reason,
         u.evidence, $1::date, $2, u.started <> 'replay', u.score, u.score, u.arr_minor, u.escalate_at, 1
       FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::text[], $9::text[], $10::text[],
           $11::text[], $12::jsonb[], $13::numeric[], $14::bigint[], $15::timestamptz[])
         AS u (account_id, id, rule_id, rule_version, kind, severity, state, started, reason, evidence, score, arr_minor,
           escalate_at)
       ORDER BY u.account_id, u.id
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        day.iso,
        day.at,
        rows.map((row) => row.accountId),
        rows.map((row) => row.id),
        rows.map((row) => row.ruleId),
        rows.map((row) => row.ruleVersion),
        rows.map((row) => row.kind),
        rows.map((row) => row.severity),
        rows.map((row) => row.state),
        rows.map((row) => row.started),
        rows.map((row) => row.reason),
        rows.map((row) => JSON.stringify(row.evidence)),
        rows.map((row) => row.score),
        rows.map((row) => row.arrMinor),
        rows.map((row) => row.escalateAt),
      ],
    );
    return new Set(added.map(({ id }) => id));
  }

  /** Writes onto the revisions that were read; answers whom. What a person has changed meanwhile waits for the next run. */
  async change(tx: Tx, changes: readonly ChangedAlert[], day: Instant): Promise<Set<string>> {
    if (changes.length === 0) return new Set();
    const rows = [...changes].sort((a, b) => byKey(a.alert, b.alert));
    const changed = await open(tx).prepared<{ id: string }>(
      `UPDATE steward.alert t SET state = u.state, severity = u.severity, evidence = coalesce(u.evidence, t.evidence),
         last_matched_day = u.last_matched_day, clear_since_day = u.clear_since_day, held_reason = u.held_reason,
         unread = t.unread OR u.attention, score_noted = u.score_noted, snoozed_until = u.snoozed_until,
         snooze_reason = CASE WHEN u.snoozed_until IS NOT NULL THEN t.snooze_reason END,
         escalate_at = coalesce(u.escalate_at, t.escalate_at),
         ended_day = CASE WHEN u.state = 'cleared' THEN $1::date END,
         ended_at = CASE WHEN u.state = 'cleared' THEN $2::timestamptz END, revision = t.revision + 1
       FROM unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::jsonb[], $9::date[], $10::date[],
           $11::text[], $12::boolean[], $13::numeric[], $14::date[], $15::timestamptz[])
         AS u (account_id, id, revision, state, severity, evidence, last_matched_day, clear_since_day, held_reason,
           attention, score_noted, snoozed_until, escalate_at)
       WHERE t.account_id = u.account_id AND t.id = u.id AND t.account_id = ANY($3::uuid[]) AND t.revision = u.revision
       RETURNING t.id`,
      [
        day.iso,
        day.at,
        rows.map((row) => row.alert.accountId),
        rows.map((row) => row.alert.id),
        rows.map((row) => row.alert.revision),
        rows.map((row) => row.state),
        rows.map((row) => row.severity),
        rows.map((row) => (row.evidence === null ? null : JSON.stringify(row.evidence))),
        rows.map((row) => row.lastMatchedDay),
        rows.map((row) => row.clearSinceDay),
        rows.map((row) => row.heldReason),
        rows.map((row) => row.callsForAttention),
        rows.map((row) => row.scoreNoted),
        rows.map((row) => row.snoozedUntil),
        rows.map((row) => row.escalateAt),
      ],
    );
    return new Set(changed.map(({ id }) => id));
  }

  /** Alerts that were never shown go without a trace. */
  async withdraw(tx: Tx, alerts: readonly StoredAlert[]): Promise<void> {
    if (alerts.length === 0) return;
    await open(tx).prepared(
      `DELETE FROM steward.alert WHERE account_id = ANY($1::uuid[]) AND id = ANY($2::uuid[]) AND state = 'pending'`,
      [alerts.map(({ accountId }) => accountId), alerts.map(({ id }) => id)],
    );
  }

  /** After these had ended, their condition was false on the day. */
  async wereFalse(tx: Tx, ended: readonly StoredEnd[], day: IsoDay): Promise<void> {
    if (ended.length === 0) return;
    await open(tx).prepared(
      `UPDATE steward.alert SET false_since_day = $3::date
       WHERE account_id = ANY($1::uuid[]) AND id = ANY($2::uuid[]) AND false_since_day IS NULL`,
      [ended.map(({ accountId }) => accountId), ended.map(({ id }) => id), day],
    );
  }

  /** An alert tells the same only once a day. */
  async addEvents(tx: Tx, events: readonly NewAlertEvent[], day: Instant): Promise<void> {
    if (events.length === 0) return;
    const rows = events
      .map((each) => {
        const why = typeof each.details?.why === 'string' ? each.details.why : '';
        return { ...each, id: alertEventId(each.alertId, each.kind, why, day.iso) };
      })
      .sort(byKey);
    await open(tx).prepared(
      `INSERT INTO steward.alert_event (account_id, id, alert_id, kind, at, day, details, told_at)
       SELECT u.account_id, u.id, u.alert_id, u.kind, $1, $2::date, u.details, CASE WHEN NOT u.news THEN $1::timestamptz END
       FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::jsonb[], $8::boolean[])
         AS u (account_id, id, alert_id, kind, details, news)
       ORDER BY u.account_id, u.id
       ON CONFLICT (account_id, id) DO NOTHING`,
      [
        day.at,
        day.iso,
        rows.map((row) => row.accountId),
        rows.map((row) => row.id),
        rows.map((row) => row.alertId),
        rows.map((row) => row.kind),
        rows.map((row) => (row.details === null ? null : JSON.stringify(row.details))),
        rows.map((row) => row.isNews),
      ],
    );
  }

  /** These rules name what is not there. */
  async rest(tx: Tx, ruleIds: readonly string[]): Promise<void> {
    if (ruleIds.length === 0) return;
    await open(tx).query('UPDATE steward.alert_rule SET unsound = true WHERE id = ANY($1::uuid[]) AND NOT unsound', [
      ruleIds,
    ]);
  }

  /** What these rules name is there again: they go on under a new version. */
  async beginAnew(tx: Tx, ruleIds: readonly string[], at: Date): Promise<void> {
    if (ruleIds.length === 0) return;
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.alertRules}, 0)`);
    await query(
      `WITH anew AS (
         UPDATE steward.alert_rule SET unsound = false, rule_version = nextval('steward.alert_rule_number')::int
         WHERE id = ANY($1::uuid[]) AND unsound RETURNING id, rule_version)
       INSERT INTO steward.alert_rule_version (rule_id, version, definition, published_at)
       SELECT DISTINCT ON (v.rule_id) v.rule_id, anew.rule_version, v.definition, $2
       FROM anew JOIN steward.alert_rule_version v ON v.rule_id = anew.id ORDER BY v.rule_id, v.version DESC`,
      [ruleIds, at],
    );
  }

  /** Remembers up to which rule version these accounts have been held against alert rules. */
  async setThrough(tx: Tx, accountIds: readonly string[], version: number): Promise<void> {
    if (accountIds.length === 0) return;
    await open(tx).prepared(
      `INSERT INTO steward.alert_evaluation (account_id, through_version)
       SELECT id, $2::int FROM unnest($1::uuid[]) AS u (id) ORDER BY id
       ON CONFLICT (account_id) DO UPDATE SET through_version = EXCLUDED.through_version`,
      [[...accountIds].sort(), version],
    );
  }
}
