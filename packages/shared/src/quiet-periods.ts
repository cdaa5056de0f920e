import { z } from 'zod';
import { idSchema, lineSchema, writtenDaySchema } from './common.js';

/** Quiet periods of the workspace: days on which customers are expected to do nothing (holidays, shutdowns). */

const MOST_DAYS = 366;

const periodFields = z.strictObject({
  name: lineSchema(100).min(1),
  /** The first and the last day. Periods may overlap. */
  fromDay: writtenDaySchema,
  toDay: writtenDaySchema,
});

type Span = { fromDay: string; toDay: string };
const isInOrder = ({ fromDay, toDay }: Span) => fromDay <= toDay;
const inOrder = { path: ['toDay'], message: 'lies before the first day' };
const isShort = ({ fromDay, toDay }: Span) => Date.parse(toDay) - Date.parse(fromDay) < MOST_DAYS * 86_400_000;
const short = { path: ['toDay'], message: `lies more than ${MOST_DAYS} days after the first day` };

/** POST /api/v1/workspace/quiet-periods */
export const createQuietPeriodSchema = periodFields.refine(isInOrder, inOrder).refine(isShort, short);
export type CreateQuietPeriod = z.infer<typeof createQuietPeriodSchema>;

/** PATCH /api/v1/workspace/quiet-periods/:periodId: given whole. */
export const updateQuietPeriodSchema = periodFields
  .extend({ revision: z.number().int() })
  .refine(isInOrder, inOrder)
  .refine(isShort, short);
export type UpdateQuietPeriod = z.infer<typeof updateQuietPeriodSchema>;

export const quietPeriodSchema = z.object({
  id: idSchema,
  name: z.string(),
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
  revision: z.number().int(),
});
export type QuietPeriod = z.infer<typeof quietPeriodSchema>;

/** GET /api/v1/workspace/quiet-periods: the latest first. */
export const quietPeriodListSchema = z.object({ periods: z.array(quietPeriodSchema) });
