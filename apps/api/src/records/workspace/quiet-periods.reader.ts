import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { toDay } from '../../domain/calendar/day.js';
import type { QuietPeriod } from '../../domain/calendar/quiet.js';
import { QuietPeriodsRepository } from './quiet-periods.repository.js';

/** The quiet periods of the workspace, for what is computed with them. */
@Injectable()
export class QuietPeriodsReader {
  constructor(private readonly repository: QuietPeriodsRepository) {}

  async all(tx: Tx): Promise<QuietPeriod[]> {
    const periods = await this.repository.all(tx);
    return periods.map(({ name, fromDay, toDay: to }) => ({ name, from: toDay(fromDay), to: toDay(to) }));
  }
}
