import { z } from 'zod';
import { amountSchema } from './commercial.js';
import { isoDaySchema, lineSchema, writtenDaySchema } from './common.js';
import { dealIdSchema } from './deals.js';
import { currencySchema } from './workspace.js';

/** Subscriptions of an account, and those that people keep by hand. Days are calendar days; the end is the last day. */

export const subscriptionSchema = z.object({
  id: z.string(),
  plan: z.string().nullable(),
  quantity: z.number().nullable(),
  seatBased: z.boolean(),
  /** In minor units of `currency`; null: not known. */
  mrrMinor: z.number().nullable(),
  currency: z.string().nullable(),
  start: isoDaySchema,
  /** Null: open-ended. */
  end: isoDaySchema.nullable(),
  termMonths: z.number().nullable(),
  autoRenew: z.boolean().nullable(),
  /** Today lies between its first and last day. */
  active: z.boolean(),
  /** Others come from an import or the API, and are changed there. */
  keptByHand: z.boolean(),
  revision: z.number().int(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

/** GET /api/v1/accounts/:accountId/subscriptions: the latest start first, at most 500. */
export const accountSubscriptionsSchema = z.object({ subscriptions: z.array(subscriptionSchema) });
export type AccountSubscriptions = z.infer<typeof accountSubscriptionsSchema>;

const fields = {
  plan: lineSchema(200).min(1).nullable(),
  quantity: z.number().int().min(0).max(100_000_000).nullable(),
  seatBased: z.boolean(),
  mrrMinor: amountSchema,
  currency: currencySchema,
  start: writtenDaySchema,
  end: writtenDaySchema.nullable(),
  termMonths: z.number().int().min(1).max(1200).nullable(),
  autoRenew: z.boolean(),
};

const endsAfterStart = { path: ['end'], message: 'lies before the start' };

/** POST /api/v1/accounts/:accountId/subscriptions → 201 with the subscription. */
export const createSubscriptionSchema = z
  .strictObject({
    plan: fields.plan.default(null),
    quantity: fields.quantity.default(null),
    seatBased: fields.seatBased.default(true),
    mrrMinor: fields.mrrMinor,
    /** Left out: the workspace's. */
    currency: fields.currency.optional(),
    start: fields.start,
    end: fields.end.default(null),
    termMonths: fields.termMonths.default(null),
    autoRenew: fields.autoRenew.default(false),
  })
  .refine(({ start, end }) => end === null || end >= start, endsAfterStart);
export type CreateSubscription = z.output<typeof createSubscriptionSchema>;

/**
 * PATCH /api/v1/accounts/:accountId/subscriptions/:subscriptionId and DELETE …?revision=. 409 REVISION_MOVED;
 * 409 SUBSCRIPTION_FROM_SOURCE for those that come from an import or the API.
 */
export const updateSubscriptionSchema = z
  .strictObject(fields)
  .partial()
  .extend({ revision: z.number().int() })
  .refine(({ start, end }) => start === undefined || end === undefined || end === null || end >= start, endsAfterStart);
export type UpdateSubscription = z.output<typeof updateSubscriptionSchema>;
export const subscriptionIdSchema = dealIdSchema;
export const deleteSubscriptionQuerySchema = z.strictObject({ revision: z.coerce.number().int() });
