import type { IsoDay } from '@steward/shared/common';
import { PLAYBOOK_LIMITS } from '@steward/shared/playbooks';
import { addDays, type Day, toDay } from '../../domain/calendar/day.js';
import { mustLieWithin } from '../day-in-reach.js';

/** Days that a goal may start before today, and after. */
const STARTED_BEFORE = 30;
const STARTS_WITHIN = 365;

export function startInReach(day: IsoDay, today: Day): void {
  const reach = { first: addDays(today, -STARTED_BEFORE), last: addDays(today, STARTS_WITHIN) };
  mustLieWithin(day, reach, { path: 'startDay', what: 'A goal starts' });
}

/** A day in the past is refused with more reason by whoever asks. */
export function dueInReach(day: IsoDay, today: Day): void {
  if (toDay(day) < today) return;
  const reach = { first: today, last: addDays(today, STARTS_WITHIN + PLAYBOOK_LIMITS.durationDays) };
  mustLieWithin(day, reach, { path: 'dueDay', what: 'A goal is due' });
}
