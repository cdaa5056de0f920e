import type { TierFeatures, TierPerformance, TierToday } from '@steward/shared/tier-performance';
import { reportQuery } from '../../components/report/get-report.js';
import type { ReportQuestion } from '../../components/report/report-search.js';

/** GET /reports/tiers: each tier at the end of each month. */
export const tierPerformanceQuery = (question: ReportQuestion) => reportQuery<TierPerformance>('tiers', question);

/** GET /reports/tiers/today: the same as computed now. */
export const tierTodayQuery = (question: ReportQuestion) => reportQuery<TierToday>('tiers/today', question);

/** GET /reports/tiers/features: who used which feature in the last month. */
export const tierFeaturesQuery = (question: ReportQuestion) => reportQuery<TierFeatures>('tiers/features', question);
