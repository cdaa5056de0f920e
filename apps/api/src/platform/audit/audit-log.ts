import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { Actor } from '../auth/principal.js';
import { Clock } from '../clock.js';
import { currentContext } from '../logging/request-context.js';
import { AuditLogRepository } from './audit-log.repository.js';
import type { Changes } from './changes.js';

export interface AuditedChange {
  actor: Actor;
  /** Subject and past participle: `user.created`, `account.edited`, `tiers.published`. */
  action: string;
  subject: { kind: string; id: string };
  /** The account that was changed, if it was one: its page shows the entry. */
  accountId?: string | null;
  /** What it was and what it is; never a secret. */
  changes?: Changes;
}

/** Who changed what. Written in the transaction of the change, so that neither is ever without the other. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly repository: AuditLogRepository,
    private readonly clock: Clock,
  ) {}

  async record(tx: Tx, change: AuditedChange): Promise<void> {
    await this.repository.append(tx, {
      at: this.clock.now(),
      actor: change.actor,
      action: change.action,
      subject: change.subject,
      accountId: change.accountId ?? null,
      changes: change.changes ?? {},
      requestId: currentContext()?.requestId ?? null,
    });
  }
}
