import { z } from 'zod';
import {
  ACCOUNT_STATUSES,
  BANDS,
  idSchema,
  isoDaySchema,
  lineSchema,
  noteSchema,
  ownerSchema,
  TRENDS,
  textSchema,
  writtenDaySchema,
} from './common.js';
import { reportPartsSchema } from './report-parts.js';
import { ruleSchema } from './rules.js';

/** The account list and the account page. Money is in minor units of the workspace's currency unless said otherwise. */

/**
 * POST /api/v1/accounts/query: one block of the grid.
 * `sort` names a sortable catalogue field; ties are broken by account id. `asOf` null = live.
 */
export const accountQuerySchema = z.strictObject({
  rule: ruleSchema.nullable().default(null),
  /** What a figure of a report asks besides: accounts that belong to all of them. */
  parts: reportPartsSchema.optional(),
  /** Matches name, external id or domain. */
  text: textSchema(200).default(''),
  sort: z
    .array(z.strictObject({ field: z.string().max(120), direction: z.enum(['asc', 'desc']) }))
    .max(3)
    .default([]),
  asOf: isoDaySchema.nullable().default(null),
  offset: z.number().int().min(0).max(1_000_000).default(0),
  limit: z.number().int().min(1).max(500).default(100),
});
export type AccountQuery = z.input<typeof accountQuerySchema>;
export type ParsedAccountQuery = z.output<typeof accountQuerySchema>;

/** ARR as it was delivered, in minor units of its own currency, that the ARR lacks: there is no exchange rate for it. */
export const arrWithoutRateSchema = z.array(z.object({ amountMinor: z.number(), currency: z.string() }));
export type ArrWithoutRate = z.infer<typeof arrWithoutRateSchema>;

export const accountRowSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  name: z.string(),
  status: z.enum(ACCOUNT_STATUSES),
  score: z.number().nullable(),
  band: z.enum(BANDS).nullable(),
  bandSince: isoDaySchema.nullable(),
  healthChange: z.number().nullable(),
  trend: z.enum(TRENDS).nullable(),
  /** The scores of the last 30 days, one a day, oldest first; null where unknown. */
  sparkline: z.array(z.number().nullable()),
  tier: z.string().nullable(),
  stage: z.string().nullable(),
  stageSince: isoDaySchema.nullable(),
  arrMinor: z.number().nullable(),
  /** In the list, of accounts whose ARR is not known and that lack a rate. */
  arrWithoutRate: arrWithoutRateSchema.optional(),
  seats: z.number().nullable(),
  activeContacts: z.number().nullable(),
  /** Per cent against the window before. */
  activeContactsChange: z.number().nullable(),
  seatUtilization: z.number().nullable(),
  /** Points against the window before. */
  breadthChange: z.number().nullable(),
  nps: z.number().nullable(),
  /** Null: nobody has answered. */
  promoter: z.boolean().nullable(),
  daysSinceTouch: z.number().nullable(),
  /** Where nobody ever was in touch, the days count from when somebody could have been. */
  neverTouched: z.boolean(),
  renewalDate: isoDaySchema.nullable(),
  primaryContact: z.string().nullable(),
  customerSince: isoDaySchema.nullable(),
  leavesOn: isoDaySchema.nullable(),
  csm: ownerSchema.nullable(),
  am: ownerSchema.nullable(),
  industry: z.string().nullable(),
  region: z.string().nullable(),
  plan: z.string().nullable(),
  tags: z.array(z.string()),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

/** Now-only fields that an as-of query used are named, so that the reader knows. */
export const accountPageSchema = z.object({
  rows: z.array(accountRowSchema),
  asOf: isoDaySchema,
  nowOnlyFields: z.array(z.string()),
});
export type AccountPage = z.infer<typeof accountPageSchema>;

/** POST /api/v1/accounts/count: same body without sort, offset and limit. Asked apart from the page. */
export const accountCountQuerySchema = accountQuerySchema.omit({ sort: true, offset: true, limit: true });
export type ParsedAccountCountQuery = z.output<typeof accountCountQuerySchema>;
export const accountCountSchema = z.object({
  accounts: z.number().int(),
  /** Of the accounts whose ARR is known; null where it is of none. */
  arrMinor: z.number().nullable(),
  byBand: z.record(z.enum(BANDS), z.number().int()),
});
export type AccountCount = z.infer<typeof accountCountSchema>;

/** POST /api/v1/accounts/export: the same question, answered as a CSV file. */
export const accountExportSchema = accountQuerySchema.omit({ offset: true, limit: true });
export type ParsedAccountExport = z.output<typeof accountExportSchema>;

/** GET /api/v1/catalogue: what rules, filters and columns may name. */
export { catalogueFieldSchema } from './catalogue.js';

/** GET /api/v1/accounts/:id?asOf= */
export const accountDetailSchema = accountRowSchema.extend({
  asOf: isoDaySchema,
  currency: z.string().nullable(),
  domain: z.string().nullable(),
  size: z.string().nullable(),
  employees: z.number().nullable(),
  country: z.string().nullable(),
  timeZone: z.string().nullable(),
  mrrMinor: z.number().nullable(),
  arrWithoutRate: arrWithoutRateSchema,
  noticeGivenOn: isoDaySchema.nullable(),
  noticeDays: z.number().nullable(),
  churnedOn: isoDaySchema.nullable(),
  churnReason: z.string().nullable(),
  rawTier: z.string().nullable(),
  tierSince: isoDaySchema.nullable(),
  tierOverride: z.object({ tier: z.string(), reason: z.string(), untilDay: isoDaySchema.nullable() }).nullable(),
  stageStatus: z.enum(['on_track', 'behind', 'stuck']).nullable(),
  stageLock: z.object({ stage: z.string(), reason: z.string().nullable(), fromDay: isoDaySchema }).nullable(),
  attributes: z.record(z.string(), z.unknown()),
  parent: z.object({ id: z.string(), name: z.string() }).nullable(),
  children: z.array(
    z.object({ id: z.string(), name: z.string(), arrMinor: z.number().nullable(), band: z.enum(BANDS).nullable() }),
  ),
  /** Where each field's present value comes from. */
  fieldSources: z.record(z.string(), z.object({ source: z.string(), fromDay: isoDaySchema })),
  /** Fields that active subscriptions decide on this day: an edit would change nothing. */
  fromSubscriptions: z.array(z.enum(['renewalDate', 'seats'])),
  sources: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      factKind: z.string(),
      lastReceivedAt: z.string().nullable(),
      silent: z.boolean(),
    }),
  ),
  computedAt: z.string().nullable(),
  /** Its data cannot be computed from this day on, so what stands here is older. Null: all is well. */
  setAside: z.object({ asOf: isoDaySchema, code: z.string() }).nullable(),
  revision: z.number().int(),
});
export type AccountDetail = z.infer<typeof accountDetailSchema>;

/** A text of an account as a person writes it; null: none. As long as facts may have it. */
const writtenTextSchema = lineSchema(500).min(1).nullable().optional();

/** PATCH /api/v1/accounts/:id: a person's edit; refused with 409 when the revision has moved on. */
export const updateAccountSchema = z.strictObject({
  revision: z.number().int(),
  name: lineSchema(300).min(1).optional(),
  /** Kept as a host: `https://www.Acme.test/about` is `acme.test`. */
  domain: writtenTextSchema,
  industry: writtenTextSchema,
  size: writtenTextSchema,
  employees: z.number().int().min(0).max(100_000_000).nullable().optional(),
  country: writtenTextSchema,
  region: writtenTextSchema,
  plan: writtenTextSchema,
  csmUserId: idSchema.nullable().optional(),
  amUserId: idSchema.nullable().optional(),
  renewalDate: writtenDaySchema.nullable().optional(),
  seats: z.number().int().min(0).max(100_000_000).nullable().optional(),
  noticeGivenOn: writtenDaySchema.nullable().optional(),
  leavesOn: writtenDaySchema.nullable().optional(),
  tags: z.array(lineSchema(60).min(1)).max(50).optional(),
});
export type UpdateAccount = z.infer<typeof updateAccountSchema>;
export const accountRevisionSchema = z.object({ id: z.string(), revision: z.number().int() });

/** PUT /api/v1/accounts/:id/pulse → when it was set: one for the day; reason codes are required at 1–3. */
export const setPulseSchema = z
  .strictObject({
    value: z.number().int().min(1).max(6),
    reasons: z.array(lineSchema(60)).max(10).default([]),
    note: noteSchema(2000).nullable().default(null),
  })
  .refine((pulse) => pulse.value > 3 || pulse.reasons.length > 0, {
    path: ['reasons'],
    message: 'a pulse of 1 to 3 needs at least one reason',
  });

export type SetPulse = z.output<typeof setPulseSchema>;

/**
 * POST /api/v1/accounts/:id/pulse/undo, by whoever set it, on the day itself: what stood for the day before stands again.
 * 409 CHANGED_SINCE where that pulse is no longer the one of the day.
 */
export const pulseSetSchema = z.strictObject({ setAt: z.iso.datetime() });
export type PulseSet = z.output<typeof pulseSetSchema>;

/** PUT /api/v1/accounts/:id/tier: by hand, with a reason and an end; DELETE returns it to the rules. */
export const setTierSchema = z.strictObject({
  tier: lineSchema(40).min(1),
  reason: noteSchema(500).min(1),
  untilDay: writtenDaySchema.nullable().default(null),
});

export type SetTier = z.output<typeof setTierSchema>;

/** PUT /api/v1/accounts/:id/stage: moves and locks; DELETE unlocks. */
export const setStageSchema = z.strictObject({
  stage: lineSchema(40).min(1),
  reason: noteSchema(500).min(1),
});
export type SetStage = z.output<typeof setStageSchema>;

/** GET /api/v1/accounts/:id?asOf= and /explanation?asOf=: without a day, as it is now. */
export const accountAsOfQuerySchema = z.strictObject({ asOf: isoDaySchema.optional() });

/** GET /api/v1/accounts/:id/changes?from=&to= */
export const scoreChangeQuerySchema = z.strictObject({ from: isoDaySchema, to: isoDaySchema });

/**
 * GET /api/v1/accounts/:id/series?fields=…&from=&to=: daily values from snapshots, for charts. Money is in major units,
 * as signals have it.
 */
export const seriesQuerySchema = z.strictObject({
  fields: z.string().max(2000),
  from: isoDaySchema,
  to: isoDaySchema,
});
export const seriesSchema = z.object({
  days: z.array(isoDaySchema),
  /** field key → a value a day, null where unknown */
  values: z.record(z.string(), z.array(z.number().nullable())),
  /** Where the health profile's version changed: a line on the chart. */
  modelChanges: z.array(z.object({ day: isoDaySchema, from: z.string(), to: z.string() })),
  bands: z.array(z.enum(BANDS).nullable()),
});
export type Series = z.infer<typeof seriesSchema>;

/** GET /api/v1/accounts/:id/moves: tier and stage history, newest first. */
export const moveSchema = z.object({
  what: z.enum(['tier', 'stage']),
  from: z.string().nullable(),
  to: z.string(),
  on: isoDaySchema,
  reason: z.enum(['rule', 'person', 'import', 'status']),
  by: z.string().nullable(),
  note: z.string().nullable(),
});
export type Move = z.infer<typeof moveSchema>;
export const moveListSchema = z.array(moveSchema);

/** GET /api/v1/accounts/:id/facts/:kind?asOf=&offset=&limit= */
export const FACT_LISTS = [
  'contacts',
  'subscriptions',
  'invoices',
  'tickets',
  'surveys',
  'touchpoints',
  'deals',
  'metrics',
  'events',
  'pulses',
] as const;
export type FactList = (typeof FACT_LISTS)[number];
export const factPageSchema = z.object({
  columns: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      type: z.enum(['text', 'number', 'money', 'date', 'instant', 'boolean', 'list']),
    }),
  ),
  rows: z.array(z.record(z.string(), z.unknown())),
  total: z.number().int(),
});
export type FactPage = z.infer<typeof factPageSchema>;
export const factListSchema = z.enum(FACT_LISTS);
export const accountFactsQuerySchema = z.strictObject({
  asOf: isoDaySchema.optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
