import { Injectable } from '@nestjs/common';
import type { Today } from '@steward/shared/today';
import type { Tx } from '../../db/unit-of-work.js';
import { toDay } from '../../domain/calendar/day.js';
import { ShownGoals } from '../shown-goals.js';
import { ShownTasks } from '../shown-tasks.js';
import { type WorkQuestion, WorkRepository } from './work.repository.js';

/** What people have to do, and where they fall behind. */
@Injectable()
export class WorkOfDay {
  constructor(
    private readonly repository: WorkRepository,
    private readonly shownTasks: ShownTasks,
    private readonly shownGoals: ShownGoals,
  ) {}

  async of(tx: Tx, question: WorkQuestion): Promise<Pick<Today, 'tasks' | 'goals'>> {
    const today = toDay(question.today);
    const tasks = await this.repository.tasks(tx, question);
    const shownTasks = await this.shownTasks.shown(
      tx,
      tasks.rows.map(({ account: _, ...row }) => row),
      today,
    );
    const goals = await this.repository.goals(tx, question);
    const shownGoals = await this.shownGoals.shown(tx, goals.rows, today);
    return {
      tasks: {
        ...tasks,
        rows: shownTasks.flatMap((task, place) => {
          const account = tasks.rows[place]?.account;
          return account ? [{ account, task }] : [];
        }),
      },
      goals: {
        ...goals,
        rows: shownGoals.flatMap((goal, place) => {
          const account = goals.rows[place]?.account;
          return account ? [{ account, goal }] : [];
        }),
      },
    };
  }
}
