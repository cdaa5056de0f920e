import { Injectable } from '@nestjs/common';
import { markDirty } from '../db/dirty-accounts.js';
import { announce } from '../db/live-channel.js';
import type { Tx } from '../db/unit-of-work.js';
import { type Day, isoOf } from '../domain/calendar/day.js';
import { RefreshHint } from '../intake/facts/refresh-hint.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import type { Changes } from '../platform/audit/changes.js';
import { Authenticator } from '../platform/auth/authenticator.js';
import { permissionsOf } from '../platform/auth/permissions.js';
import { actorOf, type Principal } from '../platform/auth/principal.js';
import { type Scope, scopeCovers } from '../platform/auth/scope.js';
import { Clock } from '../platform/clock.js';
import { WorkspaceReader } from '../records/workspace/workspace.reader.js';

export type Person = Extract<Principal, { kind: 'user' }>;

/** Who acts, when, on the workspace's day. */
export interface Now {
  userId: string;
  day: Day;
  at: Date;
}

/** The moment of the newest event of a thing. */
export interface LastEvent {
  lastAt: Date | null;
  lastDay: Day | null;
}

/** Somebody who is to do something; null in place of it: nobody who is active has the id. */
export interface Assignee {
  userId: string;
  name: string;
  scope: Scope;
}

export interface Owners {
  csmUserId: string | null;
  amUserId: string | null;
}

/**
 * The moment of an action on a thing: now, yet never before what happened to it last. A clock that was moved back would
 * otherwise tear its history apart.
 */
export function notBefore(now: Now, { lastAt, lastDay }: LastEvent): Now {
  const at = lastAt !== null && lastAt >= now.at ? new Date(lastAt.getTime() + 1) : now.at;
  const day = lastDay !== null && lastDay > now.day ? lastDay : now.day;
  return { ...now, at, day };
}

/** Whether somebody may be given work on an account: is active, may act, and sees it. */
export function maySee(assignee: Assignee | null, owners: Owners): boolean {
  return assignee !== null && scopeCovers(assignee.scope, owners);
}

/** What acting on goals and tasks needs to know of the world around it, and leaves behind in it. */
@Injectable()
export class Acting {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly workspaces: WorkspaceReader,
    private readonly refreshHint: RefreshHint,
  ) {}

  today(tx: Tx): Promise<Day> {
    return this.workspaces.today(tx);
  }

  async now(tx: Tx, { user }: Person): Promise<Now> {
    return { userId: user.id, at: this.clock.now(), day: await this.workspaces.today(tx) };
  }

  /** Null: nobody who could act is known by the id. */
  async assignee(tx: Tx, userId: string): Promise<Assignee | null> {
    const found = await this.authenticator.workingFor(tx, userId);
    if (found === null || !permissionsOf(found.user.role).includes('goals:write')) return null;
    return { userId, name: found.user.fullName, scope: found.scope };
  }

  record(
    tx: Tx,
    person: Person,
    action: string,
    subject: { kind: 'goal' | 'task'; accountId: string; id: string },
    changes: Changes,
  ): Promise<void> {
    const { kind, id, accountId } = subject;
    return this.audit.record(tx, { actor: actorOf(person), action, subject: { kind, id }, accountId, changes });
  }

  /** Last of a transaction's writes: pages are told, and the accounts are due, so that the run settles their goals. */
  async settle(tx: Tx, shown: readonly string[], due: readonly string[], { day, at }: Now): Promise<void> {
    if (shown.length > 0) await announce(tx, { topic: 'goals', ids: [...new Set(shown)].sort() });
    await markDirty(tx, new Map(due.map((id) => [id, isoOf(day)])), at);
  }

  /** After the commit; the accounts are found without it, only later. */
  hint(): void {
    this.refreshHint.give();
  }
}
