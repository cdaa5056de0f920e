import { Injectable } from '@nestjs/common';
import { NO_TIER, type ReportFilters } from '@steward/shared/report-filters';
import type { TierCell, TierPerformance, TierPoint, TierToday } from '@steward/shared/tier-performance';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf, type Month, toDay } from '../../domain/calendar/day.js';
import { monthOf } from '../../domain/calendar/month.js';
import { YEAR_MONTHS } from '../../domain/reports/account-months.js';
import { comparedPeriod, isoMonth, monthsOf, type Period } from '../../domain/reports/period.js';
import { added, type CohortSums, type LevelSums, NO_COHORT, NO_LEVEL, tierCell } from '../../domain/reports/sums.js';
import type { Principal } from '../../platform/auth/principal.js';
import { AccountEndsOf, cohortsBy } from '../base/account-ends.service.js';
import { DaySumsRepository } from '../base/day-sums.repository.js';
import { MonthSumsRepository } from '../base/month-sums.repository.js';
import { dayShown, isTold, ReportMonths, type ToldMonths } from '../base/report-months.service.js';
import { type ReportPage, ReportPages } from '../base/report-pages.service.js';

/** Sums of a month by tier. */
interface MonthOfTiers {
  level: Map<string | null, LevelSums>;
  year: Map<string | null, CohortSums>;
}

/** How each tier does, by month. */
@Injectable()
export class TiersReport {
  constructor(
    private readonly pages: ReportPages,
    private readonly months: ReportMonths,
    private readonly sums: MonthSumsRepository,
    private readonly days: DaySumsRepository,
    private readonly ends: AccountEndsOf,
  ) {}

  performance(principal: Principal, filters: ReportFilters): Promise<TierPerformance> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const told = await this.months.of(tx, page);
      const { period } = told;
      const compared = filters.compare === undefined ? null : comparedPeriod(period, filters.compare);
      return {
        ...told.state,
        tiers: page.tiers.map(({ key, label, color, cadenceDays }) => ({ key, label, color, cadenceDays })),
        ...named(period),
        points: await this.points(tx, page, told, period),
        compared: compared && { ...named(compared), points: await this.points(tx, page, told, compared) },
      };
    });
  }

  /** As computed now; of revenue, the running month as of the last day that was closed. */
  today(principal: Principal, filters: ReportFilters): Promise<TierToday> {
    const { from: _from, to: _to, asOf: _asOf, ...wanted } = filters;
    return this.pages.ask(principal, wanted, async (tx, page) => {
      const told = await this.months.of(tx, page);
      const month = monthOf(toDay(page.today));
      const level = await this.days.byTier(tx, page, { kind: 'live', day: page.today });
      const year = await this.sums.sums(tx, page, { basis: 'year', period: { from: month, to: month }, by: 'tier' });
      const sums = { level: byKey(level), year: byKey(year) };
      return { ...told.state, point: pointOf(page, sums, { month, day: page.today, built: true }) };
    });
  }

  private async points(tx: Tx, page: ReportPage, told: ToldMonths, period: Period): Promise<TierPoint[]> {
    const { level, year } = await this.sums.levelsWithYear(tx, page, period);
    const points: TierPoint[] = [];
    for (const month of monthsOf(period)) {
      const ofMonth = <Row extends { month: Month; key: string | null }>(rows: readonly Row[]) =>
        byKey(rows.filter((row) => row.month === month));
      const isCut = told.cut?.month === month;
      const sums = isCut ? await this.cutMonth(tx, page, told) : { level: ofMonth(level), year: ofMonth(year) };
      const at = { month, day: isoOf(dayShown(told, month)), built: isTold(told, month) };
      points.push(pointOf(page, at.built ? sums : NOTHING, at));
    }
    return points;
  }

  /** A month that ends with a day of its own: from what stood on that day. */
  private async cutMonth(tx: Tx, page: ReportPage, { cut }: ToldMonths): Promise<MonthOfTiers> {
    if (cut === null) return NOTHING;
    const level = await this.days.byTier(tx, page, { kind: 'past', day: isoOf(cut.day) });
    const span = { from: (cut.month - YEAR_MONTHS + 1) as Month, toDay: cut.day };
    const ends = await this.ends.period(tx, page, span, cut.day);
    return { level: byKey(level), year: cohortsBy(ends, ({ tier }) => tier) };
  }
}

const NOTHING: MonthOfTiers = { level: new Map(), year: new Map() };

const named = ({ from, to }: Period) => ({ from: isoMonth(from), to: isoMonth(to) });

const byKey = <Row extends { key: string | null }>(rows: readonly Row[]): Map<string | null, Row> =>
  new Map(rows.map((row) => [row.key, row]));

function pointOf(
  page: ReportPage,
  { level, year }: MonthOfTiers,
  at: { month: Month; day: string; built: boolean },
): TierPoint {
  const cell = (tier: string | null): TierCell =>
    tierCell(tier, level.get(tier) ?? NO_LEVEL, year.get(tier) ?? NO_COHORT);
  return {
    month: isoMonth(at.month),
    day: at.day,
    built: at.built,
    tiers: tiersShown(page, new Set([...level.keys(), ...year.keys()])).map(cell),
    all: tierCell(null, added([...level.values()], NO_LEVEL), added([...year.values()], NO_COHORT)),
  };
}

/** The tiers that the filters leave in their order, those of an earlier model, and accounts without one. */
export function tiersShown({ tiers, filters }: ReportPage, found: ReadonlySet<string | null>): (string | null)[] {
  const wanted = filters.tier ?? [];
  const known = tiers.map(({ key }) => key).filter((key) => wanted.length === 0 || wanted.includes(key));
  const former = [...found].filter((key): key is string => key !== null && !known.includes(key)).sort();
  return [...known, ...former, ...(found.has(null) || wanted.includes(NO_TIER) ? [null] : [])];
}
