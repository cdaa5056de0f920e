import { z } from 'zod';
import { amountSchema } from './commercial.js';
import { isoDaySchema, lineSchema, noteSchema, writtenDaySchema } from './common.js';

/** Customers who leave, and those who have left. Money is in minor units of the workspace's currency. */

/** Why a customer goes, and whether we can do something about such a reason. */
export const churnReasonSchema = z.strictObject({
  key: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[a-z0-9][a-z0-9_-]*$/, 'may hold small letters, digits, - and _'),
  label: lineSchema(80).min(1),
  canInfluence: z.boolean(),
});
export type ChurnReason = z.infer<typeof churnReasonSchema>;

/** GET /api/v1/churn-reasons */
export const churnReasonListSchema = z.object({ reasons: z.array(churnReasonSchema), revision: z.number().int() });
export type ChurnReasonList = z.infer<typeof churnReasonListSchema>;

/** PUT /api/v1/churn-reasons: the whole list, for admins; 409 REVISION_MOVED. What was recorded keeps its words. */
export const updateChurnReasonsSchema = z.strictObject({
  revision: z.number().int(),
  reasons: z
    .array(churnReasonSchema)
    .min(1)
    .max(50)
    .refine((reasons) => new Set(reasons.map(({ key }) => key)).size === reasons.length, 'names a reason twice'),
});
export type UpdateChurnReasons = z.output<typeof updateChurnReasonsSchema>;

/**
 * POST /api/v1/accounts/:accountId/leaving: notice was given. Still a customer until the day; capped, out of expansion,
 * and nothing is expected of its renewals. A second one replaces the first. 409 NOT_A_CUSTOMER.
 */
export const leavingSchema = z
  .strictObject({
    /** Today at the latest. */
    noticeGivenOn: writtenDaySchema,
    /** Null: not known yet. */
    leavesOn: writtenDaySchema.nullable().default(null),
    reasonKey: lineSchema(40).min(1).nullable().default(null),
    note: noteSchema(2000).nullable().default(null),
  })
  .refine(({ noticeGivenOn, leavesOn }) => leavesOn === null || leavesOn >= noticeGivenOn, {
    path: ['leavesOn'],
    message: 'lies before the notice',
  });
export type Leaving = z.output<typeof leavingSchema>;

/**
 * POST /api/v1/accounts/:accountId/churn: the customer has left. DELETE takes it back: the account is what it was
 * before. 409 ALREADY_CHURNED, 409 NOT_A_CUSTOMER, 409 NOTHING_TO_UNDO.
 */
export const churnSchema = z.strictObject({
  /** Today at the latest; a later day is "leaving". */
  on: writtenDaySchema,
  reasonKey: lineSchema(40).min(1),
  /** Whom they went to. */
  competitor: lineSchema(200).nullable().default(null),
  /** Left out: the ARR of the day before. */
  arrLostMinor: amountSchema.nullable().optional(),
  note: noteSchema(2000).nullable().default(null),
});
export type RecordChurn = z.output<typeof churnSchema>;

const recordedBy = { by: z.string().nullable(), at: z.string() };

/**
 * GET /api/v1/accounts/:accountId/leaving, and what POST and DELETE of leaving and churn answer: how it stands.
 * `notice` and `churn` are what people recorded; days that an import brought stand in `noticeGivenOn` and the like alone.
 */
export const leavingStateSchema = z.object({
  accountId: z.string(),
  status: z.enum(['prospect', 'trial', 'customer', 'churned']),
  leaving: z.boolean(),
  noticeGivenOn: isoDaySchema.nullable(),
  leavesOn: isoDaySchema.nullable(),
  churnedOn: isoDaySchema.nullable(),
  churnReason: z.string().nullable(),
  notice: z
    .object({
      reason: z.object({ key: z.string(), label: z.string() }).nullable(),
      note: z.string().nullable(),
      ...recordedBy,
    })
    .nullable(),
  churn: z
    .object({
      reason: churnReasonSchema,
      competitor: z.string().nullable(),
      arrLostMinor: z.number().nullable(),
      note: z.string().nullable(),
      ...recordedBy,
    })
    .nullable(),
});
export type LeavingState = z.infer<typeof leavingStateSchema>;
