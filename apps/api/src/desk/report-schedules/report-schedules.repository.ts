import { Injectable } from '@nestjs/common';
import type { Frequency, ReportContent } from '@steward/shared/report-schedules';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface StoredSchedule {
  id: string;
  name: string;
  content: ReportContent;
  frequency: Frequency;
  weekday: number | null;
  monthDay: number | null;
  hour: number;
  recipients: string[];
  paused: boolean;
  nextAt: Date | null;
  ownerUserId: string;
  revision: number;
}

const COLUMNS = `r.id, r.name, r.content, r.frequency, r.weekday, r.month_day AS "monthDay", r.hour, r.recipients, r.paused,
  r.next_at AS "nextAt", r.owner_user_id AS "ownerUserId", r.revision`;

/** Reports that people have set up. */
@Injectable()
export class ReportSchedulesRepository {
  /** One's own, those that one gets, or all. */
  seenBy(tx: Tx, userId: string, all: boolean): Promise<StoredSchedule[]> {
    return open(tx).query(
      `SELECT ${COLUMNS} FROM steward.report_schedule r WHERE $2 OR r.owner_user_id = $1 OR $1 = ANY(r.recipients)
       ORDER BY lower(r.name), r.id`,
      [userId, all],
    );
  }

  async byId(tx: Tx, id: string): Promise<StoredSchedule | null> {
    const [row] = await open(tx).query<StoredSchedule>(
      `SELECT ${COLUMNS} FROM steward.report_schedule r WHERE r.id = $1`,
      [id],
    );
    return row ?? null;
  }

  async countOf(tx: Tx, userId: string): Promise<number> {
    const [row] = await open(tx).query<{ schedules: number }>(
      'SELECT count(*)::int AS schedules FROM steward.report_schedule WHERE owner_user_id = $1',
      [userId],
    );
    return row?.schedules ?? 0;
  }

  /** A new one, or the next revision of one; false: it has moved on. */
  async write(tx: Tx, schedule: StoredSchedule, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `INSERT INTO steward.report_schedule AS r (id, name, content, frequency, weekday, month_day, hour, recipients, paused,
         next_at, owner_user_id, revision, created_at, updated_at)
       VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7, $8::uuid[], $9, $10, $11, $12, $13, $13)
       ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, content = EXCLUDED.content, frequency = EXCLUDED.frequency,
         weekday = EXCLUDED.weekday, month_day = EXCLUDED.month_day, hour = EXCLUDED.hour, recipients = EXCLUDED.recipients,
         paused = EXCLUDED.paused, next_at = EXCLUDED.next_at, revision = EXCLUDED.revision, updated_at = EXCLUDED.updated_at
       WHERE r.revision = EXCLUDED.revision - 1
       RETURNING r.id`,
      [
        schedule.id,
        schedule.name,
        JSON.stringify(schedule.content),
        schedule.frequency,
        schedule.weekday,
        schedule.monthDay,
        schedule.hour,
        schedule.recipients,
        schedule.paused,
        schedule.nextAt,
        schedule.ownerUserId,
        schedule.revision,
        at,
      ],
    );
    return rows.length > 0;
  }

  async remove(tx: Tx, id: string, revision: number): Promise<boolean> {
    const rows = await open(tx).query(
      'DELETE FROM steward.report_schedule WHERE id = $1 AND revision = $2 RETURNING id',
      [id, revision],
    );
    return rows.length > 0;
  }

  /** Everybody of these ids, also who has left. */
  people(tx: Tx, ids: readonly string[]): Promise<{ userId: string; name: string; active: boolean }[]> {
    return open(tx).query(
      'SELECT id AS "userId", full_name AS name, active FROM steward.app_user WHERE id = ANY($1::uuid[])',
      [[...new Set(ids)]],
    );
  }

  /** A view that the person may use. */
  async view(
    tx: Tx,
    id: string,
    userId: string,
  ): Promise<{ name: string; rule: string | null; text: string; sort: unknown } | null> {
    const [row] = await open(tx).query<{ name: string; rule: string | null; text: string; sort: unknown }>(
      `SELECT name, rule::text AS rule, text, sort FROM steward.saved_view
       WHERE id = $1 AND deleted_at IS NULL AND (visibility = 'shared' OR owner_user_id = $2)`,
      [id, userId],
    );
    return row ?? null;
  }

  /** A segment of accounts; null: there is none. */
  async segment(tx: Tx, id: string): Promise<{ name: string; shared: boolean; ownerUserId: string | null } | null> {
    const [row] = await open(tx).query<{ name: string; shared: boolean; ownerUserId: string | null }>(
      `SELECT name, visibility = 'shared' AS shared, owner_user_id AS "ownerUserId" FROM steward.segment
       WHERE id = $1 AND of = 'account'`,
      [id],
    );
    return row ?? null;
  }

  /** Those whose time has come, kept from others until this transaction ends. */
  due(tx: Tx, now: Date, limit: number): Promise<StoredSchedule[]> {
    return open(tx).query(
      `SELECT ${COLUMNS} FROM steward.report_schedule r WHERE r.next_at <= $1 ORDER BY r.next_at, r.id LIMIT $2
       FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
  }

  async setNext(tx: Tx, id: string, nextAt: Date): Promise<void> {
    await open(tx).query('UPDATE steward.report_schedule SET next_at = $2 WHERE id = $1', [id, nextAt]);
  }
}
