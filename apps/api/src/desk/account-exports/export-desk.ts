import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ParsedAccountExport } from '@steward/shared/accounts';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config/config.js';
import { type WorkspaceNow, WorkspaceReader } from '../../records/workspace/workspace.reader.js';

/** What exports need of the world: the clock, the folder, the log and the queue. */
@Injectable()
export class ExportDesk {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly queues: Queues,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  get folder(): string {
    return join(this.config.files.folder, 'exports');
  }

  workspace(): Promise<WorkspaceNow> {
    return this.workspaces.workspace();
  }

  async today(tx: Tx): Promise<string> {
    return isoOf(await this.workspaces.today(tx));
  }

  record(tx: Tx, person: Principal, id: string, { rule, asOf }: ParsedAccountExport): Promise<void> {
    const changes = { rule: { from: null, to: rule }, asOf: { from: null, to: asOf } };
    const subject = { kind: 'accounts', id };
    return this.audit.record(tx, { actor: actorOf(person), action: 'accounts.exported', subject, changes });
  }

  /** The rows say what is due; a job that is lost is made again by the clock. */
  async hint(ids: readonly string[]): Promise<void> {
    const jobs = ids.map((exportId) => ({ payload: { exportId }, options: { once: exportId } }));
    await this.queues.enqueueAll('run-account-export', jobs);
  }
}
