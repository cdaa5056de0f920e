import type { IsoDay } from '@steward/shared/common';
import { addDays, type Day } from '../../domain/calendar/day.js';
import { mustLieWithin } from '../day-in-reach.js';

const LONGEST_SNOOZE_DAYS = 366;
/** Days before today on which something may have been due, and after. */
const DUE_BEFORE = 366;
const DUE_WITHIN = 4 * 366;

export function snoozeInReach(until: IsoDay, today: Day): void {
  const reach = { first: addDays(today, 1), last: addDays(today, LONGEST_SNOOZE_DAYS) };
  mustLieWithin(until, reach, { path: 'until', what: 'A snoozed task wakes' });
}

export function taskDueInReach(day: IsoDay, today: Day): void {
  const reach = { first: addDays(today, -DUE_BEFORE), last: addDays(today, DUE_WITHIN) };
  mustLieWithin(day, reach, { path: 'dueDay', what: 'A task is due' });
}
