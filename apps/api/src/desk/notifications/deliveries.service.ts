import { Injectable } from '@nestjs/common';
import type { DeliveriesQuery, DeliveryList } from '@steward/shared/notifications';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Conflict } from '../../platform/errors/app-error.js';
import { NotificationsRepository } from './notifications.repository.js';
import type { DeliveryKey } from './sending.repository.js';

/** What left the workspace, for admins. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: NotificationsRepository,
    private readonly queues: Queues,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(query: DeliveriesQuery): Promise<DeliveryList> {
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
  async tryAgain(actor: Actor, key: DeliveryKey): Promise<void> {
    const { accountId, id } = key;
    const { userId } = await this.unitOfWork.run(async (tx) => {
      const whose = await this.repository.tryAgain(tx, key, this.clock.now());
      if (!whose) {
        throw new Conflict('DELIVERY_NOT_FAILED', 'This message has not failed, or is tried again already.');
      }
      await this.audit.record(tx, {
        actor,
        action: 'delivery.repeated',
        subject: { kind: 'delivery', id },
        accountId,
        changes: { state: { from: whose.before, to: 'due' } },
      });
      return whose;
    });
    if (userId !== null) await this.queues.enqueue('send-mail', { userId }, { once: userId });
    else await this.queues.enqueue('send-webhook', { accountId, deliveryId: id }, { once: id });
  }
}
