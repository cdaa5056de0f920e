import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config/config.js';
import { Mailer, type MailOutcome, type OutgoingMail } from '../../platform/mail/mailer.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';

/** What mails of reports need of the world: the clock, the mail server, and the queue. */
@Injectable()
export class MailDesk {
  constructor(
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly queues: Queues,
    private readonly workspaces: WorkspaceReader,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  get works(): boolean {
    return this.mailer.works;
  }

  get publicUrl(): string {
    return this.config.http.publicUrl;
  }

  send(mail: OutgoingMail): Promise<MailOutcome> {
    return this.mailer.send(mail);
  }

  async timeZone(tx: Tx): Promise<string> {
    return (await this.workspaces.workspace(tx)).timeZone;
  }

  /** The rows say what is due; a job that is lost is made again by the clock. */
  async hint(mailIds: readonly string[]): Promise<void> {
    const jobs = mailIds.map((mailId) => ({ payload: { mailId }, options: { once: mailId } }));
    await this.queues.enqueueAll('send-report-mail', jobs);
  }
}
