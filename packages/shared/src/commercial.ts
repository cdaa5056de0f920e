import { z } from 'zod';
import { ACCOUNT_STATUSES, BANDS, isoDaySchema, ownerSchema } from './common.js';

/** Shapes that deals, renewals, subscriptions and the ledger share. */

/** The largest amount that a person may write down: any sum of them is a whole number still. */
export const MOST_MINOR = 10_000_000_000_000;

/** Money in minor units, not negative. */
export const amountSchema = z.number().int().min(0).max(MOST_MINOR);

/** A list in a query string: `state=open,won`. */
export const listOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(',').filter((each) => each !== ''))
    .pipe(z.array(z.enum(values)).max(20));

/** The account beside a deal or renewal. */
export const accountBesideSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  name: z.string(),
  status: z.enum(ACCOUNT_STATUSES),
  tier: z.string().nullable(),
  arrMinor: z.number().nullable(),
  score: z.number().nullable(),
  band: z.enum(BANDS).nullable(),
  csm: ownerSchema.nullable(),
  am: ownerSchema.nullable(),
  /** Notice was given, or a day to leave is set. */
  leaving: z.boolean(),
  leavesOn: isoDaySchema.nullable(),
});
export type AccountBeside = z.infer<typeof accountBesideSchema>;
