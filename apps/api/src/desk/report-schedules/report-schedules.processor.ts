import { Injectable } from '@nestjs/common';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import { ReportMails } from './report-mails.service.js';

/** Jobs of reports by mail. Each looks into the database for what is due. */
@Injectable()
export class ReportSchedulesProcessor {
  constructor(private readonly mails: ReportMails) {}

  @Handles('sweep-report-mails')
  async sweep(): Promise<void> {
    await this.mails.sweep();
  }

  @Handles('send-report-mail')
  async send({ mailId }: { mailId: string }): Promise<void> {
    await this.mails.send(mailId);
  }
}
