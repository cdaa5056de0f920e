import type { TaskAnchor, TaskTemplate } from '@steward/shared/playbooks';
import { addBusinessDays } from '../calendar/business-days.js';
import { addDays, type Day } from '../calendar/day.js';

/** The days that the days of tasks are counted from; null: the account has none. */
export type Anchors = Readonly<Record<TaskAnchor, Day | null>>;

export interface DueDay {
  day: Day | null;
  /** The anchor that is empty, where there is no day for it. */
  waitsFor: TaskAnchor | null;
}

/**
 * When a task is due: its anchor and a number of calendar or business days, before (negative) or after. In calendar days
 * a weekend is a day like any other. Days are the workspace's, so a change of its clocks changes nothing.
 */
export function dueDayOf(due: TaskTemplate['due'], anchors: Anchors): DueDay {
  const anchor = anchors[due.anchor];
  if (anchor === null) return { day: null, waitsFor: due.anchor };
  const day = due.unit === 'business' ? addBusinessDays(anchor, due.offset) : addDays(anchor, due.offset);
  return { day, waitsFor: null };
}
