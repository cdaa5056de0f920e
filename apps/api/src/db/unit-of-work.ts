import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type QueryRunner } from 'typeorm';
import { CopyIn } from './copy-in.js';
import { PreparedNames } from './prepared-names.js';

declare const transaction: unique symbol;

/** A running transaction, opaque to services: only repositories open it. */
export interface Tx {
  readonly [transaction]: true;
}

/** What a repository does inside a transaction. */
export interface Statements {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * The same for a text that comes again and again: each connection prepares it once, and PostgreSQL keeps the plan.
   * Planning is half the cost of a statement over a few accounts. Not for texts that carry values of their own.
   */
  prepared<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * The same with one plan for all values. PostgreSQL would plan a long text over partitions anew each time, because it
   * takes that plan for dear: it counts the partitions that are left out only when it is run.
   */
  preparedOnce<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * COPY … FROM STDIN of rows in the form that it names. All or nothing: answers false, with nothing of it left, when one of
   * them breaks a unique key. Nothing else may be asked and not answered meanwhile.
   */
  copied(sql: string, rows: Buffer): Promise<boolean>;
}

/** How PostgreSQL plans statements that are prepared. */
type PlanMode = 'DEFAULT' | 'force_generic_plan';

const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 5;
const UNIQUE_VIOLATION = '23505';

/** The SQLSTATE of an error of the database, or the code of another error that has one. */
export function sqlState(error: unknown): string | undefined {
  return (error as { driverError?: { code?: string } }).driverError?.code ?? (error as { code?: string }).code;
}

/** The driver's connection, as far as statements need it. */
interface Connection {
  /** Sends a statement while others are not answered yet; they are answered in their order. Set between statements only. */
  pipeline: boolean;
  query(statement: { name?: string; text: string; values?: unknown[] }): Promise<{ rows: unknown[] }>;
  query(copy: CopyIn): CopyIn;
}

/** A connection keeps a plan for each of so many texts. */
export const MOST_PREPARED = 500;
const names = new PreparedNames(MOST_PREPARED);
/** What each connection has prepared. */
const preparedBy = new WeakMap<Connection, Set<string>>();

/** Notes what a connection has prepared, and lets go of what nobody asks any more. */
async function notePrepared(connection: Connection, name: string): Promise<void> {
  const prepared = preparedBy.get(connection) ?? new Set();
  preparedBy.set(connection, prepared);
  if (prepared.has(name)) return;
  prepared.add(name);
  for (const old of [...prepared].filter((each) => !names.isLive(each))) {
    await connection.query({ text: `DEALLOCATE ${old}` });
    prepared.delete(old);
  }
}

/** Opens a transaction for a repository. The only way from a `Tx` to SQL. */
export function open(tx: Tx): Statements {
  const runner = tx as unknown as QueryRunner;
  // The structured result: its rows are rows for every statement, UPDATE … RETURNING included.
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await runner.query(sql, [...parameters], true)).records as Row[];
  const send = async <Row>(connection: Connection, sql: string, parameters: readonly unknown[]) => {
    const name = names.nameOf(sql);
    const values = [...parameters];
    try {
      const { rows } = await connection.query({ name, text: sql, values });
      await notePrepared(connection, name);
      return rows as Row[];
    } catch (error) {
      throw new QueryFailedError(sql, values, error as Error);
    }
  };
  const prepared = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    send<Row>((await runner.connect()) as Connection, sql, parameters);
  const preparedOnce = async <Row>(sql: string, parameters: readonly unknown[] = []) => {
    const connection = (await runner.connect()) as Connection;
    const planning = (mode: PlanMode) =>
      connection.query({ name: `plan_${mode}`, text: `SET LOCAL plan_cache_mode TO ${mode}` });
    // Sent one after the other before the first is answered: nothing else comes between them.
    const once = planning('force_generic_plan');
    const rows = send<Row>(connection, sql, parameters);
    // Where the statement fails the last one fails as well, and says less.
    await Promise.allSettled([once, rows, planning('DEFAULT')]);
    return rows;
  };
  const copied = async (sql: string, rows: Buffer) => {
    const connection = (await runner.connect()) as Connection;
    const { pipeline } = connection;
    // The driver refuses queries of one's own in a pipeline, because they may wait for the server in their midst.
    connection.pipeline = false;
    try {
      await connection.query(new CopyIn(`SAVEPOINT before_copy; ${sql}`, rows)).done;
      return true;
    } catch (error) {
      if (sqlState(error) !== UNIQUE_VIOLATION) throw new QueryFailedError(sql, [], error as Error);
      await connection.query({ text: 'ROLLBACK TO SAVEPOINT before_copy' });
      return false;
    } finally {
      connection.pipeline = pipeline;
    }
  };
  return { query, prepared, preparedOnce, copied };
}

/** Runs units of work in transactions. Serialisation failures and deadlocks are retried; all else is the caller's. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  async run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error;
      }
    }
  }

  private async once<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    let connection: Connection | null = null;
    try {
      await runner.startTransaction();
      connection = (await runner.connect()) as Connection;
      connection.pipeline = true;
      const result = await work(runner as unknown as Tx);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      if (connection) connection.pipeline = false;
      await runner.release();
    }
  }
}
