import type { LifecycleFunnel, LifecycleReport, StuckList, TimeInStage } from '@steward/shared/lifecycle-report';
import { reportQuery } from '../../components/report/get-report.js';
import type { ReportQuestion } from '../../components/report/report-search.js';

export const STUCK_AT_ONCE = 50;

/** GET /reports/lifecycle: where accounts stand. */
export const lifecycleQuery = (question: ReportQuestion) => reportQuery<LifecycleReport>('lifecycle', question);

/** GET /reports/lifecycle/funnel: what became of those that entered each stage. */
export const funnelQuery = (question: ReportQuestion) => reportQuery<LifecycleFunnel>('lifecycle/funnel', question);

/** GET /reports/lifecycle/time-in-stage */
export const timeInStageQuery = (question: ReportQuestion) =>
  reportQuery<TimeInStage>('lifecycle/time-in-stage', question);

/** GET /reports/lifecycle/stuck: one page of those that are behind or stuck. */
export const stuckQuery = (question: ReportQuestion, pace: 'behind' | 'stuck', offset: number) =>
  reportQuery<StuckList>('lifecycle/stuck', question, {
    pace,
    offset: String(offset),
    limit: String(STUCK_AT_ONCE),
  });
