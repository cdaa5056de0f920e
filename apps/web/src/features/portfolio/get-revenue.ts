import {
  REVENUE_DIMENSIONS,
  REVENUE_PARTS,
  type RevenueAccounts,
  type RevenueDimension,
  type RevenuePart,
  type RevenueReport,
} from '@steward/shared/revenue-report';
import { reportQuery } from '../../components/report/get-report.js';
import { isMonth } from '../../components/report/months.js';
import type { ReportQuestion } from '../../components/report/report-search.js';

export const dimensionOf = (text: string | undefined): RevenueDimension =>
  REVENUE_DIMENSIONS.find((each) => each === text) ?? 'tier';

/** GET /reports/revenue */
export const revenueQuery = (question: ReportQuestion, by: RevenueDimension) =>
  reportQuery<RevenueReport>('revenue', question, { by });

const SPANS = ['month', 'year', 'period'] as const;

/** Which accounts of the revenue are listed. */
export interface RevenueListQuestion {
  month: string;
  span: (typeof SPANS)[number];
  part: RevenuePart;
  by: RevenueDimension | undefined;
  key: string | undefined;
  offset: number;
}

export const LISTED_AT_ONCE = 100;

/** What the address says of the list; what it says wrongly is left out rather than refused. */
export function listQuestion(
  search: Record<string, string | undefined>,
  { to }: Pick<ReportQuestion, 'to'>,
): RevenueListQuestion {
  const by = REVENUE_DIMENSIONS.find((each) => each === search.by);
  return {
    month: isMonth(search.month) ? search.month : to,
    span: SPANS.find((each) => each === search.span) ?? 'period',
    part: REVENUE_PARTS.find((each) => each === search.part) ?? 'start',
    by,
    // An empty key: those without one. The address leaves empty values out.
    key: by === undefined ? undefined : (search.key ?? ''),
    offset: /^\d{1,6}$/.test(search.offset ?? '') ? Number(search.offset) : 0,
  };
}

/** GET /reports/revenue/accounts */
export const revenueAccountsQuery = (question: ReportQuestion, list: RevenueListQuestion) => {
  const { offset, ...rest } = list;
  return reportQuery<RevenueAccounts>('revenue/accounts', question, {
    ...rest,
    offset: String(offset),
    limit: String(LISTED_AT_ONCE),
  });
};
