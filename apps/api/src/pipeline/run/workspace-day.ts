import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf, toDay } from '../../domain/calendar/day.js';
import { Clock } from '../../platform/clock.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { RunRepository } from './run.repository.js';

export interface DaysNow {
  at: Date;
  today: Day;
  /** The day that live runs compute: the first that is not closed. Before `today` while closing is behind. */
  open: Day;
}

/** Where the workspace's days stand: which is today, and which is the first that is not closed. */
@Injectable()
export class WorkspaceDay {
  constructor(
    private readonly workspaces: WorkspaceReader,
    private readonly repository: RunRepository,
    private readonly clock: Clock,
  ) {}

  /** The first call ever closes yesterday: days before the workspace began are nobody's. */
  async now(tx: Tx): Promise<DaysNow> {
    const today = await this.workspaces.today(tx);
    const at = this.clock.now();
    const closed = await this.repository.lastClosedDay(tx);
    if (closed !== null) return { at, today, open: addDays(toDay(closed), 1) };
    await this.repository.setDay(tx, isoOf(addDays(today, -1)), 'closed', at);
    return { at, today, open: today };
  }
}
