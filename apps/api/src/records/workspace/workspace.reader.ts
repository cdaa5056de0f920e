import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { type WorkspaceSettings, workspaceSettingsSchema } from '@steward/shared/workspace';
import { open, type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { type Day, isoOf } from '../../domain/calendar/day.js';
import { dayAt } from '../../domain/calendar/zone.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput } from '../../platform/errors/app-error.js';

export interface WorkspaceNow {
  name: string;
  timeZone: string;
  /** ISO 4217: what people see is in this currency. */
  currency: string;
  everyoneSeesAll: boolean;
  ownEmailDomains: string[];
  settings: WorkspaceSettings;
  sampleLoadedAt: Date | null;
  revision: number;
  /** The calendar day now, in the workspace's time zone. */
  today: Day;
}

type Row = Omit<WorkspaceNow, 'today' | 'settings'> & { settings: unknown };

/** The workspace as it is now: its time zone, currency, settings and day. */
@Injectable()
export class WorkspaceReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Within a transaction that is running, or else in one of its own. */
  async workspace(tx?: Tx): Promise<WorkspaceNow> {
    if (!tx) return this.unitOfWork.run((own) => this.workspace(own));
    const [row] = await open(tx).query<Row>(
      `SELECT name, time_zone AS "timeZone", currency, everyone_sees_all AS "everyoneSeesAll",
         own_email_domains AS "ownEmailDomains", settings, sample_loaded_at AS "sampleLoadedAt", revision
       FROM steward.workspace WHERE id = 1`,
    );
    if (!row) throw new Error('The workspace does not exist yet: it is made when the server first starts.');
    return {
      ...row,
      // Settings that were added since the row was written get their defaults.
      settings: workspaceSettingsSchema.parse(row.settings),
      today: dayAt(this.clock.now().getTime(), row.timeZone),
    };
  }

  /** Whether the past alerts, goals and tasks of the sample company are still to be made. */
  isSamplePastUnderWay(): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const rows = await open(tx).query(
        `SELECT 1 FROM steward.sample_task WHERE kind = 'history' AND state IN ('queued', 'running')`,
      );
      return rows.length > 0;
    });
  }

  async today(tx?: Tx): Promise<Day> {
    return (await this.workspace(tx)).today;
  }
}

export interface AsOf {
  day: IsoDay;
  past: boolean;
}

/** The day that is looked at: the one asked for, else today. */
export function asOfDay(asked: IsoDay | null | undefined, today: Day): AsOf {
  const now = isoOf(today);
  const day = asked ?? now;
  if (day > now) {
    const message = `There is nothing as of ${day} yet: today is ${now}.`;
    throw new InvalidInput(message, [{ path: 'asOf', message }], 'AS_OF_IN_FUTURE');
  }
  return { day, past: day < now };
}
