import { z } from 'zod';
import { idSchema, isoDaySchema, noteSchema } from './common.js';

/** An account given from one owner to another, with what they had under way. */

const personSchema = z.object({ userId: z.string(), name: z.string() });

/** What goes along with an account: live alerts, open tasks, running goals and open deals of the owner before. */
export const handOverMoveSchema = z
  .strictObject({
    alerts: z.boolean().default(true),
    tasks: z.boolean().default(true),
    goals: z.boolean().default(true),
    deals: z.boolean().default(true),
  })
  .prefault({});
export type HandOverMove = z.output<typeof handOverMoveSchema>;

export const movedSchema = z.object({
  alerts: z.number().int(),
  tasks: z.number().int(),
  goals: z.number().int(),
  deals: z.number().int(),
});
export type Moved = z.infer<typeof movedSchema>;

/**
 * PUT /api/v1/accounts/:accountId/owners: what is left out stays, null is nobody; refused with 409 when the account's
 * revision has moved on. PATCH /api/v1/accounts/:id with an owner does the same, with everything moving and no note.
 */
export const setOwnersSchema = z.strictObject({
  revision: z.number().int(),
  csmUserId: idSchema.nullable().optional(),
  amUserId: idSchema.nullable().optional(),
  move: handOverMoveSchema,
  note: noteSchema(2_000).nullable().default(null),
});
export type SetOwners = z.output<typeof setOwnersSchema>;

/** GET /api/v1/accounts/:accountId/owners: what would go along, before it is asked. Counts by owner of now. */
export const ownersNowSchema = z.object({
  revision: z.number().int(),
  csm: personSchema.nullable(),
  am: personSchema.nullable(),
  underWay: z.object({ csm: movedSchema, am: movedSchema }),
});
export type OwnersNow = z.infer<typeof ownersNowSchema>;

export const handOverSchema = z.object({
  id: z.string(),
  at: z.string(),
  day: isoDaySchema,
  by: personSchema,
  from: z.object({ csm: personSchema.nullable(), am: personSchema.nullable() }),
  to: z.object({ csm: personSchema.nullable(), am: personSchema.nullable() }),
  note: z.string().nullable(),
  moved: movedSchema,
  undoneAt: z.string().nullable(),
  /** It is the newest, of today, not taken back yet, and the one who asks may take it back. */
  mayUndo: z.boolean(),
});
export type HandOver = z.infer<typeof handOverSchema>;

/** PUT …/owners answers it. Nothing to change: no hand-over. */
export const ownersSetSchema = z.object({ revision: z.number().int(), handOver: handOverSchema.nullable() });
export type OwnersSet = z.infer<typeof ownersSetSchema>;

/**
 * GET /api/v1/accounts/:accountId/hand-overs: newest first. POST …/hand-overs/:id/undo takes the newest one of today
 * back (409 CHANGED_SINCE when the owners changed since; what others took over meanwhile stays with them), and answers
 * `ownersSetSchema`.
 */
export const handOverListSchema = z.object({ handOvers: z.array(handOverSchema) });
