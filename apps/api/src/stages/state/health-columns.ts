import { nullReasonNumbers } from '@steward/shared/signals';
import type { Day } from '../../domain/calendar/day.js';

/** What the health stage finds of a day, as its columns hold it. */
export interface HealthColumns {
  healthVersionId: number | null;
  score: number | null;
  band: string | null;
  bandSince: Day | null;
  coverage: number | null;
  /** In SQL's text form. */
  caps: string;
  modelChange: number;
  healthChange: number | null;
  trend: string | null;
}

/** Number of the reason why the change has no value; 0 where it has one. */
export function healthChangeReason({ healthChange }: Pick<HealthColumns, 'healthChange'>): number {
  return healthChange === null ? nullReasonNumbers.no_score : 0;
}

export function isSameHealth(a: HealthColumns, b: HealthColumns): boolean {
  return (
    a.healthVersionId === b.healthVersionId &&
    a.score === b.score &&
    a.band === b.band &&
    a.bandSince === b.bandSince &&
    isSameReal(a.coverage, b.coverage) &&
    a.caps === b.caps &&
    a.modelChange === b.modelChange &&
    a.healthChange === b.healthChange &&
    a.trend === b.trend
  );
}

function isSameReal(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.fround(a) === Math.fround(b);
}
