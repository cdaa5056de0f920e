import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { accountsNamed, messageAsSeen } from '../../domain/notifications/messages.js';
import { pauseAfter } from '../../domain/notifications/retries.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { Clock } from '../../platform/clock.js';
import { Channels, type SendOutcome } from './channels.js';
import { type ClaimedMail, type DeliveryKey, type Outcome, SendingRepository } from './sending.repository.js';

/** Longer than any request may take: a delivery that was claimed before that was left by a process that ended. */
const LEFT_AFTER_MS = 5 * 60_000;
const WEBHOOKS_A_SWEEP = 1_000;
const MESSAGES_A_MAIL = 100;
const NOT_SEEN: SendOutcome = { kind: 'failed', error: 'The person may not see the account any more.' };

/** Takes messages out of the workspace: claim (committed), send, record. The row says what is due; jobs are hints. */
@Injectable()
export class Sending {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SendingRepository,
    private readonly authenticator: Authenticator,
    private readonly channels: Channels,
    private readonly queues: Queues,
    private readonly clock: Clock,
  ) {}

  /** Puts all that is due into the queue, and takes up what was left. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const { webhooks, people } = await this.unitOfWork.run(async (tx) => {
      await this.repository.takeUpLeft(tx, new Date(now.getTime() - LEFT_AFTER_MS), now);
      return {
        webhooks: await this.repository.dueWebhooks(tx, now, WEBHOOKS_A_SWEEP),
        people: await this.repository.peopleWithDueMail(tx, now),
      };
    });
    await this.queues.enqueueAll(
      'send-webhook',
      webhooks.map(({ accountId, id }) => ({ payload: { accountId, deliveryId: id }, options: { once: id } })),
    );
    await this.queues.enqueueAll(
      'send-mail',
      people.map((userId) => ({ payload: { userId }, options: { once: userId } })),
    );
  }

  async sendWebhook(key: DeliveryKey): Promise<void> {
    const claimed = await this.unitOfWork.run((tx) => this.repository.claimWebhook(tx, key, this.clock.now()));
    if (!claimed) return;
    const outcome = await this.channels.callWebhook(claimed, this.clock.now());
    await this.record([key], claimed.attempts, outcome);
    if (outcome.kind !== 'again') return;
    const pauseMs = pauseAfter(claimed.attempts);
    if (pauseMs === null) return;
    const payload = { accountId: key.accountId, deliveryId: key.id };
    await this.queues.enqueue('send-webhook', payload, { once: key.id, delayMs: pauseMs });
  }

  /**
   * All that is due to a person leaves as one mail; more than fits into it in the next. Hours may lie between news and
   * mail: an account that has left the person's book meanwhile is none of theirs any more, nor is it named
   * among others.
   */
  async sendMail(userId: string): Promise<void> {
    for (;;) {
      const { mails, hidden, to } = await this.claimed(userId);
      if (mails.length + hidden.length === 0) return;
      if (hidden.length > 0) await this.record(hidden, 0, NOT_SEEN);
      if (mails.length === 0) continue;
      const outcome = await this.channels.mail(
        mails[0]!.id,
        to,
        mails.map(({ message }) => message),
      );
      await this.record(mails, Math.max(...mails.map(({ attempts }) => attempts)), outcome);
    }
  }

  private claimed(userId: string): Promise<{ mails: ClaimedMail[]; hidden: ClaimedMail[]; to: string | null }> {
    return this.unitOfWork.run(async (tx) => {
      const claimed = await this.repository.claimMail(tx, userId, this.clock.now(), MESSAGES_A_MAIL);
      const person = await this.authenticator.workingFor(tx, userId);
      if (person === null || claimed.length === 0) return { mails: claimed, hidden: [], to: null };
      const named = claimed.flatMap(({ message }) => accountsNamed(message));
      const seen = await this.repository.accounts.of(tx, person.scope, named);
      const asSeen = claimed.map((mail) => ({ mail, message: messageAsSeen(mail.message, (id) => seen.has(id)) }));
      return {
        mails: asSeen.flatMap(({ mail, message }) => (message === null ? [] : [{ ...mail, message }])),
        hidden: asSeen.flatMap(({ mail, message }) => (message === null ? [mail] : [])),
        to: person.user.email,
      };
    });
  }

  private record(keys: readonly DeliveryKey[], attempts: number, outcome: SendOutcome): Promise<void> {
    return this.unitOfWork.run((tx) => this.repository.record(tx, keys, this.stored(outcome, attempts)));
  }

  private stored(outcome: SendOutcome, attempts: number): Outcome {
    const now = this.clock.now();
    switch (outcome.kind) {
      case 'sent':
        return { state: 'sent', at: now };
      case 'again': {
        const pauseMs = pauseAfter(attempts);
        const { error } = outcome;
        return pauseMs === null
          ? { state: 'failed', error }
          : { state: 'due', at: new Date(now.getTime() + pauseMs), error };
      }
      case 'failed':
      case 'uncertain':
        return { state: outcome.kind, error: outcome.error };
    }
  }
}
