import { z } from 'zod';
import { profileBodySchema } from './health.js';
import { stageSetBodySchema } from './lifecycle.js';
import { ownSignalSchema, signalDefinitionSchema, signalKeySchema } from './signals.js';
import { tierSetBodySchema } from './tiers.js';

/** The model as it is published: signals, tiers, stages and health profiles, and the signals that admins add. */

/** Fields of the catalogue begin with these, so no signal may. */
export const RESERVED_SIGNAL_PREFIXES = [
  'account.',
  'attribute.',
  'goals.',
  'health.',
  'source.',
  'stage.',
  'tier.',
] as const;

export const signalEntrySchema = signalDefinitionSchema.extend({
  builtIn: z.boolean(),
  /** No longer computed; its number is never given to another. */
  retired: z.boolean(),
  revision: z.number().int(),
});
export type SignalEntry = z.infer<typeof signalEntrySchema>;

/** GET /api/v1/signals */
export const signalListSchema = z.object({ signals: z.array(signalEntrySchema) });

/** POST /api/v1/signals: a signal over any metric, event or attribute. Its number is given by the server. */
export const createSignalSchema = ownSignalSchema.omit({ number: true }).extend({
  key: signalKeySchema.refine((key) => !RESERVED_SIGNAL_PREFIXES.some((prefix) => key.startsWith(prefix)), {
    message: `a signal's key does not begin with ${RESERVED_SIGNAL_PREFIXES.join(', ')}`,
  }),
});
export type CreateSignal = z.infer<typeof createSignalSchema>;

/** PATCH /api/v1/signals/:key: refused with 409 when the revision has moved on. `retired` ends or resumes it. */
export const updateSignalSchema = ownSignalSchema
  .omit({ number: true, key: true })
  .partial()
  .extend({ revision: z.number().int(), retired: z.boolean().optional() });
export type UpdateSignal = z.infer<typeof updateSignalSchema>;

const published = { version: z.number().int(), publishedAt: z.string() };

/** GET /api/v1/tiers */
export const publishedTiersSchema = z.object({ ...published, ...tierSetBodySchema.shape });
/** GET /api/v1/stages */
export const publishedStagesSchema = z.object({ ...published, ...stageSetBodySchema.shape });
/** GET /api/v1/health-profiles: in the order in which they are tried; the default is last. */
export const publishedProfilesSchema = z.object({
  profiles: z.array(
    z.object({
      ...published,
      id: z.string(),
      name: z.string(),
      isDefault: z.boolean(),
      active: z.boolean(),
      versionId: z.number().int(),
      body: profileBodySchema,
    }),
  ),
});
export type PublishedProfiles = z.infer<typeof publishedProfilesSchema>;
