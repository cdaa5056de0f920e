import { Injectable } from '@nestjs/common';
import type { NotificationList, Preferences, SetPreferences } from '@steward/shared/notifications';
import { announce } from '../../db/live-channel.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { DEFAULT_CHOICES, DEFAULT_DESK_CHOICES, DEFAULT_DIGEST_HOUR } from '../../domain/notifications/choices.js';
import { toldAsSeen } from '../../domain/notifications/gathered-tasks.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesBetween } from '../../platform/audit/changes.js';
import type { Actor } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { RevisionMoved } from '../../platform/errors/app-error.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { NotificationsRepository, type ToldRow } from './notifications.repository.js';
import { PeopleRepository } from './people.repository.js';

const KEPT_MS = 180 * 24 * 3_600_000;

/** What a person was told, and what they chose to be told. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: NotificationsRepository,
    private readonly people: PeopleRepository,
    private readonly mailer: Mailer,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(userId: string, scope: Scope, limit: number): Promise<NotificationList> {
    const { gathered, ofAccounts, notices } = await this.unitOfWork.run(async (tx) => {
      const gathered = await this.repository.accounts.of(tx, scope, await this.repository.gatheredAccounts(tx, userId));
      return {
        gathered,
        ofAccounts: await this.repository.newest(tx, userId, { scope, gathered }, limit),
        notices: await this.repository.notices.newest(tx, userId, limit),
      };
    });
    const asSeen = ofAccounts.rows.map((row) => toldRow(row, gathered));
    const newestFirst = [...asSeen, ...notices.rows].sort((a, b) => b.at.getTime() - a.at.getTime());
    const notifications = newestFirst.slice(0, limit).map((row) => ({
      ...row,
      at: row.at.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
    }));
    return { notifications, unread: ofAccounts.unread + notices.unread };
  }

  async markRead(userId: string, ids: readonly string[] | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.repository.markRead(tx, userId, ids, this.clock.now());
      await this.repository.notices.markRead(tx, userId, ids, this.clock.now());
      // Their other pages count again.
      await announce(tx, { topic: 'notifications', userIds: [userId] });
    });
  }

  preferences(userId: string): Promise<Preferences> {
    return this.unitOfWork.run((tx) => this.preferencesIn(tx, userId));
  }

  setPreferences(actor: Actor, userId: string, choices: SetPreferences): Promise<Preferences> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.preferencesIn(tx, userId);
      const desk = { ...before.desk, ...choices.desk };
      if (!(await this.people.choose(tx, userId, { ...choices, desk }, this.clock.now()))) {
        throw new RevisionMoved('choice of notifications');
      }
      const { kinds, digestHour } = choices;
      await this.audit.record(tx, {
        actor,
        action: 'user.notifications-chosen',
        subject: { kind: 'user', id: userId },
        changes: changesBetween(
          { ...before.kinds, ...before.desk, digestHour: before.digestHour },
          { ...kinds, ...desk, digestHour },
        ),
      });
      return this.preferencesIn(tx, userId);
    });
  }

  /** What nobody looks at any more. */
  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.unitOfWork.run(async (tx) => {
      await this.repository.forget(tx, before);
      await this.repository.notices.forget(tx, before);
      await this.repository.forgetNews(tx, before);
    });
  }

  private async preferencesIn(tx: Tx, userId: string): Promise<Preferences> {
    const chosen = await this.people.choicesOf(tx, userId);
    return {
      kinds: { ...DEFAULT_CHOICES, ...chosen?.kinds },
      desk: { ...DEFAULT_DESK_CHOICES, ...chosen?.desk },
      digestHour: chosen?.digestHour ?? DEFAULT_DIGEST_HOUR,
      revision: chosen?.revision ?? 0,
      mailWorks: this.mailer.works,
    };
  }
}

/** What was gathered is told of the accounts alone that are still seen. */
function toldRow({ tasks, ...row }: ToldRow, seen: ReadonlySet<string>): Omit<ToldRow, 'tasks'> {
  const told = tasks === null ? null : toldAsSeen(tasks, (id) => seen.has(id));
  return told === null ? row : { ...row, accountId: told.account.id, accountName: told.account.name, text: told.text };
}
