import { z } from 'zod';
import { accountRowSchema } from './accounts.js';
import { BANDS, isoDaySchema } from './common.js';
import { contactRowSchema } from './contacts.js';
import { ruleSchema } from './rules.js';
import { SEGMENT_OF } from './segments.js';

/** What a rule finds while it is being written. Money is in minor units of the workspace's currency. */

/**
 * POST /api/v1/segments/preview. A rule that is not valid answers 400 RULE_NOT_VALID, each of its details with a path into
 * this body (`rule.rules.1.value`), a code and a message. `purpose` decides what the rule may name: filters also know
 * “me” and “my team”.
 */
export const segmentPreviewQuerySchema = z.strictObject({
  of: z.enum(SEGMENT_OF).default('account'),
  rule: ruleSchema,
  purpose: z.enum(['segment', 'filter']).default('segment'),
  /** Empty: the largest ARR first. */
  sort: z
    .array(z.strictObject({ field: z.string().min(1).max(120), direction: z.enum(['asc', 'desc']) }))
    .max(3)
    .default([]),
  limit: z.number().int().min(0).max(100).default(100),
});
export type SegmentPreviewQuery = z.input<typeof segmentPreviewQuerySchema>;
export type ParsedSegmentPreviewQuery = z.output<typeof segmentPreviewQuerySchema>;

/** Where the ranges of ARR begin, in major units of the workspace's currency. */
export const ARR_RANGES = [0, 5_000, 25_000, 100_000, 500_000] as const;

const share = { count: z.number().int() };

export const segmentPreviewSchema = z.object({
  of: z.enum(SEGMENT_OF),
  asOf: isoDaySchema,
  /** Accounts, or contacts. */
  total: z.number().int(),
  /** Accounts that they belong to; of accounts the same as `total`. */
  accounts: z.number().int(),
  /** Of those accounts, each counted once. Null: of none is it known. */
  arrMinor: z.number().nullable(),
  /** The first accounts in order; empty for a rule over contacts. */
  rows: z.array(accountRowSchema),
  /** The first contacts in order; empty for a rule over accounts. */
  contacts: z.array(contactRowSchema),
  /** By what their accounts are; null: not known. A group with nobody in it is left out. */
  distribution: z.object({
    byBand: z.array(z.object({ band: z.enum(BANDS).nullable(), ...share })),
    byTier: z.array(z.object({ tier: z.string().nullable(), ...share })),
    /** `from`: one of `ARR_RANGES`; null: ARR not known. */
    byArr: z.array(z.object({ from: z.number().nullable(), ...share })),
  }),
  /** The conditions that take in who has no value in their field, and how many of those found have none. */
  withoutValue: z.array(z.object({ path: z.string(), field: z.string(), ...share })),
});
export type SegmentPreview = z.infer<typeof segmentPreviewSchema>;
