import { Injectable } from '@nestjs/common';
import type { OwnerRole, PortfolioQuery } from '@steward/shared/portfolio';
import type { MailedTable } from '../../domain/reports/report-mail.js';
import { readableMoney } from '../../domain/values/money.js';
import type { Principal } from '../../platform/auth/principal.js';
import { type MailedFilters, MailedPages } from '../base/mailed-pages.js';
import { OutcomesService } from './outcomes.service.js';
import { PortfolioService } from './portfolio.service.js';

const MOST_ROWS = 20;
const MONTHS_AHEAD = 6;

/** The portfolio and the renewals of the next months, in short. */
@Injectable()
export class PortfolioMail extends MailedPages {
  constructor(
    private readonly books: PortfolioService,
    private readonly outcomes: OutcomesService,
  ) {
    super();
  }

  async portfolio(reader: Principal, role: OwnerRole, filters: MailedFilters): Promise<MailedTable> {
    const { rows, total, currency } = await this.books.books(reader, { ...queryOf(filters), role });
    const money = (minor: number | null) => readableMoney(minor, currency);
    return {
      headers: ['Owner', 'Accounts', 'ARR', 'Mean score', 'At risk', 'Healthy', 'Load'],
      rows: rows
        .slice(0, MOST_ROWS)
        .map(({ owner, accounts, arrMinor, meanScore, bands, load }) => [
          owner.name ?? 'No owner',
          ...[String(accounts), money(arrMinor), meanScore === null ? '–' : String(Math.floor(meanScore))],
          ...[String(bands.at_risk.accounts), String(bands.healthy.accounts), load === null ? '–' : `${load} %`],
        ]),
      summary: `${total.accounts} accounts, ARR ${money(total.arrMinor)}; ${total.bands.at_risk.accounts} are at risk.`,
      more: Math.max(0, rows.length - MOST_ROWS),
      path: `/portfolio?${searchOf({ ...filters, role })}`,
    };
  }

  async renewals(reader: Principal, filters: MailedFilters): Promise<MailedTable> {
    const asked = { ...queryOf(filters), role: 'csm' as const, ahead: MONTHS_AHEAD };
    const { months, day, currency } = await this.outcomes.renewals(reader, asked);
    const money = (minor: number | null) => readableMoney(minor, currency);
    const coming = months.filter(({ month }) => month >= day.slice(0, 7));
    const overdue = months.reduce((sum, { byState }) => sum + byState.overdue.renewals, 0);
    const atRisk = coming.reduce((sum, month) => sum + month.atRisk.renewals, 0);
    return {
      headers: ['Month', 'Renewals', 'Due', 'At risk', 'At risk, ARR', 'Weighted', 'Renewed', 'Lost'],
      rows: coming.map((month) => [
        ...[month.month, String(month.due.renewals), money(month.due.arrMinor), String(month.atRisk.renewals)],
        ...[money(month.atRisk.arrMinor), money(month.weightedMinor)],
        ...[
          String(month.byState.renewed.renewals + month.byState.renewedSmaller.renewals),
          String(month.byState.lost.renewals),
        ],
      ]),
      summary: `${atRisk} renewals of these months are at risk; ${overdue} of the last twelve months are overdue.`,
      more: 0,
      path: '/renewals',
    };
  }
}

function queryOf({ tier, segment }: MailedFilters): Omit<PortfolioQuery, 'role'> {
  return {
    tierMode: 'then',
    ownerMode: 'now',
    ...(tier.length > 0 && { tier }),
    ...(segment !== null && { segment }),
  };
}

function searchOf({ tier, segment, role }: MailedFilters & { role: OwnerRole }): string {
  const search = new URLSearchParams({ role });
  if (tier.length > 0) search.set('tier', tier.join(','));
  if (segment !== null) search.set('segment', segment);
  return search.toString();
}
