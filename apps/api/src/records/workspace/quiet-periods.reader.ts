import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import { toDay } from '../../domain/calendar/day.js';
import type { QuietPeriod } from '../../domain/calendar/quiet.js';

/** The quiet periods of the workspace, for what is computed with them. */
@Injectable()
export class QuietPeriodsReader {
  async all(tx: Tx): Promise<QuietPeriod[]> {
    const rows = await open(tx).query<{ name: string; from: IsoDay; to: IsoDay }>(
      `SELECT name, from_day AS "from", to_day AS "to" FROM steward.quiet_period ORDER BY from_day, id`,
    );
    return rows.map(({ name, from, to }) => ({ name, from: toDay(from), to: toDay(to) }));
  }
}
