import type { JobList } from './job.js';

export interface RunningJob {
  readonly id: string;
  readonly attempt: number;
  /** Aborted when the process is asked to stop: long work should end at the next safe point. */
  readonly signal: AbortSignal;
}

export type Handler = (payload: never, job: RunningJob) => Promise<void>;

/** Handlers by the name of their job. */
export type Handlers = ReadonlyMap<string, Handler>;

/**
 * Puts found handlers in order. Every job needs exactly one: a missing one would leave jobs waiting for ever, a second
 * one would make it a matter of luck which is run. The process refuses to start and names them all.
 */
export function handlersByJob(
  jobs: JobList,
  found: readonly { job: string; where: string; handler: Handler }[],
): Handlers {
  const problems: string[] = [];
  for (const job of Object.keys(jobs)) {
    const own = found.filter((one) => one.job === job);
    if (own.length === 0) problems.push(`job ${job} has no handler`);
    if (own.length > 1)
      problems.push(`job ${job} has ${own.length} handlers: ${own.map((one) => one.where).join(', ')}`);
  }
  for (const { job, where } of found) {
    if (!Object.hasOwn(jobs, job)) problems.push(`${where} handles ${job}, which is not in the list of jobs`);
  }
  if (problems.length > 0) throw new Error(`The jobs and their handlers do not match:\n  ${problems.join('\n  ')}`);
  return new Map(found.map(({ job, handler }) => [job, handler]));
}
