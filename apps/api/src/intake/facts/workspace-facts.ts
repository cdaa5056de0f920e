import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import type { MappingContext } from '../../domain/values/map-row.js';
import { learnNames, NO_NAMES } from './names.repository.js';
import { WorkspaceDays } from './workspace-days.js';

/** What reading facts needs to know about the workspace. */
@Injectable()
export class WorkspaceFacts {
  private known: { at: number; timeZone: string; currency: string } | null = null;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Time zone, currency and day; settings that someone changes are seen within some seconds. */
  async mappingContext(at: Date): Promise<MappingContext> {
    if (this.known === null || Math.abs(at.getTime() - this.known.at) > 5_000) {
      const { days, currency } = await this.unitOfWork.run((tx) => learnNames(tx, NO_NAMES, at));
      this.known = { at: at.getTime(), timeZone: days.timeZone, currency };
    }
    const { timeZone, currency } = this.known;
    return { timeZone, currency, receivedOn: new WorkspaceDays(timeZone).dayOf(at) };
  }
}
