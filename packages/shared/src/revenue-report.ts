import { z } from 'zod';
import { isoDaySchema } from './common.js';
import { MOVEMENTS, monthSchema } from './ledger.js';
import { reportFilterFields, reportStateSchema } from './report-filters.js';

/**
 * Recurring revenue: what came and went by month, and what of it was kept over a period. Money is MRR in minor units of
 * the workspace's currency. Filters by tier, owner, region and product take an account as it was at the start of the
 * month or period (tierMode, ownerMode `now`: as it is today).
 */

export const REVENUE_DIMENSIONS = ['tier', 'csm', 'am', 'region', 'plan', 'segment', 'whole'] as const;
export type RevenueDimension = (typeof REVENUE_DIMENSIONS)[number];

/** GET /api/v1/reports/revenue?<filters>&by=tier */
export const revenueQuerySchema = z.strictObject({
  ...reportFilterFields,
  by: z.enum(REVENUE_DIMENSIONS).default('tier'),
});
export type RevenueQuery = z.output<typeof revenueQuerySchema>;

/** The start cohort at both ends, in one currency at the rate of the first day. */
export const retentionSchema = z.object({
  /** Accounts that paid at the start, and their MRR. */
  accounts: z.number().int(),
  startMinor: z.number(),
  /** Σ min(end, start) */
  keptMinor: z.number(),
  endMinor: z.number(),
  /** Of them, those that pay nothing at the end. */
  lostAccounts: z.number().int(),
  /** Per cent; null: nobody paid at the start. */
  grossRetention: z.number().nullable(),
  netRetention: z.number().nullable(),
  logoChurn: z.number().nullable(),
});
export type Retention = z.infer<typeof retentionSchema>;

const movementSchema = z.object({ accounts: z.number().int(), amountMinor: z.number() });

export const revenueMonthSchema = z.object({
  month: monthSchema,
  /** The day that it ends with: its last, of the running month the last that was closed (or `asOf`). */
  day: isoDaySchema,
  built: z.boolean(),
  /** start + the five movements = end, at the rate of the month's first day. */
  startMinor: z.number(),
  movements: z.record(z.enum(MOVEMENTS), movementSchema),
  endMinor: z.number(),
  /** start less the end of the month before: other rates for the same money, and accounts that came under the filters. */
  revaluationMinor: z.number(),
  /** Accounts that pay at the end. */
  paying: z.number().int(),
  monthly: retentionSchema,
  /** Of the 12 months that end with this one. */
  trailingYear: retentionSchema,
});
export type RevenueMonth = z.infer<typeof revenueMonthSchema>;

export const revenueRowSchema = z.object({
  /** A tier, person, region, plan or segment; null: without one. `whole` has one row. */
  key: z.string().nullable(),
  label: z.string(),
  retention: retentionSchema,
  compared: retentionSchema.nullable(),
});
export type RevenueRow = z.infer<typeof revenueRowSchema>;

const periodSchema = z.object({
  from: monthSchema,
  to: monthSchema,
  /** First and last day. */
  fromDay: isoDaySchema,
  toDay: isoDaySchema,
  months: z.array(revenueMonthSchema),
  /** Of the whole period, over all that the filters leave. */
  retention: retentionSchema,
});

export const revenueReportSchema = reportStateSchema.extend({
  by: z.enum(REVENUE_DIMENSIONS),
  period: periodSchema,
  compared: periodSchema.nullable(),
  /** The period by the dimension, the largest start first. Segments overlap: an account stands in each of its own. */
  rows: z.array(revenueRowSchema),
  /** Subscriptions without an MRR or in a currency without a rate: they are in no figure. */
  unknownSubscriptions: z.number().int(),
});
export type RevenueReport = z.infer<typeof revenueReportSchema>;

/** GET /api/v1/reports/revenue/export?<filters>&by= → text/csv: months; …/export?…&table=rows: the period by dimension. */
export const revenueExportQuerySchema = revenueQuerySchema.extend({
  table: z.enum(['months', 'rows']).default('months'),
});
export type RevenueExportQuery = z.output<typeof revenueExportQuerySchema>;

/** `start`: all that paid at the start; of them lost (0), shrunk, same and grown. The movements: of a month only. */
export const REVENUE_PARTS = ['start', 'lost', 'shrunk', 'same', 'grown', ...MOVEMENTS, 'end'] as const;
export type RevenuePart = (typeof REVENUE_PARTS)[number];

/**
 * GET /api/v1/reports/revenue/accounts?<filters>&month=2026-04&span=year&part=lost&by=tier&key=T1: the accounts behind a
 * figure (the addresses of `revenueBehind`). With `by` only those under `key` (empty: without one).
 */
export const revenueAccountsQuerySchema = z.strictObject({
  ...reportFilterFields,
  month: monthSchema,
  span: z.enum(['month', 'year', 'period']).default('period'),
  part: z.enum(REVENUE_PARTS).default('start'),
  by: z.enum(REVENUE_DIMENSIONS).optional(),
  key: z.string().max(200).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RevenueAccountsQuery = z.output<typeof revenueAccountsQuerySchema>;

export const revenueAccountsSchema = reportStateSchema.extend({
  fromDay: isoDaySchema,
  toDay: isoDaySchema,
  accounts: z.number().int(),
  startMinor: z.number(),
  endMinor: z.number(),
  /** The largest change first. */
  rows: z.array(
    z.object({
      accountId: z.string(),
      name: z.string(),
      externalId: z.string(),
      /** At the start, or now, as `tierMode` says. */
      tier: z.string().nullable(),
      csm: z.string().nullable(),
      startMinor: z.number(),
      endMinor: z.number(),
      movement: z.enum(MOVEMENTS).nullable(),
    }),
  ),
});
export type RevenueAccounts = z.infer<typeof revenueAccountsSchema>;
