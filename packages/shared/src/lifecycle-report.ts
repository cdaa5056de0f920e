import { z } from 'zod';
import { accountBesideSchema } from './commercial.js';
import { isoDaySchema } from './common.js';
import { monthSchema } from './ledger.js';
import { stagePaceSchema } from './lifecycle.js';
import { portfolioQuerySchema } from './portfolio.js';

/**
 * How accounts go through the stages, within the reader's scope. Words as in portfolio.ts: `day` is what the page is
 * about; sums are over known amounts. The order of stages is that of the stage set of today. Which accounts are behind a
 * figure: portfolio-behind.ts.
 */

const count = z.number().int();
const money = z.number().nullable();
const answered = {
  day: isoDaySchema,
  from: monthSchema,
  to: monthSchema,
  live: z.boolean(),
  currency: z.string(),
};
const stage = { key: z.string(), label: z.string() };

/** The filters of all manager pages; role and ownerMode are taken and change nothing here. */
export const lifecycleQuerySchema = portfolioQuerySchema;
export type LifecycleQuery = z.output<typeof lifecycleQuerySchema>;

/** GET /api/v1/reports/lifecycle: where accounts stand on the day, by stage in its order. */
export const lifecycleSchema = z.object({
  ...answered,
  stages: z.array(
    z.object({
      ...stage,
      expectedDays: z.number().nullable(),
      stuckDays: z.number().nullable(),
      accounts: count,
      arrMinor: money,
      /** Longer there than expected, but not stuck; and stuck. */
      pace: z.object({ on_track: count, behind: count, stuck: count }),
      stuckArrMinor: money,
    }),
  ),
  /** In no stage yet. */
  noStage: count,
});
export type LifecycleReport = z.infer<typeof lifecycleSchema>;

/**
 * What became of accounts that entered a stage, by their next move up to the day: to a later stage (also past the next
 * one), to the stage of churned accounts, back to an earlier one, or none yet.
 */
const became = {
  entered: count,
  movedOn: count,
  lost: count,
  wentBack: count,
  stillThere: count,
  /** movedOn ÷ entered × 100; null: nobody entered. Lower than it will be while some are still there. */
  conversion: z.number().nullable(),
};

/**
 * GET /api/v1/reports/lifecycle/funnel: accounts that entered each stage from the first day of `from` to the day. An
 * account counts once a stage, with its first entry of the period (`reEntries`: the others). Falling back into a stage is
 * no entry (`fellBackInto`); coming back after churn is one. Accounts that were found in a stage when they first came in
 * entered it at an unknown time, and are left out (`found`).
 */
export const lifecycleFunnelSchema = z.object({
  ...answered,
  stages: z.array(
    z.object({
      ...stage,
      ...became,
      reEntries: count,
      fellBackInto: count,
      found: count,
    }),
  ),
  /** By the month of that entry, the oldest first: every month of the period, every stage in its order. */
  cohorts: z.array(
    z.object({
      month: monthSchema,
      stages: z.array(z.object({ key: z.string(), ...became })),
    }),
  ),
});
export type LifecycleFunnel = z.infer<typeof lifecycleFunnelSchema>;

/** Days; null: no stays. */
const days = { median: z.number().nullable(), p90: z.number().nullable() };

/**
 * GET /api/v1/reports/lifecycle/time-in-stage. Completed: stays that ended from the first day of `from` to the day, of
 * accounts whose entry is known. Running: accounts that are in the stage on the day; `found` of them since before anything
 * is known, of the others the days so far: a lower bound, told apart.
 */
export const timeInStageSchema = z.object({
  ...answered,
  stages: z.array(
    z.object({
      ...stage,
      expectedDays: z.number().nullable(),
      stuckDays: z.number().nullable(),
      completed: z.object({ stays: count, ...days }),
      running: z.object({ accounts: count, ...days, found: count }),
    }),
  ),
});
export type TimeInStage = z.infer<typeof timeInStageSchema>;

/** GET /api/v1/reports/lifecycle/stuck?pace=&offset=&limit=: the largest ARR first. */
export const stuckQuerySchema = z.strictObject({
  ...lifecycleQuerySchema.shape,
  /** `behind` lists those that are behind and those that are stuck. */
  pace: stagePaceSchema.exclude(['on_track']).default('stuck'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type StuckQuery = z.output<typeof stuckQuerySchema>;
export const stuckRowSchema = z.object({
  account: accountBesideSchema,
  stage: z.object(stage),
  since: isoDaySchema,
  days: count,
  expectedDays: z.number().nullable(),
  stuckDays: z.number().nullable(),
  pace: stagePaceSchema,
});
export type StuckRow = z.infer<typeof stuckRowSchema>;
export const stuckListSchema = z.object({
  ...answered,
  total: count,
  arrMinor: money,
  rows: z.array(stuckRowSchema),
});
export type StuckList = z.infer<typeof stuckListSchema>;

/** GET /api/v1/reports/lifecycle/csv?table=, with the query of that table: what is shown, as a file; of stuck ones all. */
export const LIFECYCLE_TABLES = ['stages', 'funnel', 'cohorts', 'timeInStage', 'stuck'] as const;
export const lifecycleCsvQuerySchema = z.strictObject({
  ...lifecycleQuerySchema.shape,
  pace: stuckQuerySchema.shape.pace,
  table: z.enum(LIFECYCLE_TABLES),
});
export type LifecycleCsvQuery = z.output<typeof lifecycleCsvQuerySchema>;
