import { Injectable } from '@nestjs/common';
import type { StagePace } from '@steward/shared/lifecycle';
import type {
  LifecycleFunnel,
  LifecycleQuery,
  LifecycleReport,
  StuckList,
  StuckQuery,
  TimeInStage,
} from '@steward/shared/lifecycle-report';
import { toDay } from '../../domain/calendar/day.js';
import { monthOf } from '../../domain/calendar/month.js';
import { conversionOf, reEntriesOf } from '../../domain/reports/funnel.js';
import { isoMonth, monthOfIso, monthsOf } from '../../domain/reports/period.js';
import { median, quantile } from '../../domain/reports/quantile.js';
import { sumOfKnown } from '../../domain/reports/share.js';
import type { Principal } from '../../platform/auth/principal.js';
import { answered, type ReportPage, ReportPages } from '../base/report-pages.service.js';
import { LifecycleReportRepository } from './lifecycle-report.repository.js';

const SLOW: Record<StuckQuery['pace'], readonly StagePace[]> = { stuck: ['stuck'], behind: ['behind', 'stuck'] };

/** How accounts stand in the stages, and how they go through them. */
@Injectable()
export class LifecycleReportService {
  constructor(
    private readonly pages: ReportPages,
    private readonly repository: LifecycleReportRepository,
  ) {}

  standing(principal: Principal, { role: _, ...filters }: LifecycleQuery): Promise<LifecycleReport> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const groups = await this.repository.standing(tx, page);
      const accounts = (of: typeof groups) => of.reduce((sum, group) => sum + group.accounts, 0);
      const stages = page.stages.map(({ key, label, expectedDays, stuckDays }) => {
        const own = groups.filter(({ stage }) => stage === key);
        const at = (pace: StagePace) => own.filter((group) => group.pace === pace);
        return {
          ...{ key, label, expectedDays, stuckDays },
          accounts: accounts(own),
          arrMinor: sumOfKnown(own.map(({ arrMinor }) => arrMinor)),
          pace: { on_track: accounts(at('on_track')), behind: accounts(at('behind')), stuck: accounts(at('stuck')) },
          stuckArrMinor: sumOfKnown(at('stuck').map(({ arrMinor }) => arrMinor)),
        };
      });
      return { ...answered(page), stages, noStage: accounts(groups.filter(({ stage }) => stage === null)) };
    });
  }

  funnel(principal: Principal, { role: _, ...filters }: LifecycleQuery): Promise<LifecycleFunnel> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const all = await this.repository.entries(tx, page);
      const entries = all.filter(({ how }) => how === 'entered');
      const months = monthsOf({ from: monthOfIso(page.from), to: monthOf(toDay(page.day)) }).map(isoMonth);
      return {
        ...answered(page),
        stages: page.stages.map(({ key, label }) => {
          const own = entries.filter(({ stage }) => stage === key);
          const other = (how: 'fellBack' | 'found') =>
            conversionOf(all.filter((each) => each.stage === key && each.how === how)).entered;
          return {
            ...{ key, label, ...conversionOf(own) },
            reEntries: reEntriesOf(own),
            fellBackInto: other('fellBack'),
            found: other('found'),
          };
        }),
        cohorts: months.map((month) => ({
          month,
          stages: page.stages.map(({ key }) => ({
            key,
            ...conversionOf(entries.filter((entry) => entry.month === month && entry.stage === key)),
          })),
        })),
      };
    });
  }

  timeInStage(principal: Principal, { role: _, ...filters }: LifecycleQuery): Promise<TimeInStage> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const stays = await this.repository.stays(tx, page);
      const standing = await this.repository.standing(tx, page);
      const count = (of: typeof stays) => of.reduce((sum, stay) => sum + stay.count, 0);
      const days = (of: typeof stays) => ({ median: median(of), p90: quantile(of, 0.9) });
      return {
        ...answered(page),
        stages: page.stages.map(({ key, label, expectedDays, stuckDays }) => {
          const own = stays.filter(({ stage }) => stage === key);
          const known = own.filter(({ isFound }) => !isFound);
          const completed = known.filter(({ isOver }) => isOver);
          const running = known.filter(({ isOver }) => !isOver);
          const inStage = standing.reduce((sum, { stage, accounts }) => sum + (stage === key ? accounts : 0), 0);
          return {
            ...{ key, label, expectedDays, stuckDays },
            completed: { stays: count(completed), ...days(completed) },
            running: { accounts: inStage, ...days(running), found: Math.max(0, inStage - count(running)) },
          };
        }),
      };
    });
  }

  slow(principal: Principal, { role: _, pace, offset, limit, ...filters }: StuckQuery): Promise<StuckList> {
    return this.list(principal, filters, pace, { offset, limit });
  }

  /** All of them, for a file. */
  everySlow(
    principal: Principal,
    { role: _, ...filters }: LifecycleQuery,
    pace: StuckQuery['pace'],
  ): Promise<StuckList> {
    return this.list(principal, filters, pace, { offset: 0, limit: null });
  }

  private list(
    principal: Principal,
    filters: ReportPage['filters'],
    pace: StuckQuery['pace'],
    block: { offset: number; limit: number | null },
  ): Promise<StuckList> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const { total, arrMinor, rows } = await this.repository.slow(tx, page, SLOW[pace], block);
      const stages = new Map(page.stages.map((stage) => [stage.key, stage]));
      return {
        ...answered(page),
        total,
        arrMinor,
        rows: rows.map(({ account, stage: key, since, days }) => {
          const { label = key, expectedDays = null, stuckDays = null } = stages.get(key) ?? {};
          const isStuck = stuckDays !== null && days > stuckDays;
          return {
            ...{ account, since, days, expectedDays, stuckDays },
            stage: { key, label },
            pace: isStuck ? ('stuck' as const) : ('behind' as const),
          };
        }),
      };
    });
  }
}
