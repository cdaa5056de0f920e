import { z } from 'zod';
import { accountBesideSchema, amountSchema, listOf } from './commercial.js';
import { BANDS, idSchema, isoDaySchema, lineSchema, noteSchema, writtenDaySchema } from './common.js';

/**
 * Renewals: one an account and due date. The pipeline makes them from subscriptions and renewal dates and tells their
 * outcome where the facts do; people forecast them, and say what became of them. Money is in minor units of the
 * workspace's currency, a year of what is due.
 */

export const RENEWAL_OUTCOMES = ['renewed', 'renewedSmaller', 'lost'] as const;
export type RenewalOutcome = (typeof RENEWAL_OUTCOMES)[number];

/** `overdue`: past due and without an outcome. */
export const RENEWAL_STATES = ['upcoming', 'overdue', ...RENEWAL_OUTCOMES] as const;
export type RenewalState = (typeof RENEWAL_STATES)[number];

export const FORECAST_CATEGORIES = ['commit', 'likely', 'atRisk', 'lost'] as const;
export type ForecastCategory = (typeof FORECAST_CATEGORIES)[number];

export const renewalSchema = z.object({
  accountId: z.string(),
  dueOn: isoDaySchema,
  /** Null: what it is worth is not known. */
  amountMinor: z.number().nullable(),
  state: z.enum(RENEWAL_STATES),
  /** Days until it is due; negative once the day has passed. */
  dueInDays: z.number().int(),
  /** The last day on which notice can be given; null: no notice period is known. */
  noticeDeadline: isoDaySchema.nullable(),
  outcomeDay: isoDaySchema.nullable(),
  /** A year of what goes on; null: nothing has been decided, or it is not known. */
  renewedAmountMinor: z.number().nullable(),
  reason: z.object({ key: z.string(), label: z.string() }).nullable(),
  note: z.string().nullable(),
  /** Who told the outcome; null: the facts, or nobody yet. */
  decidedBy: z.string().nullable(),
  forecast: z.object({
    /** Somebody's word; else what holds by default, or because the account is leaving. */
    category: z.enum(FORECAST_CATEGORIES),
    amountMinor: z.number().nullable(),
    /** Per cent: commit 100, lost and leaving 0, likely by band, at risk as for the band at risk. */
    probability: z.number(),
    /** amountMinor × probability. */
    weightedMinor: z.number().nullable(),
    /** `default`: nobody has forecast it. `leaving`: nothing is expected of an account that leaves. */
    from: z.enum(['person', 'default', 'leaving']),
    by: z.string().nullable(),
    at: z.string().nullable(),
  }),
  /** Open, due within 90 days or overdue, and nobody has forecast it. */
  missingForecast: z.boolean(),
  /** Open, due within 90 days or overdue, and no touch in the last 30 days. */
  missingTouch: z.boolean(),
  /** Open, due within 12 months, and the account is at risk or leaving, or it is forecast at risk or lost, or overdue. */
  atRisk: z.boolean(),
  /** DELETE …/outcome would take a person's outcome back. */
  mayUndo: z.boolean(),
  revision: z.number().int(),
});
export type Renewal = z.infer<typeof renewalSchema>;

export const renewalRowSchema = renewalSchema.extend({
  account: accountBesideSchema,
  lastTouch: z.object({ day: isoDaySchema, kind: z.string() }).nullable(),
  /** Whether what runs on the due day goes on by itself; null: some of it does, or it is not known. */
  autoRenew: z.boolean().nullable(),
});
export type RenewalRow = z.infer<typeof renewalRowSchema>;

/**
 * GET /api/v1/renewals?scope=&from=&to=&state=&category=&band=&tier=&owner=&missing=&text=&offset=&limit=. Overdue ones of the
 * last 60 days stand on top, then by due date. Without days: due from the first day of this month to twelve months on;
 * overdue ones of the last 60 days belong to it in any case. Totals are over all that match, not only the page.
 */
export const renewalListQuerySchema = z.strictObject({
  scope: z.enum(['mine', 'team', 'all']).default('mine'),
  from: writtenDaySchema.optional(),
  to: writtenDaySchema.optional(),
  state: listOf(RENEWAL_STATES).optional(),
  category: listOf(FORECAST_CATEGORIES).optional(),
  band: listOf(BANDS).optional(),
  /** Keys of tiers, with commas between them. */
  tier: lineSchema(400)
    .transform((text) => text.split(',').filter((key) => key !== ''))
    .optional(),
  /** The account's CSM or AM. */
  owner: idSchema.optional(),
  missing: z.enum(['forecast', 'touch']).optional(),
  /** Matches the account's name, external id or domain. */
  text: lineSchema(200).default(''),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RenewalListQuery = z.output<typeof renewalListQuerySchema>;

/** Sums over known amounts; null: of none is it known. */
const sums = {
  renewals: z.number().int(),
  amountMinor: z.number().nullable(),
};

/** Upcoming and overdue ones of a forecast category. */
const categorySchema = z.object({
  category: z.enum(FORECAST_CATEGORIES),
  ...sums,
  weightedMinor: z.number().nullable(),
});

const monthSchema = z.object({
  /** `2026-04`, of the due date. */
  month: z.string(),
  ...sums,
  weightedMinor: z.number().nullable(),
  atRiskMinor: z.number().nullable(),
  /** Of those that ended well: a year of what goes on. */
  renewedMinor: z.number().nullable(),
  lostMinor: z.number().nullable(),
  byState: z.record(z.enum(RENEWAL_STATES), z.number().int()),
  byCategory: z.array(categorySchema),
});

export const renewalTotalsSchema = z.object({
  ...sums,
  weightedMinor: z.number().nullable(),
  atRiskMinor: z.number().nullable(),
  overdue: z.object(sums),
  missingForecast: z.number().int(),
  missingTouch: z.number().int(),
  byCategory: z.array(categorySchema),
  byMonth: z.array(monthSchema),
  /** ARR of the customers who said that they leave, by the month of the day they leave on. */
  knownChurn: z.array(z.object({ month: z.string(), accounts: z.number().int(), arrMinor: z.number().nullable() })),
});
export type RenewalTotals = z.infer<typeof renewalTotalsSchema>;

export const renewalListSchema = z.object({
  asOf: isoDaySchema,
  from: isoDaySchema,
  to: isoDaySchema,
  rows: z.array(renewalRowSchema),
  totals: renewalTotalsSchema,
});
export type RenewalList = z.infer<typeof renewalListSchema>;

/** GET /api/v1/accounts/:accountId/renewals: the latest due date first. */
export const accountRenewalsSchema = z.object({ renewals: z.array(renewalSchema) });
export type AccountRenewals = z.infer<typeof accountRenewalsSchema>;

/**
 * PATCH /api/v1/accounts/:accountId/renewals/:dueOn → the renewal: what is left out stays; null: back to the default.
 * 409 REVISION_MOVED, 409 RENEWAL_DECIDED.
 */
export const updateForecastSchema = z.strictObject({
  revision: z.number().int(),
  category: z.enum(FORECAST_CATEGORIES).nullable().optional(),
  amountMinor: amountSchema.nullable().optional(),
});
export type UpdateForecast = z.output<typeof updateForecastSchema>;

/**
 * POST /api/v1/accounts/:accountId/renewals/:dueOn/outcome → the renewal. A smaller amount than was due is "renewed
 * smaller". DELETE …/outcome?revision= takes a person's outcome back: then the facts tell again. 409 REVISION_MOVED,
 * 409 RENEWAL_DECIDED, 409 NOTHING_TO_UNDO.
 */
export const renewalOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('renewed'),
    revision: z.number().int(),
    /** A year of what goes on. */
    amountMinor: amountSchema,
    /** Today at the latest; left out: today. */
    on: writtenDaySchema.optional(),
    /** The account's next renewal date, where no subscription tells it. */
    nextDueOn: writtenDaySchema.nullable().default(null),
    note: noteSchema(2000).nullable().default(null),
  }),
  z.strictObject({
    outcome: z.literal('lost'),
    revision: z.number().int(),
    /** Key of a reason of churn. */
    reasonKey: lineSchema(40).min(1),
    on: writtenDaySchema.optional(),
    note: noteSchema(2000).nullable().default(null),
  }),
]);
export type GiveOutcome = z.output<typeof renewalOutcomeSchema>;
export const undoOutcomeQuerySchema = z.strictObject({ revision: z.coerce.number().int() });
