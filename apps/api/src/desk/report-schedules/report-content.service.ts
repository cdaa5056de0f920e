import { Injectable } from '@nestjs/common';
import type { ReportContent } from '@steward/shared/report-schedules';
import { z } from 'zod';
import { storedRule } from '../../db/rules/stored-rule.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import type { MailedTable } from '../../domain/reports/report-mail.js';
import { readableMoney } from '../../domain/values/money.js';
import type { Principal } from '../../platform/auth/principal.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { MailedPages } from '../../reports/base/mailed-pages.js';
import { AccountListRepository } from '../account-list/account-list.repository.js';
import { Questions } from '../account-list/questions.service.js';
import { ReportSchedulesRepository } from './report-schedules.repository.js';

const MOST_ROWS = 25;
const LARGEST_FIRST = [{ field: 'account.arr', direction: 'desc' as const }];
const sortSchema = z.array(z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) }));

export type Reader = Extract<Principal, { kind: 'user' }>;

/** What stands in a report, for whoever gets it. */
@Injectable()
export class ReportContents {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pages: MailedPages,
    private readonly questions: Questions,
    private readonly accounts: AccountListRepository,
    private readonly repository: ReportSchedulesRepository,
  ) {}

  of(reader: Reader, content: ReportContent): Promise<MailedTable> {
    switch (content.kind) {
      case 'portfolio':
        return this.pages.portfolio(reader, content.role, content);
      case 'renewals':
        return this.pages.renewals(reader, content);
      case 'view':
        return this.view(reader, content.viewId);
    }
  }

  private async view(reader: Reader, viewId: string): Promise<MailedTable> {
    const view = await this.unitOfWork.run((tx) => this.repository.view(tx, viewId, reader.user.id));
    if (view === null) throw new NotFound('view');
    const kept = sortSchema.parse(view.sort);
    const sort = kept.length === 0 ? LARGEST_FIRST : kept;
    const rule = view.rule === null ? null : storedRule(view.rule);
    return this.questions.ask(reader, { rule, text: view.text, asOf: null, sort }, async (tx, question) => {
      const { accounts, arrMinor, byBand } = await this.accounts.count(tx, question);
      const { rows } = await this.accounts.block(tx, question, { sort, offset: 0, limit: MOST_ROWS });
      const money = (minor: number | null) => readableMoney(minor, question.catalogue.currency);
      return {
        headers: ['Account', 'Score', 'ARR', 'Renewal', 'CSM'],
        rows: rows.map((row) => [
          ...[row.name, row.score === null ? '–' : String(Math.floor(row.score)), money(row.arrMinor)],
          ...[row.renewalDate ?? '–', row.csm?.name ?? '–'],
        ]),
        summary: `${accounts} accounts, ARR ${money(arrMinor)}; ${byBand.at_risk} are at risk.`,
        more: Math.max(0, accounts - rows.length),
        path: `/accounts?view=${viewId}`,
      };
    });
  }
}
