import { Injectable } from '@nestjs/common';
import type { Goal, GoalDetail } from '@steward/shared/goals';
import type { Task } from '@steward/shared/tasks';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { isSeriesField } from '../../db/rules/series-sql.js';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf, toDay } from '../../domain/calendar/day.js';
import type { GoalRow } from '../goal-row-sql.js';
import { ShownGoals } from '../shown-goals.js';
import { ShownTasks } from '../shown-tasks.js';
import type { TaskRow } from '../task-row-sql.js';
import { GoalsRepository } from './goals.repository.js';

/** The longest span of the chart. */
const MOST_DAYS = 1200;

/** A goal and its tasks in words, and the values that its target reads, day by day. */
@Injectable()
export class GoalMeasures {
  constructor(
    private readonly repository: GoalsRepository,
    private readonly catalogues: CatalogueReader,
    private readonly shownGoals: ShownGoals,
    private readonly shownTasks: ShownTasks,
  ) {}

  async goal(tx: Tx, row: GoalRow, today: Day): Promise<Goal> {
    const [goal] = await this.shownGoals.shown(tx, [row], today);
    return goal as Goal;
  }

  tasks(tx: Tx, rows: readonly TaskRow[], today: Day): Promise<Task[]> {
    return this.shownTasks.shown(tx, rows, today);
  }

  /** Since the start, to the end or today. Empty where the target is none that a value a day is kept of. */
  async series(tx: Tx, { accountId, target, startDay, endedDay }: GoalRow, today: Day): Promise<GoalDetail['series']> {
    if (target.kind !== 'signal') return [];
    const { catalogue } = await this.catalogues.model(tx);
    const field = catalogue.fields.get(target.field);
    if (field === undefined || !isSeriesField(field)) return [];
    const to = endedDay === null ? today : toDay(endedDay);
    const from = Math.max(toDay(startDay), addDays(to, -MOST_DAYS)) as Day;
    const span = { from: isoOf(from), to: isoOf(to), minorDigits: catalogue.minorDigits };
    return this.repository.series(tx, accountId, field, span);
  }
}
