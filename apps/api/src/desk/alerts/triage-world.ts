import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { Actor } from '../../domain/alerts/triage.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Changes } from '../../platform/audit/changes.js';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import type { AlertKey } from './triage.repository.js';

export type Person = Extract<Principal, { kind: 'user' }>;

export interface Assignee {
  userId: string;
  name: string;
  scope: Scope;
}

/** What triage needs to know of the world around it, and leaves behind in it. */
@Injectable()
export class TriageWorld {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly workspaces: WorkspaceReader,
  ) {}

  async actor(tx: Tx, { user }: Person): Promise<Actor> {
    return { userId: user.id, at: this.clock.now(), day: await this.workspaces.today(tx) };
  }

  /** Who is to act, with what they may see. A viewer cannot act. */
  async assignee(tx: Tx, userId: string | null): Promise<Assignee | null> {
    if (userId === null) return null;
    const found = await this.authenticator.workingFor(tx, userId);
    if (found === null || found.user.role === 'viewer') {
      const message = 'Nobody who could act on it has this id.';
      throw new InvalidInput(message, [{ path: 'assigneeUserId', message }], 'UNKNOWN_PERSON');
    }
    return { userId, name: found.user.fullName, scope: found.scope };
  }

  record(tx: Tx, person: Person, action: string, { accountId, id }: AlertKey, changes: Changes): Promise<void> {
    return this.audit.record(tx, {
      actor: actorOf(person),
      action,
      subject: { kind: 'alert', id },
      accountId,
      changes,
    });
  }
}
