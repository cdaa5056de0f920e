import { Injectable } from '@nestjs/common';
import type { BulkChange, BulkCounts } from '@steward/shared/bulk';
import type { BulkOutcome, BulkState } from '@steward/shared/bulk-states';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type AccountQuestion, matchingAccounts } from '../account-list/question-sql.js';

export interface StoredBulk {
  id: string;
  /** Null: it takes another action back. */
  change: BulkChange | null;
  undoes: string | null;
  byUserId: string;
  byName: string;
  state: BulkState;
  failures: number;
  counts: BulkCounts | null;
  undoneBy: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface NewBulk {
  id: string;
  change: BulkChange | null;
  undoes: string | null;
  selection: unknown;
  by: { id: string; name: string };
  at: Date;
}

/** An account that is to be done; taking back, with what the action that is taken back had done to it. */
export interface DueItem {
  id: string;
  before: unknown;
  after: unknown;
}

export interface SettledItem {
  id: string;
  state: Exclude<BulkOutcome, 'due'>;
  code: string | null;
  before: unknown;
  after: unknown;
}

const COLUMNS = `b.id, b.change, b.undoes, b.by_user_id AS "byUserId", b.by_name AS "byName", b.state, b.failures, b.counts,
  (SELECT u.id FROM steward.bulk_action u WHERE u.undoes = b.id) AS "undoneBy", b.created_at AS "createdAt",
  b.finished_at AS "finishedAt"`;

const NOT_ENDED = `('queued', 'running', 'cancelling')`;
/** Whoever does the work has not been heard of for so long: it was killed. */
const SILENT_AFTER = `interval '1 minute'`;

@Injectable()
export class BulkRepository {
  async add(tx: Tx, { id, change, undoes, selection, by, at }: NewBulk): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.bulk_action (id, kind, change, undoes, selection, by_user_id, by_name, state, failures, created_at)
       VALUES ($1, $2, $3::jsonb, $4, $5::jsonb, $6, $7, 'queued', 0, $8)`,
      [
        id,
        change?.kind ?? 'undo',
        change === null ? null : JSON.stringify(change),
        undoes,
        selection === null ? null : JSON.stringify(selection),
        by.id,
        by.name,
        at,
      ],
    );
  }

  /** Writes down, at once, which accounts it is about: those of the question, or of the list as far as it holds them. */
  async freeze(
    tx: Tx,
    actionId: string,
    question: AccountQuestion,
    { only, without }: { only: readonly string[] | null; without: readonly string[] },
  ): Promise<number> {
    const matching = matchingAccounts(question);
    const { bind, values } = matching.binder;
    const picked = only === null ? '' : `AND s.account_id = ANY(${bind(only)}::uuid[])`;
    const but = without.length === 0 ? '' : `AND s.account_id <> ALL(${bind(without)}::uuid[])`;
    const rows = await open(tx).query<{ items: number }>(
      `WITH items AS (
         INSERT INTO steward.bulk_action_item (account_id, action_id, state)
         SELECT s.account_id, ${bind(actionId)}::uuid, 'due' ${matching.sql()} ${picked} ${but} ORDER BY s.account_id
         RETURNING 1)
       SELECT count(*)::int AS items FROM items`,
      values,
    );
    return rows[0]?.items ?? 0;
  }

  /** What an action did is what taking it back is about. */
  async freezeDone(tx: Tx, actionId: string, undoes: string): Promise<number> {
    const rows = await open(tx).query<{ items: number }>(
      `WITH items AS (
         INSERT INTO steward.bulk_action_item (account_id, action_id, state)
         SELECT i.account_id, $1::uuid, 'due' FROM steward.bulk_action_item i
         WHERE i.action_id = $2 AND i.state = 'done' ORDER BY i.account_id
         RETURNING 1)
       SELECT count(*)::int AS items FROM items`,
      [actionId, undoes],
    );
    return rows[0]?.items ?? 0;
  }

  async find(tx: Tx, id: string): Promise<StoredBulk | null> {
    const [row] = await open(tx).query<StoredBulk>(`SELECT ${COLUMNS} FROM steward.bulk_action b WHERE b.id = $1`, [
      id,
    ]);
    return row ?? null;
  }

  async newestOf(tx: Tx, userId: string, limit: number): Promise<StoredBulk[]> {
    return open(tx).query<StoredBulk>(
      `SELECT ${COLUMNS} FROM steward.bulk_action b WHERE b.by_user_id = $1 ORDER BY b.created_at DESC LIMIT $2`,
      [userId, limit],
    );
  }

  /** Actions of a person that have not ended; whoever orders another meanwhile waits until this is committed. */
  async underWay(tx: Tx, userId: string): Promise<number> {
    await open(tx).query('SELECT 1 FROM steward.app_user WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const [row] = await open(tx).query<{ actions: number }>(
      `SELECT count(*)::int AS actions FROM steward.bulk_action WHERE by_user_id = $1 AND state IN ${NOT_ENDED}`,
      [userId],
    );
    return row?.actions ?? 0;
  }

  async tally(tx: Tx, id: string): Promise<{ state: BulkOutcome; code: string | null; accounts: number }[]> {
    return open(tx).query(
      `SELECT state, code, count(*)::int AS accounts FROM steward.bulk_action_item WHERE action_id = $1
       GROUP BY state, code ORDER BY accounts DESC, code`,
      [id],
    );
  }

  /** Whether every account that it changed has been computed since. */
  async isComputed(tx: Tx, id: string): Promise<boolean> {
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.bulk_action_item i JOIN steward.dirty_account d ON d.account_id = i.account_id
       WHERE i.action_id = $1 AND i.state = 'done' LIMIT 1`,
      [id],
    );
    return rows.length === 0;
  }

  /** Takes the work up, or says that it goes on. Null: it has ended. */
  async beat(tx: Tx, id: string, at: Date): Promise<StoredBulk | null> {
    const [row] = await open(tx).query<StoredBulk>(
      `WITH beaten AS (
         UPDATE steward.bulk_action SET state = CASE WHEN state = 'queued' THEN 'running' ELSE state END, heartbeat_at = $2
         WHERE id = $1 AND state IN ${NOT_ENDED} RETURNING *)
       SELECT ${COLUMNS} FROM beaten b`,
      [id, at],
    );
    return row ?? null;
  }

  /** Whether it still runs; if so, nobody ends it before this transaction does. */
  async holdRunning(tx: Tx, id: string): Promise<boolean> {
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.bulk_action WHERE id = $1 AND state = 'running' FOR SHARE`,
      [id],
    );
    return rows.length > 0;
  }

  async due(tx: Tx, id: string, after: string, limit: number): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT account_id AS id FROM steward.bulk_action_item
       WHERE action_id = $1 AND state = 'due' AND account_id > $2::uuid ORDER BY account_id LIMIT $3`,
      [id, after, limit],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Those of the accounts that are still to be done, and nobody else's until the commit: who comes second waits here and
   * then finds them settled.
   */
  async claim(tx: Tx, id: string, undoes: string | null, ids: readonly string[]): Promise<DueItem[]> {
    return open(tx).query<DueItem>(
      `WITH claimed AS (
         UPDATE steward.bulk_action_item i SET code = NULL
         FROM (SELECT unnest($2::uuid[]) AS account_id ORDER BY 1) wanted
         WHERE i.account_id = wanted.account_id AND i.action_id = $1 AND i.state = 'due' RETURNING i.account_id)
       SELECT c.account_id AS id, d.before, d.after FROM claimed c
       LEFT JOIN steward.bulk_action_item d ON d.account_id = c.account_id AND d.action_id = $3::uuid
       ORDER BY c.account_id`,
      [id, ids, undoes],
    );
  }

  async settle(tx: Tx, id: string, items: readonly SettledItem[]): Promise<void> {
    await open(tx).query(
      `UPDATE steward.bulk_action_item t SET state = i.state, code = i.code, before = i.before, after = i.after
       FROM jsonb_to_recordset($2::jsonb) AS i (id uuid, state text, code text, before jsonb, after jsonb)
       WHERE t.account_id = i.id AND t.action_id = $1`,
      [id, JSON.stringify(items)],
    );
  }

  async cancel(tx: Tx, id: string): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.bulk_action SET state = 'cancelling' WHERE id = $1 AND state IN ('queued', 'running') RETURNING id`,
      [id],
    );
    return rows.length > 0;
  }

  /** Counts a failure nobody foresaw. */
  async failed(tx: Tx, id: string): Promise<number> {
    const [row] = await open(tx).query<{ failures: number }>(
      `UPDATE steward.bulk_action SET failures = failures + 1 WHERE id = $1 RETURNING failures`,
      [id],
    );
    return row?.failures ?? 0;
  }

  /** Ends it; false where somebody else has. */
  async end(tx: Tx, id: string, state: 'done' | 'cancelled' | 'failed', at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.bulk_action SET state = $2, finished_at = $3 WHERE id = $1 AND state IN ${NOT_ENDED} RETURNING id`,
      [id, state, at],
    );
    return rows.length > 0;
  }

  async keepCounts(tx: Tx, id: string, counts: BulkCounts): Promise<void> {
    await open(tx).query(`UPDATE steward.bulk_action SET counts = $2::jsonb WHERE id = $1`, [
      id,
      JSON.stringify(counts),
    ]);
  }

  /** Actions that nobody is known to be doing. */
  async left(tx: Tx, now: Date): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM steward.bulk_action
       WHERE state IN ${NOT_ENDED} AND COALESCE(heartbeat_at, created_at) < $1::timestamptz - ${SILENT_AFTER}
       ORDER BY created_at LIMIT 100`,
      [now],
    );
    return rows.map(({ id }) => id);
  }

  /** Actions that ended so long ago that nobody takes them back; the audit log keeps that they were. */
  async forget(tx: Tx, before: Date): Promise<void> {
    const { query } = open(tx);
    const old = await query<{ id: string }>(
      `SELECT id FROM steward.bulk_action WHERE finished_at < $1 ORDER BY finished_at LIMIT 100`,
      [before],
    );
    if (old.length === 0) return;
    const ids = old.map(({ id }) => id);
    await query(`DELETE FROM steward.bulk_action WHERE id = ANY($1::uuid[])`, [ids]);
    await query(`DELETE FROM steward.bulk_action_item WHERE action_id = ANY($1::uuid[])`, [ids]);
  }
}
