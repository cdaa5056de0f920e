import { Injectable } from '@nestjs/common';
import type {
  DeliveriesQuery,
  DeliveryList,
  NotificationList,
  Preferences,
  SetPreferences,
} from '@steward/shared/notifications';
import { announce } from '../../db/live-channel.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { DEFAULT_CHOICES, DEFAULT_DIGEST_HOUR } from '../../domain/notifications/choices.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, RevisionMoved } from '../../platform/errors/app-error.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { NotificationsRepository } from './notifications.repository.js';
import { PeopleRepository } from './people.repository.js';
import type { DeliveryKey } from './sending.repository.js';

/** What a person was told, what they chose to be told, and for admins what left the workspace. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: NotificationsRepository,
    private readonly people: PeopleRepository,
    private readonly mailer: Mailer,
    private readonly queues: Queues,
    private readonly clock: Clock,
  ) {}

  async list(userId: string, scope: Scope, limit: number): Promise<NotificationList> {
    const { rows, unread } = await this.unitOfWork.run((tx) => this.repository.newest(tx, userId, scope, limit));
    const notifications = rows.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
    }));
    return { notifications, unread };
  }

  async markRead(userId: string, ids: readonly string[] | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.repository.markRead(tx, userId, ids, this.clock.now());
      // Their other pages count again.
      await announce(tx, { topic: 'notifications', userIds: [userId] });
    });
  }

  preferences(userId: string): Promise<Preferences> {
    return this.unitOfWork.run((tx) => this.preferencesIn(tx, userId));
  }

  setPreferences(userId: string, choices: SetPreferences): Promise<Preferences> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.people.choose(tx, userId, choices, this.clock.now()))) {
        throw new RevisionMoved('choice of notifications');
      }
      return this.preferencesIn(tx, userId);
    });
  }

  async deliveries(query: DeliveriesQuery): Promise<DeliveryList> {
    const rows = await this.unitOfWork.run((tx) => this.repository.deliveries(tx, query));
    const deliveries = rows.map((row) => ({
      ...row,
      dueAt: row.dueAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
    }));
    return { deliveries };
  }

  /** A person decides: what is uncertain may so go out twice. */
  async tryAgain(key: DeliveryKey): Promise<void> {
    const whose = await this.unitOfWork.run((tx) => this.repository.tryAgain(tx, key, this.clock.now()));
    if (!whose) {
      throw new Conflict('DELIVERY_NOT_FAILED', 'This message has not failed, or is tried again already.');
    }
    if (whose.userId !== null) {
      await this.queues.enqueue('send-mail', { userId: whose.userId }, { once: whose.userId });
    } else {
      await this.queues.enqueue('send-webhook', { accountId: key.accountId, deliveryId: key.id }, { once: key.id });
    }
  }

  private async preferencesIn(tx: Tx, userId: string): Promise<Preferences> {
    const chosen = await this.people.choicesOf(tx, userId);
    return {
      kinds: { ...DEFAULT_CHOICES, ...chosen?.kinds },
      digestHour: chosen?.digestHour ?? DEFAULT_DIGEST_HOUR,
      revision: chosen?.revision ?? 0,
      mailWorks: this.mailer.works,
    };
  }
}
