import { z } from 'zod';
import { BANDS, isoDaySchema } from './common.js';
import { signalKeySchema } from './signals.js';

/** How accounts stand today by the health profiles that are published, and the values that signals have. */

const count = z.number().int();
const bandSchema = z.enum(BANDS);
const minor = z.number().nullable();
const scoreSchema = z.number().nullable();

/** GET /api/v1/health-studio/overview: how the accounts of each published profile stand today, within the reader's scope. */
export const studioOverviewSchema = z.object({
  asOf: isoDaySchema,
  currency: z.string(),
  /** Live accounts in the reader's scope, whatever profile scores them. */
  accounts: count,
  profiles: z.array(
    z.object({
      profileId: z.string(),
      /** Live accounts whose score it makes, with and without a score. */
      accounts: count,
      arrMinor: minor,
      unknown: count,
      /** Mean score of those with one; null: nobody has. */
      mean: scoreSchema,
      bands: z.array(z.object({ band: bandSchema, accounts: count, arrMinor: minor })),
      /** Accounts by score in steps of 5 points: [from, to), the last one closed. */
      histogram: z.array(z.object({ from: z.number(), to: z.number(), accounts: count })),
      connectedMeasures: count,
      countedMeasures: count,
      /** Counted measures that nothing was ever delivered for: left out for everyone. */
      notConnected: z.array(signalKeySchema),
      /** On how many accounts each cap or floor holds today. */
      limits: z.array(z.object({ key: z.string(), holds: count })),
    }),
  ),
});
export type StudioOverview = z.infer<typeof studioOverviewSchema>;

/** POST /api/v1/health-studio/signals → studioSignalsSchema: the values that live accounts in scope have today. */
export const studioSignalsQuerySchema = z.strictObject({ signals: z.array(signalKeySchema).min(1).max(40) });
export type StudioSignalsQuery = z.output<typeof studioSignalsQuerySchema>;
export const studioSignalsSchema = z.object({
  asOf: isoDaySchema,
  signals: z.array(
    z.object({
      signal: signalKeySchema,
      connected: z.boolean(),
      withValue: count,
      withoutValue: count,
      /** All null where no account has a value. */
      min: z.number().nullable(),
      p5: z.number().nullable(),
      p50: z.number().nullable(),
      p95: z.number().nullable(),
      max: z.number().nullable(),
      /** Values from min to max in at most 30 steps: [from, to), the last one closed; one step where all are the same. */
      bins: z.array(z.object({ from: z.number(), to: z.number(), accounts: count })),
    }),
  ),
});
export type StudioSignals = z.infer<typeof studioSignalsSchema>;
