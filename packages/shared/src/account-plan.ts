import { z } from 'zod';
import { idSchema, isoDaySchema, lineSchema, noteSchema, ROLES, webAddressSchema, writtenDaySchema } from './common.js';

/** The plan of an account, who follows it, and who may be mentioned there. */

const personSchema = z.object({ userId: z.string(), name: z.string() });

export const OBJECTIVE_STATES = ['open', 'reached', 'dropped'] as const;
export type ObjectiveState = (typeof OBJECTIVE_STATES)[number];

/** What the customer wants to reach. */
export const objectiveSchema = z.strictObject({
  text: lineSchema(300).min(1),
  targetDay: writtenDaySchema.nullable(),
  state: z.enum(OBJECTIVE_STATES),
});
export type Objective = z.infer<typeof objectiveSchema>;

export const namedLinkSchema = z.strictObject({ name: lineSchema(100).min(1), url: webAddressSchema });

/** PUT /api/v1/accounts/:accountId/plan: the plan whole; refused with 409 when the revision has moved on. */
export const setPlanSchema = z.strictObject({
  /** 0: there was none before. */
  revision: z.number().int().min(0),
  /** Pinned on top of the page. */
  note: noteSchema(5_000).nullable(),
  /** People whom the note names: who is named anew is told. Each must be able to see the account. */
  mentions: z.array(idSchema).max(50).default([]),
  objectives: z.array(objectiveSchema).max(5),
  nextStep: z
    .strictObject({
      text: lineSchema(200).min(1),
      day: writtenDaySchema.nullable(),
      /** Null: the account's owner. */
      ownerUserId: idSchema.nullable(),
    })
    .nullable(),
  links: z.array(namedLinkSchema).max(20),
});
export type SetPlan = z.output<typeof setPlanSchema>;

/** GET /api/v1/accounts/:accountId/plan, and what PUT answers. */
export const planSchema = z.object({
  note: z.string().nullable(),
  mentions: z.array(personSchema),
  objectives: z.array(objectiveSchema),
  nextStep: z
    .object({
      text: z.string(),
      day: isoDaySchema.nullable(),
      owner: personSchema.nullable(),
      /** Its day is before today. */
      past: z.boolean(),
    })
    .nullable(),
  links: z.array(namedLinkSchema),
  followers: z.array(personSchema),
  /** The one who asks is among them. */
  following: z.boolean(),
  revision: z.number().int(),
  updatedAt: z.string().nullable(),
  updatedBy: z.string().nullable(),
});
export type AccountPlan = z.infer<typeof planSchema>;

/** PUT and DELETE /api/v1/accounts/:accountId/followers/me answer these, as GET …/followers does. */
export const followersSchema = z.object({ followers: z.array(personSchema), following: z.boolean() });
export type Followers = z.infer<typeof followersSchema>;

/**
 * GET /api/v1/accounts/:accountId/people?text=: active people who may see the account, by name: whom one may mention,
 * give a task or the account to. At most 50.
 */
export const accountPeopleQuerySchema = z.strictObject({ text: noteSchema(100).default('') });
export const accountPeopleSchema = z.object({
  people: z.array(personSchema.extend({ role: z.enum(ROLES) })),
});
export type AccountPeople = z.infer<typeof accountPeopleSchema>;
