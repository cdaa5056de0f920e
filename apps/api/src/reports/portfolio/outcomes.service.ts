import { Injectable } from '@nestjs/common';
import type {
  ChurnReasonsReport,
  Plays,
  PortfolioQuery,
  RenewalMonths,
  RenewalMonthsQuery,
} from '@steward/shared/portfolio';
import { addDays, isoOf, type Month, toDay } from '../../domain/calendar/day.js';
import { lastDayOf, monthOf } from '../../domain/calendar/month.js';
import { churnFigures } from '../../domain/reports/churn.js';
import { isoMonth, monthOfIso, monthsOf } from '../../domain/reports/period.js';
import { shareOf, sumOfKnown } from '../../domain/reports/share.js';
import { renewalSum, renewalsByState } from '../../domain/reports/work.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { answered, ReportPages } from '../base/report-pages.service.js';
import { OutcomesRepository, type RenewalMonthGroup } from './outcomes.repository.js';

/** Alerts and playbooks are looked at over so many days at most. */
const MOST_PLAY_DAYS = 400;

/** What became of accounts: renewals by month, why customers left, and what alerts and playbooks brought. */
@Injectable()
export class OutcomesService {
  constructor(
    private readonly pages: ReportPages,
    private readonly repository: OutcomesRepository,
    private readonly lists: SalesLists,
    private readonly clock: Clock,
  ) {}

  renewals(principal: Principal, { ahead, role: _, ...filters }: RenewalMonthsQuery): Promise<RenewalMonths> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const last = (monthOf(toDay(page.day)) + ahead) as Month;
      const until = [isoOf(lastDayOf(last)), page.lastDay].sort().at(-1) ?? page.lastDay;
      const groups = await this.repository.renewalMonths(tx, page, until);
      const months = monthsOf({ from: monthOfIso(page.from), to: monthOf(toDay(until)) }).map(isoMonth);
      return {
        ...answered(page),
        months: months.map((month) => ({ month, ...renewalFigures(groups.filter((group) => group.month === month)) })),
        total: renewalFigures(groups),
      };
    });
  }

  churn(principal: Principal, { role: _, ...filters }: PortfolioQuery): Promise<ChurnReasonsReport> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const { reasons } = await this.lists.churnReasons(tx);
      const groups = await this.repository.churns(tx, page, reasons);
      const months = monthsOf({ from: monthOfIso(page.from), to: monthOf(toDay(page.day)) }).map(isoMonth);
      const arrUnknown = groups.reduce((sum, group) => sum + group.arrUnknown, 0);
      return { ...answered(page), arrUnknown, ...churnFigures(groups, months) };
    });
  }

  plays(principal: Principal, { role: _, ...filters }: PortfolioQuery): Promise<Plays> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const earliest = isoOf(addDays(toDay(page.day), 1 - MOST_PLAY_DAYS));
      const fromDay = [page.firstDay, earliest].sort().at(-1) ?? earliest;
      const rules = await this.repository.alertRules(tx, page, fromDay, this.clock.now());
      const playbooks = await this.repository.playbooks(tx, page, fromDay);
      return {
        fromDay,
        day: page.day,
        currency: page.currency,
        alertRules: rules.map(({ acknowledgedInTime, falseAlarm, resolved, ...rule }) => ({
          ...rule,
          acknowledgedInTimeRate: shareOf(acknowledgedInTime, rule.toAcknowledge),
          falseAlarmRate: shareOf(falseAlarm, resolved),
        })),
        playbooks: playbooks.map(({ cancelledByPerson, ...playbook }) => ({
          ...playbook,
          successRate: shareOf(playbook.achieved, playbook.achieved + playbook.missed + cancelledByPerson),
        })),
      };
    });
  }
}

function renewalFigures(groups: readonly RenewalMonthGroup[]): RenewalMonths['total'] {
  return {
    due: renewalSum(groups),
    byState: renewalsByState(groups),
    atRisk: renewalSum(groups.filter(({ isAtRisk }) => isAtRisk)),
    weightedMinor: sumOfKnown(groups.map(({ weightedMinor }) => weightedMinor)),
    renewedMinor: sumOfKnown(groups.map(({ renewedMinor }) => renewedMinor)),
  };
}
