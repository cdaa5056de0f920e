import { z } from 'zod';
import { isoDaySchema } from './common.js';
import { monthSchema } from './ledger.js';
import {
  type AccountPart,
  accountsBehind,
  type Behind,
  type PlaceOfFigure,
  ratioSchema,
  reportFilterFields,
  reportStateSchema,
  revenueBehind,
} from './report-filters.js';

/**
 * How each tier does. Figures are over live accounts (trial, customer) as of the last day of a month; revenue over
 * those that paid at the start, under the tier that they had at the start (tierMode `now`: that they have today).
 */

/** GET /api/v1/reports/tiers?<filters>, GET /api/v1/reports/tiers/today?<filters> */
export const tierPerformanceQuerySchema = z.strictObject(reportFilterFields);

export const TIER_RATIOS = [
  /** Mean score of those that have one. */
  'meanScore',
  /** Per cent of the accounts. */
  'atRisk',
  'watch',
  'healthy',
  'unknown',
  /** Active contacts (28 days) per seat, per cent, of accounts of which both are known. */
  'contactsPerSeat',
  /** Mean share of the tracked features that is used, per cent. */
  'breadth',
  /** Per cent of the accounts with a touch cadence whose last touch is no longer ago than that. */
  'touchCoverage',
  /** Alerts that opened in the month (those true at start left out) per account, of any status then. */
  'alertsPerAccount',
  /** Per cent of the goals that ended in the month, achieved or missed, that were achieved. */
  'goalSuccess',
  /** Of the 12 months that end with this one, per cent. */
  'grossRetention',
  'netRetention',
  'logoChurn',
] as const;
export type TierRatio = (typeof TIER_RATIOS)[number];

export const tierCellSchema = z.object({
  /** Null: accounts without a tier. */
  tier: z.string().nullable(),
  /** Live accounts. */
  accounts: z.number().int(),
  customers: z.number().int(),
  /** Null: of none is it known. */
  arrMinor: z.number().nullable(),
  /** Each with what it is made of: value = part ÷ of (money in minor units), null where `of` is 0. */
  ratios: z.record(z.enum(TIER_RATIOS), ratioSchema),
});
export type TierCell = z.infer<typeof tierCellSchema>;

export const tierPointSchema = z.object({
  month: monthSchema,
  /** The day that it shows: the month's last, of the running month the last that was closed (or `asOf`). */
  day: isoDaySchema,
  /** False: nothing is put down of this month, because it is being prepared or the product did not run then. */
  built: z.boolean(),
  /** In the order of the tiers, those without a tier last; only tiers that the filters leave. */
  tiers: z.array(tierCellSchema),
  /** All of them together; its `tier` says nothing. */
  all: tierCellSchema,
});
export type TierPoint = z.infer<typeof tierPointSchema>;

export const tierPerformanceSchema = reportStateSchema.extend({
  tiers: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      color: z.string(),
      cadenceDays: z.number().nullable(),
    }),
  ),
  from: monthSchema,
  to: monthSchema,
  /** Oldest first. */
  points: z.array(tierPointSchema),
  /** The period that `compare` names, as many months. */
  compared: z.object({ from: monthSchema, to: monthSchema, points: z.array(tierPointSchema) }).nullable(),
});
export type TierPerformance = z.infer<typeof tierPerformanceSchema>;

/** GET /api/v1/reports/tiers/today: as computed now; of retention, the 12 months that end with the running one. */
export const tierTodaySchema = reportStateSchema.extend({ point: tierPointSchema });
export type TierToday = z.infer<typeof tierTodaySchema>;

/**
 * GET /api/v1/reports/tiers/features?<filters>: of the last month of the period (and of `compare`), the per cent of the
 * live accounts of each tier that used the feature in that month.
 */
export const tierFeaturesSchema = reportStateSchema.extend({
  month: monthSchema,
  day: isoDaySchema,
  built: z.boolean(),
  features: z.array(z.object({ key: z.string(), label: z.string() })),
  /** `used` in the order of the features; `compared` likewise, null without a comparison. */
  rows: z.array(
    z.object({
      tier: z.string().nullable(),
      accounts: z.number().int(),
      used: z.array(ratioSchema),
      compared: z.array(ratioSchema).nullable(),
    }),
  ),
});
export type TierFeatures = z.infer<typeof tierFeaturesSchema>;

/**
 * GET /api/v1/reports/tiers/export?<filters> → text/csv: a row a month and tier, every figure of the page.
 * GET /api/v1/reports/tiers/features/export?<filters> → text/csv.
 */

const PARTS: Record<Exclude<TierRatio, 'grossRetention' | 'netRetention' | 'logoChurn'>, AccountPart> = {
  meanScore: { kind: 'scored' },
  atRisk: { kind: 'band', band: 'at_risk' },
  watch: { kind: 'band', band: 'watch' },
  healthy: { kind: 'band', band: 'healthy' },
  unknown: { kind: 'band', band: 'unknown' },
  contactsPerSeat: { kind: 'seats' },
  breadth: { kind: 'breadth' },
  touchCoverage: { kind: 'touch', which: 'expected' },
  alertsPerAccount: { kind: 'live' },
  goalSuccess: { kind: 'live' },
};

/** The accounts behind a figure of the page; `place.live` for …/today. `month` of the point: `2026-04`. */
export function behindTierFigure(
  place: PlaceOfFigure & { month: string },
  figure: TierRatio | 'accounts' | 'customers' | 'arr',
): Behind {
  switch (figure) {
    case 'accounts':
    case 'arr':
      return accountsBehind(place);
    case 'customers':
      return accountsBehind(place, { kind: 'customers' });
    case 'grossRetention':
    case 'netRetention':
    case 'logoChurn': {
      const group = place.tier === undefined ? undefined : { by: 'tier', key: place.tier };
      const part = figure === 'logoChurn' ? 'lost' : 'start';
      return revenueBehind(place.filters, { month: place.month, span: 'year', part }, group);
    }
    default:
      return accountsBehind(place, PARTS[figure]);
  }
}
