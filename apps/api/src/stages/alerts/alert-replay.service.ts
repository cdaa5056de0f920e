import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { Conflict } from '../../platform/errors/app-error.js';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { AlertEvaluation } from './alert-evaluation.service.js';
import { AlertReplayRepository } from './alert-replay.repository.js';

const MS_PER_DAY = 86_400_000;

/** Alerts of days past, from their snapshots, day after day: what rules of today would have raised, told to nobody. */
@Injectable()
export class AlertReplay {
  constructor(
    private readonly repository: AlertReplayRepository,
    private readonly rules: AlertRulesReader,
    private readonly evaluation: AlertEvaluation,
  ) {}

  /** Days that people have lived through are not told anew. */
  async refuseWhereLived(tx: Tx, from: Day): Promise<void> {
    const { lived, reaching } = await this.repository.inTheWay(tx, isoOf(from));
    if (lived > 0) {
      const many = lived === 1 ? 'one alert was' : `${lived} alerts were`;
      const message = `Since ${isoOf(from)} ${many} raised for people or handled by them: days that were lived through are not made anew.`;
      throw new Conflict('PEOPLE_HAVE_ACTED', message);
    }
    if (reaching !== null) {
      const message = `An alert that began on ${reaching} reaches into these days: begin on ${reaching} or before.`;
      throw new Conflict('ALERTS_REACH_IN', message);
    }
  }

  /** Whoever acts on these alerts meanwhile waits until the batch is done. */
  lock(tx: Tx, batch: Batch, from: Day): Promise<void> {
    return this.repository.lock(tx, batch, isoOf(from));
  }

  clear(tx: Tx, batch: Batch, from: Day): Promise<void> {
    return this.repository.clear(tx, batch, isoOf(from));
  }

  /** One closed day of the accounts that have a snapshot of it; the days before have been gone through. */
  async replay(tx: Tx, batch: Batch, day: DayRun, accounts: readonly string[]): Promise<void> {
    const rows = {
      table: 'account_snapshot',
      day: day.iso,
      context: { kind: 'past', day: day.iso },
      catalogue: day.model.catalogue,
    } as const;
    const closed = { ...day, at: new Date(addDays(day.asOf, 1) * MS_PER_DAY) };
    await this.evaluation.evaluate(tx, batch, closed, rows, await this.rules.rules(tx), {
      accounts,
      isReplay: true,
      mayRaise: true,
    });
  }
}
