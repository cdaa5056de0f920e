import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf, toDay } from '../../domain/calendar/day.js';
import { dueDayOf } from '../../domain/goals/due-day.js';
import { PlaybooksReader, versionKey } from '../../records/playbooks/playbooks.reader.js';
import { GoalTasksOfDesk, type Moment, type TouchedTask } from './goal-tasks.repository.js';
import type { HeldGoal } from './goal-writes.repository.js';

/** The days of the account that tasks may count from are none that a moved start moves. */
const NOT_MOVED = { renewalDate: null, noticeDeadline: null, customerSince: null, leavesOn: null };

/** What an action on a goal does to its tasks. */
@Injectable()
export class GoalTaskSteps {
  constructor(
    private readonly tasks: GoalTasksOfDesk,
    private readonly playbooks: PlaybooksReader,
  ) {}

  cancel(tx: Tx, goal: HeldGoal, moment: Moment): Promise<TouchedTask[]> {
    return this.tasks.cancelOpen(tx, goal, moment);
  }

  /** Open tasks that count from the start or the due day follow, other than those whose day was set by hand. */
  async redate(
    tx: Tx,
    goal: HeldGoal,
    { startDay, dueDay }: { startDay: IsoDay; dueDay: IsoDay },
    moment: Moment,
  ): Promise<TouchedTask[]> {
    const definition = (await this.playbooks.definitions(tx, [goal])).get(versionKey(goal));
    if (!definition) return [];
    const anchors = { ...NOT_MOVED, goalStart: toDay(startDay), goalDue: toDay(dueDay) };
    const days = new Map<string, IsoDay | null>();
    for (const task of await this.tasks.followers(tx, goal)) {
      const due = definition.tasks.find(({ key }) => key === task.key)?.due;
      if (due?.anchor !== 'goalStart' && due?.anchor !== 'goalDue') continue;
      const { day } = dueDayOf(due, anchors);
      if (day !== null && day !== task.dueDay) days.set(task.id, isoOf(day));
    }
    return this.tasks.redate(tx, goal, days, moment);
  }

  async dateBack(tx: Tx, goal: HeldGoal, tasks: readonly TouchedTask[], moment: Moment): Promise<void> {
    if (tasks.length > 0) await this.tasks.dateBack(tx, goal, tasks, moment);
  }

  async openAgain(tx: Tx, goal: HeldGoal, tasks: readonly TouchedTask[], moment: Moment): Promise<void> {
    if (tasks.length > 0) await this.tasks.openAgain(tx, goal, tasks, moment);
  }
}
