import { z } from 'zod';
import { BANDS, idSchema, isoDaySchema } from './common.js';
import { ruleSchema } from './rules.js';
import { nullReasonSchema, signalEvidenceSchema, signalKeySchema } from './signals.js';

const healthBandSchema = z.enum(BANDS);

const scoreSchema = z.number().min(0).max(100);

/** Two anchors in the signal's unit: `from` scores 0, `to` scores 100, clamped outside; either direction. */
export const linearNormalizerSchema = z
  .strictObject({ kind: z.literal('linear'), from: z.number(), to: z.number() })
  .refine((n) => n.from !== n.to, { message: 'The two anchors must differ' });

/** Half-open bands [from, to) in ascending order, the last one closed; null = no limit on that side. */
export const bandsNormalizerSchema = z
  .strictObject({
    kind: z.literal('bands'),
    bands: z
      .array(z.strictObject({ from: z.number().nullable(), to: z.number().nullable(), score: scoreSchema }))
      .min(1)
      .max(20),
  })
  .superRefine(({ bands }, ctx) => {
    bands.forEach((band, index) => {
      const next = bands[index + 1];
      if (band.from === null && index > 0)
        ctx.addIssue({
          code: 'custom',
          path: ['bands', index, 'from'],
          message: 'Only the first band may be open below',
        });
      if (band.to === null && next)
        ctx.addIssue({ code: 'custom', path: ['bands', index, 'to'], message: 'Only the last band may be open above' });
      if (band.from !== null && band.to !== null && band.from >= band.to && next) {
        ctx.addIssue({ code: 'custom', path: ['bands', index], message: 'A band must end after it starts' });
      }
      if (next && band.to !== next.from)
        ctx.addIssue({
          code: 'custom',
          path: ['bands', index, 'to'],
          message: 'Bands must join without gap or overlap',
        });
    });
  });
export const normalizerSchema = z.union([linearNormalizerSchema, bandsNormalizerSchema]);
export type Normalizer = z.infer<typeof normalizerSchema>;

const weightSchema = z.number().min(0).max(1_000_000);

export const measureSchema = z.strictObject({
  signal: signalKeySchema,
  weight: weightSchema,
  normalizer: normalizerSchema,
});
export type Measure = z.infer<typeof measureSchema>;

export const measureGroupSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,29}$/),
  label: z.string().min(1).max(60),
  weight: weightSchema,
  measures: z.array(measureSchema).min(1).max(30),
});
export type MeasureGroup = z.infer<typeof measureGroupSchema>;

export const scoreLimitSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  kind: z.enum(['cap', 'floor']),
  at: scoreSchema,
  rule: ruleSchema,
  /** Said after the score: "78, capped at 30: no activity for 28 days". */
  reason: z.string().min(1).max(200),
  /** Not applied on days that the workspace marked as quiet (holidays, shutdowns). */
  skipInQuietPeriods: z.boolean(),
});
export type ScoreLimit = z.infer<typeof scoreLimitSchema>;

/** The body of a health profile's version; a published one never changes. */
export const profileBodySchema = z
  .strictObject({
    /** Accounts that the profile scores; null = all (the default profile, last in the order). */
    scope: ruleSchema.nullable(),
    groups: z.array(measureGroupSchema).min(1).max(12),
    limits: z.array(scoreLimitSchema).max(30),
    /** At risk [0, watchFrom), watch [watchFrom, healthyFrom), healthy [healthyFrom, 100]. */
    bands: z
      .strictObject({ watchFrom: scoreSchema, healthyFrom: scoreSchema })
      .refine((b) => b.watchFrom <= b.healthyFrom, {
        message: 'Healthy starts at or above watch',
      }),
    /** Below this coverage in percent the score is unknown. */
    minCoverage: z.number().min(0).max(100),
    /** A pulse this many points from the score computed without it is listed for review. */
    pulseGap: z.number().min(1).max(100),
  })
  .superRefine((body, ctx) => {
    const seen = new Set<string>();
    if (body.groups.reduce((sum, group) => sum + group.weight, 0) === 0) {
      ctx.addIssue({ code: 'custom', path: ['groups'], message: 'At least one group needs a weight above 0' });
    }
    body.groups.forEach((group, g) => {
      if (group.measures.reduce((sum, measure) => sum + measure.weight, 0) === 0) {
        ctx.addIssue({
          code: 'custom',
          path: ['groups', g, 'measures'],
          message: 'At least one measure needs a weight above 0',
        });
      }
      group.measures.forEach((measure, m) => {
        if (seen.has(measure.signal)) {
          ctx.addIssue({
            code: 'custom',
            path: ['groups', g, 'measures', m, 'signal'],
            message: 'This signal is already a measure of the profile',
          });
        }
        seen.add(measure.signal);
      });
    });
    const limits = new Set<string>();
    body.limits.forEach((limit, index) => {
      if (limits.has(limit.key))
        ctx.addIssue({ code: 'custom', path: ['limits', index, 'key'], message: 'Two caps or floors have this key' });
      limits.add(limit.key);
    });
  });
export type ProfileBody = z.infer<typeof profileBodySchema>;

/** One measure of an explained score. Points are in score points with two decimals. */
export const explainedMeasureSchema = z.object({
  signal: signalKeySchema,
  group: z.string(),
  value: z.number().nullable(),
  nullReason: nullReasonSchema.nullable(),
  connected: z.boolean(),
  /** 0–100; null without a value. */
  normalized: z.number().nullable(),
  /** Share in percent by the profile's weights alone. */
  share: z.number(),
  /** Share in percent after the weight of missing measures has moved; 0 without a value. */
  effectiveShare: z.number(),
  pointsGiven: z.number(),
  pointsLost: z.number(),
  /** Where the weight of a missing measure went: to the rest of its group, or to the other groups. */
  weightWentTo: z.enum(['group', 'other_groups', 'nowhere']).nullable(),
  evidence: signalEvidenceSchema.nullable(),
});
export type ExplainedMeasure = z.infer<typeof explainedMeasureSchema>;

export const explainedLimitSchema = z.object({
  key: z.string(),
  kind: z.enum(['cap', 'floor']),
  at: z.number(),
  reason: z.string(),
  /** True for the one that moved the score. */
  decisive: z.boolean(),
});
export type ExplainedLimit = z.infer<typeof explainedLimitSchema>;

/** A cap or floor whose rule holds, left out because the day lies in a quiet period of the workspace. */
export const leftOutLimitSchema = explainedLimitSchema.omit({ decisive: true }).extend({
  /** As it is called now; null where the day's period has been removed since. */
  quietPeriod: z.string().nullable(),
});
export type LeftOutLimit = z.infer<typeof leftOutLimitSchema>;

export const scoreExplanationSchema = z.object({
  score: z.number().nullable(),
  band: healthBandSchema,
  /** The roll-up before caps and floors. */
  beforeLimits: z.number().nullable(),
  /** What caps and floors added or took, in points; beforeLimits + limitPoints = score. */
  limitPoints: z.number(),
  coverage: z.number().nullable(),
  minCoverage: z.number(),
  connectedMeasures: z.number().int(),
  countedMeasures: z.number().int(),
  /** Sorted by points lost. */
  measures: z.array(explainedMeasureSchema),
  limits: z.array(explainedLimitSchema),
  leftOut: z.array(leftOutLimitSchema),
});
export type ScoreExplanation = z.infer<typeof scoreExplanationSchema>;

/** GET /api/v1/accounts/:id/explanation: with the profile that made the score, as it is called now. */
export const accountExplanationSchema = scoreExplanationSchema.extend({
  /** Null: the profile was deleted since. */
  profile: z.object({ id: idSchema, name: z.string(), version: z.number().int() }).nullable(),
});
export type AccountExplanation = z.infer<typeof accountExplanationSchema>;

/** What changed between two snapshots; all points add up exactly to `total`. */
export const scoreChangeSchema = z.object({
  from: z.object({ day: isoDaySchema, score: z.number() }),
  to: z.object({ day: isoDaySchema, score: z.number() }),
  total: z.number(),
  model: z.number(),
  measures: z.array(
    z.object({
      signal: signalKeySchema,
      points: z.number(),
      valueThen: z.number(),
      valueNow: z.number(),
    }),
  ),
  data: z.object({ points: z.number(), appeared: z.array(signalKeySchema), vanished: z.array(signalKeySchema) }),
  limits: z.object({ points: z.number(), started: z.array(z.string()), ended: z.array(z.string()) }),
});
export type ScoreChange = z.infer<typeof scoreChangeSchema>;
