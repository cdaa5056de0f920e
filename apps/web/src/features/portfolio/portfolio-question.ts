import { OWNER_ROLES, type OwnerRole } from '@steward/shared/portfolio';
import type { PageOfFigure } from '@steward/shared/portfolio-behind';
import { keptFilters } from '../../components/report/report-keys.js';
import type { ReportQuestion } from '../../components/report/report-search.js';

/** The parts of the page, in the order of its tabs. */
export const PORTFOLIO_TABS = [
  { key: 'owners', label: 'Owners' },
  { key: 'bands', label: 'Band movement' },
  { key: 'renewals', label: 'Renewals' },
  { key: 'churn', label: 'Churn' },
  { key: 'revenue', label: 'Revenue' },
  { key: 'plays', label: 'Alerts and playbooks' },
] as const;
export type PortfolioTab = (typeof PORTFOLIO_TABS)[number]['key'];

export const tabOf = (text: string | undefined): PortfolioTab =>
  PORTFOLIO_TABS.find(({ key }) => key === text)?.key ?? 'owners';

export const roleOf = (text: string | undefined): OwnerRole => OWNER_ROLES.find((role) => role === text) ?? 'csm';

/** What of the address goes along from tab to tab: the filters, and whose book an account is. */
export function keptOf(search: Record<string, string | undefined>): Record<string, string | undefined> {
  return { ...keptFilters(search), role: search.role };
}

/** What each tab shows besides the filters. */
export interface TabProps {
  question: ReportQuestion;
  role: OwnerRole;
  search: Record<string, string | undefined>;
  set: (change: Record<string, string | undefined>) => void;
}

/** The place of a figure, for the accounts behind it. */
export function pageOf(
  { question, role }: Pick<TabProps, 'question' | 'role'>,
  answer: { day: string; live: boolean },
): PageOfFigure {
  return { filters: question, role, day: answer.day, live: answer.live };
}
