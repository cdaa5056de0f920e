import type { JobList } from './job.js';

/**
 * Every job of the product: its queue, the schema of its payload, its retries and its clock. A handler is a method with
 * `@Handles('<name>')` in a `*.processor.ts`.
 */
export const jobs = {} as const satisfies JobList;

export type Jobs = typeof jobs;
