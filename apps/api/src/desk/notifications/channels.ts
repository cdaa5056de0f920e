import { Injectable } from '@nestjs/common';
import { type AlertMessage, type Message, mailOf, webhookBody } from '../../domain/notifications/messages.js';
import { Config } from '../../platform/config/config.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { AddressNotAllowed, Outgoing, type OutgoingAnswer } from '../../platform/outgoing/outgoing.js';
import { signedHeaders } from './webhook-signature.js';

/** What came of an attempt: `again` may go better later, `failed` will not, `uncertain` may have gone out. */
export type SendOutcome = { kind: 'sent' } | { kind: 'again' | 'failed' | 'uncertain'; error: string };

export interface WebhookTarget {
  id: string;
  /** Null: it is gone or switched off. */
  url: string | null;
  secret: string | null;
  message: AlertMessage;
}

/** Hands messages to mail server and webhooks. */
@Injectable()
export class Channels {
  constructor(
    private readonly outgoing: Outgoing,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  async callWebhook({ id, url, secret, message }: WebhookTarget, at: Date): Promise<SendOutcome> {
    if (url === null || secret === null) return { kind: 'failed', error: 'The webhook is gone or switched off.' };
    try {
      const { status } = await this.post({ id, url, secret, message }, at);
      if (status >= 200 && status < 300) return { kind: 'sent' };
      if (status >= 300 && status < 400) {
        return { kind: 'failed', error: `Answered with ${status}: redirects are not followed.` };
      }
      return { kind: 'again', error: `Answered with ${status}.` };
    } catch (error) {
      const { message: reason } = error as Error;
      return { kind: error instanceof AddressNotAllowed ? 'failed' : 'again', error: reason.slice(0, 500) };
    }
  }

  /** One call, whatever comes back. */
  post(target: WebhookTarget & { url: string; secret: string }, at: Date): Promise<OutgoingAnswer> {
    const body = JSON.stringify(webhookBody(target.id, target.message, this.config.http));
    return this.outgoing.post(target.url, { headers: signedHeaders(target.secret, target.id, at, body), body });
  }

  async mail(id: string, to: string | null, messages: readonly Message[]): Promise<SendOutcome> {
    if (to === null) return { kind: 'failed', error: 'The person has left.' };
    const outcome = await this.mailer.send({ id, to, ...mailOf(messages, this.config.http) });
    switch (outcome.kind) {
      case 'sent':
        return outcome;
      case 'notSent':
        return { kind: 'again', error: outcome.reason };
      case 'refused':
        return { kind: 'failed', error: outcome.reason };
      case 'uncertain':
        return { kind: 'uncertain', error: outcome.reason };
    }
  }
}
