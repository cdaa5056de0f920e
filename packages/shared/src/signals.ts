import { z } from 'zod';
import { isoDaySchema, textSchema } from './common.js';

/** Built-in signals hold the numbers 1–60, a workspace's own signals start here. Numbers are never reused. */
export const FIRST_OWN_SIGNAL_NUMBER = 61;
export const MAX_SIGNAL_NUMBER = 500;

/**
 * How a value reads: `percent` is 0–100 (35 means 35 %), `money` is in major units of the workspace currency,
 * `yesNo` is stored as 1 or 0, `times` is a factor (1.5 ×).
 */
export const signalUnits = [
  'contacts',
  'days',
  'hours',
  'events',
  'features',
  'tickets',
  'invoices',
  'money',
  'percent',
  'points',
  'times',
  'rating',
  'yesNo',
  'number',
] as const;
export const signalUnitSchema = z.enum(signalUnits);
export type SignalUnit = z.infer<typeof signalUnitSchema>;

/** Which direction is good news. */
export const betterDirections = ['up', 'down', 'none'] as const;
export const betterDirectionSchema = z.enum(betterDirections);
export type BetterDirection = z.infer<typeof betterDirectionSchema>;

/**
 * Why a signal has no value, with the small number it is stored as. Numbers are permanent; 0 in storage means "has a
 * value". Absent is not zero and not bad.
 */
export const nullReasonNumbers = {
  /** No source covers this account. */
  no_feed: 1,
  /** The newest point is older than max(window, 1.5 periods). */
  stale: 2,
  /** Change: both windows are 0. Ratio: nobody was active. */
  no_usage: 3,
  /** Change: the window before is 0. */
  new: 4,
  /** Change: the window before lies under the floor. */
  too_little: 5,
  /** Change: the account was not live for both windows. */
  not_live: 6,
  /** Change: more than 20 % of the days of a window were silent for the source. */
  silent: 7,
  /** An average, ratio or "days since" over nothing. */
  no_data: 8,
  /** No contact answered in the window. */
  no_answer: 9,
  /** The newest pulse has expired. */
  expired: 10,
  /** Seats are unknown or 0. */
  no_seats: 11,
  /** The tier has no touch cadence. */
  no_cadence: 12,
  /** The account field or attribute is not set. */
  not_set: 13,
  /** No champion, or none ever seen. */
  never_seen: 14,
  /** The workspace tracks no feature. */
  not_tracked: 15,
  /** No score on one of the two days. */
  no_score: 16,
  /** An amount is in a currency without an exchange rate. */
  no_rate: 17,
} as const;
export type NullReason = keyof typeof nullReasonNumbers;
export const nullReasons = Object.keys(nullReasonNumbers) as [NullReason, ...NullReason[]];
export const nullReasonSchema = z.enum(nullReasons);

const reasonsByNumber = new Map(nullReasons.map((reason) => [nullReasonNumbers[reason] as number, reason]));

/** The reason behind a stored number; null for 0 (there is a value, or no such signal) and for numbers not in use. */
export function nullReasonOf(stored: number): NullReason | null {
  return reasonsByNumber.get(stored) ?? null;
}

/** What a person reads where a value is missing. */
export const nullReasonTexts: Record<NullReason, string> = {
  no_feed: 'no feed covers this account',
  stale: 'the newest value is too old',
  no_usage: 'no usage',
  new: 'new: nothing to compare with',
  too_little: 'too little to compare',
  not_live: 'not a live account for the whole comparison',
  silent: 'the source was silent',
  no_data: 'no data in the window',
  no_answer: 'no answer in the window',
  expired: 'the last pulse has expired',
  no_seats: 'seats unknown',
  no_cadence: 'the tier has no touch cadence',
  not_set: 'not set',
  never_seen: 'no champion seen yet',
  no_rate: 'no exchange rate for the currency of an amount',
  not_tracked: 'no feature is tracked',
  no_score: 'no score to compare with',
};

/** A filter on an event's properties; all of a list must hold. */
export const eventFilterSchema = z.strictObject({
  property: z.string().min(1).max(100),
  op: z.enum(['eq', 'neq', 'in', 'gte', 'lte']),
  value: z.union([
    z.string().max(200),
    z.number(),
    z.boolean(),
    z.array(z.union([z.string().max(200), z.number()])).max(50),
  ]),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

/** The computations that a workspace may declare itself. */
const metricComputeSchema = z.strictObject({
  source: z.literal('metric'),
  metric: z.string().min(1).max(100),
  aggregation: z.enum(['last', 'sum', 'average']),
});
const eventComputeSchema = z.strictObject({
  source: z.literal('event'),
  /** Event name; null takes every name that is not background. */
  event: z.string().min(1).max(200).nullable(),
  where: z.array(eventFilterSchema).max(10).default([]),
  aggregation: z.enum(['count', 'distinctContacts', 'distinctDays', 'daysSince']),
});
const attributeComputeSchema = z.strictObject({
  source: z.literal('attribute'),
  attribute: z.string().min(1).max(100),
  aggregation: z.enum(['last', 'daysSince', 'daysUntil']),
});
const ownLeafSchemas = [metricComputeSchema, eventComputeSchema, attributeComputeSchema] as const;

/** The computations behind the built-in signals. */
const usageComputeSchema = z.strictObject({
  source: z.literal('usage'),
  aggregation: z.enum(['distinctContacts', 'distinctDays', 'count', 'daysSince', 'stickiness']),
});
const featuresComputeSchema = z.strictObject({
  source: z.literal('features'),
  aggregation: z.enum(['count', 'share']),
});
const seatsComputeSchema = z.strictObject({ source: z.literal('seats'), aggregation: z.literal('last') });
const ticketsComputeSchema = z.strictObject({
  source: z.literal('tickets'),
  aggregation: z.enum(['count', 'medianHours']),
  /** Open as of the day, opened in the window, or closed in the window. */
  state: z.enum(['open', 'opened', 'closed']),
  priority: z.enum(['urgent', 'high', 'normal', 'low']).nullable(),
});
const satisfactionComputeSchema = z.strictObject({
  source: z.literal('satisfaction'),
  aggregation: z.literal('average'),
});
const npsComputeSchema = z.strictObject({
  source: z.literal('nps'),
  /** `net` = promoters − detractors in %; `promoter`, `detractor`: is there one? */
  aggregation: z.enum(['net', 'average', 'promoter', 'detractor']),
});
const pulseComputeSchema = z.strictObject({ source: z.literal('pulse'), aggregation: z.literal('last') });
const touchpointsComputeSchema = z.strictObject({
  source: z.literal('touchpoints'),
  aggregation: z.enum(['daysSince', 'distinctContacts', 'lag']),
});
const championsComputeSchema = z.strictObject({
  source: z.literal('champions'),
  aggregation: z.enum(['count', 'countLeft', 'daysSince']),
});
const invoicesComputeSchema = z.strictObject({
  source: z.literal('invoices'),
  aggregation: z.enum(['overdueAmount', 'daysOverdue', 'failedCount']),
});
const revenueComputeSchema = z.strictObject({ source: z.literal('revenue'), aggregation: z.enum(['arr', 'mrr']) });
const accountComputeSchema = z.strictObject({
  source: z.literal('account'),
  aggregation: z.enum(['daysToRenewal', 'tenureDays', 'daysSinceReturn']),
});
const healthComputeSchema = z.strictObject({ source: z.literal('health'), aggregation: z.literal('change') });

const leafComputes = [
  ...ownLeafSchemas,
  usageComputeSchema,
  featuresComputeSchema,
  seatsComputeSchema,
  ticketsComputeSchema,
  satisfactionComputeSchema,
  npsComputeSchema,
  pulseComputeSchema,
  touchpointsComputeSchema,
  championsComputeSchema,
  invoicesComputeSchema,
  revenueComputeSchema,
  accountComputeSchema,
  healthComputeSchema,
] as const;
const leafComputeSchema = z.discriminatedUnion('source', leafComputes);
/** A computation over one source. */
export type LeafCompute = z.infer<typeof leafComputeSchema>;

const ownLeafComputeSchema = z.discriminatedUnion('source', ownLeafSchemas);
const ratioOf = <S extends z.ZodType>(leaf: S) =>
  z.strictObject({
    source: z.literal('ratio'),
    of: leaf,
    over: leaf,
    /** percent: × 100; times: the bare quotient. */
    as: z.enum(['percent', 'times']),
  });
const ratioComputeSchema = ratioOf(leafComputeSchema);

export const signalComputeSchema = z.discriminatedUnion('source', [...leafComputes, ratioComputeSchema]);
export type SignalCompute = z.infer<typeof signalComputeSchema>;
export type RatioCompute = z.infer<typeof ratioComputeSchema>;
export type ComputeOf<S extends SignalCompute['source']> = Extract<SignalCompute, { source: S }>;

/** Which of the workspace's floors a change is held against ("too little to compare"). */
export const floorKinds = ['contacts', 'events', 'tickets', 'money', 'none'] as const;
export const floorKindSchema = z.enum(floorKinds);
export type FloorKind = z.infer<typeof floorKindSchema>;

export const signalChangeSchema = z.strictObject({
  /** The window compared with ends this many days earlier; null = the window before (its length earlier). */
  daysEarlier: z.number().int().min(1).max(800).nullable(),
  /** percent: (current − previous) / previous × 100; points: current − previous (shares, without a floor). */
  as: z.enum(['percent', 'points']),
  floor: floorKindSchema,
});
export type SignalChange = z.infer<typeof signalChangeSchema>;

export const signalKeySchema = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'A signal key looks like usage.active_contacts');

const definitionFields = {
  key: signalKeySchema,
  /** Permanent place of the signal in every stored array (1-based). */
  number: z.number().int().min(1).max(MAX_SIGNAL_NUMBER),
  label: textSchema(80).min(1),
  unit: signalUnitSchema,
  description: textSchema(500),
  better: betterDirectionSchema,
  /** Length of the window in days; null = the workspace's window (28 unless changed). */
  windowDays: z.number().int().min(1).max(400).nullable(),
  change: signalChangeSchema.nullable(),
};

export const signalDefinitionSchema = z.strictObject({ ...definitionFields, compute: signalComputeSchema });
export type SignalDefinition = z.infer<typeof signalDefinitionSchema>;

/** A signal that a workspace declares itself, over any metric, event or attribute. */
export const ownSignalSchema = z.strictObject({
  ...definitionFields,
  number: definitionFields.number.min(FIRST_OWN_SIGNAL_NUMBER),
  compute: z.discriminatedUnion('source', [...ownLeafSchemas, ratioOf(ownLeafComputeSchema)]),
});
export type OwnSignal = z.infer<typeof ownSignalSchema>;

const dayRangeSchema = z.object({ from: isoDaySchema, to: isoDaySchema });

/** What stands behind a value: counts, dates and rows, for one account on demand. */
export const signalEvidenceSchema = z.object({
  signal: signalKeySchema,
  value: z.number().nullable(),
  nullReason: nullReasonSchema.nullable(),
  window: dayRangeSchema,
  /** The window compared with; null where the signal is not a change. */
  previousWindow: dayRangeSchema.nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.union([z.number(), isoDaySchema, z.string()]).nullable() })),
  rows: z.array(
    z.object({
      kind: z.string(),
      day: isoDaySchema,
      /** Identity of the row in its own list, where it has one. */
      ref: z.string().nullable(),
      text: z.string(),
      value: z.number().nullable(),
    }),
  ),
});
export type SignalEvidence = z.infer<typeof signalEvidenceSchema>;
export type EvidenceRow = SignalEvidence['rows'][number];
export type EvidenceFact = SignalEvidence['facts'][number];
