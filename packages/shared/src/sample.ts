import { z } from 'zod';

/** The sample company: a made-up customer base with its history, to try the product on. One call in, one call out. */

/** POST /api/v1/sample: how much of it to tell; what is left out has the usual size. */
export const loadSampleSchema = z
  .strictObject({
    accounts: z.number().int().min(1).max(2_000).default(200),
    /** Of facts, up to today. */
    months: z.number().int().min(1).max(36).default(18),
    /** The same seed tells the same company. */
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(1),
  })
  .prefault({});
export type LoadSample = z.infer<typeof loadSampleSchema>;

export const SAMPLE_STATES = ['absent', 'loading', 'loaded', 'removing'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

/** What a load does one after the other. */
export const SAMPLE_STEPS = ['facts', 'history'] as const;
export type SampleStep = (typeof SAMPLE_STEPS)[number];

/** GET /api/v1/sample */
export const sampleStatusSchema = z.object({
  state: z.enum(SAMPLE_STATES),
  /** How many sample accounts there are; null while they come or go. */
  accounts: z.number().int().nullable(),
  /** Whether it may be loaded now: never beside accounts of one's own; again where a load broke off. */
  mayLoad: z.boolean(),
  /** The step that a load is at and the part of it that is done, in [0, 1]; null before it begins and when none runs. */
  progress: z.object({ step: z.enum(SAMPLE_STEPS), done: z.number().min(0).max(1) }).nullable(),
  /** Why the last load or removal broke off; null where it did not. */
  problem: z.string().nullable(),
  /** E-mail addresses of the sample's people who may sign in. */
  signIns: z.array(z.string()),
});
export type SampleStatus = z.infer<typeof sampleStatusSchema>;
