import { z } from 'zod';

/** How long one point of a metric stands for; the point is stored on the period's last day. */
export const METRIC_PERIODS = ['day', 'week', 'month'] as const;
export const metricPeriodSchema = z.enum(METRIC_PERIODS);
export type MetricPeriod = z.infer<typeof metricPeriodSchema>;
