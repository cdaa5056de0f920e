import { z } from 'zod';
import { BANDS, idSchema, isoDaySchema, ownerSchema } from './common.js';

/** A contact as lists show one, with the account that it belongs to. */
export const contactRowSchema = z.object({
  id: idSchema,
  name: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  role: z.string().nullable(),
  primary: z.boolean(),
  /** Null: never asked. */
  consent: z.boolean().nullable(),
  leftOn: isoDaySchema.nullable(),
  firstSeen: isoDaySchema.nullable(),
  lastActive: isoDaySchema.nullable(),
  account: z.object({
    id: idSchema,
    externalId: z.string(),
    name: z.string(),
    tier: z.string().nullable(),
    band: z.enum(BANDS).nullable(),
    arrMinor: z.number().nullable(),
    csm: ownerSchema.nullable(),
  }),
});
export type ContactRow = z.infer<typeof contactRowSchema>;
