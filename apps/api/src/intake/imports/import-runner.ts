import { Injectable } from '@nestjs/common';
import type { ImportProblem } from '@steward/shared/import-api';
import type { ImportCounts, ImportMapping } from '@steward/shared/imports';
import { isDataError } from '../../db/data-fault.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { PreparedMapping } from '../../domain/values/map-row.js';
import { Clock } from '../../platform/clock.js';
import type { CsvRow } from '../../platform/csv/csv-reader.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import type { Actor, FactContext, Outcome } from '../facts/arrival.js';
import { FactStore } from '../facts/fact-store.js';
import { addIsoDays, WorkspaceDays } from '../facts/workspace-days.js';
import { WorkspaceFacts } from '../facts/workspace-facts.js';
import { addCounts, NO_COUNTS, SeenInFile } from './import-counts.js';
import { ImportDesk } from './import-desk.js';
import { asRefused, ImportRefused, openFile, prepare, refused, settleFormats } from './import-file.js';
import { batchResult, type MappedRows, mapRows } from './import-rows.js';
import { ImportsRepository, type ImportTotals, NOTHING_DONE, type StoredImport } from './imports.repository.js';

const OWNER_TEXTS_KEPT = 1_000;
const NO_ROWS: MappedRows = { rows: [], facts: [], rowOf: [], rejected: [], empty: 0 };
/** As often is an import taken up that ends in an error that nobody foresaw. */
const MOST_ATTEMPTS = 5;

export interface Progress {
  bytesRead: number;
  fileBytes: number;
  counts: ImportCounts;
}

export interface RunOptions {
  /** Asked to stop at the next safe point; the run is taken up again later. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** The import was cancelled or taken over while its batch was stored: the batch is rolled back. */
class NotOurs extends Error {}

interface Run {
  id: string;
  attempts: number;
  /** Stores; otherwise only finds out what storing would do. */
  stores: boolean;
  prepared: PreparedMapping;
  context: FactContext;
  fileBytes: number;
  committedLine: number;
  totals: ImportTotals;
  counts: ImportCounts;
  seen: SeenInFile;
}

/**
 * Runs imports and dry runs: streams the file, stores batch after batch, and commits with each batch how far it came.
 * Killed at any point, it goes on after the last committed line, so that nothing is lost and nothing counts twice.
 */
@Injectable()
export class ImportRunner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
    private readonly desk: ImportDesk,
    private readonly store: FactStore,
    private readonly workspace: WorkspaceFacts,
    private readonly clock: Clock,
  ) {}

  /** Does the work of a queued import, or takes one up that was left. Does nothing where there is none to do. */
  run(id: string, actor: Actor, options: RunOptions = {}): Promise<void> {
    return this.work(id, 'running', actor, options);
  }

  /** Finds out what the import would do. */
  check(id: string, actor: Actor, options: RunOptions = {}): Promise<void> {
    return this.work(id, 'checking', actor, options);
  }

  private async work(id: string, state: 'checking' | 'running', actor: Actor, options: RunOptions): Promise<void> {
    const begun = await this.unitOfWork.run(async (tx) => {
      const one = await this.imports.begin(tx, id, state, this.clock.now());
      if (one && one.committedLine === 0) await this.imports.clearRejections(tx, id);
      return one;
    });
    if (begun === null) return;
    try {
      const run = await this.prepareRun(begun, state === 'running', actor);
      const finished = await this.walk(run, begun.filePath, options);
      if (!finished) return;
      if (state === 'running') this.desk.hintRefresh();
      await this.end(id, state, actor, null);
    } catch (error) {
      if (error instanceof NotOurs) return;
      const problem = problemOf(error, begun.attempts);
      if (problem === null) throw error;
      await this.end(id, state, actor, problem);
      if (!(error instanceof ImportRefused)) throw error;
    }
  }

  /** Says how the work ended. The state is moved once, however often the work was taken up, and so is its end logged. */
  private end(id: string, state: 'checking' | 'running', actor: Actor, problem: ImportProblem | null): Promise<void> {
    const next = problem !== null ? 'failed' : state === 'running' ? 'done' : 'checked';
    return this.unitOfWork.run(async (tx) => {
      const moved = await this.imports.move(tx, id, [state], next, this.clock.now(), problem);
      // A check changes nothing, however it ends.
      if (moved === null || state === 'checking') return;
      await this.desk.recordEnd(tx, actor, problem === null ? 'finished' : 'failed', moved);
    });
  }

  private async prepareRun(one: StoredImport, stores: boolean, actor: Actor): Promise<Run> {
    if (one.mapping === null) throw refused('NO_MAPPING', 'Say first what the columns are.');
    const receivedAt = one.startedAt ?? this.clock.now();
    const mapping = await this.settled(one, one.mapping, stores ? 'running' : 'checking');
    const context = await this.workspace.mappingContext(receivedAt);
    const { headers, csv } = await openFile(one.filePath, mapping);
    await csv.batches.return();
    const totals: ImportTotals = stores && one.committedLine > 0 ? one.totals : { ...one.totals, ...NOTHING_DONE };
    return {
      id: one.id,
      attempts: one.attempts,
      stores,
      prepared: prepare(mapping, headers, context),
      context: {
        sourceKey: 'files',
        receivedAt,
        observedAt: observedAt(mapping, receivedAt, context.timeZone),
        importId: one.id,
        actor,
        accountsMustExist: mapping.newAccounts === 'wait',
        ...(mapping.dated === null ? {} : { asOfDay: mapping.dated }),
      },
      fileBytes: one.fileBytes,
      committedLine: one.committedLine,
      totals,
      counts: { ...NO_COUNTS, ...(one.committedLine > 0 ? one.totals.did : null) },
      seen: new SeenInFile(),
    };
  }

  /** Formats are settled once and kept with the mapping: a run that is taken up reads the rest as it read the start. */
  private async settled(
    { id, attempts, committedLine, filePath }: StoredImport,
    mapping: ImportMapping,
    state: 'checking' | 'running',
  ): Promise<ImportMapping> {
    if (committedLine > 0) return mapping;
    const settled = await settleFormats(filePath, mapping);
    const kept = await this.unitOfWork.run((tx) => this.imports.keepSettled(tx, { id, state, attempts }, settled));
    // Someone has cancelled it meanwhile, and maybe said anew what the columns are.
    if (!kept) throw new NotOurs();
    return settled;
  }

  /** True when the end of the file was reached. */
  private async walk(run: Run, path: string, { signal, onProgress }: RunOptions): Promise<boolean> {
    const { csv, bytesRead } = await openFile(path, run.prepared.mapping);
    let shortRows = 0;
    try {
      for await (const batch of csv.batches) {
        const short = csv.stats.shortRows - shortRows;
        shortRows = csv.stats.shortRows;
        const rows = batch.filter(({ line }) => line > run.committedLine);
        if (rows.length === 0) continue;
        await this.take(run, rows, bytesRead(), rows.length === batch.length ? short : 0);
        onProgress?.({ bytesRead: bytesRead(), fileBytes: run.fileBytes, counts: run.counts });
        if (signal?.aborted) {
          await csv.batches.return();
          return false;
        }
      }
    } catch (error) {
      throw asRefused(error);
    }
    // A file without rows has counts, too.
    if (run.counts.rows === 0) await this.takeMapped(run, NO_ROWS, bytesRead(), 0);
    return true;
  }

  private async take(run: Run, rows: readonly CsvRow[], bytesRead: number, shortRows: number): Promise<void> {
    const mapped = mapRows(run.prepared, rows);
    try {
      await this.takeMapped(run, mapped, bytesRead, shortRows);
    } catch (error) {
      if (!isDataError(error)) throw error;
      await this.takeHalves(run, rows, bytesRead, shortRows, error);
    }
  }

  /** A row that the database refuses is found by halving, and rejected alone. */
  private async takeHalves(
    run: Run,
    rows: readonly CsvRow[],
    bytesRead: number,
    shortRows: number,
    error: unknown,
  ): Promise<void> {
    if (rows.length === 1) {
      const [row] = rows as [CsvRow];
      const message = `The row cannot be stored. ${toAppError(error).message}`;
      const rejection = {
        line: row.line,
        column: null,
        value: null,
        code: 'CANNOT_BE_STORED',
        message,
        cells: row.cells,
      };
      await this.takeMapped(
        run,
        { rows: [row], facts: [], rowOf: [], rejected: [rejection], empty: 0 },
        bytesRead,
        shortRows,
      );
      return;
    }
    const middle = Math.ceil(rows.length / 2);
    await this.take(run, rows.slice(0, middle), bytesRead, shortRows);
    await this.take(run, rows.slice(middle), bytesRead, 0);
  }

  private async takeMapped(run: Run, mapped: MappedRows, bytesRead: number, shortRows: number): Promise<void> {
    let next: Pick<Run, 'committedLine' | 'counts' | 'totals'> | null = null;
    const record = async (tx: Tx, outcomes: readonly Outcome[]) => {
      next = await this.record(tx, run, mapped, outcomes, bytesRead, shortRows);
    };
    if (run.stores) {
      const context = { ...run.context, lineOf: (index: number) => mapped.rowOf[index]!.line };
      await this.store.store(mapped.facts, context, (tx, { outcomes }) => record(tx, outcomes));
    } else {
      const outcomes = mapped.facts.length === 0 ? [] : (await this.store.rehearse(mapped.facts, run.context)).outcomes;
      const adjusted = outcomes.map((outcome, index) => run.seen.adjusted(outcome, mapped.facts[index]!));
      await this.unitOfWork.run((tx) => record(tx, adjusted));
    }
    // Only what is committed counts: a transaction that is retried starts again from the same place.
    Object.assign(run, next);
  }

  private async record(
    tx: Tx,
    run: Run,
    mapped: MappedRows,
    outcomes: readonly Outcome[],
    bytesRead: number,
    shortRows: number,
  ): Promise<Pick<Run, 'committedLine' | 'counts' | 'totals'>> {
    const result = batchResult(run.prepared, mapped, outcomes);
    const counts = addCounts(run.counts, { ...result.counts, shortRows });
    const totals: ImportTotals = {
      ...run.totals,
      [run.stores ? 'did' : 'wouldDo']: counts,
      ownerTexts: [...new Set([...run.totals.ownerTexts, ...result.ownerTexts])].slice(0, OWNER_TEXTS_KEPT),
      keptByHand: run.totals.keptByHand + result.keptByHand,
      currencies: summed(run.totals.currencies ?? {}, result.currencies),
    };
    const toLine = mapped.rows.at(-1)?.line ?? run.committedLine;
    await this.imports.addRejections(tx, run.id, result.rejected);
    const advanced = await this.imports.advance(tx, {
      id: run.id,
      state: run.stores ? 'running' : 'checking',
      attempts: run.attempts,
      fromLine: run.committedLine,
      toLine,
      bytesRead,
      totals,
      at: this.clock.now(),
    });
    if (!advanced) throw new NotOurs();
    return { committedLine: toLine, counts, totals };
  }
}

function summed(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sum = { ...a };
  for (const [key, count] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/** A file that is as of a day was true at that day's end; one that is not, when it was received. */
function observedAt(mapping: ImportMapping, receivedAt: Date, timeZone: string): Date {
  if (mapping.dated === null) return receivedAt;
  const end = new WorkspaceDays(timeZone).startOf(addIsoDays(mapping.dated, 1));
  return end < receivedAt ? end : receivedAt;
}

/** Why an import ends in failure; null: it is tried again. A fault of ours is not tried for ever, or nobody would know. */
function problemOf(error: unknown, attempts: number): ImportProblem | null {
  if (error instanceof ImportRefused) return error.problem;
  if (toAppError(error).status !== 500 || attempts < MOST_ATTEMPTS) return null;
  const message = 'Something went wrong here, and trying again did not help. The log has more.';
  return { code: 'IMPORT_BROKE_OFF', message, problems: [], questions: [] };
}
