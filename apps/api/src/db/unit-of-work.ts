import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';

declare const transaction: unique symbol;

/** A running transaction, opaque to services: only repositories open it. */
export interface Tx {
  readonly [transaction]: true;
}

/** What a repository does inside a transaction. */
export interface Statements {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** For what runs with every batch: the server reads and plans it once a connection, not each time. */
  prepared<Row>(statement: PreparedStatement, parameters: readonly unknown[]): Promise<Row[]>;
}

/** A statement under a name that no other text has. */
export interface PreparedStatement {
  name: string;
  text: string;
}

const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** The SQLSTATE of an error of the database, or the code of another error that has one. */
export function sqlState(error: unknown): string | undefined {
  return (error as { driverError?: { code?: string } }).driverError?.code ?? (error as { code?: string }).code;
}

/** Opens a transaction for a repository. The only way from a `Tx` to SQL. */
export function open(tx: Tx): Statements {
  const runner = tx as unknown as QueryRunner;
  return {
    // The structured result: its rows are rows for every statement, UPDATE … RETURNING included.
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await runner.query(sql, [...parameters], true)).records as Row[],
    // The runner hands on to the driver what it is given, and the driver takes a named statement as well as a text.
    prepared: async <Row>({ name, text }: PreparedStatement, parameters: readonly unknown[]) =>
      (await runner.query({ name, text } as unknown as string, [...parameters], true)).records as Row[],
  };
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
    try {
      await runner.startTransaction();
      const result = await work(runner as unknown as Tx);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}
