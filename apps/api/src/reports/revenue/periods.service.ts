import { Injectable } from '@nestjs/common';
import { MOVEMENTS } from '@steward/shared/ledger';
import type { RevenueDimension, RevenueMonth, RevenueReport } from '@steward/shared/revenue-report';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, earlier, isoOf, type Month } from '../../domain/calendar/day.js';
import { firstDayOf, lastDayOf } from '../../domain/calendar/month.js';
import { YEAR_MONTHS } from '../../domain/reports/account-months.js';
import { isoMonth, monthsOf, type Period } from '../../domain/reports/period.js';
import {
  added,
  type CohortSums,
  cohortOf,
  type MovementSums,
  movementsOf,
  NO_COHORT,
  NO_MOVEMENT,
  retentionOf,
} from '../../domain/reports/sums.js';
import { AccountEndsRepository } from '../base/account-ends.repository.js';
import { type AccountEnds, AccountEndsOf, cohortsBy, keyOfEnds } from '../base/account-ends.service.js';
import { MonthSumsRepository } from '../base/month-sums.repository.js';
import { dayShown, isTold, type ToldMonths } from '../base/report-months.service.js';
import type { ReportPage } from '../base/report-pages.service.js';

export type RevenuePeriod = NonNullable<RevenueReport['compared']>;
type Cohorts = Map<string | null, CohortSums>;

/** Revenue of periods: of months as they are put down, of any other exactly, from the subscriptions. */
@Injectable()
export class RevenuePeriods {
  constructor(
    private readonly sums: MonthSumsRepository,
    private readonly ends: AccountEndsOf,
    private readonly repository: AccountEndsRepository,
  ) {}

  async period(tx: Tx, page: ReportPage, told: ToldMonths, period: Period, whole: CohortSums): Promise<RevenuePeriod> {
    const toDay = lastToldDay(told, period);
    return {
      from: isoMonth(period.from),
      to: isoMonth(period.to),
      fromDay: isoOf(firstDayOf(period.from)),
      toDay: isoOf(toDay),
      months: await this.months(tx, page, told, period),
      retention: retentionOf(whole),
    };
  }

  /** The start cohorts of a period by group, at both of its ends. */
  async cohorts(tx: Tx, page: ReportPage, told: ToldMonths, period: Period, by: RevenueDimension): Promise<Cohorts> {
    const basis = basisOf(told, period);
    if (basis !== null) {
      const last = { from: period.to, to: period.to };
      const rows = await this.sums.sums(tx, page, { basis, period: last, by });
      return new Map(rows.map((row) => [row.key, row]));
    }
    const rows = await this.endsOf(tx, page, told, period);
    if (by !== 'segment') return cohortsBy(rows, (row) => keyOfEnds(row, by));
    const cohorts: Cohorts = new Map();
    for await (const { row, segment } of this.members(tx, page, rows, null)) {
      cohorts.set(segment, added([cohortOf(row)], cohorts.get(segment) ?? NO_COHORT));
    }
    return cohorts;
  }

  /** Of these accounts those in one segment, or each as often as it is in a segment; of segments that the reader may see. */
  async *members(
    tx: Tx,
    page: ReportPage,
    rows: readonly AccountEnds[],
    segment: string | null,
  ): AsyncGenerator<{ row: AccountEnds; segment: string }> {
    const byAccount = new Map(rows.map((row) => [row.accountId, row]));
    for await (const members of this.repository.members(tx, page, segment)) {
      for (const member of members) {
        const row = byAccount.get(member.accountId);
        if (row) yield { row, segment: member.segment };
      }
    }
  }

  /** Accounts at both ends of a period, exactly. */
  endsOf(tx: Tx, page: ReportPage, told: ToldMonths, period: Period): Promise<AccountEnds[]> {
    const toDay = lastToldDay(told, period);
    return this.ends.period(tx, page, { from: period.from, toDay }, told.until ?? toDay);
  }

  unknownSubscriptions(tx: Tx, page: ReportPage): Promise<number> {
    return this.repository.unknownSubscriptions(tx, page);
  }

  private async months(tx: Tx, page: ReportPage, told: ToldMonths, period: Period): Promise<RevenueMonth[]> {
    // The end of the month before the first tells what was valued anew in it.
    const reach = { from: (period.from - 1) as Month, to: period.to };
    const sums = await this.sums.monthsWithYear(tx, page, reach);
    const month = new Map<Month, CohortSums & MovementSums>(sums.month.map((row) => [row.month, row]));
    const year = new Map<Month, CohortSums>(sums.year.map((row) => [row.month, row]));
    if (told.cut !== null && period.from <= told.cut.month && told.cut.month <= period.to) {
      const cut = await this.cutMonth(tx, page, told.cut);
      month.set(told.cut.month, cut.month);
      year.set(told.cut.month, cut.year);
    }
    return monthsOf(period).map((each) => {
      const built = isTold(told, each);
      const own = built ? (month.get(each) ?? NOTHING) : NOTHING;
      const before = month.get((each - 1) as Month);
      return {
        month: isoMonth(each),
        day: isoOf(dayShown(told, each)),
        built,
        startMinor: own.startMinor,
        movements: movementsOf(own),
        endMinor: own.endMinor,
        revaluationMinor: built && before ? own.startMinor - before.endMinor : 0,
        paying: own.paying,
        monthly: retentionOf(own),
        trailingYear: retentionOf(built ? (year.get(each) ?? NO_COHORT) : NO_COHORT),
      };
    });
  }

  /** A month that ends with a day of its own. */
  private async cutMonth(tx: Tx, page: ReportPage, { month, day }: { month: Month; day: Day }) {
    const own = await this.ends.period(tx, page, { from: month, toDay: day }, day);
    const year = await this.ends.period(tx, page, { from: (month - YEAR_MONTHS + 1) as Month, toDay: day }, day);
    return {
      month: { ...added(own.map(cohortOf), NO_COHORT), ...moved(own) },
      year: added(year.map(cohortOf), NO_COHORT),
    };
  }
}

const NOTHING: CohortSums & MovementSums = { ...NO_COHORT, ...NO_MOVEMENT };

/** Months that are put down tell of themselves and of the 12 that end with them; of no other period. */
export function basisOf(told: ToldMonths, { from, to }: Period): 'month' | 'year' | null {
  if (!told.built.has(to)) return null;
  if (from === to) return 'month';
  return to - from + 1 === YEAR_MONTHS ? 'year' : null;
}

/** The last day of a period that is told. */
export function lastToldDay(told: ToldMonths, { to }: Period): Day {
  return told.until === null ? lastDayOf(to) : earlier(lastDayOf(to), told.until);
}

function moved(rows: readonly AccountEnds[]): MovementSums {
  const of = (movement: string) => rows.filter((row) => row.movement === movement);
  const sum = (list: readonly AccountEnds[], value: (row: AccountEnds) => number) =>
    list.reduce((total, row) => total + value(row), 0);
  return {
    startMinor: sum(rows, (row) => row.startMinor),
    endMinor: sum(rows, (row) => row.endMinor),
    paying: rows.filter(({ endMinor }) => endMinor > 0).length,
    moved: MOVEMENTS.map((movement) => of(movement).length),
    movedMinor: MOVEMENTS.map((movement) => sum(of(movement), (row) => row.endMinor - row.startMinor)),
  };
}
