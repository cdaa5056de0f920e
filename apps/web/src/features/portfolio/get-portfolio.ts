import type {
  BandMovement,
  ChurnReasonsReport,
  Plays,
  Portfolio,
  PortfolioWork,
  RenewalMonths,
} from '@steward/shared/portfolio';
import { reportQuery } from '../../components/report/get-report.js';
import type { TabProps } from './portfolio-question.js';

type Asked = Pick<TabProps, 'question' | 'role'>;

/** GET /reports/portfolio: books by owner. */
export const portfolioQuery = ({ question, role }: Asked) => reportQuery<Portfolio>('portfolio', question, { role });

/** GET /reports/portfolio/work: what was done and is to be done, by owner. */
export const portfolioWorkQuery = ({ question, role }: Asked) =>
  reportQuery<PortfolioWork>('portfolio/work', question, { role });

/** GET /reports/band-movement: without days from the end of last month to the page's day. */
export const bandMovementQuery = ({ question, role }: Asked, days: { fromDay?: string; toDay?: string }) =>
  reportQuery<BandMovement>('band-movement', question, { role, ...days });

/** GET /reports/renewals-by-month */
export const renewalMonthsQuery = ({ question, role }: Asked) =>
  reportQuery<RenewalMonths>('renewals-by-month', question, { role });

/** GET /reports/churn-reasons */
export const churnReasonsQuery = ({ question, role }: Asked) =>
  reportQuery<ChurnReasonsReport>('churn-reasons', question, { role });

/** GET /reports/plays: alert rules and playbooks, in short. */
export const playsQuery = ({ question, role }: Asked) => reportQuery<Plays>('plays', question, { role });
