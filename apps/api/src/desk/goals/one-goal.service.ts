import { Injectable } from '@nestjs/common';
import type { Goal } from '@steward/shared/goals';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf } from '../../domain/calendar/day.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { ShownGoals } from '../shown-goals.js';
import type { GoalKey } from './goal-writes.repository.js';
import { GoalsRepository } from './goals.repository.js';

/** A goal as it is after something was done to it. */
@Injectable()
export class OneGoal {
  constructor(
    private readonly repository: GoalsRepository,
    private readonly shownGoals: ShownGoals,
  ) {}

  async shown(tx: Tx, scope: Scope, key: GoalKey, today: Day): Promise<Goal> {
    const row = await this.repository.one(tx, scope, key, isoOf(today));
    const [goal] = row === null ? [] : await this.shownGoals.shown(tx, [row], today);
    if (!goal) throw new NotFound('goal');
    return goal;
  }
}
