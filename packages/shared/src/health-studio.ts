import { z } from 'zod';
import { BANDS, idSchema, isoDaySchema } from './common.js';
import { profileBodySchema, scoreExplanationSchema } from './health.js';
import { signalKeySchema } from './signals.js';

/**
 * The health studio: what a profile that is being written would change today, whether its score has told of churn in
 * the past, and weights that history suggests. Nothing of it changes the model. All of it is for who holds
 * `studio:use`, over the accounts that they see.
 */

const count = z.number().int();
const bandSchema = z.enum(BANDS);
const minor = z.number().nullable();
/** A share from 0 to 1. */
const share = z.number();
const scoreSchema = z.number().nullable();

/** A figure with its 95 % interval. */
export const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimateSchema>;

/** A profile as it is tried: with its place among the published ones. */
export const studioProfileSchema = z.strictObject({
  /** The published profile whose place it takes; null: a new profile. */
  profileId: idSchema.nullable().default(null),
  /**
   * Its place among the profiles in the order in which they are tried, from 0. Null: where it stands, a new one first.
   * The default profile is always last, whatever is said.
   */
  position: z.number().int().min(0).max(100).nullable().default(null),
  body: profileBodySchema,
});
export type StudioProfile = z.output<typeof studioProfileSchema>;
export type StudioProfileInput = z.input<typeof studioProfileSchema>;

// ── Effect of a draft ──────────────────────────────────────────────────────────────────────────────────────────────

/** POST /api/v1/health-studio/effect → draftEffectSchema. 422 RULE_NOT_VALID where a scope or cap rule cannot be asked. */
export const draftEffectQuerySchema = z.strictObject({
  profile: studioProfileSchema,
  /** The account whose explanations are told before and after. */
  accountId: idSchema.nullable().default(null),
});
export type DraftEffectQuery = z.output<typeof draftEffectQuerySchema>;

/** Changed accounts: of all changes of band, or of one kind; those with the largest ARR first. */
const changedFilter = {
  from: bandSchema.nullable().default(null),
  to: bandSchema.nullable().default(null),
};
/** POST /api/v1/health-studio/effect/accounts → changedAccountsSchema. */
export const changedAccountsQuerySchema = z.strictObject({
  profile: studioProfileSchema,
  ...changedFilter,
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
});
export type ChangedAccountsQuery = z.output<typeof changedAccountsQuerySchema>;

/** POST /api/v1/health-studio/effect/export → text/csv of all changed accounts. */
export const changedAccountsExportSchema = changedAccountsQuerySchema.omit({ offset: true, limit: true });
export type ChangedAccountsExport = z.output<typeof changedAccountsExportSchema>;

/** How accounts stand on one side of the comparison. */
const standingSchema = z.object({
  /** Accounts with a score; the rest is unknown. */
  scored: count,
  unknown: count,
  /** Mean score of those with one; null: nobody has. */
  mean: scoreSchema,
  /** Mean coverage in percent of the live accounts; null: no measure is connected anywhere. */
  coverage: z.number().nullable(),
});

export const changedAccountSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  tier: z.string().nullable(),
  arrMinor: minor,
  before: z.object({ score: scoreSchema, band: bandSchema, profile: z.string() }),
  after: z.object({ score: scoreSchema, band: bandSchema, profile: z.string() }),
});
export type ChangedAccount = z.infer<typeof changedAccountSchema>;

export const changedAccountsSchema = z.object({
  asOf: isoDaySchema,
  total: count,
  arrMinor: minor,
  rows: z.array(changedAccountSchema),
});
export type ChangedAccounts = z.infer<typeof changedAccountsSchema>;

/**
 * What a measure of the draft tells about the accounts that the draft scores.
 * - not_connected: the workspace has never delivered what it is computed from; left out for everyone.
 * - unknown_signal: no such signal; left out for everyone.
 * - missing: connected, but no account has a value.
 * - constant: all accounts that have a value have the same, so that it tells none from another.
 * - clamped: values differ, but the normaliser gives all of them the same points.
 * - varies: as it should be.
 */
export const MEASURE_STATES = ['not_connected', 'unknown_signal', 'missing', 'constant', 'clamped', 'varies'] as const;
export type MeasureState = (typeof MEASURE_STATES)[number];

export const draftMeasureSchema = z.object({
  signal: signalKeySchema,
  label: z.string(),
  group: z.string(),
  state: z.enum(MEASURE_STATES),
  /** Share of the profile in percent, by weights alone; 0: shown and never counted. */
  share: z.number(),
  withValue: count,
  withoutValue: count,
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Mean of the values as 0–100. */
  meanNormalized: z.number().nullable(),
  /** A sentence where something is to be said: not connected, missing, constant, hardly known. Else null. */
  remark: z.string().nullable(),
});
export type DraftMeasure = z.infer<typeof draftMeasureSchema>;

/** One account under the published profiles and with the draft. */
export const accountEffectSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  before: scoreExplanationSchema.extend({ profile: z.string() }),
  after: scoreExplanationSchema.extend({ profile: z.string() }),
  /** Points given, measure by measure; null on a side whose profile does not have it. Sorted by the size of the change. */
  measures: z.array(
    z.object({
      signal: signalKeySchema,
      label: z.string(),
      before: z.number().nullable(),
      after: z.number().nullable(),
    }),
  ),
});
export type AccountEffect = z.infer<typeof accountEffectSchema>;

export const draftEffectSchema = z.object({
  asOf: isoDaySchema,
  currency: z.string(),
  /** Live accounts in the reader's scope. */
  accounts: count,
  /** Of them those that the draft scores, and those that it took from or left to other profiles. */
  scoredByDraft: count,
  changedProfile: count,
  before: standingSchema,
  after: standingSchema,
  /** Accounts by score in steps of 5 points: [from, to), the last one closed. Unknown ones stand in `bands` only. */
  histogram: z.array(z.object({ from: z.number(), to: z.number(), before: count, after: count })),
  bands: z.array(
    z.object({
      band: bandSchema,
      before: z.object({ accounts: count, arrMinor: minor }),
      after: z.object({ accounts: count, arrMinor: minor }),
    }),
  ),
  /** Every pair of bands that occurs, unchanged ones as well. */
  moves: z.array(z.object({ from: bandSchema, to: bandSchema, accounts: count, arrMinor: minor })),
  /** The first 100 of those that change band, by ARR. */
  changed: changedAccountsSchema.omit({ asOf: true }),
  measures: z.array(draftMeasureSchema),
  connectedMeasures: count,
  countedMeasures: count,
  /** Null: none asked for. 404 where the reader does not see it; 422 ACCOUNT_NOT_SCORED where it is not live. */
  account: accountEffectSchema.nullable(),
  /** What is to be known before believing the figures, in plain sentences. */
  remarks: z.array(z.string()),
});
export type DraftEffect = z.infer<typeof draftEffectSchema>;

// ── History: backtest and suggested weights ────────────────────────────────────────────────────────────────────────

/** Less churn than this tells little: the page warns. */
export const FEW_EVENTS = 30;
/** Weights are suggested from this many churned accounts on. */
export const LEAST_EVENTS_TO_SUGGEST = 100;

export const OUTCOMES = ['churn', 'downgrade'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month such as 2026-03');

/** What history is asked. Month-ends whose horizon is not over are left out, and said. */
export const studioConfigSchema = z
  .strictObject({
    /** churn: churned within the horizon; downgrade: pays less at its end than on the day (nothing at all included). */
    outcome: z.enum(OUTCOMES).default('churn'),
    horizonDays: z.number().int().min(14).max(365).default(90),
    /** Months, both included; null: the newest 12 whose horizon is over (weights: the newest 36). */
    from: monthSchema.nullable().default(null),
    to: monthSchema.nullable().default(null),
    /**
     * all: every live account of the day, each by the profile that takes it, the draft among them; own: those that the
     * draft takes. Weights always speak of its own.
     */
    accounts: z.enum(['all', 'own']).default('all'),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    message: 'The last month lies before the first',
  })
  .prefault({});
export type StudioConfig = z.output<typeof studioConfigSchema>;

export const STUDIO_RUN_KINDS = ['backtest', 'weights'] as const;
export type StudioRunKind = (typeof STUDIO_RUN_KINDS)[number];

/**
 * POST /api/v1/health-studio/runs → studioRunSchema (201). One at a time a workspace: 409 STUDIO_BUSY. 422 RULE_NOT_VALID,
 * and 422 NOT_KNOWN_THEN where a scope or cap rule reads fields whose past is not known, by name.
 */
export const orderStudioRunSchema = z.strictObject({
  kind: z.enum(STUDIO_RUN_KINDS),
  profile: studioProfileSchema,
  config: studioConfigSchema,
});
export type OrderStudioRun = z.output<typeof orderStudioRunSchema>;
export type OrderStudioRunInput = z.input<typeof orderStudioRunSchema>;

export const STUDIO_RUN_STATES = ['queued', 'running', 'cancelling', 'done', 'cancelled', 'failed'] as const;
export type StudioRunState = (typeof STUDIO_RUN_STATES)[number];

/** An observation is an account at a month-end; it is an event where the outcome came within the horizon. */
const rateSchema = z.object({
  observations: count,
  /** Different accounts among them. */
  accounts: count,
  events: count,
  /** events ÷ observations with Wilson's interval, worth as much as the accounts are; null: no observations. */
  rate: estimateSchema.nullable(),
});

/** Whether a score tells more than chance. `cannot_tell`: no events, or nothing but events, or nothing scored. */
export const VERDICTS = ['better', 'no_better', 'worse', 'cannot_tell'] as const;
export type Verdict = (typeof VERDICTS)[number];
const verdictSchema = z.object({ kind: z.enum(VERDICTS), sentence: z.string() });

export const backtestMeasureSchema = z.object({
  signal: signalKeySchema,
  label: z.string(),
  group: z.string(),
  share: z.number(),
  /** Share of the observations with a value. */
  known: share,
  /** AUC of the measure alone, as normalised: above 0.5 where lower points come before the outcome. */
  auc: estimateSchema.nullable(),
  /** Outcome rate among the observations with the fewest and the most points (a fifth each, ties kept together). */
  bottom: rateSchema.nullable(),
  top: rateSchema.nullable(),
  /** bottom rate ÷ top rate; null where the top had no event or there is nothing to compare. */
  lift: z.number().nullable(),
  remark: z.string().nullable(),
});
export type BacktestMeasure = z.infer<typeof backtestMeasureSchema>;

export const backtestResultSchema = z.object({
  outcome: z.enum(OUTCOMES),
  horizonDays: count,
  accounts: count,
  observations: count,
  scored: count,
  unknown: count,
  events: count,
  /** Accounts that had the outcome: fewer than events, as an account that churns is seen at several month-ends before. */
  eventAccounts: count,
  months: z.array(
    z.object({
      day: isoDaySchema,
      observations: count,
      scored: count,
      events: count,
      /** Null: no events or nothing but events on that day. */
      auc: z.number().nullable(),
    }),
  ),
  /** Month-ends that were asked for and left out. */
  leftOut: z.array(z.object({ day: isoDaySchema, why: z.enum(['horizon', 'no_snapshots']) })),
  bands: z.array(rateSchema.extend({ band: bandSchema })),
  /** Chance that one with the outcome had a lower score than one without, ties half. Its interval is over accounts. */
  auc: estimateSchema.nullable(),
  /** The same with each account once, at its first month-end. Null where that leaves fewer than FEW_EVENTS outcomes. */
  aucOncePerAccount: z.number().nullable(),
  verdict: verdictSchema,
  atRisk: z.object({
    /** Of the observations with the outcome, those in the at-risk band. */
    recall: estimateSchema.nullable(),
    /** Of the observations in the at-risk band, those with the outcome. */
    precision: estimateSchema.nullable(),
    flagged: count,
    caught: count,
  }),
  warningTime: z.object({
    /** Accounts with the outcome, those at risk at some month-end within the horizon before it, and the others. */
    accounts: count,
    warned: count,
    /** Median of the days from the first at-risk month-end of the last unbroken run to the outcome; null: nobody warned. */
    medianDays: z.number().nullable(),
  }),
  /** Observations by score in tenths of about the same size, lowest scores first. */
  calibration: z.array(rateSchema.extend({ from: z.number(), to: z.number(), meanScore: z.number() })),
  measures: z.array(backtestMeasureSchema),
  /** Mean coverage of the observations in percent; null: nothing connected. */
  coverage: z.number().nullable(),
  /** What is to be known before believing the figures, in plain sentences: few events, left out months, constant measures. */
  warnings: z.array(z.string()),
});
export type BacktestResult = z.infer<typeof backtestResultSchema>;

export const suggestedMeasureSchema = z.object({
  signal: signalKeySchema,
  label: z.string(),
  group: z.string(),
  /** Of the profile in percent. */
  presentShare: z.number(),
  suggestedShare: z.number(),
  /** Why history gives it no weight, or cannot speak of it (it then keeps its present share). Else null. */
  remark: z.string().nullable(),
});

export const suggestedWeightsSchema = z.object({
  /** Why nothing is suggested, in words; then all below is null or empty. */
  refusal: z.string().nullable(),
  eventAccounts: count,
  /** Month-ends from which the weights were taken, and later ones on which they were judged. */
  fitted: z
    .object({ days: z.array(isoDaySchema), observations: count, events: count, eventAccounts: count })
    .nullable(),
  judged: z
    .object({ days: z.array(isoDaySchema), observations: count, events: count, eventAccounts: count })
    .nullable(),
  /** Strength of the ridge that the inner split chose, of those tried. */
  penalty: z.number().nullable(),
  groups: z.array(
    z.object({ key: z.string(), label: z.string(), presentShare: z.number(), suggestedShare: z.number() }),
  ),
  measures: z.array(suggestedMeasureSchema),
  /** AUC on the judged month-ends, under the profile as it is and with suggested weights: over those scored by both. */
  present: estimateSchema.nullable(),
  suggested: estimateSchema.nullable(),
  /** suggested − present over the same accounts, with the interval of the difference. */
  difference: estimateSchema.nullable(),
  verdict: z.object({ kind: z.enum(['beats', 'does_not_beat', 'cannot_tell']), sentence: z.string() }),
  /** The profile with suggested weights, to be taken into a draft; null where nothing is suggested. */
  body: profileBodySchema.nullable(),
  warnings: z.array(z.string()),
});
export type SuggestedWeights = z.infer<typeof suggestedWeightsSchema>;

/**
 * GET /api/v1/health-studio/runs/:runId. Theirs who ordered it, and of those who see all accounts.
 * POST /api/v1/health-studio/runs/:runId/cancel → the run; 409 RUN_ENDED where it has ended.
 */
export const studioRunSchema = z.object({
  id: z.string(),
  kind: z.enum(STUDIO_RUN_KINDS),
  state: z.enum(STUDIO_RUN_STATES),
  profile: studioProfileSchema,
  profileName: z.string(),
  config: studioConfigSchema,
  /** Month-ends (and then steps of the calculation) done of all; 0 of 0 before it begins. */
  progress: z.object({ done: count, of: count, step: z.string() }),
  orderedBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Why it failed. */
  problem: z.string().nullable(),
  backtest: backtestResultSchema.nullable(),
  weights: suggestedWeightsSchema.nullable(),
});
export type StudioRun = z.infer<typeof studioRunSchema>;

/** GET /api/v1/health-studio/runs: newest first, the last 50, without their results. */
export const studioRunListSchema = z.object({
  runs: z.array(studioRunSchema.omit({ backtest: true, weights: true })),
});
export type StudioRunList = z.infer<typeof studioRunListSchema>;

/** GET /api/v1/health-studio/history: what there is to test against. */
export const studioHistorySchema = z.object({
  today: isoDaySchema,
  /** Month-ends with snapshots, oldest first; and how many accounts churned in the month. */
  months: z.array(z.object({ day: isoDaySchema, churned: count })),
  /** Churned accounts known in all. */
  churned: count,
  /** A run under way in the workspace (perhaps somebody else's: then only that there is one). */
  busy: z.boolean(),
});
export type StudioHistory = z.infer<typeof studioHistorySchema>;
