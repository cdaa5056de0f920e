import { z } from 'zod';
import { idSchema, isoDaySchema, lineSchema, noteSchema } from './common.js';
import { profileBodySchema } from './health.js';
import { stageSetBodySchema } from './lifecycle.js';
import { profileDraftSchema, stageSetDraftSchema, tierSetDraftSchema } from './model-drafts.js';
import { tierSetBodySchema } from './tiers.js';

/**
 * Versions of the model: of the tier set, the stage set and each health profile there is one shared draft at most, and a
 * row of published versions that never change. Publishing, and rolling back to an older version, adds a version.
 *
 * Everything below is there three times; `…` is one of
 *   /api/v1/tiers   /api/v1/stages   /api/v1/health-profiles/:profileId
 * Reading takes `model:read`, all else `model:write`.
 */

/** What is versioned. */
export const MODEL_PARTS = ['tiers', 'stages', 'health'] as const;
export type ModelPart = (typeof MODEL_PARTS)[number];

/** Who did something; null: the product itself, as with the versions of a new workspace. */
const personSchema = z.object({ id: idSchema, name: z.string() }).nullable();

/**
 * Something about a draft. An error keeps it from being published; a warning is for the reader to weigh. `path` is its
 * place: `tiers.0.rule.rules.1.field`; empty: the draft as a whole.
 */
export const modelProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  path: z.string(),
  code: z.string(),
  message: z.string(),
});
export type ModelProblem = z.infer<typeof modelProblemSchema>;

export const versionEntrySchema = z.object({
  version: z.number().int(),
  state: z.enum(['published', 'superseded']),
  publishedAt: z.string(),
  publishedBy: personSchema,
  note: z.string().nullable(),
  /** The older version that was published again; null: none was. */
  rolledBackTo: z.number().int().nullable(),
});
export type VersionEntry = z.infer<typeof versionEntrySchema>;

/** GET …/versions: newest first. */
export const versionListSchema = z.object({ versions: z.array(versionEntrySchema) });
export type VersionList = z.infer<typeof versionListSchema>;

const versionOf = <B extends z.ZodType>(body: B) => versionEntrySchema.extend({ body });
/** GET …/versions/:version */
export const tierVersionSchema = versionOf(tierSetBodySchema);
export const stageVersionSchema = versionOf(stageSetBodySchema);
export const profileVersionSchema = versionOf(profileBodySchema);

/**
 * The body of a draft: of tiers `tierSetDraftSchema`, of stages `stageSetDraftSchema`, of a profile `profileDraftSchema`
 * (model-drafts.ts). It need not be whole; what is wrong stands in `problems`.
 */
export type DraftBodySchema = typeof tierSetDraftSchema | typeof stageSetDraftSchema | typeof profileDraftSchema;

const draftOf = <B extends DraftBodySchema>(body: B) =>
  z.object({
    revision: z.number().int(),
    body,
    /** The version that was published when the draft was begun. */
    basedOn: z.number().int().nullable(),
    startedBy: personSchema,
    startedAt: z.string(),
    savedBy: personSchema,
    savedAt: z.string(),
    /** As of now: what a draft names may have gone since it was saved. */
    problems: z.array(modelProblemSchema),
  });

const draftAnswerOf = <B extends DraftBodySchema>(body: B) =>
  z.object({ draft: draftOf(body).nullable(), published: versionEntrySchema.nullable() });
/** GET …/draft: the draft, where there is one, and the version that it would follow (null: of a new profile). */
export const tierDraftAnswerSchema = draftAnswerOf(tierSetDraftSchema);
export const stageDraftAnswerSchema = draftAnswerOf(stageSetDraftSchema);
export const profileDraftAnswerSchema = draftAnswerOf(profileDraftSchema);
export type TierDraftAnswer = z.infer<typeof tierDraftAnswerSchema>;
export type StageDraftAnswer = z.infer<typeof stageDraftAnswerSchema>;
export type ProfileDraftAnswer = z.infer<typeof profileDraftAnswerSchema>;

const saveOf = <B extends DraftBodySchema>(body: B) => z.strictObject({ revision: z.number().int().nullable(), body });
/**
 * PUT …/draft: keeps the draft, whole or not; answers as GET. Revision null: begin one. 409 REVISION_MOVED: someone else
 * began, saved, discarded or published it meanwhile.
 */
export const saveTierDraftSchema = saveOf(tierSetDraftSchema);
export const saveStageDraftSchema = saveOf(stageSetDraftSchema);
export const saveProfileDraftSchema = saveOf(profileDraftSchema);

/** DELETE …/draft?revision=: discards it; answers 204. */
export const discardDraftQuerySchema = z.strictObject({ revision: z.coerce.number().int() });

/**
 * POST …/publish: the draft becomes the version that applies from today on; all accounts are computed anew. Answers
 * `versionEntrySchema`. 422 DRAFT_NOT_VALID with the places of what is wrong, 409 REVISION_MOVED, 404 without a draft,
 * 409 NOTHING_CHANGED where it says what is published already, 409 PUBLISHED_MEANWHILE where another version was
 * published since the draft was begun: `over` names the one that it is to replace all the same.
 */
export const publishDraftSchema = z.strictObject({
  revision: z.number().int(),
  note: noteSchema(1000).nullable().default(null),
  /** The newer version, as whoever publishes has seen it; null: there is none. */
  over: z.number().int().nullable().default(null),
});
export type PublishDraft = z.output<typeof publishDraftSchema>;

/**
 * POST …/versions/:version/roll-back: publishes an older version again, as a new one; a draft stays as it is. `published`
 * is the version that was seen as the published one: 409 REVISION_MOVED where another is. 422 DRAFT_NOT_VALID where it
 * names what is gone since. Answers `versionEntrySchema`.
 */
export const rollBackSchema = z.strictObject({
  published: z.number().int(),
  note: noteSchema(1000).nullable().default(null),
});
export type RollBack = z.output<typeof rollBackSchema>;

/** GET …/diff?from=3&to=draft: what changed, in words. `from` and `to`: a version, or `draft`. By default published → draft. */
const sideSchema = z.union([z.literal('draft'), z.coerce.number().int().min(1)]);
export const diffQuerySchema = z.strictObject({ from: sideSchema.optional(), to: sideSchema.default('draft') });
export type DiffQuery = z.output<typeof diffQuerySchema>;

export const modelChangeSchema = z.object({
  /** What it is about: the key of a tier, stage, group, measure or cap; `order`, `bands`, `scope`, `hold`…. */
  about: z.string(),
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
  /** A sentence: “T1: ARR is at least 100,000 USD → ARR is at least 80,000 USD”. */
  text: z.string(),
});
export type ModelChange = z.infer<typeof modelChangeSchema>;
export const modelDiffSchema = z.object({
  from: z.union([z.literal('draft'), z.number().int()]),
  to: z.union([z.literal('draft'), z.number().int()]),
  /** Empty: they say the same. */
  changes: z.array(modelChangeSchema),
});
export type ModelDiff = z.infer<typeof modelDiffSchema>;

/**
 * POST …/check {body}: what is wrong with a body, and what it changes against the published version, without keeping it;
 * for an editor while somebody types.
 */
export const checkTiersSchema = z.strictObject({ body: tierSetDraftSchema });
export const checkStagesSchema = z.strictObject({ body: stageSetDraftSchema });
export const checkProfileSchema = z.strictObject({ body: profileDraftSchema });
export const checkAnswerSchema = z.object({
  problems: z.array(modelProblemSchema),
  changes: z.array(modelChangeSchema),
});
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;

// --- Health profiles -------------------------------------------------------------------------------------------------

/** A profile as its editor lists it. Which accounts it scores, and what it measures, is in its versions. */
export const profileEntrySchema = z.object({
  id: idSchema,
  name: z.string(),
  isDefault: z.boolean(),
  /** Off: it scores nobody, its versions are kept. */
  active: z.boolean(),
  revision: z.number().int(),
  /** Null: nothing of it was published yet, so that it scores nobody. */
  published: versionEntrySchema.nullable(),
  draft: z.object({ revision: z.number().int(), savedBy: personSchema, savedAt: z.string() }).nullable(),
});
export type ProfileEntry = z.infer<typeof profileEntrySchema>;

/**
 * GET /api/v1/health-profiles/all: in the order in which they are tried, with those that are off or unpublished; the
 * default is last. (GET /api/v1/health-profiles answers the published ones with their bodies.)
 */
export const profileListSchema = z.object({ profiles: z.array(profileEntrySchema) });
export type ProfileList = z.infer<typeof profileListSchema>;

const profileNameSchema = lineSchema(80).min(1);

/**
 * POST /api/v1/health-profiles: a profile with a draft, the last before the default. The draft is a copy of what is
 * published of `copyOf` (null: of the default), with a scope of no account where the copied one has none. It scores
 * nobody until it is published. 201 `profileEntrySchema`; 409 PROFILE_NAME_TAKEN, 422 TOO_MANY_PROFILES.
 */
export const createProfileSchema = z.strictObject({
  name: profileNameSchema,
  copyOf: idSchema.nullable().default(null),
});
export type CreateProfile = z.output<typeof createProfileSchema>;

/** PATCH /api/v1/health-profiles/:profileId: rename, switch on or off. 409 REVISION_MOVED, 422 DEFAULT_PROFILE (never off). */
export const updateProfileSchema = z.strictObject({
  revision: z.number().int(),
  name: profileNameSchema.optional(),
  active: z.boolean().optional(),
});
export type UpdateProfile = z.infer<typeof updateProfileSchema>;

/**
 * PUT /api/v1/health-profiles/order: all profiles but the default, in the order in which they are to be tried. 409
 * PROFILES_CHANGED where others are there now. Answers `profileListSchema`.
 */
export const orderProfilesSchema = z.strictObject({ ids: z.array(idSchema).max(50) });
export type OrderProfiles = z.infer<typeof orderProfilesSchema>;

/**
 * DELETE /api/v1/health-profiles/:profileId?revision=: it scores nobody from today on; scores that it made can still be
 * explained. 204; 422 DEFAULT_PROFILE.
 */
export const deleteProfileQuerySchema = z.strictObject({ revision: z.coerce.number().int() });

// --- Dry runs --------------------------------------------------------------------------------------------------------

/**
 * POST /api/v1/tiers/dry-run, POST /api/v1/stages/dry-run {body}: where accounts of the reader's scope would go today if
 * this were published. The same body as for …/check, but whole: 422 DRAFT_NOT_VALID. Nothing is stored. With `cell`, `rows`
 * are those behind one cell of the moves, a hundred from `offset` on; its flow tells how many there are.
 */
const cellOf = <S extends z.ZodRawShape>(more: S) =>
  z
    .strictObject({
      from: z.string().nullable(),
      to: z.string().nullable(),
      offset: z.number().int().min(0).max(10_000_000).default(0),
      ...more,
    })
    .nullable()
    .default(null);
export const tryTiersSchema = z.strictObject({
  ...checkTiersSchema.shape,
  /** Of `flows`, or of `rawFlows`. */
  cell: cellOf({ by: z.enum(['once', 'rules']).default('once') }),
});
export const tryStagesSchema = z.strictObject({ ...checkStagesSchema.shape, cell: cellOf({}) });
export type TierCell = NonNullable<z.output<typeof tryTiersSchema>['cell']>;
export type StageCell = NonNullable<z.output<typeof tryStagesSchema>['cell']>;

const countsSchema = z.object({ accounts: z.number().int(), arrMinor: z.number().int() });
const placeSchema = z.string().nullable();

/** Accounts that go from a tier or stage to another, or stay (`from` = `to`). Null: none yet. */
const flowSchema = countsSchema.extend({ from: placeSchema, to: placeSchema });
export type ModelFlow = z.infer<typeof flowSchema>;

/** Each tier or stage, those of the body in its order and then those that vanish: as it is now and as it would be. */
const placeRowSchema = z.object({
  key: z.string(),
  label: z.string(),
  /** Missing in the body: it vanishes. */
  vanishes: z.boolean(),
  now: countsSchema,
  after: countsSchema,
});

const movingAccountSchema = z.object({
  id: idSchema,
  name: z.string(),
  arrMinor: z.number().int().nullable(),
  from: placeSchema,
  to: placeSchema,
});

const dryRunShape = {
  asOf: isoDaySchema,
  /** Money below is in minor units of this currency, the workspace's. */
  currency: z.string(),
  /** All accounts that the reader sees. */
  ...countsSchema.shape,
  /** Of them, those that move at once. */
  moving: countsSchema,
  flows: z.array(flowSchema),
  problems: z.array(modelProblemSchema),
  tookMs: z.number().int(),
};

export const tierDryRunSchema = z.object({
  ...dryRunShape,
  tiers: z.array(
    placeRowSchema.extend({
      /** By the rules alone, when no account is held in a better tier any more. */
      settled: countsSchema,
      targetAccounts: z.number().int().nullable(),
    }),
  ),
  /** By the rules alone: the first rule that matches today, then and now. Tiers set by hand are left out. */
  rawFlows: z.array(flowSchema),
  /** Accounts whose rule says a lower tier, and that are held where they are until so many days have passed. */
  held: countsSchema.extend({ holdDays: z.number().int() }),
  /** Set by hand: they stay, but for those whose tier vanishes. */
  byHand: countsSchema,
  byHandVanishing: countsSchema,
  /** The largest hundred by ARR of those that move, now or after the days for which they are held. */
  rows: z.array(
    movingAccountSchema.extend({
      rawFrom: placeSchema,
      rawTo: z.string(),
      /**
       * rises: at once. falls: at once, nothing better within the days that are held. held: falls on `fallsOn` unless a
       * better tier's rule matches before. vanishes: its tier is gone. stays: only behind a cell of the rules alone.
       */
      how: z.enum(['rises', 'falls', 'held', 'vanishes', 'stays']),
      /** For `held`, with the tier that it would fall to. */
      fallsOn: isoDaySchema.nullable(),
      fallsTo: placeSchema,
    }),
  ),
});
export type TierDryRun = z.infer<typeof tierDryRunSchema>;

export const stageDryRunSchema = z.object({
  ...dryRunShape,
  stages: z.array(placeRowSchema),
  /** Locked by hand: they stay, but for those whose stage vanishes. */
  locked: countsSchema,
  lockedVanishing: countsSchema,
  /** The rules want them in an earlier stage, to which theirs does not fall back. */
  heldBack: countsSchema,
  /** No rule holds: they stay where they are. */
  unmatched: countsSchema,
  rows: z.array(
    movingAccountSchema.extend({
      /** forward, back (as the stage allows), vanishes (its stage is gone), status (a change of status of today). */
      how: z.enum(['forward', 'back', 'vanishes', 'status', 'person']),
    }),
  ),
});
export type StageDryRun = z.infer<typeof stageDryRunSchema>;
