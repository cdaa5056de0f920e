import { Injectable } from '@nestjs/common';
import type { FactKind } from '@steward/shared/fact-kinds';
import type { ImportDetail, ImportProblem, ImportState, SavedMapping } from '@steward/shared/import-api';
import type { ImportCounts, ImportMapping } from '@steward/shared/imports';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import type { Rejected } from './import-rows.js';
import type { Importer } from './importer.js';

export interface ImportTotals {
  wouldDo: ImportCounts | null;
  did: ImportCounts | null;
  ownerTexts: string[];
  keptByHand: number;
  /** Rows that bring an amount, by its currency; imports of before it was counted have none. */
  currencies?: Record<string, number>;
}

/** Of a run that has done nothing yet. */
export const NOTHING_DONE = {
  did: null,
  ownerTexts: [],
  keptByHand: 0,
  currencies: {},
} satisfies Omit<ImportTotals, 'wouldDo'>;

export interface StoredImport {
  id: string;
  kind: FactKind;
  fileName: string;
  filePath: string;
  fileBytes: number;
  fileSha256: string;
  mapping: ImportMapping | null;
  state: ImportState;
  totals: ImportTotals;
  bytesRead: number;
  committedLine: number;
  problem: ImportProblem | null;
  attempts: number;
  headers: readonly string[];
  /** A person or an API key; null: a command. */
  createdBy: string | null;
  createdByName: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const COLUMNS = `i.id, i.fact_kind AS kind, i.file_name AS "fileName", i.file_path AS "filePath", i.file_bytes AS "fileBytes",
  i.file_sha256 AS "fileSha256", i.mapping, i.state, i.counts AS totals, i.bytes_read AS "bytesRead",
  i.committed_line AS "committedLine", i.error AS problem, i.attempts, i.headers, i.created_by AS "createdBy",
  COALESCE((SELECT full_name FROM steward.app_user WHERE id = i.created_by),
    (SELECT name FROM steward.api_key WHERE id = i.created_by)) AS "createdByName",
  i.created_at AS "createdAt", i.started_at AS "startedAt", i.finished_at AS "finishedAt"`;

/** An import as it stands after a step. */
export type MovedImport = Pick<StoredImport, 'id' | 'kind' | 'fileName' | 'totals'>;
const MOVED = `id, fact_kind AS kind, file_name AS "fileName", counts AS totals`;

/** How an import read its file. */
export interface EarlierReading {
  fileName: string;
  mapping: ImportMapping;
}

/** A run that has not been heard of for so long was killed. */
const SILENT_AFTER = `interval '2 minutes'`;

/** A run as it was begun: once it is cancelled and begun anew, the earlier one writes nothing more. */
export interface OwnRun {
  id: string;
  state: 'checking' | 'running';
  attempts: number;
}

export interface Advance extends OwnRun {
  fromLine: number;
  toLine: number;
  bytesRead: number;
  totals: ImportTotals;
  at: Date;
}

@Injectable()
export class ImportsRepository {
  async add(
    tx: Tx,
    one: Omit<
      StoredImport,
      'totals' | 'bytesRead' | 'committedLine' | 'problem' | 'attempts' | 'createdByName' | 'startedAt' | 'finishedAt'
    >,
    fingerprint: string,
  ): Promise<void> {
    const totals: ImportTotals = { wouldDo: null, ...NOTHING_DONE };
    await open(tx).query(
      `INSERT INTO steward.import (id, fact_kind, file_name, file_path, file_bytes, file_sha256, mapping, state, counts, bytes_read,
         committed_line, attempts, created_by, created_at, headers, header_fingerprint)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, $10, $11, $12, $13)`,
      [
        one.id,
        one.kind,
        one.fileName,
        one.filePath,
        one.fileBytes,
        one.fileSha256,
        one.mapping,
        one.state,
        totals,
        one.createdBy,
        one.createdAt,
        one.headers,
        fingerprint,
      ],
    );
  }

  /** Null: there is none, or none for this reader. */
  async find(tx: Tx, id: string, by: Importer): Promise<StoredImport | null> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<StoredImport>(
      `SELECT ${COLUMNS} FROM steward.import i WHERE i.id = ${bind(id)} AND ${mayRead(by, bind)}`,
      values,
    );
    return rows[0] ?? null;
  }

  async newest(tx: Tx, by: Importer, limit: number): Promise<StoredImport[]> {
    const { bind, values } = new Binder();
    return open(tx).query<StoredImport>(
      `SELECT ${COLUMNS} FROM steward.import i WHERE ${mayRead(by, bind)} ORDER BY i.created_at DESC LIMIT ${bind(limit)}`,
      values,
    );
  }

  /** Headers come anew with a mapping, which may say how the file is written. */
  async setMapping(
    tx: Tx,
    id: string,
    mapping: ImportMapping,
    headers: readonly string[],
    fingerprint: string,
  ): Promise<void> {
    await open(tx).query(
      `UPDATE steward.import SET mapping = $2, fact_kind = $3, error = NULL, headers = $4, header_fingerprint = $5 WHERE id = $1`,
      [id, mapping, mapping.kind, headers, fingerprint],
    );
  }

  /** Keeps the formats that a run has found. False: the run is no longer the import's. */
  async keepSettled(tx: Tx, { id, state, attempts }: OwnRun, mapping: ImportMapping): Promise<boolean> {
    const rows = await open(tx).query<{ id: string }>(
      `WITH kept AS (
         UPDATE steward.import SET mapping = $4 WHERE id = $1 AND state = $2 AND attempts = $3 RETURNING id)
       SELECT id FROM kept`,
      [id, state, attempts, mapping],
    );
    return rows.length > 0;
  }

  /** How these imports read their files. */
  async readingsOf(tx: Tx, ids: readonly string[], by: Importer): Promise<EarlierReading[]> {
    const { bind, values } = new Binder();
    return open(tx).query<EarlierReading>(
      `SELECT i.file_name AS "fileName", i.mapping FROM steward.import i
       WHERE i.id::text = ANY(${bind(ids)}::text[]) AND i.mapping IS NOT NULL AND ${mayRead(by, bind)}`,
      values,
    );
  }

  /** How imports of files with this header read them that rejected rows: each way once, by the newest. */
  async readingsOfRejecting(tx: Tx, fingerprint: string, by: Importer): Promise<EarlierReading[]> {
    const { bind, values } = new Binder();
    return open(tx).query<EarlierReading>(
      `SELECT DISTINCT ON (i.mapping) i.file_name AS "fileName", i.mapping FROM steward.import i
       WHERE i.header_fingerprint = ${bind(fingerprint)} AND i.mapping IS NOT NULL AND ${mayRead(by, bind)}
         AND EXISTS (SELECT 1 FROM steward.import_rejection r WHERE r.import_id = i.id)
       ORDER BY i.mapping, i.created_at DESC`,
      values,
    );
  }

  /** Moves an import on where it stands in one of the states; null: it does not. */
  async move(
    tx: Tx,
    id: string,
    from: readonly ImportState[],
    to: ImportState,
    at: Date,
    problem: ImportProblem | null = null,
  ): Promise<MovedImport | null> {
    const rows = await open(tx).query<MovedImport>(
      `WITH moved AS (
         UPDATE steward.import SET state = $3, error = $4, heartbeat_at = $5,
           finished_at = CASE WHEN $3 IN ('done', 'failed', 'cancelled') THEN $5::timestamptz END
         WHERE id = $1 AND state = ANY($2::text[]) RETURNING *)
       SELECT ${MOVED} FROM moved`,
      [id, from, to, problem, at],
    );
    return rows[0] ?? null;
  }

  /** Takes back what an earlier run said of itself: what is shown from now on is the next one's. */
  async forgetRun(tx: Tx, id: string): Promise<void> {
    await open(tx).query(
      `UPDATE steward.import SET counts = counts || $2::jsonb, committed_line = 0, bytes_read = 0 WHERE id = $1`,
      [id, JSON.stringify(NOTHING_DONE)],
    );
    await this.clearRejections(tx, id);
  }

  /** Begins or takes up a run or a dry run. A begun run keeps its start, so that what it stores stays recognisable. */
  async begin(tx: Tx, id: string, state: 'checking' | 'running', at: Date): Promise<StoredImport | null> {
    const rows = await open(tx).query<StoredImport>(
      `WITH begun AS (
         UPDATE steward.import SET state = $2, error = NULL, heartbeat_at = $3, attempts = attempts + 1,
           started_at = CASE WHEN $2 = 'running' THEN COALESCE(started_at, $3) ELSE started_at END,
           committed_line = CASE WHEN $2 = 'checking' OR state <> 'running' THEN 0 ELSE committed_line END,
           bytes_read = CASE WHEN $2 = 'checking' OR state <> 'running' THEN 0 ELSE bytes_read END,
           finished_at = NULL
         WHERE id = $1 AND (state = $4 OR state = $2)
         RETURNING *)
       SELECT ${COLUMNS} FROM begun i`,
      [id, state, at, state === 'running' ? 'queued' : 'checking'],
    );
    return rows[0] ?? null;
  }

  /** Progress, in the transaction of the batch. False: someone cancelled the import, or another worker has taken it. */
  async advance(tx: Tx, { id, state, attempts, fromLine, toLine, bytesRead, totals, at }: Advance): Promise<boolean> {
    const rows = await open(tx).query<{ id: string }>(
      `WITH advanced AS (
         UPDATE steward.import SET committed_line = $4, bytes_read = $5, counts = $6, heartbeat_at = $7
         WHERE id = $1 AND state = $2 AND committed_line = $3 AND attempts = $8 RETURNING id)
       SELECT id FROM advanced`,
      [id, state, fromLine, toLine, bytesRead, totals, at, attempts],
    );
    return rows.length > 0;
  }

  async clearRejections(tx: Tx, id: string): Promise<void> {
    await open(tx).query(`DELETE FROM steward.import_rejection WHERE import_id = $1`, [id]);
  }

  async addRejections(tx: Tx, id: string, rejected: readonly Rejected[]): Promise<void> {
    if (rejected.length === 0) return;
    const seqOf = new Map<number, number>();
    const seqs = rejected.map(({ line }) => {
      const seq = seqOf.get(line) ?? 0;
      seqOf.set(line, seq + 1);
      return seq;
    });
    const input = rejected.map(({ line, column, value, code, message, cells }, index) => ({
      import_id: id,
      line,
      seq: seqs[index],
      column_name: column,
      value: value?.slice(0, 2_000) ?? null,
      code,
      message,
      record: cells.map((cell) => cell.slice(0, 20_000)),
    }));
    await open(tx).query(
      `INSERT INTO steward.import_rejection
       SELECT * FROM json_populate_recordset(NULL::steward.import_rejection, $1::json) ON CONFLICT DO NOTHING`,
      [JSON.stringify(input)],
    );
  }

  async rejections(
    tx: Tx,
    id: string,
    after: { line: number; seq: number },
    limit: number,
  ): Promise<(Rejected & { seq: number })[]> {
    return open(tx).query(
      `SELECT line, seq, column_name AS column, value, code, message, record AS cells FROM steward.import_rejection
       WHERE import_id = $1 AND (line, seq) > ($2, $3) ORDER BY line, seq LIMIT $4`,
      [id, after.line, after.seq, limit],
    );
  }

  /** Imports whose work is due and that nobody is known to be doing. */
  async due(tx: Tx, now: Date): Promise<{ id: string; state: 'queued' | 'checking' | 'running' }[]> {
    return open(tx).query(
      `SELECT id, state FROM steward.import
       WHERE state IN ('queued', 'checking', 'running') AND COALESCE(heartbeat_at, created_at) < $1::timestamptz - ${SILENT_AFTER}
       ORDER BY created_at LIMIT 100`,
      [now],
    );
  }

  /** Imports with a file that nobody has touched since: none that is being worked on. */
  async outlived(tx: Tx, before: Date): Promise<{ id: string; filePath: string }[]> {
    return open(tx).query(
      `SELECT id, file_path AS "filePath" FROM steward.import
       WHERE file_expired_at IS NULL AND state NOT IN ('queued', 'checking', 'running')
         AND greatest(created_at, finished_at, heartbeat_at) < $1
       ORDER BY created_at LIMIT 1000`,
      [before],
    );
  }

  /** Says that the files are gone; imports that were never done end with that, and are returned. */
  async fileGone(tx: Tx, ids: readonly string[], problem: ImportProblem, at: Date): Promise<MovedImport[]> {
    await open(tx).query(
      `UPDATE steward.import SET file_expired_at = $2
       WHERE id = ANY($1::uuid[]) AND state NOT IN ('queued', 'checking', 'running')`,
      [ids, at],
    );
    return open(tx).query<MovedImport>(
      `WITH ended AS (
         UPDATE steward.import SET error = $3, finished_at = $2, state = 'cancelled'
         WHERE id = ANY($1::uuid[]) AND state IN ('uploaded', 'checked') RETURNING *)
       SELECT ${MOVED} FROM ended`,
      [ids, at, problem],
    );
  }

  /** Of these ids those of imports whose file is still wanted. */
  async withFile(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM steward.import WHERE id = ANY($1::uuid[]) AND file_expired_at IS NULL`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  async forgetRejections(tx: Tx, before: Date): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.import_rejection r USING steward.import i
       WHERE i.id = r.import_id AND i.state NOT IN ('queued', 'checking', 'running')
         AND greatest(i.created_at, i.finished_at, i.heartbeat_at) < $1`,
      [before],
    );
  }

  async mappingsFor(tx: Tx, fingerprint: string | null): Promise<SavedMapping[]> {
    return open(tx).query<SavedMapping>(
      `SELECT id, name, fact_kind AS kind, mapping FROM steward.saved_mapping
       WHERE $1::text IS NULL OR header_fingerprint = $1 ORDER BY updated_at DESC LIMIT 200`,
      [fingerprint],
    );
  }

  async saveMapping(tx: Tx, saved: SavedMapping, fingerprint: string, by: string | null, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.saved_mapping (id, name, fact_kind, header_fingerprint, mapping, created_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
       ON CONFLICT (name) DO UPDATE SET fact_kind = EXCLUDED.fact_kind, header_fingerprint = EXCLUDED.header_fingerprint,
         mapping = EXCLUDED.mapping, updated_at = EXCLUDED.updated_at`,
      [saved.id, saved.name, saved.kind, fingerprint, saved.mapping, by, at],
    );
  }

  async dropMapping(tx: Tx, id: string): Promise<boolean> {
    const rows = await open(tx).query<{ id: string }>(
      `WITH gone AS (DELETE FROM steward.saved_mapping WHERE id = $1 RETURNING id) SELECT id FROM gone`,
      [id],
    );
    return rows.length > 0;
  }

  /** Texts that match no user today, with the accounts that carry them as CSM or AM. */
  async unmatchedOwners(tx: Tx, texts: readonly string[], scope: Scope): Promise<{ text: string; accounts: number }[]> {
    if (texts.length === 0) return [];
    const { bind, values } = new Binder();
    const given = `${bind(texts)}::text[]`;
    const owned = (role: 'csm' | 'am') => `SELECT a.id, a.${role}_text AS text FROM steward.account a
      WHERE a.${role}_user_id IS NULL AND a.${role}_text = ANY(${given}) AND ${scopePredicate(scope, bind)}`;
    return open(tx).query(
      `SELECT text, count(DISTINCT id) AS accounts FROM (${owned('csm')} UNION ALL ${owned('am')}) owned
       GROUP BY text ORDER BY accounts DESC, text`,
      values,
    );
  }

  /** Those of the currencies that are not the workspace's and have no exchange rate, the most rows first. */
  withoutRate(tx: Tx, rowsByCurrency: Record<string, number>): Promise<ImportDetail['withoutRate']> {
    return open(tx).query(
      `SELECT c.key AS currency, c.value::int AS rows FROM jsonb_each_text($1::jsonb) c
       WHERE c.key <> (SELECT w.currency FROM steward.workspace w)
         AND NOT EXISTS (SELECT 1 FROM steward.exchange_rate r WHERE r.currency = c.key)
       ORDER BY rows DESC, currency`,
      [JSON.stringify(rowsByCurrency)],
    );
  }
}

/** Holds for the imports that someone may look at and work on. */
function mayRead({ actor, scope }: Importer, bind: (value: unknown) => string): string {
  return scope.kind === 'all' ? 'TRUE' : `i.created_by = ${bind(actor.id)}::uuid`;
}
