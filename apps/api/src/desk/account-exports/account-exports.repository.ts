import { Injectable } from '@nestjs/common';
import type { ExportState } from '@steward/shared/account-exports';
import type { ParsedAccountExport } from '@steward/shared/accounts';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface StoredExport {
  id: string;
  userId: string;
  question: ParsedAccountExport;
  name: string;
  state: ExportState;
  accounts: number | null;
  written: number;
  bytes: number | null;
  attempts: number;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
}

const COLUMNS = `e.id, e.user_id AS "userId", e.question, e.name, e.state, e.accounts, e.written, e.bytes, e.attempts, e.error,
  e.created_at AS "createdAt", e.finished_at AS "finishedAt", e.expires_at AS "expiresAt"`;

/** Files of accounts that people ordered. */
@Injectable()
export class AccountExportsRepository {
  async add(
    tx: Tx,
    { id, userId, question, name }: Pick<StoredExport, 'id' | 'userId' | 'question' | 'name'>,
    at: Date,
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.account_export (id, user_id, question, name, state, written, attempts, created_at)
       VALUES ($1, $2, $3::jsonb, $4, 'due', 0, 0, $5)`,
      [id, userId, JSON.stringify(question), name, at],
    );
  }

  async unfinishedOf(tx: Tx, userId: string): Promise<number> {
    const [row] = await open(tx).query<{ exports: number }>(
      `SELECT count(*)::int AS exports FROM steward.account_export WHERE user_id = $1 AND state IN ('due', 'running')`,
      [userId],
    );
    return row?.exports ?? 0;
  }

  of(tx: Tx, userId: string, limit: number): Promise<StoredExport[]> {
    return open(tx).query(
      `SELECT ${COLUMNS} FROM steward.account_export e WHERE e.user_id = $1 ORDER BY e.created_at DESC, e.id LIMIT $2`,
      [userId, limit],
    );
  }

  async own(tx: Tx, id: string, userId: string): Promise<StoredExport | null> {
    const [row] = await open(tx).query<StoredExport>(
      `SELECT ${COLUMNS} FROM steward.account_export e WHERE e.id = $1 AND e.user_id = $2`,
      [id, userId],
    );
    return row ?? null;
  }

  async isThere(tx: Tx, id: string): Promise<boolean> {
    const rows = await open(tx).query('SELECT 1 FROM steward.account_export WHERE id = $1', [id]);
    return rows.length > 0;
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await open(tx).query('DELETE FROM steward.account_export WHERE id = $1', [id]);
  }

  /** Takes it on: nobody else is making it. */
  async claim(tx: Tx, id: string, at: Date): Promise<StoredExport | null> {
    const [row] = await open(tx).query<StoredExport>(
      `WITH e AS (UPDATE steward.account_export SET state = 'running', heard_at = $2, attempts = attempts + 1, written = 0
         WHERE id = $1 AND state = 'due' RETURNING *)
       SELECT ${COLUMNS} FROM e`,
      [id, at],
    );
    return row ?? null;
  }

  /** How far it is; false: it was taken away, or given to somebody else. */
  async note(
    tx: Tx,
    { id, attempts }: Pick<StoredExport, 'id' | 'attempts'>,
    { accounts, written }: { accounts: number; written: number },
    at: Date,
  ): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.account_export SET accounts = $3, written = $4, heard_at = $5
       WHERE id = $1 AND attempts = $2 AND state = 'running' RETURNING id`,
      [id, attempts, accounts, written, at],
    );
    return rows.length > 0;
  }

  async end(
    tx: Tx,
    { id, attempts }: Pick<StoredExport, 'id' | 'attempts'>,
    ended: { state: 'done'; bytes: number; expiresAt: Date } | { state: 'failed'; error: string } | { state: 'due' },
    at: Date,
  ): Promise<void> {
    await open(tx).query(
      `UPDATE steward.account_export SET state = $3, finished_at = CASE WHEN $3 <> 'due' THEN $4::timestamptz END, heard_at = NULL,
         bytes = $5, expires_at = $6, error = $7
       WHERE id = $1 AND attempts = $2 AND state = 'running'`,
      [
        ...[id, attempts, ended.state, at],
        ended.state === 'done' ? ended.bytes : null,
        ended.state === 'done' ? ended.expiresAt : null,
        ended.state === 'failed' ? ended.error : null,
      ],
    );
  }

  /** Left in good order, because the process stops: that was no failure, and the next attempt is the same one. */
  async leave(tx: Tx, { id, attempts }: Pick<StoredExport, 'id' | 'attempts'>): Promise<void> {
    await open(tx).query(
      `UPDATE steward.account_export SET state = 'due', heard_at = NULL, attempts = attempts - 1
       WHERE id = $1 AND attempts = $2 AND state = 'running'`,
      [id, attempts],
    );
  }

  /** What a process left when it ended is due again, a few times. */
  async takeUpLeft(tx: Tx, heardBefore: Date, mostAttempts: number): Promise<void> {
    await open(tx).query(
      `UPDATE steward.account_export SET heard_at = NULL, state = CASE WHEN attempts < $2 THEN 'due' ELSE 'failed' END,
         error = CASE WHEN attempts < $2 THEN NULL ELSE 'The process ended while the file was being made.' END
       WHERE state = 'running' AND heard_at < $1`,
      [heardBefore, mostAttempts],
    );
  }

  async due(tx: Tx): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM steward.account_export WHERE state = 'due' ORDER BY created_at LIMIT 100`,
    );
    return rows.map(({ id }) => id);
  }

  /** Those whose time is over; their files go. */
  async expire(tx: Tx, at: Date): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `UPDATE steward.account_export SET state = 'expired' WHERE state = 'done' AND expires_at <= $1 RETURNING id`,
      [at],
    );
    return rows.map(({ id }) => id);
  }
}
