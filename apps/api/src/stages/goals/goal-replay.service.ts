import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { Conflict } from '../../platform/errors/app-error.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { GoalEvaluation } from './goal-evaluation.service.js';
import { GoalRunsRepository } from './goal-runs.repository.js';
import { GoalTasksRepository } from './goal-tasks.repository.js';
import { GoalTriggers } from './goal-triggers.service.js';
import { GoalWriterRepository } from './goal-writer.repository.js';

const MS_PER_DAY = 86_400_000;

/** When the people of a company that is made up do a task that is due on a day; null: never. */
export type DayOfDoing = (taskId: string, dueDay: Day) => Day | null;

/** Goals of days past: what the playbooks of today would have started by themselves, told to nobody. */
@Injectable()
export class GoalReplay {
  constructor(
    private readonly runs: GoalRunsRepository,
    private readonly triggers: GoalTriggers,
    private readonly evaluation: GoalEvaluation,
    private readonly tasks: GoalTasksRepository,
    private readonly writer: GoalWriterRepository,
  ) {}

  async refuseWhereLived(tx: Tx, from: Day): Promise<void> {
    const lived = await this.runs.livedSince(tx, isoOf(from));
    if (lived === 0) return;
    const many = lived === 1 ? 'one goal was' : `${lived} goals were`;
    const message = `Since ${isoOf(from)} ${many} worked on by people: days that were lived through are not made anew.`;
    throw new Conflict('PEOPLE_HAVE_ACTED', message);
  }

  clear(tx: Tx, batch: Batch, from: Day): Promise<void> {
    return this.runs.clearReplayed(tx, batch, isoOf(from));
  }

  /** One closed day, after its segments and alerts. */
  async replay(tx: Tx, batch: Batch, day: DayRun, dayOfDoing: DayOfDoing | null): Promise<void> {
    const rows = {
      table: 'account_snapshot',
      day: day.iso,
      context: { kind: 'past', day: day.iso, stage: 'goals' },
      catalogue: day.model.catalogue,
    } as const;
    const closed = { ...day, at: new Date(addDays(day.asOf, 1) * MS_PER_DAY) };
    await this.triggers.fromSegments(tx, batch, closed, rows, 'replay');
    await this.triggers.fromReplayedAlerts(tx, batch, closed, rows);
    if (dayOfDoing !== null) await this.doTasks(tx, batch, closed, dayOfDoing);
    await this.evaluation.evaluate(tx, batch, closed, rows, true);
  }
  private async doTasks(tx: Tx, batch: Batch, day: DayRun, dayOfDoing: DayOfDoing): Promise<void> {
    const open = await this.tasks.openOnes(tx, batch);
    const done = open.filter(({ id, dueDay }) => {
      const on = dayOfDoing(id, dueDay);
      return on !== null && on <= day.asOf;
    });
    await this.tasks.complete(tx, done, day);
    const events = done.map(({ accountId, id: taskId }) => {
      return { accountId, taskId, kind: 'done', details: null, isNews: false } as const;
    });
    await this.writer.addTaskEvents(tx, events, day);
  }
}
