import { z } from 'zod';
import type { JobList } from './job.js';

const MINUTE_MS = 60_000;
const nothing = z.strictObject({});
const bucket = z.number().int().min(0).max(255);

/**
 * Every job of the product: its queue, the schema of its payload, its retries and its clock. A handler is a method with
 * `@Handles('<name>')` in a `*.processor.ts`.
 */
export const jobs = {
  /** Computes the accounts that are due. Added after facts were stored; the clock finds what was missed. */
  'refresh-live': { queue: 'live', payload: nothing, everyMs: MINUTE_MS },
  /** Closes days that have ended, and puts unfinished runs over all accounts into the queue. */
  'close-days': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Computes the accounts of some buckets for a run. */
  'run-buckets': {
    queue: 'nightly',
    payload: z.strictObject({ runId: z.uuid(), first: bucket, last: bucket }),
    attempts: 3,
    backoffMs: 5_000,
  },
  /** Rebuilds the closed days that late facts touched: after the night all of them, by day those of quiet accounts. */
  'rebuild-late': {
    queue: 'nightly',
    payload: z.strictObject({ markedBy: z.iso.datetime().optional() }),
    attempts: 3,
    backoffMs: 5_000,
  },
  /** Puts down the figures of months that managers read, as far as it was ordered. */
  'build-reports': { queue: 'nightly', payload: nothing },
  /** Finds figures that are to be put down and that nobody is putting down. */
  'sweep-reports': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Makes partitions ahead, seeds next month's ledger, thins out old snapshots. */
  maintain: { queue: 'system', payload: nothing, everyMs: 6 * 60 * MINUTE_MS },
  /** Does an import that was ordered, or goes on with one that was left. */
  'run-import': { queue: 'imports', payload: z.strictObject({ importId: z.uuid() }), attempts: 5, backoffMs: 5_000 },
  /** Finds out what an import would do. */
  'check-import': { queue: 'imports', payload: z.strictObject({ importId: z.uuid() }), attempts: 3, backoffMs: 5_000 },
  /** Finds imports that were ordered and that nobody is doing. */
  'sweep-imports': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Takes away uploaded files and rejected rows whose time is over. */
  'expire-imports': { queue: 'system', payload: nothing, everyMs: 6 * 60 * MINUTE_MS },
  /** Does a change to many accounts that was ordered, for a while at a time; or goes on with one that was left. */
  'run-bulk': { queue: 'system', payload: z.strictObject({ actionId: z.uuid() }), attempts: 5, backoffMs: 1_000 },
  /** Finds changes to many accounts that were ordered and that nobody is doing. */
  'sweep-bulk': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Tries a health profile on history, or goes on with a trial that was left. */
  'run-studio': { queue: 'trials', payload: z.strictObject({ runId: z.uuid() }), attempts: 3, backoffMs: 1_000 },
  /** Finds trials on history that were ordered and that nobody is doing. */
  'sweep-studio': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Loads or removes the sample company, as it was ordered. */
  'run-sample': { queue: 'imports', payload: nothing },
  /** Finds an order for the sample company that nobody is doing. */
  'sweep-sample': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Stores facts that just missed the creation of their account. */
  'sweep-quarantine': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Tells contacts from the workspace's own people again, where it has named other e-mail domains as its own. */
  'check-own-people': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /**
   * Tells people of what became of alerts, and puts all messages that are due into the queue. Runs ask for it at once;
   * what a person raises waits for the clock.
   */
  'sweep-notifications': { queue: 'system', payload: nothing, everyMs: MINUTE_MS / 4 },
  /** Takes away notifications and messages whose time is over. */
  'expire-notifications': { queue: 'system', payload: nothing, everyMs: 6 * 60 * MINUTE_MS },
  /** Calls a webhook. Its row counts attempts and says when the next is due. */
  'send-webhook': { queue: 'deliveries', payload: z.strictObject({ accountId: z.uuid(), deliveryId: z.uuid() }) },
  /** Sends a person the mail that is due. */
  'send-mail': { queue: 'deliveries', payload: z.strictObject({ userId: z.uuid() }) },
  /** Makes a file of accounts that somebody ordered. */
  'run-account-export': { queue: 'exports', payload: z.strictObject({ exportId: z.uuid() }) },
  /** Finds files of accounts that nobody is making, and takes away those whose time is over. */
  'sweep-account-exports': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Makes the mails of reports that are due, and puts those that have not gone out into the queue. */
  'sweep-report-mails': { queue: 'system', payload: nothing, everyMs: MINUTE_MS },
  /** Sends one mail of a report. */
  'send-report-mail': { queue: 'deliveries', payload: z.strictObject({ mailId: z.uuid() }) },
} as const satisfies JobList;

export type Jobs = typeof jobs;
