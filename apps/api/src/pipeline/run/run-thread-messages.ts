import { workerData } from 'node:worker_threads';
import { sqlState } from '../../db/unit-of-work.js';
import { AppError } from '../../platform/errors/app-error.js';
import type { Run } from './run.repository.js';
import type { BucketSpan } from './run-spans.js';

/** What a thread is started with. */
export interface RunThreadData {
  database: { url: string; poolSize: number };
  log: { level: string; format: 'json' | 'text' };
}

/** Read once, when the thread starts. */
export function startData(): RunThreadData {
  return workerData as RunThreadData;
}

/** What a thread is told. */
export type ToThread =
  /** `aheadMs`: how far the clock of who orders is ahead of the machine's. */
  | { kind: 'work'; order: number; run: Run; span: BucketSpan; aheadMs: number }
  /** Whoever ordered does not want it any more: the batch that is under way is the last. */
  | { kind: 'stop'; order: number }
  /** Are you there? Answered as soon as the thread's loop turns. */
  | { kind: 'call' }
  /** Stops everything, closes its connections and ends. */
  | { kind: 'end' };

/** What a thread says. */
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'here' }
  | { kind: 'done'; order: number; error: ToldError | null };

/** What went wrong, in words and by its code: what else hangs on an error of the database does not travel between threads. */
export interface ToldError {
  name: string;
  message: string;
  stack: string | undefined;
  /** Of a refusal, of the database or of the machine. */
  code?: string;
  /** Set of a refusal that the caller can act on. */
  status?: number;
}

export function told(error: unknown): ToldError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined };
  const { name, message, stack } = error;
  const code = sqlState(error);
  const status = error instanceof AppError ? error.status : undefined;
  return { name, message, stack, ...(typeof code === 'string' && { code }), ...(status !== undefined && { status }) };
}

/** What was thrown in the thread, as its caller may catch it. */
export function thrown(error: ToldError): Error {
  const { status, code = '', message } = error;
  return Object.assign(status === undefined ? new Error(message) : new AppError(status, code, message), error);
}
