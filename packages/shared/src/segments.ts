import { z } from 'zod';
import { columnsSchema, fieldKeySchema } from './catalogue.js';
import { ACCOUNT_STATUSES, BANDS, idSchema, isoDaySchema, lineSchema, noteSchema, writtenDaySchema } from './common.js';
import { contactRowSchema } from './contacts.js';
import { ruleSchema } from './rules.js';

/** Segments: named rules over accounts whose members are kept, with who came and went. */

const VISIBILITIES = ['private', 'shared'] as const;

/** What a segment is of: its rule is put to accounts, or to contacts. */
export const SEGMENT_OF = ['account', 'contact'] as const;
export type SegmentOf = (typeof SEGMENT_OF)[number];

const segmentFields = z.strictObject({
  name: lineSchema(100).min(1),
  description: noteSchema(2000),
  rule: ruleSchema,
  visibility: z.enum(VISIBILITIES),
  /** Columns of its own, by catalogue field; null: the list's. */
  columns: columnsSchema.nullable(),
  sort: z
    .array(z.strictObject({ field: fieldKeySchema, direction: z.enum(['asc', 'desc']) }))
    .min(1)
    .max(3)
    .nullable(),
});

/** POST /api/v1/segments */
export const createSegmentSchema = segmentFields.extend({
  of: z.enum(SEGMENT_OF).default('account'),
  description: segmentFields.shape.description.default(''),
  visibility: segmentFields.shape.visibility.default('private'),
  columns: segmentFields.shape.columns.default(null),
  sort: segmentFields.shape.sort.default(null),
});
export type CreateSegment = z.infer<typeof createSegmentSchema>;

/** PATCH /api/v1/segments/:segmentId: refused with 409 when the revision has moved on. A new rule begins anew. */
export const updateSegmentSchema = segmentFields.partial().extend({ revision: z.number().int() });
export type UpdateSegment = z.infer<typeof updateSegmentSchema>;

/** POST /api/v1/segments/:segmentId/copy: a private segment of the one who asks. */
export const copySegmentSchema = z.strictObject({ name: segmentFields.shape.name });
export type CopySegment = z.infer<typeof copySegmentSchema>;

export const segmentSchema = segmentFields.extend({
  id: idSchema,
  of: z.enum(SEGMENT_OF),
  /** Of a built-in segment; null for all others. */
  key: z.string().nullable(),
  owner: z.object({ userId: z.string(), name: z.string() }).nullable(),
  ruleVersion: z.number().int(),
  revision: z.number().int(),
  /** The one who asks may change it. */
  mayEdit: z.boolean(),
});
export type Segment = z.infer<typeof segmentSchema>;

/** What rests on a segment, as far as the reader may know of it. */
const segmentUserSchema = z.object({
  kind: z.enum(['segment', 'alertRule', 'playbook', 'view']),
  id: idSchema,
  name: z.string(),
});
export type SegmentUser = z.infer<typeof segmentUserSchema>;

/** GET /api/v1/segments: with figures over the accounts that the reader may see. */
export const segmentListSchema = z.object({
  segments: z.array(
    segmentSchema.extend({
      members: z.number().int(),
      /** Null: no member has one, or they are contacts. */
      arrMinor: z.number().nullable(),
      /** Members at the close of the last 29 days, oldest first, and now; null: not known, or under another rule. */
      sizes: z.array(z.number().int().nullable()),
      usedBy: z.array(segmentUserSchema),
    }),
  ),
});
export type SegmentList = z.infer<typeof segmentListSchema>;

/** GET /api/v1/segments/:segmentId/events?kind=&offset=&limit=: who came and went, newest first. */
export const segmentEventsQuerySchema = z.strictObject({
  kind: z.enum(['entered', 'left']).optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type SegmentEventsQuery = z.infer<typeof segmentEventsQuerySchema>;

export const segmentEventsSchema = z.object({
  total: z.number().int(),
  events: z.array(
    z.object({
      id: idSchema,
      kind: z.enum(['entered', 'left']),
      day: isoDaySchema,
      at: z.iso.datetime({ offset: true }),
      account: z.object({ id: idSchema, externalId: z.string(), name: z.string() }),
      /** In a segment of contacts; null: of accounts. */
      contact: z.object({ id: idSchema, name: z.string() }).nullable(),
      /** The condition that turned, in English, after “no longer: ” where it does not hold any more; null: none can be named. */
      because: z.string().nullable(),
      /** Of the membership that began or ended. */
      sinceDay: isoDaySchema,
    }),
  ),
  /** How many came and went on each day of the last 90 that had any, oldest first. */
  days: z.array(z.object({ day: isoDaySchema, entered: z.number().int(), left: z.number().int() })),
});
export type SegmentEvents = z.infer<typeof segmentEventsSchema>;

/** GET /api/v1/segments/:segmentId/sizes?from=: at the close of each day, and as it is now; the last 90 days where not said. */
export const segmentSizesQuerySchema = z.strictObject({ from: isoDaySchema.optional() });
export const segmentSizesSchema = z.object({
  sizes: z.array(
    z.object({
      day: isoDaySchema,
      members: z.number().int(),
      arrMinor: z.number().nullable(),
      /** Of the rule: a line on the chart where it changes. */
      ruleVersion: z.number().int(),
    }),
  ),
});
export type SegmentSizes = z.infer<typeof segmentSizesSchema>;

/** GET /api/v1/segments/:segmentId: with what rests on it. */
export const segmentDetailSchema = segmentSchema.extend({ usedBy: z.array(segmentUserSchema) });

/** GET /api/v1/segments/:segmentId/members?offset=&limit=: the largest ARR first. */
export const segmentMembersQuerySchema = z.strictObject({
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type SegmentMembersQuery = z.infer<typeof segmentMembersQuerySchema>;

/** In place when the rule was new, or come in since. */
const membership = { sinceDay: isoDaySchema, how: z.enum(['baseline', 'rule']) };

export const segmentMembersSchema = z.object({
  of: z.enum(SEGMENT_OF),
  total: z.number().int(),
  /** Of a segment of accounts. */
  members: z.array(
    z.object({
      accountId: z.string(),
      externalId: z.string(),
      name: z.string(),
      status: z.enum(ACCOUNT_STATUSES),
      tier: z.string().nullable(),
      stage: z.string().nullable(),
      score: z.number().nullable(),
      band: z.enum(BANDS).nullable(),
      arrMinor: z.number().nullable(),
      ...membership,
    }),
  ),
  /** Of a segment of contacts, each with its account. */
  contacts: z.array(contactRowSchema.extend(membership)),
});
export type SegmentMembers = z.infer<typeof segmentMembersSchema>;

export const exclusionSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  reason: z.string(),
  /** Null: for good. */
  untilDay: isoDaySchema.nullable(),
  by: z.string().nullable(),
});

/** GET /api/v1/segments/:segmentId/exclusions */
export const exclusionListSchema = z.object({ exclusions: z.array(exclusionSchema) });
export type ExclusionList = z.infer<typeof exclusionListSchema>;

/** PUT /api/v1/segments/:segmentId/exclusions/:accountId */
export const excludeSchema = z.strictObject({ reason: lineSchema(500).min(1), untilDay: writtenDaySchema.nullable() });
export type Exclude = z.infer<typeof excludeSchema>;

/**
 * GET /api/v1/segments/:segmentId/why/:accountId?contact=: the rule as it stands now, condition by condition. Of a segment
 * of contacts, for the contact that is named.
 */
export const segmentWhyQuerySchema = z.strictObject({ contact: idSchema.optional() });
export const segmentWhySchema = z.object({
  /** As of the account's last computation. */
  isMember: z.boolean(),
  sinceDay: isoDaySchema.nullable(),
  /** What the rule says now, exclusions aside. */
  holds: z.boolean(),
  exclusion: exclusionSchema.nullable(),
  /** In the order in which the conditions stand in the rule. */
  leaves: z.array(
    z.object({
      holds: z.boolean(),
      /** Null where the condition reads no single field. */
      field: z.string().nullable(),
      /** Money in major units; null: not set, or no single value. */
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
    }),
  ),
});
export type SegmentWhy = z.infer<typeof segmentWhySchema>;

/**
 * GET /api/v1/accounts/:accountId/segments?asOf=: the segments of accounts that it is in, or was on the day, as far as the
 * reader may know of them; each with its rule of now.
 */
export const accountSegmentsSchema = z.object({
  segments: z.array(segmentSchema.pick({ id: true, key: true, name: true, rule: true }).extend(membership)),
});
export type AccountSegments = z.infer<typeof accountSegmentsSchema>;
