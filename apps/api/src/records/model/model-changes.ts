import { Injectable } from '@nestjs/common';
import { announce } from '../../db/live-channel.js';
import type { Tx } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Changes } from '../../platform/audit/changes.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { log } from '../../platform/logging/log.js';
import { QuietStartsRepository } from './quiet-starts.repository.js';

export type Person = Extract<Principal, { kind: 'user' }>;

/** What every change of the model leaves behind. */
@Injectable()
export class ModelChanges {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly quietStarts: QuietStartsRepository,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  /** Open pages ask again. */
  announce(tx: Tx): Promise<void> {
    return announce(tx, { topic: 'model' });
  }

  /** Tiers, stages or scores come about differently from now on: no alert fires by that alone. */
  startQuietly(tx: Tx, person: Person): Promise<void> {
    return this.quietStarts.begin(tx, person.user.id, this.now());
  }

  record(
    tx: Tx,
    person: Person,
    action: string,
    subject: { kind: string; id: string },
    changes: Changes,
  ): Promise<void> {
    return this.audit.record(tx, { actor: actorOf(person), action, subject, changes });
  }

  /**
   * After the commit. That all accounts are due is seen by the next live refresh itself, which compares what is published
   * with what it last rested on; the job only makes it sooner.
   */
  hint(): void {
    this.queues
      .enqueue('refresh-live', {}, { once: 'due' })
      .catch((error: unknown) => log.warn({ err: error }, 'hint to refresh after a change of the model'));
  }
}
