import { z } from 'zod';
import { textSchema } from './common.js';
import { ruleSchema } from './rules.js';

/**
 * Drafts of the model: the shape of the published bodies, with room for what is not finished. Texts may be empty, numbers
 * null and keys double or unknown; a whole body of `tierSetBodySchema`, `stageSetBodySchema` or `profileBodySchema` is a
 * draft as well. Rules are whole rules, but they may name what is not there.
 */

const line = textSchema(200);
const key = textSchema(80);
const number = z.number().nullable();
const rule = ruleSchema.nullable();

export const tierSetDraftSchema = z.strictObject({
  tiers: z
    .array(
      z.strictObject({
        key,
        label: line,
        color: line,
        rule,
        cadenceDays: number,
        responseHours: number,
        targetAccounts: number,
      }),
    )
    .max(50),
  holdDays: number,
});
export type TierSetDraft = z.infer<typeof tierSetDraftSchema>;

export const stageSetDraftSchema = z.strictObject({
  stages: z
    .array(
      z.strictObject({
        key,
        label: line,
        rule,
        expectedDays: number,
        stuckDays: number,
        fallsBackTo: z.array(key).max(50),
      }),
    )
    .max(50),
  onStatus: z.strictObject({ trial: key, churned: key, reactivated: key }),
});
export type StageSetDraft = z.infer<typeof stageSetDraftSchema>;

const normalizerDraftSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear'), from: number, to: number }),
  z.strictObject({
    kind: z.literal('bands'),
    bands: z.array(z.strictObject({ from: number, to: number, score: number })).max(50),
  }),
]);

export const profileDraftSchema = z.strictObject({
  scope: rule,
  groups: z
    .array(
      z.strictObject({
        key,
        label: line,
        weight: number,
        measures: z.array(z.strictObject({ signal: key, weight: number, normalizer: normalizerDraftSchema })).max(100),
      }),
    )
    .max(50),
  limits: z
    .array(
      z.strictObject({
        key,
        kind: z.enum(['cap', 'floor']),
        at: number,
        rule,
        reason: textSchema(500),
        skipInQuietPeriods: z.boolean(),
      }),
    )
    .max(100),
  bands: z.strictObject({ watchFrom: number, healthyFrom: number }),
  minCoverage: number,
  pulseGap: number,
});
export type ProfileDraft = z.infer<typeof profileDraftSchema>;
