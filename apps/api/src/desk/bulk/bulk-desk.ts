import { Injectable } from '@nestjs/common';
import type { BulkCounts } from '@steward/shared/bulk';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesOfNew } from '../../platform/audit/changes.js';
import { Clock } from '../../platform/clock.js';
import { log } from '../../platform/logging/log.js';
import { BulkRepository, type StoredBulk } from './bulk.repository.js';
import { countsOf } from './bulk-counts.js';

/** What bulk actions tell the rest of the product: the audit log and the queue. */
@Injectable()
export class BulkDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: BulkRepository,
    private readonly audit: AuditLog,
    private readonly queues: Queues,
    private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  /** Ends an action, once, and writes it to the log with what became of its accounts. */
  async end(action: StoredBulk, state: 'done' | 'cancelled' | 'failed'): Promise<true> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.end(tx, action.id, state, this.clock.now()))) return;
      const counts = countsOf(await this.repository.tally(tx, action.id));
      await this.repository.keepCounts(tx, action.id, counts);
      await this.record(tx, action, state, counts);
    });
    return true;
  }

  private record(tx: Tx, action: StoredBulk, state: string, counts: BulkCounts): Promise<void> {
    return this.audit.record(tx, {
      actor: { kind: 'user', id: action.byUserId, name: action.byName },
      action: action.undoes === null ? 'accounts.changed_in_bulk' : 'accounts.bulk_change_undone',
      subject: { kind: 'bulk_action', id: action.id },
      changes: changesOfNew({ ...(action.change ?? { undoes: action.undoes }), state, ...counts }),
    });
  }

  async hint(actionId: string): Promise<void> {
    try {
      await this.queues.enqueue('run-bulk', { actionId }, { once: actionId });
    } catch (error) {
      log.warn({ err: error, actionId }, 'the queue does not take the bulk action; the sweep will find it');
    }
  }

  /** Accounts that were changed are in the table of those due; the job only makes it sooner. */
  hintRefresh(): void {
    this.queues
      .enqueue('refresh-live', {}, { once: 'due' })
      .catch((error: unknown) => log.warn({ err: error }, 'hint to refresh after a bulk action'));
  }
}
