import { Injectable } from '@nestjs/common';
import type { CreateWebhook, UpdateWebhook, Webhook, WebhookSecret, WebhookTest } from '@steward/shared/notifications';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { AlertMessage } from '../../domain/notifications/messages.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { Outgoing } from '../../platform/outgoing/outgoing.js';
import { Channels } from './channels.js';
import { newWebhookSecret } from './webhook-signature.js';
import { type StoredWebhook, WebhooksRepository } from './webhooks.repository.js';

const FIGURES_OF_MS = 7 * 24 * 3_600_000;

function shown({ secret: _, createdAt, ...webhook }: StoredWebhook): Webhook {
  return { ...webhook, createdAt: createdAt.toISOString() };
}

/** Where admins have alerts sent to. A secret is shown when it is made and never again. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: WebhooksRepository,
    private readonly outgoing: Outgoing,
    private readonly channels: Channels,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<Webhook[]> {
    return (await this.unitOfWork.run((tx) => this.all(tx))).map(shown);
  }

  create(actor: Actor, userId: string, given: CreateWebhook): Promise<WebhookSecret> {
    this.checkUrl(given.url);
    return this.unitOfWork.run(async (tx) => {
      const id = uuidv7();
      const secret = newWebhookSecret();
      await this.repository.add(tx, id, given, secret, userId, this.clock.now());
      await this.record(tx, actor, 'webhook.created', id, changesOfNew(given));
      return { id, secret };
    });
  }

  update(actor: Actor, id: string, change: UpdateWebhook): Promise<Webhook> {
    if (change.url !== undefined) this.checkUrl(change.url);
    return this.unitOfWork.run(async (tx) => {
      const before = await this.mustExist(tx, id);
      if (!(await this.repository.update(tx, id, change, this.clock.now()))) throw new RevisionMoved('webhook');
      const { revision: _, ...fields } = change;
      await this.record(tx, actor, 'webhook.updated', id, changesBetween(before, fields));
      return shown(await this.mustExist(tx, id));
    });
  }

  /** Another secret: from now on the old one signs nothing. */
  renewSecret(actor: Actor, id: string): Promise<WebhookSecret> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustExist(tx, id);
      const secret = newWebhookSecret();
      await this.repository.setSecret(tx, id, secret, this.clock.now());
      await this.record(tx, actor, 'webhook.updated', id, { secret: { from: '…', to: '…' } });
      return { id, secret };
    });
  }

  /** Messages that wait for it fail and say why. */
  remove(actor: Actor, id: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const { name, url } = await this.mustExist(tx, id);
      await this.repository.remove(tx, id);
      await this.record(tx, actor, 'webhook.removed', id, changesBetween({ name, url }, { name: null, url: null }));
    });
  }

  async test(id: string): Promise<WebhookTest> {
    const { url, secret } = await this.unitOfWork.run((tx) => this.mustExist(tx, id));
    const at = this.clock.now();
    try {
      const { status, text } = await this.channels.post({ id: uuidv7(), url, secret, message: example(at) }, at);
      return { ok: status >= 200 && status < 300, status, text: text.slice(0, 1_000) };
    } catch (error) {
      return { ok: false, status: null, text: (error as Error).message };
    }
  }

  private all(tx: Tx): Promise<StoredWebhook[]> {
    return this.repository.all(tx, new Date(this.clock.now().getTime() - FIGURES_OF_MS));
  }

  private async mustExist(tx: Tx, id: string): Promise<StoredWebhook> {
    const webhook = (await this.all(tx)).find((each) => each.id === id);
    if (!webhook) throw new NotFound('webhook');
    return webhook;
  }

  private checkUrl(url: string): void {
    const refusal = this.outgoing.refusal(url);
    if (refusal === null) return;
    throw new InvalidInput(`The address ${refusal}.`, [{ path: 'url', message: refusal }], 'ADDRESS_NOT_ALLOWED');
  }

  private record(tx: Tx, actor: Actor, action: string, id: string, changes: Changes): Promise<void> {
    return this.audit.record(tx, { actor, action, subject: { kind: 'webhook', id }, changes });
  }
}

function example(at: Date): AlertMessage {
  return {
    news: 'opened',
    alertId: '00000000-0000-0000-0000-000000000000',
    alertKind: 'churn',
    severity: 'info',
    text: 'This is a test: no account is concerned.',
    rule: null,
    account: { id: '00000000-0000-0000-0000-000000000000', externalId: 'test', name: 'Example account' },
    day: at.toISOString().slice(0, 10),
    at: at.toISOString(),
  };
}
