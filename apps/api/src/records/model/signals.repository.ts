import { Injectable } from '@nestjs/common';
import type { SignalEntry } from '@steward/shared/model';
import type { OwnSignal } from '@steward/shared/signals';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';

const ENTRY = `jsonb_build_object('builtIn', built_in, 'retired', retired_at IS NOT NULL, 'revision', revision) || body AS entry`;

@Injectable()
export class SignalsRepository {
  async list(tx: Tx): Promise<SignalEntry[]> {
    const rows = await open(tx).query<{ entry: SignalEntry }>(
      `SELECT ${ENTRY} FROM steward.signal_definition ORDER BY number`,
    );
    return rows.map(({ entry }) => entry);
  }

  async find(tx: Tx, key: string): Promise<SignalEntry | null> {
    const [row] = await open(tx).query<{ entry: SignalEntry }>(
      `SELECT ${ENTRY} FROM steward.signal_definition WHERE key = $1`,
      [key],
    );
    return row?.entry ?? null;
  }

  /**
   * The highest number ever given, retired signals included. Signals are added one after the other, so that no number is
   * given twice: held until the transaction ends.
   */
  async highestNumber(tx: Tx): Promise<number> {
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.signals}, 0)`);
    const [row] = await query<{ highest: number | null }>(
      'SELECT max(number) AS highest FROM steward.signal_definition',
    );
    return row?.highest ?? 0;
  }

  async add(tx: Tx, signal: OwnSignal, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.signal_definition (key, number, built_in, body, revision, created_at, updated_at)
       VALUES ($1, $2, false, $3::jsonb, 1, $4, $4)`,
      [signal.key, signal.number, JSON.stringify(signal), at],
    );
  }

  /** False: someone else changed it since. */
  async save(tx: Tx, signal: OwnSignal, revision: number, retired: boolean, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `WITH saved AS (
         UPDATE steward.signal_definition SET body = $2::jsonb, revision = revision + 1, updated_at = $5,
           retired_at = CASE WHEN $4::boolean THEN coalesce(retired_at, $5) END
         WHERE key = $1 AND revision = $3 AND NOT built_in RETURNING key)
       SELECT key FROM saved`,
      [signal.key, JSON.stringify(signal), revision, retired, at],
    );
    return rows.length > 0;
  }

  /** What the audit log has of it, newest first. */
  history(
    tx: Tx,
    key: string,
  ): Promise<
    { at: Date; by: string | null; action: string; changes: Record<string, { from: unknown; to: unknown }> }[]
  > {
    return open(tx).query(
      `SELECT at, actor_name AS by, action, changes FROM steward.audit_log
       WHERE subject_kind = 'signal' AND subject_id = $1 ORDER BY at DESC, id DESC LIMIT 100`,
      [key],
    );
  }
}
