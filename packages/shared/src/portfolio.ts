import { z } from 'zod';
import { BANDS, isoDaySchema } from './common.js';
import { monthSchema } from './ledger.js';
import { RENEWAL_STATES } from './renewals.js';
import { reportFilterFields } from './report-filters.js';
import { BANDS_OR_NONE } from './report-parts.js';

/**
 * What managers see of owners and their books, each within the reader's scope. Money is in minor units of the
 * workspace's currency; a sum is over known amounts, null where none is known; a ratio is null where there is nothing to
 * take it of. `day` is what a page is about: today, `asOf`, or the last day of a period that has ended. Accounts are
 * those that were live on it, filtered as they stood on it. Which accounts are behind a figure: portfolio-behind.ts.
 */

export const OWNER_ROLES = ['csm', 'am'] as const;
export type OwnerRole = (typeof OWNER_ROLES)[number];

const count = z.number().int();
const money = z.number().nullable();
const ratio = z.number().nullable();
const sum = { accounts: count, arrMinor: money };

/** Of every answer. */
const answered = {
  day: isoDaySchema,
  from: monthSchema,
  to: monthSchema,
  /** The figures are of today, worked out now. */
  live: z.boolean(),
  currency: z.string(),
};

/** Filters of all manager pages, and by whom accounts are grouped: their CSM or account manager, of the day or of today (`ownerMode`). */
export const portfolioQuerySchema = z.strictObject({
  ...reportFilterFields,
  role: z.enum(OWNER_ROLES).default('csm'),
});
export type PortfolioQuery = z.output<typeof portfolioQuerySchema>;

/** `userId` null: a name as it was delivered that matches no user, or (name null, too) nobody. */
export const reportOwnerSchema = z.object({
  /** Of the row in every answer of this page: `user:<id>`, `text:<name>`, or `none`. */
  key: z.string(),
  userId: z.string().nullable(),
  name: z.string().nullable(),
  /** False: has left. */
  active: z.boolean(),
  /** The reader sees some of their accounts only, those that somebody of the reader's looks after as well. */
  partly: z.boolean(),
  manager: z.object({ userId: z.string(), name: z.string() }).nullable(),
});
export type ReportOwner = z.infer<typeof reportOwnerSchema>;

export const bookSchema = z.object({
  ...sum,
  /** Of those with a score. */
  meanScore: z.number().nullable(),
  scored: count,
  bands: z.record(z.enum(BANDS), z.object(sum)),
  /**
   * In the order of the tiers; by `tierMode`. `counted`: of the accounts those held against the target, which nobody’s and
   * those of a book seen in part are not. `load`: counted ÷ target × 100; over 100: more than one owner should have. Both
   * are null where the book’s load is.
   */
  tiers: z.array(
    z.object({ tier: z.string(), accounts: count, counted: count, target: count.nullable(), load: ratio }),
  ),
  /** Accounts in a tier that is no more, or in none. */
  noTier: count,
  /**
   * Σ load over the tiers: 100 is a full book; null of nobody and of who is seen in part. For a team and the total: per owner
   * with accounts, of a team null where one of them is seen in part, of the total over those seen whole.
   */
  load: ratio,
});
export type Book = z.infer<typeof bookSchema>;

export const portfolioRowSchema = bookSchema.extend({ owner: reportOwnerSchema });
export type PortfolioRow = z.infer<typeof portfolioRowSchema>;

/** A manager's people, by who reports to whom today; `manager` null: those without one. */
const team = {
  manager: z.object({ userId: z.string(), name: z.string() }).nullable(),
  /** Keys of the rows. */
  owners: z.array(z.string()),
};

/** GET /api/v1/reports/portfolio: books by owner, the largest ARR first; nobody's last. */
export const portfolioSchema = z.object({
  ...answered,
  tiers: z.array(z.object({ key: z.string(), label: z.string(), color: z.string(), targetAccounts: count })),
  rows: z.array(portfolioRowSchema),
  teams: z.array(bookSchema.extend(team)),
  total: bookSchema.extend({ owners: count }),
});
export type Portfolio = z.infer<typeof portfolioSchema>;

const renewalSum = z.object({ renewals: count, arrMinor: money });

export const workSchema = z.object({
  /** Renewals of the accounts that are due in the months from `from` to `to`, as they stood on the day. */
  renewals: z.object({
    due: renewalSum,
    byState: z.record(z.enum(RENEWAL_STATES), renewalSum),
    /** (renewed + renewed smaller) ÷ (those + lost), in per cent. */
    renewedRate: ratio,
  }),
  /** Counting touches of the accounts from the first day of `from` to the day, and how many accounts had one. */
  touches: count,
  touchedAccounts: count,
  /**
   * Open tasks of the person (assigned to them) on accounts of the filter whose day has passed; accounts that have one: of
   * a team and the total those of each person added up, likewise for goals.
   */
  overdueTasks: count,
  overdueTaskAccounts: count,
  /** Goals of the person that run on accounts of the filter. */
  openGoals: count,
  openGoalAccounts: count,
  /** Alerts of the accounts that opened in the same days; those true at start and those held back are left out. */
  alerts: z.object({
    opened: count,
    answered: count,
    /** From opening to the first answer, in business hours of the workspace. */
    medianHoursToAcknowledge: z.number().nullable(),
    /** By a person. */
    resolved: count,
    medianDaysToResolve: z.number().nullable(),
  }),
});
export type Work = z.infer<typeof workSchema>;

/**
 * GET /api/v1/reports/portfolio/work, with the same query: the second half of the page's table, rows and teams by the
 * same keys; people with work on such accounts but without any of their own have a row, too.
 */
export const portfolioWorkSchema = z.object({
  ...answered,
  rows: z.array(workSchema.extend({ owner: reportOwnerSchema })),
  teams: z.array(workSchema.extend(team)),
  total: workSchema,
});
export type PortfolioWork = z.infer<typeof portfolioWorkSchema>;

/**
 * GET /api/v1/reports/band-movement?fromDay=&toDay= and the filters (on toDay; accounts that were live no more, on
 * fromDay). Without days: from the end of last month to the page's day. 400 INVALID_INPUT: a day in the future, or from
 * after to.
 */
export const bandMovementQuerySchema = z.strictObject({
  ...portfolioQuerySchema.shape,
  fromDay: isoDaySchema.optional(),
  toDay: isoDaySchema.optional(),
});
export type BandMovementQuery = z.output<typeof bandMovementQuerySchema>;
export const bandMovementSchema = z.object({
  fromDay: isoDaySchema,
  toDay: isoDaySchema,
  live: z.boolean(),
  currency: z.string(),
  /** There are snapshots of the days: false: a matrix of `none`. */
  known: z.object({ from: z.boolean(), to: z.boolean() }),
  /** All 25 but none → none. ARR on toDay; of accounts that are gone, on fromDay. */
  cells: z.array(
    z.object({
      from: z.enum(BANDS_OR_NONE),
      to: z.enum(BANDS_OR_NONE),
      ...sum,
    }),
  ),
  /** Between at risk, watch and healthy; unknown, new and gone ones are no move. */
  better: z.object(sum),
  worse: z.object(sum),
  same: z.object(sum),
});
export type BandMovement = z.infer<typeof bandMovementSchema>;

/**
 * GET /api/v1/reports/renewals-by-month, with the portfolio's query and `ahead`: months after the day's (0–24). Renewals by
 * the month they are due in, from `from` on. At risk: open, due within 12 months, and overdue, at risk by band or
 * forecast, or leaving.
 */
export const renewalMonthsQuerySchema = z.strictObject({
  ...portfolioQuerySchema.shape,
  ahead: z.coerce.number().int().min(0).max(24).default(12),
});
export type RenewalMonthsQuery = z.output<typeof renewalMonthsQuerySchema>;
const renewalMonth = {
  due: renewalSum,
  byState: z.record(z.enum(RENEWAL_STATES), renewalSum),
  atRisk: renewalSum,
  /** Of open ones: what is expected × its probability. */
  weightedMinor: money,
  /** Of those that ended well: a year of what goes on. */
  renewedMinor: money,
};
export const renewalMonthsSchema = z.object({
  ...answered,
  months: z.array(z.object({ month: monthSchema, ...renewalMonth })),
  total: z.object(renewalMonth),
});
export type RenewalMonths = z.infer<typeof renewalMonthsSchema>;

const lost = { accounts: count, arrLostMinor: money };

/**
 * GET /api/v1/reports/churn-reasons: customers who left from the first day of `from` to the day. ARR lost: as recorded,
 * else that of the day before. `tierMode` then: the tier of the day before.
 */
export const churnReasonsReportSchema = z.object({
  ...answered,
  total: z.object(lost),
  /** Of accounts whose ARR is not known. */
  arrUnknown: count,
  /** Null: not recorded, or a reason that is not on the list. */
  influence: z.array(z.object({ canInfluence: z.boolean().nullable(), ...lost })),
  /** The most ARR first; `reason` null: none is recorded. */
  reasons: z.array(z.object({ reason: z.string().nullable(), canInfluence: z.boolean().nullable(), ...lost })),
  /** Whom they went to, as far as it is recorded. */
  competitors: z.array(z.object({ competitor: z.string(), ...lost })),
  months: z.array(z.object({ month: monthSchema, accounts: count, arrLostMinor: money })),
});
export type ChurnReasonsReport = z.infer<typeof churnReasonsReportSchema>;

/**
 * GET /api/v1/reports/plays: alert rules that fired and playbooks that started from the first day of `from` to the day
 * (400 days at most: of a longer time the last ones), in short. What is behind them: GET /alert-rules/quality and GET
 * /playbooks/:playbookId/effect.
 */
export const playsSchema = z.object({
  fromDay: isoDaySchema,
  day: isoDaySchema,
  currency: z.string(),
  alertRules: z.array(
    z.object({
      ruleId: z.string(),
      name: z.string().nullable(),
      fired: count,
      toAcknowledge: count,
      acknowledgedInTimeRate: ratio,
      falseAlarmRate: ratio,
      kept: count,
      arrKeptMinor: money,
    }),
  ),
  playbooks: z.array(
    z.object({
      playbookId: z.string(),
      name: z.string(),
      kind: z.string(),
      started: count,
      running: count,
      achieved: count,
      missed: count,
      cancelled: count,
      /** Achieved ÷ (achieved + missed + cancelled by a person), from 0 to 1. */
      successRate: ratio,
      /** From the start to the day they were achieved. */
      medianDays: z.number().nullable(),
    }),
  ),
});
export type Plays = z.infer<typeof playsSchema>;

/** GET /api/v1/reports/portfolio/csv?table=, with the query of that table: what is shown, as a file. */
export const PORTFOLIO_TABLES = [
  'books',
  'work',
  'bandMovement',
  'renewalsByMonth',
  'churnReasons',
  'alertRules',
  'playbooks',
] as const;
export const portfolioCsvQuerySchema = z.strictObject({
  ...bandMovementQuerySchema.shape,
  ahead: renewalMonthsQuerySchema.shape.ahead,
  table: z.enum(PORTFOLIO_TABLES),
});
export type PortfolioCsvQuery = z.output<typeof portfolioCsvQuerySchema>;
