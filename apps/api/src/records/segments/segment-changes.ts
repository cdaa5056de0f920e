import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Changes } from '../../platform/audit/changes.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { log } from '../../platform/logging/log.js';

export type Person = Extract<Principal, { kind: 'user' }>;

/** What every change of a segment leaves behind. */
@Injectable()
export class SegmentChanges {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly queues: Queues,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  record(tx: Tx, person: Person, action: string, id: string, changes: Changes, accountId?: string): Promise<void> {
    const subject = { kind: 'segment', id };
    return this.audit.record(tx, { actor: actorOf(person), action, subject, accountId, changes });
  }

  /** Who is due stands in the database; the job only makes it sooner, so that nobody waits for the queue. */
  hint(): void {
    this.queues
      .enqueue('refresh-live', {}, { once: 'due' })
      .catch((error: unknown) => log.warn({ err: error }, 'hint to refresh after a change of segments'));
  }
}
