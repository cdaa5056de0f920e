import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../db/unit-of-work.js';
import { answerTo } from '../domain/sample/alert-habits.js';
import { dayOfDoing, NO_SAMPLE_TRIGGERS, PAST_SAMPLE_TRIGGERS, SAMPLE_TRIGGERS } from '../domain/sample/task-habits.js';
import { Replay, type ReplayOptions } from '../pipeline/run/replay.service.js';
import { Clock } from '../platform/clock.js';
import { Conflict } from '../platform/errors/app-error.js';
import { SampleRepository } from './sample.repository.js';
import { SAMPLE_DEFAULTS } from './sample.service.js';
import { SampleTasksRepository } from './sample-tasks.repository.js';

/** Days of which memberships, alerts and goals are made. */
const DAYS = 90;

/**
 * The sample company's past memberships, alerts and goals, which its people have mostly answered and done: made beside the
 * work that goes on, once its accounts are there. What people do comes first: where somebody has acted on an alert already,
 * the past is left as it is.
 */
@Injectable()
export class SampleHistory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SampleRepository,
    private readonly tasks: SampleTasksRepository,
    private readonly replay: Replay,
    private readonly clock: Clock,
  ) {}

  /** Puts it down for whoever does the sample's work next. */
  async order(tx: Tx): Promise<void> {
    await this.tasks.order(tx, 'history', SAMPLE_DEFAULTS, null, this.clock.now());
  }

  /** Answers why there is none; null: it is made. */
  async make(options: ReplayOptions): Promise<string | null> {
    if (await this.unitOfWork.run((tx) => this.repository.hasOwnAccounts(tx))) {
      return 'The workspace has accounts of its own, whose past is left as it is.';
    }
    await this.unitOfWork.run((tx) => this.repository.setTriggers(tx, PAST_SAMPLE_TRIGGERS));
    for (;;) {
      try {
        await this.replay.recent(DAYS, { ...options, dayOfDoing, answerOf: answerTo });
        await this.setTriggersOfNow();
        return null;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        if (error.code === 'DAY_ENDED') continue;
        await this.setTriggersOfNow();
        return error.message;
      }
    }
  }

  private setTriggersOfNow(): Promise<void> {
    const triggers = { ...NO_SAMPLE_TRIGGERS, ...SAMPLE_TRIGGERS };
    return this.unitOfWork.run((tx) => this.repository.setTriggers(tx, triggers));
  }
}
