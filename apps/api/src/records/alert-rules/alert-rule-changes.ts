import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Changes } from '../../platform/audit/changes.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { log } from '../../platform/logging/log.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';

export type Person = Extract<Principal, { kind: 'user' }>;

/** What every change of an alert rule leaves behind. */
@Injectable()
export class AlertRuleChanges {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly workspaces: WorkspaceReader,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  today(tx: Tx): Promise<Day> {
    return this.workspaces.today(tx);
  }

  record(tx: Tx, person: Person, action: string, id: string, changes: Changes): Promise<void> {
    return this.audit.record(tx, { actor: actorOf(person), action, subject: { kind: 'alert_rule', id }, changes });
  }

  /** Who is due stands in the database; the job only makes it sooner. */
  hint(): void {
    this.queues
      .enqueue('refresh-live', {}, { once: 'due' })
      .catch((error: unknown) => log.warn({ err: error }, 'hint to refresh after a change of alert rules'));
  }
}
