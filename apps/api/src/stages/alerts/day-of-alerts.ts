import type { DayRun } from '../day-run.js';

/** What alerts need to know of a day. */
export interface DayOfAlerts extends Pick<DayRun, 'asOf' | 'iso' | 'at' | 'isComplete' | 'quietPeriod'> {
  model: DayRun['model'];
  context: DayRun['context'];
  wanted: Pick<DayRun['wanted'], 'timeZone'>;
}
