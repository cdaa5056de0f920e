import type { PlaybookDefinition, PlaybookRole, TaskAnchor } from '@steward/shared/playbooks';
import { addDays, type Day } from '../calendar/day.js';
import { dueDayOf } from './due-day.js';
import { type AccountOwners, type Colleagues, personFor } from './people.js';

/** The days of an account that tasks may count from; null: it has none. */
export type AccountDays = Readonly<Record<Exclude<TaskAnchor, 'goalStart' | 'goalDue'>, Day | null>>;

export interface PlannedTask {
  key: string;
  title: string;
  guidance: string | null;
  dueDay: Day | null;
  waitsFor: TaskAnchor | null;
  required: boolean;
  role: PlaybookRole;
  assigneeUserId: string | null;
  completesItself: boolean;
}

export interface PlannedGoal {
  startDay: Day;
  dueDay: Day;
  ownerUserId: string | null;
  tasks: PlannedTask[];
}

export interface PlanFor {
  days: AccountDays;
  owners: AccountOwners;
  colleagues: Colleagues;
}

/**
 * What a playbook comes to on an account from a day on: the goal's due day (start + duration, unless one is given) and
 * its tasks, each with its day and its person. Days may lie before the start, where an anchor does: such tasks are due at
 * once, and say so.
 */
export function plannedGoal(
  { durationDays, ownerRole, tasks }: Pick<PlaybookDefinition, 'durationDays' | 'ownerRole' | 'tasks'>,
  { days, owners, colleagues }: PlanFor,
  startDay: Day,
  given: { dueDay: Day | null } = { dueDay: null },
): PlannedGoal {
  const dueDay = given.dueDay ?? addDays(startDay, durationDays);
  const anchors = { ...days, goalStart: startDay, goalDue: dueDay };
  return {
    startDay,
    dueDay,
    ownerUserId: personFor(ownerRole, owners, colleagues),
    tasks: tasks.map(({ key, title, guidance, due, required, role, completesWhen }) => {
      const at = dueDayOf(due, anchors);
      return {
        key,
        title,
        guidance: guidance === '' ? null : guidance,
        dueDay: at.day,
        waitsFor: at.waitsFor,
        required,
        role,
        assigneeUserId: personFor(role, owners, colleagues),
        completesItself: completesWhen !== null,
      };
    }),
  };
}
