import { Injectable } from '@nestjs/common';
import type { ReportMailState } from '@steward/shared/report-schedules';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface StoredMail {
  id: string;
  scheduleId: string;
  userId: string;
  day: string;
  isExtra: boolean;
  state: ReportMailState;
  attempts: number;
  /** Since when somebody is sending it; null: nobody is. */
  claimedAt: Date | null;
  dueAt: Date;
  sentAt: Date | null;
  error: string | null;
}

export type MailRecord =
  | { state: 'sent'; at: Date }
  | { state: 'due'; at: Date; error: string }
  | { state: 'failed' | 'uncertain' | 'skipped'; error: string };

const COLUMNS = `m.id, m.schedule_id AS "scheduleId", m.user_id AS "userId", m.day, m.is_extra AS "isExtra", m.state, m.attempts,
  m.claimed_at AS "claimedAt", m.due_at AS "dueAt", m.sent_at AS "sentAt", m.error`;

/** Each mail of a report. A claim is committed before anything leaves, so that nothing leaves twice unnoticed. */
@Injectable()
export class ReportMailsRepository {
  /** A mail each; who has one of that day already gets no second. */
  async add(
    tx: Tx,
    mails: readonly { id: string; userId: string }[],
    { scheduleId, day, isExtra, at }: { scheduleId: string; day: string; isExtra: boolean; at: Date },
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.report_mail (id, schedule_id, user_id, day, is_extra, state, due_at, attempts, created_at)
       SELECT u.id, $1, u.user_id, $2::date, $3, 'due', $4, 0, $4 FROM unnest($5::uuid[], $6::uuid[]) AS u (id, user_id)
       ORDER BY u.id ON CONFLICT (schedule_id, day, user_id) WHERE NOT is_extra DO NOTHING`,
      [scheduleId, day, isExtra, at, mails.map(({ id }) => id), mails.map(({ userId }) => userId)],
    );
  }

  /** How many the person has asked for by hand since an instant, until this transaction ends counted by nobody else. */
  async extrasSince(tx: Tx, userId: string, since: Date): Promise<number> {
    await open(tx).query('SELECT 1 FROM steward.app_user WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const [row] = await open(tx).query<{ mails: number }>(
      `SELECT count(*)::int AS mails FROM steward.report_mail WHERE user_id = $1 AND is_extra AND created_at > $2`,
      [userId, since],
    );
    return row?.mails ?? 0;
  }

  async claim(tx: Tx, id: string, now: Date): Promise<StoredMail | null> {
    const [row] = await open(tx).query<StoredMail>(
      `WITH m AS (UPDATE steward.report_mail SET state = 'sending', claimed_at = $2, attempts = attempts + 1
         WHERE id = $1 AND state = 'due' AND due_at <= $2 RETURNING *)
       SELECT ${COLUMNS} FROM m`,
      [id, now],
    );
    return row ?? null;
  }

  /**
   * What became of a claim. False: somebody else has the mail by now, because whoever had claimed it was silent for too
   * long; what they make of it counts.
   */
  async record(tx: Tx, { id, attempts, claimedAt }: StoredMail, outcome: MailRecord): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.report_mail SET state = $2, claimed_at = NULL, sent_at = CASE WHEN $2 = 'sent' THEN $3::timestamptz END,
         due_at = CASE WHEN $2 = 'due' THEN $3::timestamptz ELSE due_at END, error = $4
       WHERE id = $1 AND state = 'sending' AND attempts = $5 AND claimed_at = $6 RETURNING id`,
      [
        ...[id, outcome.state, 'at' in outcome ? outcome.at : null, 'error' in outcome ? outcome.error : null],
        ...[attempts, claimedAt],
      ],
    );
    return rows.length > 0;
  }

  /** What a process left on its way when it ended may have gone out. */
  async takeUpLeft(tx: Tx, claimedBefore: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.report_mail SET claimed_at = NULL, state = 'uncertain',
         error = 'The process ended while this was being sent.' WHERE state = 'sending' AND claimed_at < $1`,
      [claimedBefore],
    );
  }

  /** One that did not go out, or may not have: once more. */
  async repeat(tx: Tx, id: string, now: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.report_mail SET state = 'due', due_at = $2, attempts = 0, error = NULL
       WHERE id = $1 AND state IN ('failed', 'uncertain') RETURNING id`,
      [id, now],
    );
    return rows.length > 0;
  }

  async due(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM steward.report_mail WHERE state = 'due' AND due_at <= $1 ORDER BY due_at, id LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  async byId(tx: Tx, id: string): Promise<StoredMail | null> {
    const [row] = await open(tx).query<StoredMail>(`SELECT ${COLUMNS} FROM steward.report_mail m WHERE m.id = $1`, [
      id,
    ]);
    return row ?? null;
  }

  newest(tx: Tx, scheduleId: string, limit: number): Promise<StoredMail[]> {
    return open(tx).query(
      `SELECT ${COLUMNS} FROM steward.report_mail m WHERE m.schedule_id = $1 ORDER BY m.created_at DESC, m.id LIMIT $2`,
      [scheduleId, limit],
    );
  }

  /** The newest of each person. */
  lastOf(tx: Tx, scheduleIds: readonly string[]): Promise<StoredMail[]> {
    return open(tx).query(
      `SELECT DISTINCT ON (m.schedule_id, m.user_id) ${COLUMNS} FROM steward.report_mail m
       WHERE m.schedule_id = ANY($1::uuid[]) ORDER BY m.schedule_id, m.user_id, m.created_at DESC, m.id DESC`,
      [scheduleIds],
    );
  }

  /** Mails that are done with, older than an instant. */
  async forget(tx: Tx, before: Date): Promise<void> {
    await open(tx).query(`DELETE FROM steward.report_mail WHERE created_at < $1 AND state NOT IN ('due', 'sending')`, [
      before,
    ]);
  }
}
