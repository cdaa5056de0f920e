import { z } from 'zod';
import { type Band, idSchema, isoDaySchema, lineSchema } from './common.js';
import { monthSchema } from './ledger.js';
import type { Rule } from './rules.js';
import { tierKeySchema } from './tiers.js';

/**
 * What the pages of managers share: their filters, which stand in the address, the parts that figures are made of, and
 * the list of the accounts behind a figure.
 *
 * Months are read from what every night is put down, the running month as of the last day that was closed. Today is
 * asked for by itself (…/today), from what is computed now.
 */

/** `then`: as it was on the day of the figure; `now`: as it is today. */
export const REPORT_MODES = ['then', 'now'] as const;
export type ReportMode = (typeof REPORT_MODES)[number];

/** The months just before the period, or the same months of the year before. */
export const COMPARISONS = ['before', 'yearBefore'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Stands in `tier` for accounts without a tier. */
export const NO_TIER = 'none';
export const MOST_REPORT_MONTHS = 60;
export const USUAL_REPORT_MONTHS = 12;

const tierList = z
  .string()
  .max(400)
  .transform((text) => text.split(',').filter((key) => key !== ''))
  .pipe(z.array(tierKeySchema).max(13));

export const reportFilterFields = {
  /** First and last month; without: the 12 that end with the running one, or with the month of `asOf`. At most 60. */
  from: monthSchema.optional(),
  to: monthSchema.optional(),
  /** Nothing later than this day is told; the last month ends with it. */
  asOf: isoDaySchema.optional(),
  /** `T1,T2`; `none`: accounts without a tier. */
  tier: tierList.optional(),
  /** Members of the segment today. */
  segment: idSchema.optional(),
  /** The account's CSM or AM. */
  owner: idSchema.optional(),
  region: lineSchema(200).optional(),
  /** The account's plan. */
  product: lineSchema(200).optional(),
  /** Whether accounts stand under the tier of then or of now, in figures and in the filter. */
  tierMode: z.enum(REPORT_MODES).default('then'),
  /** Whether owners are those of then or of now. */
  ownerMode: z.enum(REPORT_MODES).default('now'),
  compare: z.enum(COMPARISONS).optional(),
};

/** The query of every page of managers. 400 for months in reverse order or too many; AS_OF_IN_FUTURE. */
export const reportFiltersSchema = z.strictObject(reportFilterFields);
export type ReportFilters = z.output<typeof reportFiltersSchema>;

/**
 * GET /api/v1/reports/options: what the filters can be set to, among the accounts that the reader may see.
 * Permission `reports:read`; within the reader's scope, like all of /api/v1/reports.
 */
export const reportOptionsSchema = z.object({
  tiers: z.array(z.object({ key: z.string(), label: z.string(), color: z.string() })),
  segments: z.array(z.object({ id: z.string(), name: z.string() })),
  owners: z.array(z.object({ id: z.string(), name: z.string(), accounts: z.number().int() })),
  /** The most frequent first, at most 200. */
  regions: z.array(z.object({ value: z.string(), accounts: z.number().int() })),
  products: z.array(z.object({ value: z.string(), accounts: z.number().int() })),
});
export type ReportOptions = z.infer<typeof reportOptionsSchema>;

/** How far the figures are put down: beside every answer. */
export const reportStateSchema = z.object({
  /** The day up to which is told: `asOf`, else today. */
  asOf: isoDaySchema,
  currency: z.string(),
  /** When months were last put down; null: never yet. */
  builtAt: z.string().nullable(),
  /** Months are being put down right now, or have yet to be: figures may be missing or change soon. */
  preparing: z.boolean(),
});
export type ReportState = z.infer<typeof reportStateSchema>;

/** part ÷ of, in per cent or as a mean, as the figure says; null: `of` is 0. */
export const ratioSchema = z.object({ value: z.number().nullable(), part: z.number(), of: z.number() });
export type Ratio = z.infer<typeof ratioSchema>;

/** What of an account's revenue a list shows (GET /api/v1/reports/revenue/accounts). */
export interface RevenueList {
  /** The month that the figure stands under: `2026-04`. */
  month: string;
  /** `month`: its own movement; `year`: the 12 months that end with it; `period`: the months of the filters. */
  span: 'month' | 'year' | 'period';
  part: string;
}

/** Where the accounts behind a figure are listed: the account list under a rule, or the list of revenue. */
export type Behind =
  | { kind: 'accounts'; rule: Rule; asOf: string | null }
  | { kind: 'revenue'; search: Record<string, string> };

/** Which of the accounts of a day and tier are meant. */
export type AccountPart =
  /** Live ones: on trial, or customers. */
  | { kind: 'live' }
  /** Of any status: what a figure counts may have left since. */
  | { kind: 'every' }
  | { kind: 'customers' }
  | { kind: 'band'; band: Band }
  | { kind: 'scored' }
  /** Seats and active contacts are known. */
  | { kind: 'seats' }
  | { kind: 'breadth' }
  /** Touches: those with a cadence to keep, those that keep it, those that do not. */
  | { kind: 'touch'; which: 'expected' | 'kept' | 'missed' }
  /** Used the feature in the month, up to the day. */
  | { kind: 'feature'; feature: string };

export interface PlaceOfFigure {
  filters: Partial<ReportFilters>;
  /** The day of the figure. */
  day: string;
  /** True for figures of now: the list shows what stands now. */
  live: boolean;
  /** Key of a tier, null: accounts without one; left out: all tiers of the filters. */
  tier?: string | null;
}

/** The rule whose accounts, as of the day, are those that a figure counts. */
export function accountsBehind(place: PlaceOfFigure, part: AccountPart = { kind: 'live' }): Behind {
  const rules = [...statusOf(part), ...tierOf(place), ...filterRules(place), ...partRules(part, place.day)];
  return { kind: 'accounts', rule: { kind: 'all', rules }, asOf: place.live ? null : place.day };
}

/** The address of the list of revenue whose accounts a figure counts. */
export function revenueBehind(
  filters: Partial<ReportFilters>,
  list: RevenueList,
  group?: { by: string; key: string | null },
): Behind {
  const search: Record<string, string> = {};
  for (const [key, value] of Object.entries(filters)) {
    if (value !== undefined && key !== 'compare') search[key] = Array.isArray(value) ? value.join(',') : String(value);
  }
  if (group) {
    search['by'] = group.by;
    search['key'] = group.key ?? '';
  }
  return { kind: 'revenue', search: { ...search, ...list } };
}

const compare = (field: string, op: 'eq' | 'in' | 'lte' | 'gt', value: string | number | string[]): Rule => ({
  kind: 'compare',
  field,
  op,
  value,
});
const isSet = (field: string): Rule => ({ kind: 'compare', field, op: 'isSet' });

function statusOf(part: AccountPart): Rule[] {
  if (part.kind === 'every') return [];
  if (part.kind === 'customers') return [compare('account.status', 'eq', 'customer')];
  return [compare('account.status', 'in', ['trial', 'customer'])];
}

function tierOf({ filters, live, tier }: PlaceOfFigure): Rule[] {
  const field = filters.tierMode === 'now' && !live ? 'tier.now' : 'tier';
  const unset: Rule = { kind: 'compare', field, op: 'isNotSet' };
  if (tier === null) return [unset];
  if (tier !== undefined) return [compare(field, 'eq', tier)];
  const wanted = filters.tier ?? [];
  if (wanted.length === 0) return [];
  const keys = wanted.filter((key) => key !== NO_TIER);
  const rules = [
    ...(keys.length > 0 ? [compare(field, 'in', keys)] : []),
    ...(keys.length < wanted.length ? [unset] : []),
  ];
  return rules.length === 1 ? rules : [{ kind: 'any', rules }];
}

function filterRules({ filters, live }: PlaceOfFigure): Rule[] {
  const { segment, owner, region, product, ownerMode = 'now' } = filters;
  const rules: Rule[] = [];
  const now = ownerMode === 'now' && !live ? 'Now' : '';
  if (segment !== undefined) {
    rules.push({ kind: 'member', segment, is: true, ...(live ? {} : { now: true as const }) });
  }
  if (owner !== undefined) {
    const roles = ['csm', 'am'].map((role) => compare(`account.${role}${now}`, 'eq', owner));
    rules.push({ kind: 'any', rules: roles });
  }
  if (region !== undefined) rules.push(compare('account.region', 'eq', region));
  if (product !== undefined) rules.push(compare('account.plan', 'eq', product));
  return rules;
}

function partRules(part: AccountPart, day: string): Rule[] {
  switch (part.kind) {
    case 'live':
    case 'every':
    case 'customers':
      return [];
    case 'band':
      return [compare('health.band', 'eq', part.band)];
    case 'scored':
      return [isSet('health.score')];
    case 'seats':
      return [isSet('usage.active_contacts'), compare('account.seats', 'gt', 0)];
    case 'breadth':
      return [isSet('adoption.breadth')];
    case 'touch': {
      const lag = 'relationship.touch_lag';
      if (part.which === 'expected') return [isSet(lag)];
      return [compare(lag, part.which === 'kept' ? 'lte' : 'gt', 1)];
    }
    case 'feature':
      return [
        {
          kind: 'eventCount',
          event: null,
          feature: part.feature,
          op: 'gte',
          count: 1,
          inLastDays: Number(day.slice(8)),
        },
      ];
  }
}
