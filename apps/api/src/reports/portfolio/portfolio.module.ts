import { Module } from '@nestjs/common';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { MailedPages } from '../base/mailed-pages.js';
import { ReportPagesModule } from '../base/report-pages.module.js';
import { OutcomesRepository } from './outcomes.repository.js';
import { OutcomesService } from './outcomes.service.js';
import { PortfolioController } from './portfolio.controller.js';
import { PortfolioRepository } from './portfolio.repository.js';
import { PortfolioService } from './portfolio.service.js';
import { PortfolioMail } from './portfolio-mail.service.js';
import { WorkRepository } from './work.repository.js';
import { WorkService } from './work.service.js';

/** What managers see of owners and their books. */
@Module({
  imports: [ReportPagesModule],
  controllers: [PortfolioController],
  providers: [
    OutcomesRepository,
    OutcomesService,
    PortfolioRepository,
    PortfolioService,
    PortfolioMail,
    SalesLists,
    WorkRepository,
    WorkService,
    { provide: MailedPages, useExisting: PortfolioMail },
  ],
  exports: [MailedPages],
})
export class PortfolioModule {}
