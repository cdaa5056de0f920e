import type { PageOfFigure } from '@steward/shared/portfolio-behind';
import type { ReportQuestion } from '../../components/report/report-search.js';

/** The parts of the page, in the order of its tabs. */
export const LIFECYCLE_TABS = [
  { key: 'flow', label: 'Funnel' },
  { key: 'stuck', label: 'Stuck accounts' },
] as const;
export type LifecycleTab = (typeof LIFECYCLE_TABS)[number]['key'];

export const tabOf = (text: string | undefined): LifecycleTab =>
  LIFECYCLE_TABS.find(({ key }) => key === text)?.key ?? 'flow';

/** The place of a figure, for the accounts behind it. Whose book an account is changes nothing here. */
export function pageOf(question: ReportQuestion, { day, live }: { day: string; live: boolean }): PageOfFigure {
  return { filters: question, role: 'csm', day, live };
}
