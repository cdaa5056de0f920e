import { z } from 'zod';

/** The longest span of years that the product takes: later or earlier days are typing errors. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;

/** A calendar day as text at the edges of the product (API, files, SQL `date`): `2026-04-15`. */
export type IsoDay = string;

const isoDayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True when the text is a day that exists in the calendar (no 30 February) within the years the product takes. */
export function isIsoDay(text: string): boolean {
  const parts = isoDayPattern.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export const isoDaySchema = z.string().refine(isIsoDay, { message: 'Not a day of the calendar; write it as 2026-04-15' });

/** How long one point of a metric stands for; the point is stored on the period's last day. */
export const metricPeriods = ['day', 'week', 'month'] as const;
export const metricPeriodSchema = z.enum(metricPeriods);
export type MetricPeriod = z.infer<typeof metricPeriodSchema>;
