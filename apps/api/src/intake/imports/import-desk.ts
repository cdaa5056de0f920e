import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Actor } from '../../platform/auth/principal.js';
import { log } from '../../platform/logging/log.js';

/** What imports tell the rest of the product: the audit log and the queue. */
@Injectable()
export class ImportDesk {
  constructor(
    private readonly audit: AuditLog,
    private readonly queues: Queues,
  ) {}

  record(tx: Tx, actor: Actor, action: string, id: string): Promise<void> {
    return this.audit.record(tx, { actor, action, subject: { kind: 'import', id } });
  }

  async hint(job: 'check-import' | 'run-import', importId: string): Promise<void> {
    try {
      await this.queues.enqueue(job, { importId }, { once: importId });
    } catch (error) {
      log.warn({ err: error, importId }, 'the queue does not take the import; the sweep will find it');
    }
  }
}
