import { z } from 'zod';
import { idSchema, isoDaySchema } from './common.js';
import { createSignalSchema } from './model.js';
import { nullReasonSchema, signalKeySchema, signalUnitSchema } from './signals.js';

/** Own signals: trying a definition out before it is saved, where one is used, and what it said before. */

/** A dry run computes at most so many accounts; of more, a sample spread evenly over all. */
export const SIGNAL_DRY_RUN_ACCOUNTS = 2_000;

/**
 * POST /api/v1/signals/dry-run: what a new signal, or an edited one, would say today. `replaces`: the key of the signal
 * that is edited; its present values stand beside. 400 SIGNAL_NOT_VALID as with saving. Takes `model:write`.
 */
export const signalDryRunRequestSchema = z.strictObject({
  replaces: signalKeySchema.nullable().default(null),
  definition: createSignalSchema,
});
export type SignalDryRunRequest = z.output<typeof signalDryRunRequestSchema>;

const distributionSchema = z.object({
  withValue: z.number().int(),
  /** Accounts without a value, by reason, most first; `text` is the reason in words. */
  without: z.array(z.object({ reason: nullReasonSchema, text: z.string(), accounts: z.number().int() })),
  /** Null without any value. */
  summary: z
    .object({
      min: z.number(),
      p10: z.number(),
      median: z.number(),
      p90: z.number(),
      max: z.number(),
      mean: z.number(),
      /** Every account with a value has the same. */
      isConstant: z.boolean(),
    })
    .nullable(),
});
export type SignalDistribution = z.infer<typeof distributionSchema>;

const valueSchema = z.object({ value: z.number().nullable(), nullReason: nullReasonSchema.nullable() });

export const signalDryRunSchema = z.object({
  asOf: isoDaySchema,
  unit: signalUnitSchema,
  /** Accounts of the reader's scope that are live, and of them those that were computed. */
  accounts: z.number().int(),
  computed: z.number().int(),
  /** Fewer were computed than there are: figures are of a sample. */
  isSample: z.boolean(),
  after: distributionSchema,
  /** Of the signal that is edited; null for a new one. */
  before: distributionSchema.nullable(),
  /** Columns of one histogram for both: [from, to), the last closed. Empty without any value. */
  histogram: z.array(
    z.object({ from: z.number(), to: z.number(), after: z.number().int(), before: z.number().int().nullable() }),
  ),
  /** Accounts whose value is another than now; null for a new one. */
  changed: z.number().int().nullable(),
  /** The lowest, the highest, those without a value and those that change most: a few of each, by ARR. */
  examples: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      why: z.enum(['highest', 'lowest', 'without', 'changed']),
      after: valueSchema,
      before: valueSchema.nullable(),
    }),
  ),
  /** What reads the edited signal, in words. */
  usedBy: z.array(z.string()),
  /** What to know before saving, in words: constant for all, no account has a value, … */
  cautions: z.array(z.string()),
  tookMs: z.number().int(),
});
export type SignalDryRun = z.infer<typeof signalDryRunSchema>;

/** GET /api/v1/signals/:key/uses: what reads it; while this is not empty it cannot be retired. Takes `model:read`. */
export const signalUsesSchema = z.object({ usedBy: z.array(z.string()) });

/**
 * GET /api/v1/signals/standings: of every signal what reads it, and whether all that it is computed from was ever
 * delivered; a retired one is connected to nothing. Takes `model:read`.
 */
export const signalStandingsSchema = z.object({
  standings: z.array(z.object({ key: signalKeySchema, usedBy: z.array(z.string()), connected: z.boolean() })),
});
export type SignalStandings = z.infer<typeof signalStandingsSchema>;

/**
 * GET /api/v1/signals/:key/history: who changed an own signal, newest first, in words. Takes `model:write`. Retiring and
 * taking back go by PATCH /api/v1/signals/:key {revision, retired}.
 */
export const signalHistorySchema = z.object({
  entries: z.array(
    z.object({
      at: z.string(),
      by: z.string().nullable(),
      /** Sentences: “window 28 days → 14 days”. */
      changes: z.array(z.string()),
    }),
  ),
});
export type SignalHistory = z.infer<typeof signalHistorySchema>;
