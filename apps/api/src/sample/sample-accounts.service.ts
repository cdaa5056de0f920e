import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/unit-of-work.js';
import { NO_SAMPLE_TRIGGERS } from '../domain/sample/task-habits.js';
import { ReportOrders } from '../reports/base/report-orders.service.js';
import { bucketsOf } from '../stages/batch.js';
import { StateRepository } from '../stages/state/state.repository.js';
import { SampleRepository } from './sample.repository.js';

/** Takes the sample's accounts out again. */
@Injectable()
export class SampleAccounts {
  constructor(
    private readonly repository: SampleRepository,
    private readonly states: StateRepository,
    private readonly reports: ReportOrders,
  ) {}

  /** An account that another source has brought as well is kept. */
  async clear(tx: Tx): Promise<{ accounts: number; kept: number }> {
    const brought = await this.repository.accounts(tx);
    const ids = brought.filter(({ ofSample }) => ofSample).map(({ id }) => id);
    // A refresh that is computing them now must not write their rows after they are gone.
    await this.states.lockBuckets(tx, bucketsOf({ kind: 'list', ids }));
    await this.repository.deleteAccounts(tx, ids);
    await this.repository.forgetSample(tx);
    await this.repository.setTriggers(tx, NO_SAMPLE_TRIGGERS);
    await this.reports.ofEverything(tx);
    return { accounts: ids.length, kept: brought.length - ids.length };
  }
}
