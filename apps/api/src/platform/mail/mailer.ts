import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Config } from '../config/config.js';

export interface OutgoingMail {
  /** Its own id: the same mail sent again can be told by it. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * `refused`: the mail server will not take it, now or later. `notSent`: it did not get as far as handing it over.
 * `uncertain`: the connection was lost while it was handed over.
 */
export type MailOutcome = { kind: 'sent' } | { kind: 'refused' | 'notSent' | 'uncertain'; reason: string };

const CONNECT_MS = 10_000;

/** Hands mail to the operator's mail server. */
@Injectable()
export class Mailer {
  constructor(private readonly config: Config) {}

  /** False: there is no mail server. */
  get works(): boolean {
    return this.config.mail !== null;
  }

  async send({ id, ...content }: OutgoingMail): Promise<MailOutcome> {
    const { mail, http, outgoing } = this.config;
    if (!mail) return { kind: 'refused', reason: 'There is no mail server: SMTP_URL is not set.' };
    const handover = { begun: false };
    const transport = createTransport({
      url: mail.url,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: outgoing.timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      // What was said tells how far a connection came that was lost: its error does not.
      transactionLog: true,
      logger: { debug: (entry: { tnx?: string }, said: string) => noteHandover(handover, entry, said) },
    });
    try {
      await transport.sendMail({
        ...content,
        from: mail.from,
        // So that nobody's absence note answers it.
        headers: { 'Auto-Submitted': 'auto-generated' },
        messageId: `<${id}@${new URL(http.publicUrl).hostname}>`,
      });
      return { kind: 'sent' };
    } catch (error) {
      return outcomeOf(error as SmtpError, handover.begun);
    } finally {
      transport.close();
    }
  }
}

function noteHandover(handover: { begun: boolean }, { tnx }: { tnx?: string }, said: string): void {
  if (tnx === 'client' && said === 'DATA') handover.begun = true;
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

/** An answer of the server is certain: 4xx is for now, 5xx for good, and a wrong password may be mended. */
function outcomeOf({ message, responseCode, code }: SmtpError, handoverBegun: boolean): MailOutcome {
  const reason = message.slice(0, 500);
  if (responseCode !== undefined) {
    return { kind: responseCode >= 500 && code !== 'EAUTH' ? 'refused' : 'notSent', reason };
  }
  return { kind: handoverBegun ? 'uncertain' : 'notSent', reason };
}
