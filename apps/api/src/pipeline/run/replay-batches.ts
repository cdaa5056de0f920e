import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day } from '../../domain/calendar/day.js';
import { Conflict } from '../../platform/errors/app-error.js';
import { AlertReplay, type AnswerOf } from '../../stages/alerts/alert-replay.service.js';
import { type Batch, bucketsOf } from '../../stages/batch.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { type DayOfDoing, GoalReplay } from '../../stages/goals/goal-replay.service.js';
import { SegmentReplay } from '../../stages/segments/segment-replay.service.js';
import { StateRepository } from '../../stages/state/state.repository.js';
import { WorkspaceDay } from './workspace-day.js';

/** What a replay goes through. */
export interface ReplayWalk {
  base: RunBase;
  from: Day;
  /** Alerts are made through this day, memberships through the last one that is closed. */
  to: Day;
  closed: Day;
  /** The first day with snapshots; null: there are none. */
  first: Day | null;
  /** Null: nobody did anything. */
  dayOfDoing: DayOfDoing | null;
  answerOf: AnswerOf | null;
}

/** The steps of a replay: each is one transaction over one batch, through all its days. */
@Injectable()
export class ReplayBatches {
  constructor(
    private readonly days: WorkspaceDay,
    private readonly dayRuns: DayRuns,
    private readonly states: StateRepository,
    private readonly segments: SegmentReplay,
    private readonly alerts: AlertReplay,
    private readonly goals: GoalReplay,
  ) {}

  base(tx: Tx): Promise<RunBase> {
    return this.dayRuns.base(tx);
  }

  async refuseWhereLived(tx: Tx, days: { from: Day; to: Day }, timeZone: string): Promise<void> {
    await this.goals.refuseWhereLived(tx, days.from);
    await this.alerts.refuseWhereLived(tx, days.from);
    await this.segments.refuseWhereLived(tx, days, timeZone);
  }

  firstKnown(tx: Tx, days: { from: Day; to: Day }): Promise<Day | null> {
    return this.segments.firstKnown(tx, days);
  }

  async walk(tx: Tx, batch: Batch, walk: ReplayWalk, onDay: (share: number) => void): Promise<void> {
    const { base, from, to, closed } = walk;
    await this.states.lockBuckets(tx, bucketsOf(batch));
    if ((await this.days.now(tx)).open > addDays(closed, 1)) {
      throw new Conflict('DAY_ENDED', 'A day has ended meanwhile: begin again.');
    }
    // What people do meanwhile waits for the batch or is seen by it: nothing of theirs is made anew.
    await this.alerts.lock(tx, batch, from);
    await this.refuseWhereLived(tx, { from, to: closed }, base.workspace.timeZone);
    const walked = await this.segments.begin(tx, batch, { from, to: closed }, base.model);
    await this.goals.clear(tx, batch, from);
    await this.alerts.clear(tx, batch, from);
    for (let day = from; day <= closed; day = addDays(day, 1)) {
      const dayRun = this.dayRuns.day(base, day, { table: 'account_rebuild', isComplete: true });
      const accounts = await this.states.withSnapshot(tx, batch, dayRun.iso);
      if (accounts.size > 0) {
        await this.segments.replay(tx, batch, dayRun, { accounts, isFirst: day === walk.first });
        if (day <= to) await this.alerts.replay(tx, batch, dayRun, [...accounts]);
        if (day <= to) await this.goals.replay(tx, batch, dayRun, walk.dayOfDoing);
        if (day <= to && walk.answerOf !== null) await this.alerts.answer(tx, batch, dayRun, walk.answerOf);
      }
      onDay((day - from + 1) / (closed - from + 1));
    }
    const running = this.dayRuns.day(base, addDays(closed, 1), { table: 'account_state', isComplete: false });
    await this.segments.end(tx, batch, running, walked);
  }
}
