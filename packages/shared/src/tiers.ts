import { z } from 'zod';
import { isoDaySchema } from './common.js';
import { ruleSchema } from './rules.js';

/** A tier of the day is the best raw tier of this many days ending on it, unless a workspace sets another number. */
export const TIER_HOLD_DAYS = 30;

export const tierKeySchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,19}$/, 'A tier key looks like T1');

export const tierSchema = z.strictObject({
  key: tierKeySchema,
  label: z.string().min(1).max(60),
  /** Name of a colour of the product's palette. */
  color: z.string().min(1).max(30),
  /** Null only for the last tier, the fallback. */
  rule: ruleSchema.nullable(),
  /** A touch at least every so many days; null = none expected. */
  cadenceDays: z.number().int().min(1).max(365).nullable(),
  /** Response promise in business hours (Mon–Fri 9–17 in the workspace's time zone). */
  responseHours: z.number().min(1).max(1000),
  /** How many such accounts one owner should have. */
  targetAccounts: z.number().int().min(1).max(100_000),
});
export type Tier = z.infer<typeof tierSchema>;

/** The body of a tier set's version: ordered, best tier first, the last is the fallback. */
export const tierSetBodySchema = z
  .strictObject({
    tiers: z.array(tierSchema).min(1).max(12),
    holdDays: z.number().int().min(1).max(30).default(TIER_HOLD_DAYS),
  })
  .superRefine((body, ctx) => {
    const keys = new Set<string>();
    body.tiers.forEach((tier, index) => {
      const isLast = index === body.tiers.length - 1;
      if (isLast && tier.rule !== null) {
        ctx.addIssue({
          code: 'custom',
          path: ['tiers', index, 'rule'],
          message: 'The last tier is the fallback and has no rule',
        });
      }
      if (!isLast && tier.rule === null) {
        ctx.addIssue({
          code: 'custom',
          path: ['tiers', index, 'rule'],
          message: 'Only the last tier may be without a rule',
        });
      }
      if (keys.has(tier.key))
        ctx.addIssue({ code: 'custom', path: ['tiers', index, 'key'], message: 'Two tiers have this key' });
      keys.add(tier.key);
    });
  });
export type TierSetBody = z.infer<typeof tierSetBodySchema>;

/** A tier set by a person: wins over the rules from its first to its last day. */
export const tierOverrideSchema = z.strictObject({
  tier: tierKeySchema,
  from: isoDaySchema,
  /** Last day on which it holds; null = until a person ends it. */
  until: isoDaySchema.nullable(),
  reason: z.string().min(1).max(500),
});
export type TierOverride = z.infer<typeof tierOverrideSchema>;
