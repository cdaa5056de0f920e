import { z } from 'zod';
import {
  idSchema,
  isoDaySchema,
  lineSchema,
  noteSchema,
  ownerSchema,
  webAddressSchema,
  writtenDaySchema,
} from './common.js';

/** Touchpoints that people log: calls, meetings, e-mails and notes. Those of feeds are shown alike and not edited. */

export const TOUCHPOINT_KINDS = ['call', 'meeting', 'email', 'note', 'other'] as const;
export type TouchpointKind = (typeof TOUCHPOINT_KINDS)[number];

const personSchema = z.object({ userId: z.string(), name: z.string() });

export const touchpointSchema = z.object({
  accountId: z.string(),
  id: z.string(),
  kind: z.enum(TOUCHPOINT_KINDS),
  at: z.string(),
  /** The workspace's day of it. */
  day: isoDaySchema,
  author: ownerSchema.nullable(),
  text: z.string().nullable(),
  links: z.array(z.string()),
  /** Whether it counts as a touch. An internal note never does. */
  counts: z.boolean(),
  contacts: z.array(z.object({ id: z.string(), name: z.string() })),
  mentions: z.array(personSchema),
  /** The task that its next step became. */
  taskId: z.string().nullable(),
  /** The one who asks may change and remove it: it was logged here, by them or (for an admin) by anybody. */
  mayEdit: z.boolean(),
  /** Null: it came from a feed. */
  revision: z.number().int().nullable(),
});
export type Touchpoint = z.infer<typeof touchpointSchema>;

const touchFields = z.strictObject({
  kind: z.enum(TOUCHPOINT_KINDS),
  text: noteSchema(20_000).min(1),
  /** Null: now. Never a day that is yet to come. */
  at: z.iso.datetime({ offset: true }).nullable(),
  /** Contacts of the account who took part. */
  contactIds: z.array(idSchema).max(100),
  links: z.array(webAddressSchema).max(20),
  /** Without effect on a note, which is internal and never counts. */
  counts: z.boolean(),
  /** People who are told; each must be able to see the account. */
  mentions: z.array(idSchema).max(50),
});

/** What is to come of a touch: a task, the account's next step, or (as a rule) both. */
export const nextStepSchema = z
  .strictObject({
    text: lineSchema(200).min(1),
    /** Null: whenever. */
    day: writtenDaySchema.nullable().default(null),
    /** Null: whoever logs the touch. */
    ownerUserId: idSchema.nullable().default(null),
    asTask: z.boolean().default(true),
    onPlan: z.boolean().default(true),
  })
  .refine(({ asTask, onPlan }) => asTask || onPlan, {
    path: ['asTask'],
    message: 'a next step is a task, the next step of the account, or both',
  });
export type NextStep = z.output<typeof nextStepSchema>;

/** POST /api/v1/accounts/:accountId/touchpoints: answers 201 with `loggedTouchSchema`. */
export const logTouchSchema = touchFields.extend({
  at: touchFields.shape.at.default(null),
  contactIds: touchFields.shape.contactIds.default([]),
  links: touchFields.shape.links.default([]),
  counts: touchFields.shape.counts.default(true),
  mentions: touchFields.shape.mentions.default([]),
  nextStep: nextStepSchema.nullable().default(null),
});
export type LogTouch = z.output<typeof logTouchSchema>;

/** What logging changed, for the line that says so. */
export const loggedTouchSchema = z.object({
  touchpoint: touchpointSchema,
  changed: z.object({
    /** Days since the last counting touch before this one; null: there was none. */
    daysSinceTouchBefore: z.number().int().nullable(),
    /** Of now: 0 once a touch of today counts; null: there is none. */
    daysSinceTouch: z.number().int().nullable(),
    task: z
      .object({ id: z.string(), title: z.string(), dueDay: isoDaySchema.nullable(), assignee: personSchema })
      .nullable(),
    /** The account's next step is the new one. */
    nextStep: z.boolean(),
    told: z.array(personSchema),
  }),
});
export type LoggedTouch = z.infer<typeof loggedTouchSchema>;

/**
 * GET, PATCH and DELETE /api/v1/accounts/:accountId/touchpoints/:touchpointId, the id in path encoding. PATCH takes what
 * changes, and is refused with 409 when the revision has moved on; who is mentioned anew is told. DELETE answers 204;
 * POST …/restore answers the touchpoint as it was: removing is taken back so.
 */
export const updateTouchSchema = touchFields
  .extend({ at: z.iso.datetime({ offset: true }) })
  .partial()
  .extend({ revision: z.number().int() });
export type UpdateTouch = z.infer<typeof updateTouchSchema>;

export const touchpointIdSchema = noteSchema(300).min(1);
