import { Module } from '@nestjs/common';
import { Mailer } from '../../platform/mail/mailer.js';
import { PortfolioModule } from '../../reports/portfolio/portfolio.module.js';
import { AccountListModule } from '../account-list/account-list.module.js';
import { MailDesk } from './mail-desk.js';
import { ReportContents } from './report-content.service.js';
import { ReportMailsRepository } from './report-mails.repository.js';
import { ReportMails } from './report-mails.service.js';
import { ReportSchedulesController } from './report-schedules.controller.js';
import { ReportSchedulesProcessor } from './report-schedules.processor.js';
import { ReportSchedulesRepository } from './report-schedules.repository.js';
import { ReportSchedulesService } from './report-schedules.service.js';

/** Reports that come by mail. */
@Module({
  imports: [AccountListModule, PortfolioModule],
  controllers: [ReportSchedulesController],
  providers: [
    Mailer,
    MailDesk,
    ReportContents,
    ReportMails,
    ReportMailsRepository,
    ReportSchedulesProcessor,
    ReportSchedulesRepository,
    ReportSchedulesService,
  ],
})
export class ReportSchedulesModule {}
