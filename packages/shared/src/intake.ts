import { z } from 'zod';
import { FACT_KINDS } from './fact-kinds.js';

/** Facts in over HTTP: Segment-compatible messages, and plain facts by the fields of the catalogue of fact kinds. */

export const MAX_FACTS_AT_ONCE = 1_000;
/** As Segment's API: of one request and of one message in it. */
export const MAX_BATCH_BYTES = 500 * 1024;
export const MAX_MESSAGE_BYTES = 32 * 1024;

export const INTAKE_STATUSES = ['created', 'updated', 'unchanged', 'quarantined', 'rejected'] as const;
export type IntakeStatus = (typeof INTAKE_STATUSES)[number];

/**
 * What became of one message or fact. `quarantined`: taken, and applied as soon as its account is known. `unchanged`:
 * it was known already, so repeating a request is safe. `rejected`: not taken, and why.
 */
export const intakeItemSchema = z.object({
  index: z.number().int(),
  messageId: z.string().nullable(),
  status: z.enum(INTAKE_STATUSES),
  code: z.string().nullable(),
  path: z.string().nullable(),
  message: z.string().nullable(),
  /** Fields that a person has set by hand and that this fact did not overwrite. */
  keptByHand: z.array(z.string()),
});
export type IntakeItem = z.infer<typeof intakeItemSchema>;

/** Answered only after the facts are committed. */
export const intakeAnswerSchema = z.object({
  /** False when some item was rejected. */
  success: z.boolean(),
  counts: z.record(z.enum(INTAKE_STATUSES), z.number().int()),
  items: z.array(intakeItemSchema),
});
export type IntakeAnswer = z.infer<typeof intakeAnswerSchema>;

/** POST /api/v1/identify, group, track. Unknown keys are ignored, as Segment's libraries send many. */
export const segmentMessageSchema = z.looseObject({});
export type SegmentMessage = Record<string, unknown>;

/** POST /api/v1/batch */
export const segmentBatchSchema = z.looseObject({ batch: z.array(z.unknown()).min(1).max(MAX_FACTS_AT_ONCE) });
export type SegmentBatch = z.infer<typeof segmentBatchSchema>;

/**
 * POST or PUT /api/v1/facts/:kind: one fact, or up to 1,000. Keys are the kind's fields by their key (`account`, `id`,
 * `opened`…), or `subscriptionId` in place of `account`; `attributes` of accounts and contacts and `properties` of
 * events hold what is your own; `observedAt` tells when the fact was true, so that an older one never overwrites a newer.
 */
export const plainFactsSchema = z.union([
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()).min(1).max(MAX_FACTS_AT_ONCE),
]);
export type PlainFacts = z.infer<typeof plainFactsSchema>;
export const factKindSchema = z.enum(FACT_KINDS);

/**
 * GET /api/v1/quarantine: facts of accounts that are not known, or that their account refuses, by account and kind, most
 * first.
 */
export const quarantineQuerySchema = z.strictObject({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type QuarantineQuery = z.output<typeof quarantineQuerySchema>;

export const quarantineListSchema = z.object({
  groups: z.array(
    z.object({
      accountExternalId: z.string(),
      /** Whether the facts name an account or one of its subscriptions. */
      via: z.enum(['externalId', 'subscription']),
      factKind: factKindSchema,
      facts: z.number().int(),
      oldest: z.string(),
      newest: z.string(),
      /** Of the facts, how many wait although their account is known, because it refuses them. */
      refused: z.number().int(),
      /** Why; one reason where there are several. */
      problem: z.string().nullable(),
    }),
  ),
});
export type QuarantineList = z.infer<typeof quarantineListSchema>;

/** POST /api/v1/quarantine/retry: tries all waiting facts whose account is known, refused ones included. */
export const quarantineRetriedSchema = z.object({ retried: z.number().int() });

/** POST /api/v1/quarantine/discard */
export const discardQuarantinedSchema = z.strictObject({
  accountExternalId: z.string().min(1).max(500),
  factKind: factKindSchema.nullable().default(null),
});
export type DiscardQuarantined = z.output<typeof discardQuarantinedSchema>;
export const quarantineDiscardedSchema = z.object({ discarded: z.number().int() });
