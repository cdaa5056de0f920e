import type { z } from 'zod';

/**
 * Queues keep kinds of work apart: each has its own workers, so that a nightly run never stands in the way of a live
 * refresh, nor a long import in the way of either, nor a webhook that does not answer in the way of anything. Imports, files
 * that people wait for, and trials on history may each take many minutes: none of them waits for one of another kind.
 */
export const QUEUES = ['live', 'nightly', 'imports', 'exports', 'trials', 'deliveries', 'system'] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * One kind of job. Its payload holds ids and days only: what must happen is a row in the database first, the job a hint
 * to look there.
 */
export interface JobDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly queue: QueueName;
  readonly payload: Payload;
  /** How often it is tried when it fails. */
  readonly attempts?: number;
  /** The pause before the second attempt; it doubles with each further one. */
  readonly backoffMs?: number;
  /** Set: the job is also made by the clock, with an empty payload. */
  readonly everyMs?: number;
}

export type JobList = Readonly<Record<string, JobDefinition>>;

export type JobName<Jobs extends JobList> = keyof Jobs & string;

/** What a job is added with. */
export type JobInput<Jobs extends JobList, Name extends JobName<Jobs>> = z.input<Jobs[Name]['payload']>;

/** What its handler gets. */
export type JobPayload<Jobs extends JobList, Name extends JobName<Jobs>> = z.output<Jobs[Name]['payload']>;
