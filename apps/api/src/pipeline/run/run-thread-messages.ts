import { workerData } from 'node:worker_threads';
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
  /** Stops everything, closes its connections and ends. */
  | { kind: 'end' };

/** What a thread says. */
export type FromThread = { kind: 'ready' } | { kind: 'done'; order: number; error: ToldError | null };

/** What went wrong, in words: what hangs on an error of the database does not travel between threads. */
export interface ToldError {
  message: string;
  stack: string | undefined;
}
