import { Injectable } from '@nestjs/common';
import type { ReportState } from '@steward/shared/report-filters';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, earlier, isoOf, type Month, toDay } from '../../domain/calendar/day.js';
import { lastDayOf, monthOf } from '../../domain/calendar/month.js';
import { monthOfIso, type Period } from '../../domain/reports/period.js';
import { AccountMonthsRepository } from './account-months.repository.js';
import { ReportOrdersRepository } from './report-orders.repository.js';
import type { ReportPage } from './report-pages.service.js';

/** Which months are put down, and how far a page may tell. */
export interface ToldMonths {
  state: ReportState;
  /** The months of the page that have begun by the day up to which it tells. */
  period: Period;
  /** The day up to which is told: `asOf`, else the last that was closed. Null: no day was closed yet. */
  until: Day | null;
  /** The day that each month shows which is put down as the page tells it. */
  built: ReadonlyMap<Month, Day>;
  /** The month that `asOf` cuts, where no row shows that day; null: none does. */
  cut: { month: Month; day: Day } | null;
}

@Injectable()
export class ReportMonths {
  constructor(
    private readonly orders: ReportOrdersRepository,
    private readonly months: AccountMonthsRepository,
  ) {}

  async of(tx: Tx, page: ReportPage): Promise<ToldMonths> {
    const { builtAt, preparing } = await this.orders.state(tx);
    const rows = await this.orders.builtMonths(tx);
    const closed = await this.months.lastClosedDay(tx);
    const today = toDay(page.today);
    const asOf = page.filters.asOf === undefined ? today : toDay(page.filters.asOf);
    const past = asOf < today ? asOf : null;
    const until = past ?? closed;
    const built = new Map(rows.map(({ month, day }) => [month, toDay(day)]));
    const last = monthOf(asOf);
    let cut: ToldMonths['cut'] = null;
    if (past !== null && built.get(last) !== past) {
      built.delete(last);
      // A day without any snapshot is not told of.
      if (closed !== null && past <= closed) cut = { month: last, day: past };
    }
    const period = { from: monthOfIso(page.from), to: Math.min(monthOfIso(page.to), last) as Month };
    const state = {
      asOf: isoOf(asOf),
      currency: page.currency,
      builtAt: builtAt?.toISOString() ?? null,
      preparing,
    };
    return { state, period, until, built, cut };
  }
}

/** The day that a month shows. */
export function dayShown({ built, cut, until }: ToldMonths, month: Month): Day {
  if (cut?.month === month) return cut.day;
  return built.get(month) ?? (until === null ? lastDayOf(month) : earlier(lastDayOf(month), until));
}

export const isTold = ({ built, cut }: ToldMonths, month: Month): boolean => built.has(month) || cut?.month === month;
