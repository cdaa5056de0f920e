import type { IsoDay } from '@steward/shared/common';
import type { RuleContext } from '../../db/rules/rule-scope.js';
import { addDays, type Day } from '../../domain/calendar/day.js';
import type { DayRun } from '../day-run.js';

const MS_PER_DAY = 86_400_000;

/** A day that segment rules are put to: the one that runs, or a closed one, from its snapshots. */
export interface DayOfSegments {
  asOf: Day;
  iso: IsoDay;
  /** Written as the time of who comes and goes. */
  at: Date;
  timeZone: string;
  model: DayRun['model'];
  context: Exclude<RuleContext, { kind: 'live' }>;
}

export function runningDay(day: DayRun): DayOfSegments {
  const context = { kind: 'run', day: day.iso, stage: 'segments', versions: day.past } as const;
  return { asOf: day.asOf, iso: day.iso, at: day.at, timeZone: day.wanted.timeZone, model: day.model, context };
}

export function closedDay(day: DayRun): DayOfSegments {
  const at = new Date(addDays(day.asOf, 1) * MS_PER_DAY);
  return { ...runningDay(day), at, context: { kind: 'past', day: day.iso, stage: 'segments' } };
}
