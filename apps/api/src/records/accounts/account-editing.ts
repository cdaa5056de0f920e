import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { markDirty } from '../../db/dirty-accounts.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Changes } from '../../platform/audit/changes.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { log } from '../../platform/logging/log.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { AccountEditsRepository, type EditableAccount } from './account-edits.repository.js';

export type Person = Extract<Principal, { kind: 'user' }>;

export interface Editing {
  tx: Tx;
  account: EditableAccount;
  day: IsoDay;
  at: Date;
}

/** What an edit did; without an action nothing has changed. */
export interface Edited<Result> {
  result: Result;
  action: string | null;
  changes: Changes;
}

/** The frame of every change of an account by hand. */
@Injectable()
export class AccountEditing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AccountEditsRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly queues: Queues,
  ) {}

  /** One transaction: the account is held, changed, written to the log, and due for computation. */
  async edit<Result>(
    person: Person,
    accountId: string,
    change: (editing: Editing) => Promise<Edited<Result>>,
    held = (tx: Tx) => this.repository.held(tx, person.scope, accountId),
  ): Promise<Result> {
    const edited = await this.unitOfWork.run(async (tx) => {
      const account = await held(tx);
      if (account === null) throw new NotFound('account');
      const day = isoOf(await this.workspaces.today(tx));
      const at = this.clock.now();
      const { result, action, changes } = await change({ tx, account, day, at });
      if (action === null) return result;
      await this.audit.record(tx, {
        actor: actorOf(person),
        action,
        subject: { kind: 'account', id: accountId },
        accountId,
        changes,
      });
      await markDirty(tx, new Map([[accountId, day]]), at);
      return result;
    });
    this.hint();
    return edited;
  }

  /** The account is in the table of those due; the job only makes it sooner, so that nobody waits for the queue. */
  private hint(): void {
    this.queues
      .enqueue('refresh-live', {}, { once: 'due' })
      .catch((error: unknown) => log.warn({ err: error }, 'hint to refresh after an edit'));
  }
}
