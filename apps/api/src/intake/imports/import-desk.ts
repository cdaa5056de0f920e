import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesOfNew } from '../../platform/audit/changes.js';
import type { Actor } from '../../platform/auth/principal.js';
import { log } from '../../platform/logging/log.js';
import { RefreshHint } from '../facts/refresh-hint.js';
import type { MovedImport } from './imports.repository.js';

type ImportEnd = 'finished' | 'failed' | 'cancelled';

/** What imports tell the rest of the product: the audit log and the queue. */
@Injectable()
export class ImportDesk {
  constructor(
    private readonly audit: AuditLog,
    private readonly queues: Queues,
    private readonly refresh: RefreshHint,
  ) {}

  record(tx: Tx, actor: Actor, action: string, id: string, changes: Changes = {}): Promise<void> {
    return this.audit.record(tx, { actor, action, subject: { kind: 'import', id }, changes });
  }

  /** That an import has ended, and what it did until then. */
  recordEnd(tx: Tx, actor: Actor, action: ImportEnd, { id, kind, fileName, totals }: MovedImport): Promise<void> {
    return this.record(tx, actor, `import.${action}`, id, changesOfNew({ kind, fileName, ...totals.did }));
  }

  /** Facts have come, so accounts are to be computed. */
  hintRefresh(): void {
    this.refresh.give();
  }

  async hint(job: 'check-import' | 'run-import', importId: string): Promise<void> {
    try {
      await this.queues.enqueue(job, { importId }, { once: importId });
    } catch (error) {
      log.warn({ err: error, importId }, 'the queue does not take the import; the sweep will find it');
    }
  }
}
