import { Injectable } from '@nestjs/common';
import { LOCKS } from '../../db/advisory-locks.js';
import { monthNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import { monthSql } from './account-months.repository.js';

export interface BuildOrder {
  id: string;
  from: Month;
  to: Month;
  attempts: number;
}

/** An account whose past changed, from a month on. */
export interface DueAccount {
  accountId: string;
  from: Month;
  token: string;
}

const AGAIN_MINUTES = 5;
/** What cannot be put down is tried again this much later at the latest: what is due is never forgotten. */
const MOST_MINUTES = 60;
/** In SQL, of the number of attempts so far. */
const againSql = (attempts: string) => `least(${attempts} * ${AGAIN_MINUTES}, ${MOST_MINUTES}) * interval '1 minute'`;

/** What has to be put down for the reports: orders over all accounts, and single accounts whose past changed. */
@Injectable()
export class ReportOrdersRepository {
  /** Whoever puts a batch down does so alone; two who do the same come to the same. */
  async lock(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.reports}, 0)`);
  }

  async add(tx: Tx, { id, from, to, at }: { id: string; from: Month; to: Month; at: Date }): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.report_build (id, from_month, to_month, state, due_at, attempts, accounts_done, rows_written, created_at)
       VALUES ($1, $2::date, $3::date, 'due', $4, 0, 0, 0, $4)`,
      [id, monthSql(from), monthSql(to), at],
    );
  }

  /** One that somebody works on by hand: while it is not done by then, workers take it up an hour later. */
  async begin(tx: Tx, { id, from, to, at }: { id: string; from: Month; to: Month; at: Date }): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.report_build (id, from_month, to_month, state, due_at, attempts, accounts_done, rows_written,
         created_at, started_at)
       VALUES ($1, $2::date, $3::date, 'running', $4::timestamptz + interval '1 hour', 1, 0, 0, $4, $4)`,
      [id, monthSql(from), monthSql(to), at],
    );
  }

  /**
   * Marks accounts whose past days were computed anew, from the month before the earliest such day on: a late renewal
   * reaches back over a month's end.
   */
  async markDue(tx: Tx, accounts: readonly { accountId: string; sinceDay: string }[], at: Date): Promise<void> {
    if (accounts.length === 0) return;
    const sorted = [...accounts].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
    await open(tx).query(
      `INSERT INTO steward.report_due AS t (account_id, from_month, token, marked_at, due_at, attempts)
       SELECT u.id, (date_trunc('month', u.day::timestamp) - interval '1 month')::date, gen_random_uuid(), $3, $3, 0
       FROM unnest($1::uuid[], $2::date[]) AS u (id, day) JOIN steward.account a ON a.id = u.id ORDER BY u.id
       ON CONFLICT (account_id) DO UPDATE SET from_month = least(t.from_month, EXCLUDED.from_month),
         token = EXCLUDED.token, marked_at = EXCLUDED.marked_at, due_at = EXCLUDED.due_at, attempts = 0`,
      [sorted.map(({ accountId }) => accountId), sorted.map(({ sinceDay }) => sinceDay), at],
    );
  }

  async hasWork(tx: Tx, at: Date): Promise<boolean> {
    const [row] = await open(tx).query<{ work: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM steward.report_build WHERE state IN ('due', 'running') AND due_at <= $1)
         OR EXISTS (SELECT 1 FROM steward.report_due WHERE due_at <= $1) AS work`,
      [at],
    );
    return row?.work ?? false;
  }

  /** Takes up every order that is due; one that a process left on its way is taken up again. */
  takeUp(tx: Tx, at: Date): Promise<BuildOrder[]> {
    return open(tx).query(
      `UPDATE steward.report_build SET state = 'running', started_at = $1, attempts = attempts + 1
       WHERE state IN ('due', 'running') AND due_at <= $1
       RETURNING id, ${monthNumber('from_month')} AS "from", ${monthNumber('to_month')} AS "to", attempts`,
      [at],
    );
  }

  async advance(tx: Tx, ids: readonly string[], accounts: number, rows: number): Promise<void> {
    await open(tx).query(
      `UPDATE steward.report_build SET accounts_done = accounts_done + $2, rows_written = rows_written + $3
       WHERE id = ANY($1::uuid[])`,
      [ids, accounts, rows],
    );
  }

  async finish(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.report_build SET state = 'done', finished_at = $2, problem = NULL WHERE id = ANY($1::uuid[])`,
      [ids, at],
    );
    // The newest tells how far the figures are; older ones tell nobody anything.
    await open(tx).query(
      `DELETE FROM steward.report_build WHERE state = 'done' AND created_at < $1::timestamptz - interval '30 days'`,
      [at],
    );
  }

  /** Left in good order, because the process stops: that was no attempt. */
  async leave(tx: Tx, ids: readonly string[]): Promise<void> {
    await open(tx).query(
      `UPDATE steward.report_build SET state = 'due', attempts = attempts - 1
       WHERE id = ANY($1::uuid[]) AND state = 'running'`,
      [ids],
    );
  }

  /** It is tried again, a little later each time. */
  async postpone(tx: Tx, ids: readonly string[], problem: string, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.report_build SET state = 'due', due_at = $3::timestamptz + ${againSql('attempts')}, problem = $2
       WHERE id = ANY($1::uuid[])`,
      [ids, problem, at],
    );
  }

  /** In the order of their ids, those after `after`. */
  dueAccounts(tx: Tx, at: Date, after: string | null, limit: number): Promise<DueAccount[]> {
    return open(tx).query(
      `SELECT account_id AS "accountId", ${monthNumber('from_month')} AS "from", token
       FROM steward.report_due WHERE due_at <= $1 AND ($2::uuid IS NULL OR account_id > $2::uuid)
       ORDER BY account_id LIMIT $3`,
      [at, after, limit],
    );
  }

  /** Sets one aside that cannot be put down, for longer each time. */
  async setAside(tx: Tx, { accountId, token }: DueAccount, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.report_due SET attempts = attempts + 1,
         due_at = $3::timestamptz + ${againSql('(attempts + 1)')}
       WHERE account_id = $1 AND token = $2`,
      [accountId, token, at],
    );
  }

  /** One that was marked again meanwhile has another token and stays. */
  async forgetDue(tx: Tx, due: readonly DueAccount[]): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.report_due d USING unnest($1::uuid[], $2::uuid[]) AS u (account_id, token)
       WHERE d.account_id = u.account_id AND d.token = u.token AND d.account_id = ANY($1::uuid[])`,
      [due.map(({ accountId }) => accountId), due.map(({ token }) => token)],
    );
  }

  /** When months were last put down, and whether some wait for it. */
  async state(tx: Tx): Promise<{ builtAt: Date | null; preparing: boolean }> {
    const [row] = await open(tx).query<{ builtAt: Date | null; preparing: boolean }>(
      `SELECT (SELECT max(finished_at) FROM steward.report_build WHERE state = 'done') AS "builtAt",
         EXISTS (SELECT 1 FROM steward.report_build WHERE state IN ('due', 'running')) AS preparing`,
    );
    return row ?? { builtAt: null, preparing: false };
  }

  /** Sums that name accounts which are no more. */
  async forgetSums(tx: Tx): Promise<void> {
    await open(tx).query('DELETE FROM steward.report_rollup');
    await open(tx).query('DELETE FROM steward.report_feature');
    await open(tx).query('DELETE FROM steward.report_owner');
  }

  /** First and last month of which there are rows; null: there are none. */
  async builtSpan(tx: Tx): Promise<{ from: Month; to: Month } | null> {
    const [row] = await open(tx).query<{ from: Month | null; to: Month | null }>(
      `SELECT min(${monthNumber('month')}) AS "from", max(${monthNumber('month')}) AS "to" FROM steward.account_month`,
    );
    return row && row.from !== null && row.to !== null ? { from: row.from, to: row.to } : null;
  }

  /** The months that are put down, by the day that each shows. */
  builtMonths(tx: Tx): Promise<{ month: Month; day: string }[]> {
    return open(tx).query(
      `SELECT ${monthNumber('month')} AS month, max(day) AS day FROM steward.report_rollup
       WHERE basis = 'level' AND grain = 'stage' GROUP BY month ORDER BY month`,
    );
  }
}
