import { z } from 'zod';
import { accountCountSchema, accountRowSchema } from './accounts.js';
import { isoDaySchema, ownerSchema } from './common.js';
import { goalRowSchema } from './goals.js';
import { taskRowSchema } from './tasks.js';

/** The page that a day starts with. Alerts have an inbox of their own, of which it shows the first rows. */

/** Whose accounts: those that I look after, my team's, or all that I may see. */
export const TODAY_SCOPES = ['mine', 'team', 'all'] as const;
export type TodayScope = (typeof TODAY_SCOPES)[number];

/** GET /api/v1/today?scope= */
export const todayQuerySchema = z.strictObject({ scope: z.enum(TODAY_SCOPES).default('mine') });
export type TodayQuery = z.output<typeof todayQuerySchema>;

const blockSchema = z.object({
  /** Of all that belong here, not only of the rows. */
  accounts: z.number().int(),
  /** Null: of none is it known. */
  arrMinor: z.number().nullable(),
  /** The first of them. */
  rows: z.array(accountRowSchema),
});
export type TodayBlock = z.infer<typeof blockSchema>;

export const todaySchema = z.object({
  asOf: isoDaySchema,
  scope: z.enum(TODAY_SCOPES),
  /** Live accounts. */
  book: accountCountSchema,
  /** In the next 90 days, or up to 60 days overdue; the earliest first. */
  renewals: blockSchema,
  /** Fallen by 5 points or more over 30 days; the deepest fall first. */
  drops: blockSchema,
  /** Members of the built-in segments for expansion; the largest ARR first. */
  expansion: blockSchema,
  /** Open tasks of these people, snoozed ones apart: those overdue first, then by due day. */
  tasks: z.object({
    overdue: z.number().int(),
    today: z.number().int(),
    /** In the seven days after today. */
    week: z.number().int(),
    open: z.number().int(),
    rows: z.array(taskRowSchema),
  }),
  /** Live goals of these people, and those of them at risk, the earliest due first. */
  goals: z.object({
    live: z.number().int(),
    atRisk: z.number().int(),
    /** ARR of the accounts with one at risk; null: of none is it known. */
    atRiskArrMinor: z.number().nullable(),
    rows: z.array(goalRowSchema),
  }),
  /** Live accounts by CSM, the most at risk first, for those who lead; null: not asked for. */
  owners: z
    .array(
      z.object({
        /** Null: nobody. */
        owner: ownerSchema.nullable(),
        accounts: z.number().int(),
        arrMinor: z.number().nullable(),
        atRisk: z.number().int(),
        atRiskArrMinor: z.number().nullable(),
        /** The reader sees some of their accounts only, those that somebody of the reader's looks after as well. */
        partly: z.boolean(),
      }),
    )
    .nullable(),
});
export type Today = z.infer<typeof todaySchema>;
