import { z } from 'zod';
import { columnsSchema, fieldKeySchema } from './catalogue.js';
import { idSchema, lineSchema, textSchema } from './common.js';
import { ruleSchema } from './rules.js';

/** Saved views of the account list: a filter, columns and a sort under a name. They keep no members: a view asks anew. */

const viewFields = z.strictObject({
  name: lineSchema(60).min(1),
  /** Shared ones are everybody's to use, each over the accounts that they may see. */
  visibility: z.enum(['private', 'shared']),
  /** Null: all accounts. */
  rule: ruleSchema.nullable(),
  text: textSchema(200),
  /** Columns of its own, by catalogue field; null: the list's. */
  columns: columnsSchema.nullable(),
  sort: z.array(z.strictObject({ field: fieldKeySchema, direction: z.enum(['asc', 'desc']) })).max(3),
});

/** POST /api/v1/views */
export const createViewSchema = viewFields.extend({
  visibility: viewFields.shape.visibility.default('private'),
  text: viewFields.shape.text.default(''),
  columns: viewFields.shape.columns.default(null),
  sort: viewFields.shape.sort.default([]),
});
export type CreateView = z.infer<typeof createViewSchema>;

/** PATCH /api/v1/views/:viewId: refused with 409 when the revision has moved on. */
export const updateViewSchema = viewFields.partial().extend({ revision: z.number().int() });
export type UpdateView = z.infer<typeof updateViewSchema>;

/**
 * DELETE /api/v1/views/:viewId, and for 30 days POST /api/v1/views/:viewId/restore, by whoever may change it: the same
 * view again, with its address and its reports by mail; refused as a new one would be.
 */
export const viewSchema = viewFields.extend({
  id: idSchema,
  /** As they were saved, which may have been with one of them twice. */
  columns: z.array(fieldKeySchema).nullable(),
  owner: z.object({ userId: z.string(), name: z.string() }),
  revision: z.number().int(),
  /** Reports by mail that show it, whosever they are. */
  schedules: z.number().int(),
  /** The one who asks may change it. */
  mayEdit: z.boolean(),
});
export type View = z.infer<typeof viewSchema>;

/** GET /api/v1/views: one's own and the shared ones, in the order that the person gave them; new ones come last. */
export const viewListSchema = z.object({ views: z.array(viewSchema) });

/** PUT /api/v1/views/order: as the tabs are to stand. Those that are not named follow, the oldest first. */
export const viewOrderSchema = z.strictObject({ ids: z.array(idSchema).max(2_000) });
export type ViewOrder = z.infer<typeof viewOrderSchema>;
