import { z } from 'zod';
import { BANDS, isoDaySchema, lineSchema, ownerSchema } from './common.js';

/** The pulse of an account: what people say of it, the reasons they choose from, and where the score disagrees. */

export const pulseReasonSchema = z.strictObject({
  /** Kept in pulses: never changes its meaning. */
  key: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[a-z][a-zA-Z0-9_-]*$/, 'begins with a small letter and holds letters, digits, - and _'),
  label: lineSchema(80).min(1),
  /** False: no longer offered; pulses that name it keep it. */
  active: z.boolean(),
});
export type PulseReason = z.infer<typeof pulseReasonSchema>;

/** The reasons that a workspace begins with. */
export const DEFAULT_PULSE_REASONS: readonly PulseReason[] = [
  { key: 'adoption', label: 'Adoption', active: true },
  { key: 'value', label: 'Value not seen', active: true },
  { key: 'sponsor', label: 'Sponsor or champion left', active: true },
  { key: 'support', label: 'Support', active: true },
  { key: 'product', label: 'Product gaps or bugs', active: true },
  { key: 'price', label: 'Price or budget', active: true },
  { key: 'competitor', label: 'Competitor', active: true },
  { key: 'relationship', label: 'Relationship', active: true },
];

/**
 * GET /api/v1/pulse-reasons and PUT (those who may change the workspace): the list whole, in the order in which it is
 * offered; refused with 409 when the revision has moved on, 0 being the product's own list. A pulse set by a person
 * takes active reasons only (400 UNKNOWN_REASON).
 */
export const setPulseReasonsSchema = z
  .strictObject({ revision: z.number().int().min(0), reasons: z.array(pulseReasonSchema).min(1).max(50) })
  .refine(({ reasons }) => new Set(reasons.map(({ key }) => key)).size === reasons.length, {
    path: ['reasons'],
    message: 'names a key twice',
  })
  .refine(({ reasons }) => reasons.some(({ active }) => active), {
    path: ['reasons'],
    message: 'offers nothing: a pulse of 1 to 3 needs a reason',
  });
export type SetPulseReasons = z.output<typeof setPulseReasonsSchema>;
export const pulseReasonListSchema = z.object({
  revision: z.number().int(),
  reasons: z.array(pulseReasonSchema),
});
export type PulseReasonList = z.infer<typeof pulseReasonListSchema>;

export const pulseSchema = z.object({
  day: isoDaySchema,
  value: z.number().int().min(1).max(6),
  reasons: z.array(z.object({ key: z.string(), label: z.string() })),
  note: z.string().nullable(),
  author: ownerSchema.nullable(),
});
export type Pulse = z.infer<typeof pulseSchema>;

/** GET /api/v1/accounts/:accountId/pulses?asOf=: newest first, at most 200. */
export const pulseHistorySchema = z.object({
  /** The one that counts; null: none, or it has expired. */
  current: pulseSchema.nullable(),
  /** The last day on which the newest one counts; null: there is none. */
  expiresOn: isoDaySchema.nullable(),
  pulses: z.array(pulseSchema),
});
export type PulseHistory = z.infer<typeof pulseHistorySchema>;

/** GET /api/v1/pulse-gaps?scope=mine|team|all&offset=&limit= */
export const pulseGapQuerySchema = z.strictObject({
  scope: z.enum(['mine', 'team', 'all']).default('mine'),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PulseGapQuery = z.output<typeof pulseGapQuerySchema>;

/** An account whose pulse and score disagree by the profile's threshold (40 points unless changed) or more. */
export const pulseGapSchema = z.object({
  account: z.object({
    id: z.string(),
    name: z.string(),
    tier: z.string().nullable(),
    arrMinor: z.number().nullable(),
    csm: ownerSchema.nullable(),
    am: ownerSchema.nullable(),
  }),
  pulse: pulseSchema,
  /** 1–6 as 0–100. */
  pulseScore: z.number(),
  /** The score without the pulse, which it is held against. */
  scoreWithoutPulse: z.number(),
  score: z.number().nullable(),
  band: z.enum(BANDS).nullable(),
  gap: z.number(),
  /** People see it better, or worse, than the figures do. */
  direction: z.enum(['better', 'worse']),
});
export type PulseGapRow = z.infer<typeof pulseGapSchema>;

/** By gap × ARR, the largest first; accounts without ARR follow, by gap. */
export const pulseGapListSchema = z.object({
  gaps: z.array(pulseGapSchema),
  total: z.number().int(),
  asOf: isoDaySchema,
});
export type PulseGapList = z.infer<typeof pulseGapListSchema>;
