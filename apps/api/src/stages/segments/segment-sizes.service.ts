import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { SegmentSizesRepository } from './segment-sizes.repository.js';

/** How large each segment was at the close of a day, written once. */
@Injectable()
export class SegmentSizes {
  constructor(private readonly repository: SegmentSizesRepository) {}

  /** After the day was closed; whatever has come and gone since then is taken back. Again: nothing happens. */
  async write(tx: Tx, day: IsoDay): Promise<void> {
    if (await this.repository.areWritten(tx, day)) return;
    await this.repository.write(tx, day, await this.repository.onDay(tx, day), { replaces: false });
  }

  /** Of days that were gone through again, in the place of what was written. */
  async rewrite(tx: Tx, from: Day, to: Day): Promise<void> {
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const sizes = await this.repository.onDay(tx, isoOf(day));
      await this.repository.write(tx, isoOf(day), sizes, { replaces: true });
    }
  }
}
