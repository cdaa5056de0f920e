import { Injectable } from '@nestjs/common';
import type { ReportFilters } from '@steward/shared/report-filters';
import type { TierFeatures } from '@steward/shared/tier-performance';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf, type Month } from '../../domain/calendar/day.js';
import { comparedPeriod, isoMonth } from '../../domain/reports/period.js';
import { NO_LEVEL, ratio } from '../../domain/reports/sums.js';
import type { Principal } from '../../platform/auth/principal.js';
import { MonthSumsRepository } from '../base/month-sums.repository.js';
import { dayShown, ReportMonths } from '../base/report-months.service.js';
import { type ReportPage, ReportPages } from '../base/report-pages.service.js';
import { FeaturesRepository } from './features.repository.js';
import { tiersShown } from './tiers.service.js';

interface UseByTier {
  accounts: Map<string | null, number>;
  used: Map<string, number>;
}

const placeOf = (tier: string | null, feature: string) => JSON.stringify([tier, feature]);

/** The part of each tier's accounts that uses each feature. */
@Injectable()
export class FeaturesReport {
  constructor(
    private readonly pages: ReportPages,
    private readonly months: ReportMonths,
    private readonly sums: MonthSumsRepository,
    private readonly repository: FeaturesRepository,
  ) {}

  features(principal: Principal, filters: ReportFilters): Promise<TierFeatures> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const told = await this.months.of(tx, page);
      const month = lastBuilt(told.built, told.period.to) ?? told.period.to;
      const before =
        filters.compare === undefined ? null : comparedPeriod({ ...told.period, to: month }, filters.compare).to;
      const features = await this.repository.features(tx);
      const now = await this.useOf(tx, page, month);
      const then = before === null ? null : await this.useOf(tx, page, before);
      const ratiosOf = ({ accounts, used }: UseByTier, tier: string | null) =>
        features.map(({ key }) => ratio(used.get(placeOf(tier, key)) ?? 0, accounts.get(tier) ?? 0));
      return {
        ...told.state,
        month: isoMonth(month),
        day: isoOf(dayShown(told, month)),
        built: told.built.has(month),
        features,
        rows: tiersShown(page, new Set(now.accounts.keys())).map((tier) => ({
          tier,
          accounts: now.accounts.get(tier) ?? 0,
          used: ratiosOf(now, tier),
          compared: then && ratiosOf(then, tier),
        })),
      };
    });
  }

  private async useOf(tx: Tx, page: ReportPage, month: Month): Promise<UseByTier> {
    const { owner, segment, region, product } = page.filters;
    const fromSums =
      page.scope.kind === 'all' && [owner, segment, region, product].every((filter) => filter === undefined);
    const level = await this.sums.sums(tx, page, { basis: 'level', period: { from: month, to: month }, by: 'tier' });
    const used = await this.repository.used(tx, page, month, { fromSums });
    return {
      accounts: new Map(level.map(({ key, accounts = NO_LEVEL.accounts }) => [key, accounts])),
      used: new Map(used.map(({ tier, feature, accounts }) => [placeOf(tier, feature), accounts])),
    };
  }
}

/** The newest month of the period that is put down. */
function lastBuilt(built: ReadonlyMap<Month, unknown>, to: Month): Month | null {
  const months = [...built.keys()].filter((month) => month <= to);
  return months.length === 0 ? null : (Math.max(...months) as Month);
}
