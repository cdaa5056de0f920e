import { Injectable } from '@nestjs/common';
import type { LoadSample, SampleStep } from '@steward/shared/sample';
import { open, type Tx } from '../db/unit-of-work.js';

export interface SampleTask {
  /** `history`: the past alerts and memberships of the sample that is there. */
  kind: 'load' | 'remove' | 'history';
  state: 'queued' | 'running' | 'done' | 'failed';
  options: LoadSample;
  step: SampleStep | null;
  /** The part of the step that is done, in [0, 1]. */
  share: number;
  /** How often it was taken up and not given back; who holds the newest number does the work. */
  attempts: number;
  problem: string | null;
}

/** An order as its worker took it up. */
type Taken = Pick<SampleTask, 'kind' | 'attempts'>;

const COLUMNS = `kind, state, options, step, share, attempts, problem`;
/** Whoever does the work has not been heard of for so long: it was killed. */
const SILENT = `heartbeat_at < $1::timestamptz - interval '1 minute'`;

/** The one order for the sample company: written first, so that a lost job loses nothing. */
@Injectable()
export class SampleTasksRepository {
  async newest(tx: Tx): Promise<SampleTask | null> {
    const [task] = await open(tx).query<SampleTask>(`SELECT ${COLUMNS} FROM steward.sample_task WHERE id = 1`);
    return task ?? null;
  }

  /** Puts an order in the place of one that has ended, or that only makes the past. False: one is under way. */
  async order(tx: Tx, kind: SampleTask['kind'], options: LoadSample, by: string | null, at: Date): Promise<boolean> {
    const rows = await open(tx).query<{ id: number }>(
      `INSERT INTO steward.sample_task AS t (id, kind, state, options, share, attempts, requested_by, created_at)
       VALUES (1, $1, 'queued', $2::jsonb, 0, 0, $3, $4)
       ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, state = EXCLUDED.state, options = EXCLUDED.options,
         step = NULL, share = 0, attempts = 0, problem = NULL, requested_by = EXCLUDED.requested_by,
         created_at = EXCLUDED.created_at, heartbeat_at = NULL, finished_at = NULL
       WHERE t.state IN ('done', 'failed') OR t.kind = 'history' RETURNING id`,
      [kind, JSON.stringify(options), by, at],
    );
    return rows.length > 0;
  }

  /** Takes up an order that waits, or one that was left. Null: there is none to do. */
  async begin(tx: Tx, at: Date): Promise<SampleTask | null> {
    const [task] = await open(tx).query<SampleTask>(
      `UPDATE steward.sample_task SET state = 'running', attempts = attempts + 1, heartbeat_at = $1
       WHERE id = 1 AND (state = 'queued' OR (state = 'running' AND ${SILENT})) RETURNING ${COLUMNS}`,
      [at],
    );
    return task ?? null;
  }

  async isDue(tx: Tx, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.sample_task WHERE state = 'queued' OR (state = 'running' AND ${SILENT})`,
      [at],
    );
    return rows.length > 0;
  }

  /** False: it is this worker's no more. */
  async advance(tx: Tx, { kind, attempts }: Taken, step: SampleStep | null, share: number, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.sample_task SET step = $2, share = $3, heartbeat_at = $4
       WHERE id = 1 AND state = 'running' AND attempts = $1 AND kind = $5 RETURNING id`,
      [attempts, step, share, at, kind],
    );
    return rows.length > 0;
  }

  /** Ends it, or puts it back where its worker was asked to stop: that is no failed attempt. False: it is another's. */
  async end(
    tx: Tx,
    { kind, attempts }: Taken,
    state: 'queued' | 'done' | 'failed',
    problem: string | null,
    at: Date,
  ): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.sample_task SET state = $2, problem = $3, step = NULL, share = 0, heartbeat_at = NULL,
         attempts = CASE WHEN $2 = 'queued' THEN attempts - 1 ELSE attempts END,
         finished_at = CASE WHEN $2 = 'queued' THEN NULL ELSE $4::timestamptz END
       WHERE id = 1 AND state = 'running' AND attempts = $1 AND kind = $5 RETURNING id`,
      [attempts, state, problem, at, kind],
    );
    return rows.length > 0;
  }
}
