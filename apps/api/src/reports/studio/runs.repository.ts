import { Injectable } from '@nestjs/common';
import type { StudioConfig, StudioProfile, StudioRunKind, StudioRunState } from '@steward/shared/health-studio';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface StoredRun {
  id: string;
  kind: StudioRunKind;
  profile: StudioProfile;
  profileName: string;
  config: StudioConfig;
  byUserId: string;
  byName: string;
  state: StudioRunState;
  attempt: number;
  done: number;
  steps: number;
  step: string;
  problem: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface NewRun {
  id: string;
  kind: StudioRunKind;
  profile: StudioProfile;
  profileName: string;
  config: StudioConfig;
  by: { id: string; name: string };
  at: Date;
}

const COLUMNS = `r.id, r.kind, r.profile, r.profile_name AS "profileName", r.config, r.by_user_id AS "byUserId",
  r.by_name AS "byName", r.state, r.attempt, r.done, r.steps, r.step, r.problem, r.created_at AS "createdAt",
  r.finished_at AS "finishedAt"`;

const NOT_ENDED = `('queued', 'running', 'cancelling')`;
/** Whoever does the work has not been heard of for so long: it was killed. Longer than any statement of it may take. */
const SILENT_AFTER = `interval '3 minutes'`;
const KEPT = 50;

@Injectable()
export class RunsRepository {
  /** Only one is ordered at a time. Held until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.studio}, 0)`);
  }

  async isBusy(tx: Tx): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.backtest WHERE state IN ${NOT_ENDED} LIMIT 1`);
    return rows.length > 0;
  }

  async add(tx: Tx, { id, kind, profile, profileName, config, by, at }: NewRun): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.backtest
         (id, kind, profile, profile_name, config, by_user_id, by_name, state, attempt, done, steps, step, created_at)
       VALUES ($1, $2, $3::jsonb, $4, $5::jsonb, $6, $7, 'queued', 0, 0, 0, '', $8)`,
      [id, kind, JSON.stringify(profile), profileName, JSON.stringify(config), by.id, by.name, at],
    );
  }

  async find(tx: Tx, id: string): Promise<StoredRun | null> {
    const [row] = await open(tx).query<StoredRun>(`SELECT ${COLUMNS} FROM steward.backtest r WHERE r.id = $1`, [id]);
    return row ?? null;
  }

  async result(tx: Tx, id: string): Promise<unknown> {
    const [row] = await open(tx).query<{ result: unknown }>(`SELECT result FROM steward.backtest WHERE id = $1`, [id]);
    return row?.result ?? null;
  }

  /** Newest first; of one person, or of everybody. */
  newest(tx: Tx, userId: string | null): Promise<StoredRun[]> {
    return open(tx).query<StoredRun>(
      `SELECT ${COLUMNS} FROM steward.backtest r WHERE $1::uuid IS NULL OR r.by_user_id = $1::uuid
       ORDER BY r.created_at DESC, r.id DESC LIMIT ${KEPT}`,
      [userId],
    );
  }

  /** Takes the work up, where nobody is known to be doing it. Null: somebody is, or it has ended. */
  async take(tx: Tx, id: string, at: Date): Promise<StoredRun | null> {
    const [row] = await open(tx).query<StoredRun>(
      `WITH taken AS (
         UPDATE steward.backtest SET state = CASE WHEN state = 'queued' THEN 'running' ELSE state END,
           attempt = attempt + 1, heartbeat_at = $2
         WHERE id = $1 AND state IN ${NOT_ENDED}
           AND (heartbeat_at IS NULL OR heartbeat_at < $2::timestamptz - ${SILENT_AFTER})
         RETURNING *)
       SELECT ${COLUMNS} FROM taken r`,
      [id, at],
    );
    return row ?? null;
  }

  /** Says how far it is. Answers its state; null: somebody else has taken it up. */
  async beat(
    tx: Tx,
    { id, attempt }: Pick<StoredRun, 'id' | 'attempt'>,
    { done, steps, step, at }: { done: number; steps: number; step: string; at: Date },
  ): Promise<StudioRunState | null> {
    const [row] = await open(tx).query<{ state: StudioRunState }>(
      `UPDATE steward.backtest SET done = $3, steps = $4, step = $5, heartbeat_at = $6
       WHERE id = $1 AND attempt = $2 AND state IN ${NOT_ENDED} RETURNING state`,
      [id, attempt, done, steps, step, at],
    );
    return row?.state ?? null;
  }

  /** Leaves it to whoever comes next. */
  async release(tx: Tx, { id, attempt }: Pick<StoredRun, 'id' | 'attempt'>): Promise<void> {
    await open(tx).query(`UPDATE steward.backtest SET heartbeat_at = NULL WHERE id = $1 AND attempt = $2`, [
      id,
      attempt,
    ]);
  }

  /** The same, because the process stops in good order: that was no attempt. */
  async leave(tx: Tx, { id, attempt }: Pick<StoredRun, 'id' | 'attempt'>): Promise<void> {
    await open(tx).query(
      `UPDATE steward.backtest SET heartbeat_at = NULL, attempt = attempt - 1 WHERE id = $1 AND attempt = $2`,
      [id, attempt],
    );
  }

  /** Ends it with what came out; false where somebody else has taken it up or ended it. */
  async end(
    tx: Tx,
    { id, attempt }: Pick<StoredRun, 'id' | 'attempt'>,
    ended: { state: 'done' | 'cancelled' | 'failed'; result?: unknown; problem?: string; at: Date },
  ): Promise<boolean> {
    const result = ended.result === undefined ? null : JSON.stringify(ended.result);
    const rows = await open(tx).query(
      `UPDATE steward.backtest SET state = $3, result = $4::jsonb, problem = $5, finished_at = $6
       WHERE id = $1 AND attempt = $2 AND state IN ${NOT_ENDED} RETURNING id`,
      [id, attempt, ended.state, result, ended.problem ?? null, ended.at],
    );
    return rows.length > 0;
  }

  /** Asks whoever does it to stop; what nobody does yet ends at once. False: it has ended. */
  async cancel(tx: Tx, id: string, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.backtest SET
         state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE 'cancelling' END,
         finished_at = CASE WHEN state = 'queued' THEN $2::timestamptz END
       WHERE id = $1 AND state IN ${NOT_ENDED} RETURNING id`,
      [id, at],
    );
    return rows.length > 0;
  }

  /** Those that nobody is known to be doing. */
  async left(tx: Tx, now: Date): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM steward.backtest WHERE state IN ${NOT_ENDED}
         AND (heartbeat_at IS NULL OR heartbeat_at < $1::timestamptz - ${SILENT_AFTER}) ORDER BY created_at`,
      [now],
    );
    return rows.map(({ id }) => id);
  }

  /** The newest of each person are kept. */
  async forget(tx: Tx): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.backtest WHERE id IN (
         SELECT id FROM (SELECT id, state, row_number() OVER (PARTITION BY by_user_id ORDER BY created_at DESC, id DESC) AS place
           FROM steward.backtest) AS placed
         WHERE place > ${KEPT} AND state NOT IN ${NOT_ENDED})`,
    );
  }
}
