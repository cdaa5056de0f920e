import { z } from 'zod';

/**
 * The revenue of an account by month: MRR at its start and end, and the one net movement between. Money is in minor
 * units of the workspace's currency, at the rate of the month's first day.
 */

export const MOVEMENTS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** `2026-04` */
export const monthSchema = z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, 'is not a month such as 2026-04');

/** GET /api/v1/accounts/:accountId/ledger?from=2025-05&to=2026-04: at most 120 months; without: the last 12. */
export const ledgerQuerySchema = z.strictObject({ from: monthSchema.optional(), to: monthSchema.optional() });
export type LedgerQuery = z.output<typeof ledgerQuerySchema>;

export const ledgerMonthSchema = z.object({
  month: monthSchema,
  /** MRR at the end of the month before. */
  startMinor: z.number(),
  /** Null: nothing moved. */
  movement: z.enum(MOVEMENTS).nullable(),
  /** endMinor − startMinor. */
  movementMinor: z.number(),
  endMinor: z.number(),
  /** startMinor less the end of the month before: what other rates made of the same money. */
  revaluationMinor: z.number(),
  /** Of endMinor: carried over a gap of at most 14 days, as a late renewal. */
  lateRenewalMinor: z.number(),
});
export type LedgerMonth = z.infer<typeof ledgerMonthSchema>;

export const accountLedgerSchema = z.object({
  currency: z.string(),
  /** Oldest first. The month of today ends today. */
  months: z.array(ledgerMonthSchema),
  /** Over all of the months: MRR at both ends; per cent, null where there was none at the start. */
  startMinor: z.number(),
  endMinor: z.number(),
  grossRetention: z.number().nullable(),
  netRetention: z.number().nullable(),
  /** Subscriptions without an MRR, or in a currency without a rate: they are in no figure. */
  unknownSubscriptions: z.number().int(),
});
export type AccountLedger = z.infer<typeof accountLedgerSchema>;
