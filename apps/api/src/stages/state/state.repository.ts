import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { LOCKS } from '../../db/advisory-locks.js';
import { realsArray, smallintsArray } from '../../db/binary-arrays.js';
import { Binder } from '../../db/rules/binder.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import { type Batch, inBatch } from '../batch.js';
import type { StateTable } from '../day-run.js';
import type { HealthColumns } from './health-columns.js';
import { closedColumns, computedColumns, EMPTY_RINGS, rolledMemory, seededMemory } from './memory-sql.js';
import type { SignalColumns } from './signal-columns.js';
import type { EarlierSignals, StateRow } from './state-row.js';
import { TermsRepository } from './terms.repository.js';
import { type Column, HEALTH_COLUMNS, listsOf, parametersOf, writtenOf } from './written-columns.js';

const days = (...columns: string[]) => columns.map((column) => `${dayNumber(`s.${column}`)} AS ${column}`).join(', ');
const texts = (...columns: string[]) => columns.map((column) => `s.${column}::text AS ${column}`).join(', ');

/** The row's result and opening. Before a new day most of the result is not looked at: it is the opening of the day. */
function stateColumns(day: string): string {
  const again = (column: string, value = `s.${column}`) => `CASE WHEN s.as_of = ${day} THEN ${value} END AS ${column}`;
  const ofTheSameDay = [
    ...['csm_user_id', 'am_user_id', 'mrr_minor', 'seats', 'usage_covered'].map((each) => again(each)),
    again('customer_since', dayNumber('s.customer_since')),
    ...['signals', 'null_reasons'].map((each) => again(each, `s.${each}::text`)),
    ...['closed_band', 'closed_tier', 'closed_stage'].map((each) => again(each)),
    ...['closed_band_since', 'closed_tier_since', 'closed_stage_since'].map((each) =>
      again(each, dayNumber(`s.${each}`)),
    ),
  ];
  return `s.account_id, ${days('as_of', 'renewal_date')}, s.arr_minor, s.status, s.tier, s.raw_tier, ${days('tier_since')}, s.health_version_id, s.score,
  s.band, ${days('band_since')}, s.coverage, ${texts('caps')}, s.model_change, s.health_change, s.trend, s.stage,
  ${days('stage_since')}, s.tier_version, s.stage_version, s.closed_score, s.closed_health_version_id,
  ${texts('closed_caps')}, s.closed_status, s.last_scored_version_id, ${texts('last_scored_caps')},
  ${texts('score_ring', 'raw_tier_ring')},
  CASE WHEN s.model_change_ring <> '{0}'::real[] THEN s.model_change_ring::text END AS model_change_ring, ${ofTheSameDay.join(', ')}`;
}

/** Rows by how they are written. */
export interface WrittenSignals {
  inserted: readonly SignalColumns[];
  /** Of an earlier day until now. */
  rolled: readonly SignalColumns[];
  /** The health foretold of those, in their order. */
  foretold: readonly HealthColumns[];
  /** Of the day already. */
  changed: readonly SignalColumns[];
  /** Those among them that are new or had another ARR or renewal date. */
  otherTerms: readonly SignalColumns[];
}

const SIGNAL_COLUMNS: readonly Column<SignalColumns>[] = [
  ['account_id', 'uuid', 'accountId'],
  ['status', 'text', 'status'],
  ['csm_user_id', 'uuid', 'csm'],
  ['am_user_id', 'uuid', 'am'],
  ['arr_minor', 'bigint', 'arrMinor'],
  ['mrr_minor', 'bigint', 'mrrMinor'],
  ['seats', 'integer', 'seats'],
  ['customer_since', 'date', 'customerSince'],
  ['renewal_date', 'date', 'renewalDate'],
  ['usage_covered', 'boolean', 'usageCovered'],
];

/**
 * The columns of rows as lists, from the parameter of that number on, as `u`. Signals of all rows are one list, of which
 * each row takes its part: they are most of a row, and PostgreSQL reads bytes several times faster than digits.
 */
function statementLists(first: number, withHealth: boolean) {
  const health = withHealth ? HEALTH_COLUMNS : [];
  const columns = [...writtenOf(SIGNAL_COLUMNS), ...writtenOf(health)];
  const lists = [...parametersOf(SIGNAL_COLUMNS, first), ...parametersOf(health, first + SIGNAL_COLUMNS.length)];
  const [signals, reasons, width] = [0, 1, 2].map((more) => `$${first + columns.length + more}`);
  const partOf = (list: string) => `(${list})[(u.place::int - 1) * ${width}::int + 1 : u.place::int * ${width}::int]`;
  return {
    from: `unnest(${lists.join(', ')}) WITH ORDINALITY AS u (${columns.map(({ name }) => name).join(', ')}, place)`,
    columns: [
      ...columns,
      { name: 'signals', value: `array_replace(${partOf(`${signals}::real[]`)}, 'NaN', NULL)` },
      { name: 'null_reasons', value: partOf(`${reasons}::smallint[]`) },
    ],
    of: (rows: readonly SignalColumns[], healths: readonly HealthColumns[]) => [
      ...listsOf(SIGNAL_COLUMNS, rows),
      ...listsOf(health, healths),
      realsArray(rows.map(valuesOf)),
      smallintsArray(rows.map(nullReasonsOf)),
      widthOf(rows),
    ],
  };
}

const valuesOf = ({ values }: SignalColumns) => values;
const nullReasonsOf = ({ nullReasons }: SignalColumns) => nullReasons;

/** How many signals each of the rows has. */
function widthOf(rows: readonly SignalColumns[]): number {
  const width = rows[0]?.values.length ?? 0;
  for (const { values, nullReasons } of rows) {
    if (values.length === width && nullReasons.length === width) continue;
    throw new Error('The signals of all rows of a day are of one length');
  }
  return width;
}

const INSERTED = statementLists(3, false);
const ROLLED = statementLists(3, true);
const CHANGED = statementLists(2, false);

/** Sets all columns of the lists but the account's id, which comes first. */
function setsOf({ columns }: Pick<typeof INSERTED, 'columns'>): string {
  return columns
    .slice(1)
    .map(({ name, value }) => `${name} = ${value}`)
    .join(', ');
}

/** Reads and writes the rows of computed state. Rows go in the order of accounts. */
@Injectable()
export class StateRepository {
  constructor(private readonly terms: TermsRepository) {}

  /**
   * Held from before loading until the commit: one writer of computed rows a bucket. Taken in ascending order. The
   * statements that follow run on one core each: to start helpers takes longer than a batch's work, and batches run side
   * by side. They look accounts up: a plan made while a table was known to be empty, as a month's partition is before
   * the month, would else go on reading all of it.
   */
  async lockBuckets(tx: Tx, buckets: readonly number[]): Promise<void> {
    await open(tx).prepared(
      `SELECT pg_advisory_xact_lock(${LOCKS.buckets}, b), set_config('max_parallel_workers_per_gather', '0', true),
         set_config('enable_seqscan', 'off', true)
       FROM (SELECT b FROM unnest($1::int[]) AS b ORDER BY b) AS ordered`,
      [[...buckets]],
    );
  }

  /** The states from which a day is run. */
  states(tx: Tx, table: StateTable, batch: Batch, day: IsoDay): Promise<StateRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT ${stateColumns(`${bind(day)}::date`)} FROM steward.${table} s
       WHERE ${inBatch(batch, 's.account_id', bind)}`,
      values,
    );
  }

  /** Of rows that stand on their day already: the signals that the scores of their opening were made from. */
  earlierSignals(tx: Tx, table: StateTable, ids: readonly string[]): Promise<EarlierSignals[]> {
    return open(tx).prepared(
      `SELECT account_id, closed_signals::text AS closed_signals, last_scored_signals::text AS last_scored_signals
       FROM steward.${table} WHERE account_id = ANY($1::uuid[])`,
      [[...ids]],
    );
  }

  /**
   * Writes what the first stage computed. A row of an earlier day takes its own result as the close of the day before
   * first, in the same write, and the health that is foretold: a row is long, and most are written this once.
   */
  async writeSignals(tx: Tx, table: StateTable, day: IsoDay, rows: WrittenSignals, at: Date): Promise<void> {
    const { prepared } = open(tx);
    if (rows.inserted.length > 0) {
      await prepared(
        `INSERT INTO steward.${table} (${INSERTED.columns.map(({ name }) => name).join(', ')}, as_of, caps, model_change, ${EMPTY_RINGS.columns}, updated_at)
         SELECT ${INSERTED.columns.map(({ value }) => value).join(', ')}, $1::date, '{}', 0, ${EMPTY_RINGS.values}, $2
         FROM ${INSERTED.from} ORDER BY u.account_id`,
        [day, at, ...INSERTED.of(rows.inserted, [])],
      );
    }
    if (rows.rolled.length > 0) {
      await prepared(
        `UPDATE steward.${table} s SET as_of = $1::date, updated_at = $2, ${setsOf(ROLLED)}, ${rolledMemory('$1::date')}
         FROM ${ROLLED.from} WHERE s.account_id = u.account_id AND s.account_id = ANY($3::uuid[])`,
        [day, at, ...ROLLED.of(rows.rolled, rows.foretold)],
      );
    }
    if (rows.changed.length > 0) {
      await prepared(
        `UPDATE steward.${table} s SET updated_at = $1, ${setsOf(CHANGED)}
         FROM ${CHANGED.from} WHERE s.account_id = u.account_id AND s.account_id = ANY($2::uuid[])`,
        [at, ...CHANGED.of(rows.changed, [])],
      );
    }
    if (table === 'account_state') await this.terms.keep(tx, rows.otherTerms);
  }

  /** The day's snapshots of the batch, from the state: of all accounts, of those without one, or of those that have one. */
  async writeSnapshots(
    tx: Tx,
    table: StateTable,
    batch: Batch,
    day: IsoDay,
    of: 'all' | 'missing' | 'existing',
  ): Promise<void> {
    // Looking for a row to update as each one is put in costs half as much again as the rows themselves. The few accounts
    // of a list mostly have theirs.
    const isFirst = of === 'all' && batch.kind === 'range' && !(await this.hasSnapshots(tx, batch, day));
    const { bind, values } = new Binder();
    const computed = computedColumns();
    const names = computed.join(', ');
    const on = `${bind(day)}::date`;
    const differs = `(${computed.map((c) => `t.${c}`).join(', ')}, t.stale) IS DISTINCT FROM
      (${computed.map((c) => `EXCLUDED.${c}`).join(', ')}, false)`;
    const conflict =
      of === 'missing'
        ? 'DO NOTHING'
        : `DO UPDATE SET ${computed.map((c) => `${c} = EXCLUDED.${c}`).join(', ')}, stale = false WHERE ${differs}`;
    const existing =
      of === 'existing'
        ? `AND EXISTS (SELECT 1 FROM steward.account_snapshot x WHERE x.account_id = s.account_id AND x.day = ${on})`
        : '';
    await open(tx).prepared(
      `INSERT INTO steward.account_snapshot AS t (account_id, day, ${names}, stale)
       SELECT s.account_id, ${on}, ${computed.map((c) => `s.${c}`).join(', ')}, false
       FROM steward.${table} s WHERE ${inBatch(batch, 's.account_id', bind)} AND s.as_of = ${on} ${existing}
       ORDER BY s.account_id ${isFirst ? '' : `ON CONFLICT (account_id, day) ${conflict}`}`,
      values,
    );
  }

  /** Whether any account of the batch has a snapshot of the day: nobody else writes them while its buckets are held. */
  private async hasSnapshots(tx: Tx, batch: Batch, day: IsoDay): Promise<boolean> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).prepared<{ found: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM steward.account_snapshot
         WHERE ${inBatch(batch, 'account_id', bind)} AND day = ${bind(day)}::date) AS found`,
      values,
    );
    return row?.found ?? false;
  }

  /** Accounts of the batch that have a snapshot of the day. */
  async withSnapshot(tx: Tx, batch: Batch, day: IsoDay): Promise<Set<string>> {
    const { bind, values } = new Binder();
    const rows = await open(tx).prepared<{ account_id: string }>(
      `SELECT account_id FROM steward.account_snapshot
       WHERE ${inBatch(batch, 'account_id', bind)} AND day = ${bind(day)}::date`,
      values,
    );
    return new Set(rows.map((row) => row.account_id));
  }

  /** Empties the batch's part of the work table before a walk through past days. */
  async clearRebuild(tx: Tx, batch: Batch): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).prepared(`DELETE FROM steward.account_rebuild WHERE ${inBatch(batch, 'account_id', bind)}`, values);
  }

  /**
   * Puts the batch into the work table as it stood at the close of a day, from its snapshots: a walk goes on from
   * there. One that walks in does so from what late facts have not touched, and from no stage that another set of stages
   * found than these versions, unless a person gave it.
   */
  async seedRebuild(
    tx: Tx,
    batch: Batch,
    closed: IsoDay,
    at: Date,
    walksIn: { stageVersions: readonly number[] } | null = null,
  ): Promise<void> {
    const { bind, values } = new Binder();
    const day = `${bind(closed)}::date`;
    const computed = computedColumns();
    const memory = seededMemory(day, RING_DAYS);
    const isStageCarried = walksIn
      ? `s.stage_version = ANY(${bind(walksIn.stageVersions)}::int[]) OR EXISTS (SELECT 1 FROM steward.stage_lock l
           WHERE l.account_id = s.account_id AND l.stage = s.stage AND l.from_day >= s.stage_since AND l.from_day <= s.day)`
      : 'true';
    const seeded = (column: string) =>
      column === 'stage' || column === 'stage_since'
        ? `CASE WHEN ${isStageCarried} THEN s.${column} END`
        : `s.${column}`;
    await open(tx).prepared(
      `INSERT INTO steward.account_rebuild
         (account_id, as_of, ${computed.join(', ')}, ${memory.columns.join(', ')}, updated_at)
       SELECT s.account_id, s.day, ${computed.map(seeded).join(', ')}, ${memory.values.join(', ')}, ${bind(at)}
       FROM steward.account_snapshot s WHERE ${inBatch(batch, 's.account_id', bind)} AND s.day = ${day}
         ${walksIn ? 'AND NOT s.stale' : ''}
       ORDER BY s.account_id`,
      values,
    );
  }

  /**
   * After the first day of a walk: a stage that the day found by itself has held since the snapshot of the close before
   * says, where it is the same there.
   */
  async keepStageSince(tx: Tx, batch: Batch, closed: IsoDay): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).prepared(
      `UPDATE steward.account_rebuild r SET stage_since = s.stage_since
       FROM steward.account_snapshot s
       WHERE ${inBatch(batch, 'r.account_id', bind)} AND ${inBatch(batch, 's.account_id', bind)}
         AND s.account_id = r.account_id AND s.day = ${bind(closed)}::date AND NOT s.stale
         AND s.stage = r.stage AND s.stage_since < r.stage_since`,
      values,
    );
  }

  /**
   * Makes the work table's closed day the close that today starts from: for all accounts, for those that have no closed
   * day yet (`new`), or for those whose state does not wait at that close or before (`notYet`): it was computed for a
   * later day, or never.
   */
  async adoptRebuild(tx: Tx, batch: Batch, of: 'all' | 'new' | 'notYet'): Promise<void> {
    const { bind, values } = new Binder();
    const columns = ['as_of', ...computedColumns(), ...closedColumns(), 'updated_at'];
    const names = columns.join(', ');
    const known = `SELECT 1 FROM steward.account_state k WHERE k.account_id = r.account_id`;
    const which = {
      all: 'TRUE',
      new: `NOT EXISTS (${known} AND k.closed_status IS NOT NULL)`,
      notYet: `NOT EXISTS (${known} AND k.as_of <= r.as_of)`,
    }[of];
    await open(tx).prepared(
      `INSERT INTO steward.account_state (account_id, ${names})
       SELECT r.account_id, ${columns.map((c) => `r.${c}`).join(', ')}
       FROM steward.account_rebuild r JOIN steward.account a ON a.id = r.account_id
       WHERE ${inBatch(batch, 'r.account_id', bind)} AND ${inBatch(batch, 'a.id', bind)} AND ${which} ORDER BY r.account_id
       ON CONFLICT (account_id) DO UPDATE SET ${columns.map((c) => `${c} = EXCLUDED.${c}`).join(', ')}`,
      values,
    );
    await this.terms.keepOfBatch(tx, batch);
  }
}
