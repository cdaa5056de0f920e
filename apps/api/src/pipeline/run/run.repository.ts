import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Day, earlier, toDay } from '../../domain/calendar/day.js';
import { type Batch, BUCKETS, inBatch } from '../../stages/batch.js';

/** An account that is due, with the token that its facts left: only what was read is taken off the list. */
export interface DueAccount {
  accountId: string;
  sinceDay: IsoDay;
  token: string;
}

export type RunKind = 'refresh' | 'close' | 'open' | 'backfill' | 'rebuild';

export interface Run {
  id: string;
  kind: RunKind;
  fromDay: IsoDay;
  toDay: IsoDay;
  overwrite: boolean;
}

const DUE = `account_id AS "accountId", since_day AS "sinceDay", token`;
const RUN = `id, kind, from_day AS "fromDay", to_day AS "toDay", overwrite`;

/** The rows that say what is to be computed, and how far it has come. */
@Injectable()
export class RunRepository {
  /** The accounts that have been due for longest. */
  dueAccounts(tx: Tx, limit: number): Promise<DueAccount[]> {
    return open(tx).prepared(`SELECT ${DUE} FROM steward.dirty_account ORDER BY marked_at, account_id LIMIT $1`, [
      limit,
    ]);
  }

  /** Planned each time: the table is empty or has all accounts, and a plan for the one is bad for the other. */
  dueInBatch(tx: Tx, batch: Batch): Promise<DueAccount[]> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT ${DUE} FROM steward.dirty_account WHERE ${inBatch(batch, 'account_id', bind)}`,
      values,
    );
  }

  async countDue(tx: Tx): Promise<number> {
    const [row] = await open(tx).query<{ due: number }>('SELECT count(*)::int AS due FROM steward.dirty_account');
    return row?.due ?? 0;
  }

  /** Takes computed accounts off the list. One whose facts changed meanwhile has another token and stays. */
  async forgetDue(tx: Tx, due: readonly DueAccount[]): Promise<void> {
    if (due.length === 0) return;
    const sorted = [...due].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
    await open(tx).prepared(
      `DELETE FROM steward.dirty_account d USING unnest($1::uuid[], $2::uuid[]) AS u (account_id, token)
       WHERE d.account_id = u.account_id AND d.token = u.token AND d.account_id = ANY($1::uuid[])`,
      [sorted.map((each) => each.accountId), sorted.map((each) => each.token)],
    );
  }

  /** Marks closed days that late facts touched, from the earliest such day on. */
  async markStale(tx: Tx, accounts: readonly DueAccount[], at: Date): Promise<void> {
    if (accounts.length === 0) return;
    await open(tx).prepared(
      `INSERT INTO steward.stale_account AS t (account_id, from_day, token, marked_at)
       SELECT u.account_id, u.from_day, gen_random_uuid(), $3
       FROM unnest($1::uuid[], $2::date[]) AS u (account_id, from_day)
       JOIN steward.account a ON a.id = u.account_id ORDER BY u.account_id
       ON CONFLICT (account_id) DO UPDATE
       SET from_day = least(t.from_day, EXCLUDED.from_day), token = EXCLUDED.token, marked_at = EXCLUDED.marked_at`,
      [accounts.map((each) => each.accountId), accounts.map((each) => each.sinceDay), at],
    );
  }

  /** Accounts with closed days that late facts touched, the last time by `markedBy`; null: whenever. */
  staleAccounts(tx: Tx, markedBy: Date | null, limit: number): Promise<DueAccount[]> {
    return open(tx).query(
      `SELECT account_id AS "accountId", from_day AS "sinceDay", token FROM steward.stale_account
       WHERE $1::timestamptz IS NULL OR marked_at <= $1 ORDER BY from_day, account_id LIMIT $2`,
      [markedBy, limit],
    );
  }

  /** Those of the accounts that have a snapshot of a day from `from` on and before `before`, in key order. */
  async withSnapshots(tx: Tx, stale: readonly DueAccount[], from: IsoDay, before: IsoDay): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT u.id FROM unnest($1::uuid[]) AS u (id)
       WHERE EXISTS (SELECT 1 FROM steward.account_snapshot s
         WHERE s.account_id = u.id AND s.account_id = ANY($1::uuid[]) AND s.day >= $2::date AND s.day < $3::date)
       ORDER BY u.id`,
      [stale.map((each) => each.accountId), from, before],
    );
    return rows.map(({ id }) => id);
  }

  async forgetStale(tx: Tx, stale: readonly DueAccount[]): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.stale_account s USING unnest($1::uuid[], $2::uuid[]) AS u (account_id, token)
       WHERE s.account_id = u.account_id AND s.token = u.token AND s.account_id = ANY($1::uuid[])`,
      [stale.map((each) => each.accountId), stale.map((each) => each.token)],
    );
  }

  /** Snapshots that late facts touched and that no nightly run will rebuild: they wait for a backfill. */
  async markSnapshotsStale(tx: Tx, stale: readonly DueAccount[], before: IsoDay): Promise<void> {
    await open(tx).query(
      `UPDATE steward.account_snapshot s SET stale = true
       FROM unnest($1::uuid[], $2::date[]) AS u (account_id, from_day)
       WHERE s.account_id = u.account_id AND s.account_id = ANY($1::uuid[]) AND s.day >= u.from_day AND s.day < $3::date
         AND s.day >= (SELECT min(d) FROM unnest($2::date[]) AS d) AND NOT s.stale`,
      [stale.map((each) => each.accountId), stale.map((each) => each.sinceDay), before],
    );
  }

  /** Every account is due, because something that concerns all of them has changed. */
  async markAllDue(tx: Tx, today: IsoDay, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.dirty_account (account_id, since_day, token, marked_at)
       SELECT id, $1::date, gen_random_uuid(), $2 FROM steward.account ORDER BY id
       ON CONFLICT (account_id) DO UPDATE SET token = EXCLUDED.token, marked_at = EXCLUDED.marked_at`,
      [today, at],
    );
  }

  /**
   * A text that changes with the sources, metrics, features, attributes, rates, quiet periods and the published model.
   * Cheap to ask.
   */
  async namesInUse(tx: Tx): Promise<string> {
    const [row] = await open(tx).prepared<{ names: string }>(
      `SELECT concat_ws('|', (SELECT string_agg(key || ' ' || covers, ',' ORDER BY key) FROM steward.source),
         (SELECT count(*) FROM steward.metric_definition), (SELECT count(*) FROM steward.custom_attribute),
         (SELECT count(*) || ' ' || count(*) FILTER (WHERE tracked) FROM steward.feature),
         (SELECT count(*) || ' ' || sum(hashtext(currency || from_day || ' ' || rate)::bigint) FROM steward.exchange_rate),
         (SELECT revision FROM steward.workspace WHERE id = 1),
         (SELECT string_agg(concat_ws(' ', id, revision), ',' ORDER BY id) FROM steward.quiet_period),
         (SELECT count(*) || ' ' || sum(revision) FROM steward.signal_definition),
         (SELECT max(version) FROM steward.tier_set_version WHERE state = 'published'),
         (SELECT max(version) FROM steward.stage_set_version WHERE state = 'published'),
         (SELECT string_agg(id::text, ',' ORDER BY id) FROM steward.health_profile_version WHERE state = 'published'),
         (SELECT string_agg(position || ' ' || active, ',' ORDER BY id) FROM steward.health_profile),
         (SELECT max(rule_version) FROM steward.segment), (SELECT max(rule_version) FROM steward.alert_rule)) AS names`,
    );
    return row?.names ?? '';
  }

  /** The newest rule of all segments; null without any. */
  async newestSegmentRule(tx: Tx): Promise<number | null> {
    const [row] = await open(tx).prepared<{ version: number | null }>(
      'SELECT max(rule_version) AS version FROM steward.segment',
    );
    return row?.version ?? null;
  }

  async newestAlertRule(tx: Tx): Promise<number | null> {
    const [row] = await open(tx).prepared<{ version: number | null }>(
      'SELECT max(rule_version) AS version FROM steward.alert_rule',
    );
    return row?.version ?? null;
  }

  /** What the last live refresh rested on, beside the facts of its accounts. */
  async liveBasis(tx: Tx): Promise<string | null> {
    const [row] = await open(tx).prepared<{ basis: string }>('SELECT basis FROM steward.live_basis WHERE id = 1');
    return row?.basis ?? null;
  }

  async setLiveBasis(tx: Tx, basis: string, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.live_basis (id, basis, changed_at) VALUES (1, $1, $2)
       ON CONFLICT (id) DO UPDATE SET basis = EXCLUDED.basis, changed_at = EXCLUDED.changed_at`,
      [basis, at],
    );
  }

  /** Number of accounts in each bucket. */
  async bucketCounts(tx: Tx): Promise<number[]> {
    const rows = await open(tx).query<{ bucket: number; accounts: number }>(
      `SELECT get_byte(uuid_send(id), 0) AS bucket, count(*)::int AS accounts FROM steward.account GROUP BY 1`,
    );
    const counts = new Array<number>(BUCKETS).fill(0);
    for (const { bucket, accounts } of rows) counts[bucket] = accounts;
    return counts;
  }

  /** Ids that cut a large range into batches: the last of every `size` accounts. */
  async cuts(tx: Tx, batch: Batch, size: number): Promise<string[]> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM steward.account
         WHERE ${inBatch(batch, 'id', bind)}) AS numbered WHERE n % ${bind(size)}::int = 0 ORDER BY id`,
      values,
    );
    return rows.map(({ id }) => id);
  }

  /** The newest closed day; null before the first. */
  async lastClosedDay(tx: Tx): Promise<IsoDay | null> {
    const [row] = await open(tx).prepared<{ day: IsoDay | null }>(
      `SELECT max(day) AS day FROM steward.day_close WHERE state = 'closed'`,
    );
    return row?.day ?? null;
  }

  async setDay(tx: Tx, day: IsoDay, state: 'running' | 'closed', at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.day_close AS t (day, state, started_at, closed_at)
       VALUES ($1::date, $2, $3, CASE WHEN $2 = 'closed' THEN $3::timestamptz END)
       ON CONFLICT (day) DO UPDATE SET state = EXCLUDED.state, closed_at = EXCLUDED.closed_at
       WHERE t.state <> 'closed'`,
      [day, state, at],
    );
  }

  /**
   * Has PostgreSQL look at tables that have grown by half since it last did: it does so by itself, but a minute or more
   * after a large import, and the plans of a run that begins at once would rest on empty tables.
   */
  async analyzeGrown(tx: Tx): Promise<void> {
    const { query } = open(tx);
    const [grown] = await query<{ tables: string | null }>(
      `SELECT string_agg(format('%I.%I', schemaname, relname), ', ') AS tables FROM pg_stat_user_tables
       WHERE schemaname = 'steward' AND n_mod_since_analyze > greatest(500, n_live_tup / 2)`,
    );
    if (grown?.tables) await query(`ANALYZE ${grown.tables}`);
  }

  async addRun(tx: Tx, run: Run, requestedBy: string | null, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.refresh_run (id, kind, from_day, to_day, overwrite, state, requested_by, created_at)
       VALUES ($1, $2, $3::date, $4::date, $5, 'running', $6, $7) ON CONFLICT (id) DO NOTHING`,
      [run.id, run.kind, run.fromDay, run.toDay, run.overwrite, requestedBy, at],
    );
  }

  /** Runs that have not come to their end, oldest first. */
  unfinishedRuns(tx: Tx): Promise<Run[]> {
    return open(tx).prepared(
      `SELECT ${RUN} FROM steward.refresh_run WHERE finished_at IS NULL ORDER BY created_at, id`,
    );
  }

  async run(tx: Tx, id: string): Promise<(Run & { isFinished: boolean }) | null> {
    const [row] = await open(tx).query<Run & { isFinished: boolean }>(
      `SELECT ${RUN}, finished_at IS NOT NULL AS "isFinished" FROM steward.refresh_run WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async finishRun(tx: Tx, id: string, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.refresh_run SET state = 'done', finished_at = $2 WHERE id = $1 AND finished_at IS NULL`,
      [id, at],
    );
  }

  /** How far the buckets of a run have come; one that is not listed has not begun. */
  progress(tx: Tx, runId: string): Promise<{ bucket: number; throughDay: IsoDay; done: boolean; accounts: number }[]> {
    return open(tx).prepared(
      `SELECT bucket, through_day AS "throughDay", done, accounts FROM steward.refresh_run_bucket WHERE run_id = $1`,
      [runId],
    );
  }

  /** The last day that all of these buckets have passed, and whether they are at their end. */
  async walkedThrough(tx: Tx, runId: string, buckets: readonly number[]): Promise<{ day: Day | null; done: boolean }> {
    const rows = (await this.progress(tx, runId)).filter((row) => buckets.includes(row.bucket));
    if (rows.length < buckets.length) return { day: null, done: false };
    const days = rows.map((row) => toDay(row.throughDay));
    return { day: days.reduce(earlier), done: rows.every((row) => row.done) };
  }

  /** Accounts of a batch that stand in the work table: they are on a walk through past days. */
  async walking(tx: Tx, batch: Batch): Promise<string[]> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string }>(
      `SELECT account_id AS id FROM steward.account_rebuild WHERE ${inBatch(batch, 'account_id', bind)} ORDER BY account_id`,
      values,
    );
    return rows.map(({ id }) => id);
  }

  /** A day or bucket that is done stays so, whoever comes later. */
  async setProgress(
    tx: Tx,
    runId: string,
    buckets: readonly number[],
    step: { throughDay: IsoDay; done: boolean; accounts: number | null },
  ): Promise<void> {
    await open(tx).prepared(
      `INSERT INTO steward.refresh_run_bucket AS t (run_id, bucket, accounts, through_day, done)
       SELECT $1, b, CASE WHEN b = $6 THEN coalesce($5::int, 0) ELSE 0 END, $3::date, $4 FROM unnest($2::int[]) AS b ORDER BY b
       ON CONFLICT (run_id, bucket) DO UPDATE
       SET through_day = greatest(t.through_day, EXCLUDED.through_day), done = t.done OR EXCLUDED.done,
         accounts = CASE WHEN $5 IS NULL THEN t.accounts ELSE EXCLUDED.accounts END`,
      [runId, [...buckets], step.throughDay, step.done, step.accounts, buckets[0] ?? 0],
    );
  }

  /** Whether there are events of alerts that nobody was told of. */
  async hasNews(tx: Tx): Promise<boolean> {
    const [row] = await open(tx).prepared<{ news: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM steward.alert_event WHERE told_at IS NULL) AS news`,
    );
    return row?.news ?? false;
  }
}
